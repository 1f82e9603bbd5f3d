// Plays calls to the service and to the model, and finds where they differ.
#ifndef THIDUA_TESTS_SERVICES_REPORTING_MODEL_PLAYER_H_
#define THIDUA_TESTS_SERVICES_REPORTING_MODEL_PLAYER_H_

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "tests/services/reporting/model/call.h"
#include "tests/services/reporting/model/compare.h"
#include "tests/services/reporting/model/model.h"
#include "tests/services/reporting/model/system.h"
#include "tests/testkit/fake_clock.h"

namespace reporting::model {

// A store that is new, with the definitions that all sequences share, and the model of it.
class Player {
 public:
  Player();

  // Goes to the time at which a sequence begins, not before that of the one before.
  void Begin(absl::Time time);

  // Each of these says how the service differs from the model; nothing if it does not. After a
  // difference the player is of no more use.

  // Plays one call to both.
  std::string Play(const Call& call);
  // Whether the change feed goes on with all that happened since the last time, and the log is
  // whole.
  std::string CheckLog();
  // The same from the beginning on.
  std::string CheckWholeLog();

  const Model& model() const { return model_; }
  // How often each call was answered in which way: `Submit OK`, `Submit REPORT_NOT_OPEN`.
  const std::map<std::string, int>& tally() const { return tally_; }
  absl::Time Now() { return clock_.Now(); }

 private:
  std::string PlayRequest(const Call& call, const Restart& restart);
  std::string PlayRequest(const Call& call, const Wait& wait);
  std::string PlayRequest(const Call& call, const Import& import);
  template <typename Request>
  std::string PlayRequest(const Call& call, const Request& request);
  void Count(const google::protobuf::Message& request, const absl::Status& answer);

  // The request as the model and as the service gets it, with etags and tokens.
  template <typename Request>
  std::pair<Request, Request> Resolve(const Call& call, const Request& request) const;

  std::string CheckChanges(std::string& resume_token, int64_t& position);
  std::string VerifyAudit(v1::AuditPoint& verified);

  testkit::FakeClock clock_{};
  System system_;
  Model model_;
  Book book_{};
  // Of the writes of this sequence: the position in the log, and the token.
  std::vector<std::pair<int64_t, std::string>> tokens_{};
  // What was sent in this sequence, by the number of the call.
  std::map<int, std::pair<Request, Request>> sent_{};
  std::string resume_token_{};
  int64_t position_ = 0;
  v1::AuditPoint verified_{};
  std::map<std::string, int> tally_{};
};

}  // namespace reporting::model

#endif  // THIDUA_TESTS_SERVICES_REPORTING_MODEL_PLAYER_H_
