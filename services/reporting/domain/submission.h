// Submissions: what units report, its revisions, and the verdicts on it.
#ifndef THIDUA_SERVICES_REPORTING_DOMAIN_SUBMISSION_H_
#define THIDUA_SERVICES_REPORTING_DOMAIN_SUBMISSION_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/reporting/domain/calendar.h"
#include "services/reporting/domain/cluster.h"
#include "services/reporting/domain/form.h"
#include "services/reporting/domain/ids.h"
#include "services/reporting/domain/indicator.h"
#include "services/reporting/domain/unit.h"
#include "services/reporting/domain/violations.h"

namespace reporting {

enum class SubmissionState {
  kUnspecified,
  kSubmitted,
  kReturned,
  kAccepted,
  kLocked,
  kDraft,
  kWithdrawn
};

// What a unit hands in.
struct Report {
  UnitId unit{};
  FormId form{};
  Period period{};
  ValueKind value_kind = ValueKind::kUnspecified;
  std::vector<Figure> figures{};
  // Where the figures come from.
  std::string source{};
  // Who answers for them.
  std::string author{};
  // When the paper was received; only in a year that is transcribed.
  std::optional<absl::Time> receive_time{};

  bool operator==(const Report&) const = default;
};

// What is wrong with one figure.
struct FigureReason {
  IndicatorId indicator{};
  std::string reason{};

  bool operator==(const FigureReason&) const = default;
};

// Why a submission was sent back.
struct ReturnReason {
  // Name and office.
  std::string reviewer{};
  // What is wrong as a whole.
  std::string reason{};
  std::vector<FigureReason> figures{};

  bool operator==(const ReturnReason&) const = default;
};

// A change of figures after they were accepted.
struct Restatement {
  // The revision it made.
  int revision = 0;
  std::string reason{};
  // Name and office.
  std::string approver{};
  // When it was made.
  absl::Time time{};

  bool operator==(const Restatement&) const = default;
};

// One per unit, form, period and value kind.
struct Submission {
  SubmissionId id{};
  // Under whose calendar it was received.
  ClusterYearId cluster_year{};
  SubmissionState state = SubmissionState::kUnspecified;
  // 1 for the first content handed in, one more with each other content; 0 for a draft.
  int revision = 0;
  // In the order of the form.
  std::vector<Figure> figures{};
  // ContentHash of the figures.
  std::string content_hash{};
  std::string source{};
  std::string author{};
  // When the first content was received. Of a draft, what it states; nothing if the clock will say.
  std::optional<absl::Time> receive_time{};
  // The receive time was stated, not taken from the clock.
  bool transcribed = false;
  // Of the receive time; unspecified for a draft.
  Timeliness timeliness = Timeliness::kUnspecified;
  // Set while RETURNED.
  std::optional<ReturnReason> return_reason{};
  // Oldest first.
  std::vector<Restatement> restatements{};
  // The revision that was accepted last; 0 if none was.
  int accepted_revision = 0;

  bool operator==(const Submission&) const = default;
};

// The name of a state in the contract, without its prefix: `RETURNED`.
std::string_view ToName(SubmissionState state);

// Whether a submission in `state` was handed in. Drafts and withdrawn drafts count nowhere: to all
// but those who work on them they are as if absent.
bool IsHandedIn(SubmissionState state);

// SHA-256, in hex, of what the figures say, notes included; the same in whatever order they stand.
std::string ContentHash(const std::vector<Figure>& figures);

// The id of the submission that `report` makes or revises.
SubmissionId IdOf(const Report& report);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_DOMAIN_SUBMISSION_H_
