// Whether an answer is the expected one.
#ifndef THIDUA_TESTS_SERVICES_REPORTING_MODEL_COMPARE_H_
#define THIDUA_TESTS_SERVICES_REPORTING_MODEL_COMPARE_H_

#include <google/protobuf/message.h>

#include <map>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "tests/services/reporting/model/expected.h"

namespace reporting::model {

// What the service calls what the model knows by a name of its own: etags and content hashes. Two
// that are equal in the model must be equal in the service, and two that differ must differ.
class Book {
 public:
  // Whether `actual` may be the service's word for `expected`; remembers that it is. Words of
  // different scopes have nothing to do with each other.
  bool Match(const std::string& scope, const std::string& expected, const std::string& actual);

  // The service's word; `otherwise` if it was never seen.
  std::string WordFor(const std::string& scope, const std::string& expected,
                      const std::string& otherwise) const;

 private:
  using Words = std::map<std::pair<std::string, std::string>, std::string>;

  Words actual_{};
  Words expected_{};
};

// How `actual` differs from `expected`; empty if it does not.
std::string DifferenceOf(google::protobuf::Message& expected,
                         const google::protobuf::Message& actual, Book& book);

// How a refusal differs from what is wrong with the call; empty if it does not.
std::string DifferenceOf(const Faults& faults, const absl::Status& actual);

template <typename Response>
std::string DifferenceOf(Expected<Response>& expected, const absl::StatusOr<Response>& actual,
                         Book& book) {
  if (!actual.ok() || !expected.faults.empty()) {
    return DifferenceOf(expected.faults, actual.status());
  }
  return DifferenceOf(expected.response, *actual, book);
}

}  // namespace reporting::model

#endif  // THIDUA_TESTS_SERVICES_REPORTING_MODEL_COMPARE_H_
