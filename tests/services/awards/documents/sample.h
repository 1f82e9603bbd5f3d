// A small result of a round, whose figures were made up by hand, for tests of documents.
#ifndef THIDUA_TESTS_SERVICES_AWARDS_DOCUMENTS_SAMPLE_H_
#define THIDUA_TESTS_SERVICES_AWARDS_DOCUMENTS_SAMPLE_H_

#include "services/awards/documents/order.h"
#include "services/awards/documents/round_result.h"

namespace awards::documents {

// A round whose nominations have been issued, one flag to a province. Alliances, quota 1:
//   1  Tây  90.50 = 88.50 (60.00 + 28.50) + 3.00 bonus - 1.00 penalty, nominated
//   2  Đông 70.25 = 70.25 (50.25 + 20.00), one line missing, one not applicable, one redistributed
//   -  Nam  cannot be scored
// Cooperatives, quota 2: the first fails a gate, the second is of Tây, which has its flag, the
// third is nominated; one place stays open.
RoundResult SampleResult();

// HTML of the kind, without letterhead.
Order SampleOrder(Kind kind, Language language = Language::kVietnamese,
                  Format format = Format::kHtml);

}  // namespace awards::documents

#endif  // THIDUA_TESTS_SERVICES_AWARDS_DOCUMENTS_SAMPLE_H_
