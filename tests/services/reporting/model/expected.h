// What the contract lets a call answer.
#ifndef THIDUA_TESTS_SERVICES_REPORTING_MODEL_EXPECTED_H_
#define THIDUA_TESTS_SERVICES_REPORTING_MODEL_EXPECTED_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"

namespace reporting::model {

// One way in which a call may be refused.
struct Fault {
  absl::StatusCode code = absl::StatusCode::kOk;
  std::string reason{};
};

// All that is wrong with a call. The contract does not say which of several faults is told, so any
// of them will do; but if there is one, the call must fail, and with one of these.
class Faults {
 public:
  void Add(absl::StatusCode code, std::string reason) {
    faults_.push_back({code, std::move(reason)});
  }
  void Invalid(std::string reason) { Add(absl::StatusCode::kInvalidArgument, std::move(reason)); }
  void Failed(std::string reason) { Add(absl::StatusCode::kFailedPrecondition, std::move(reason)); }
  void NotFound() { Add(absl::StatusCode::kNotFound, "RESOURCE_NOT_FOUND"); }
  void Exists() { Add(absl::StatusCode::kAlreadyExists, "RESOURCE_ALREADY_EXISTS"); }
  void IllegalState() { Failed("ILLEGAL_STATE_CHANGE"); }
  void Join(const Faults& others) {
    faults_.insert(faults_.end(), others.faults_.begin(), others.faults_.end());
  }

  bool empty() const { return faults_.empty(); }
  const std::vector<Fault>& all() const { return faults_; }

 private:
  std::vector<Fault> faults_{};
};

// `response` counts only without a fault. In it an etag is `@{version}`, a commit token
// `@{position in the log}`, and a content hash the content itself: the contract says when they are
// equal, not what they look like.
template <typename Response>
struct Expected {
  Faults faults{};
  Response response{};
};

}  // namespace reporting::model

#endif  // THIDUA_TESTS_SERVICES_REPORTING_MODEL_EXPECTED_H_
