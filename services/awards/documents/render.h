// Documents of a round. A pure function of the result, the order and this program's version; the
// contract says what each document is (proto/thidua/awards/v1/document_service.proto).
#ifndef THIDUA_SERVICES_AWARDS_DOCUMENTS_RENDER_H_
#define THIDUA_SERVICES_AWARDS_DOCUMENTS_RENDER_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "services/awards/documents/order.h"
#include "services/awards/documents/round_result.h"

namespace awards::documents {

// The most that a document may be, so that it fits what a gRPC client takes by default.
inline constexpr size_t kContentBytesMax = 4'000'000;
// The most lines of score sheets it may be made of, which bounds the memory it takes.
inline constexpr size_t kLinesMax = 50'000;

struct Document {
  std::string content{};
  std::string media_type{};
  // Without a path.
  std::string file_name{};
};

// Renders the document that `order` describes, of all categories of `result`. Thread-safe.
// FAILED_PRECONDITION, reason NOMINATIONS_NOT_ISSUED: the document tells of nominations.
// FAILED_PRECONDITION, reason DOCUMENT_TOO_LARGE: more than the above.
// UNAVAILABLE, reason STORAGE_UNAVAILABLE: no room for the temporary files of a workbook.
absl::StatusOr<Document> Render(const RoundResult& result, const Order& order);

}  // namespace awards::documents

#endif  // THIDUA_SERVICES_AWARDS_DOCUMENTS_RENDER_H_
