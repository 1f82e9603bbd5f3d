// Tables as CSV, the way document_service.proto describes.
#ifndef THIDUA_SERVICES_AWARDS_DOCUMENTS_CSV_H_
#define THIDUA_SERVICES_AWARDS_DOCUMENTS_CSV_H_

#include <string>
#include <string_view>

#include "services/awards/documents/table.h"

namespace awards::documents {

// The byte order mark, a line of titles, and the rows; lines end with CR LF.
std::string WriteCsv(const Table& table);

// `text` as one field: quoted where it must be, and led by an apostrophe where a spreadsheet would
// take it for a formula.
std::string CsvField(std::string_view text);

}  // namespace awards::documents

#endif  // THIDUA_SERVICES_AWARDS_DOCUMENTS_CSV_H_
