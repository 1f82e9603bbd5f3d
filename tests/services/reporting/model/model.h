// The reporting service as its contract describes it, in memory: written from the comments of
// proto/thidua/reporting/v1, not from the code, and as simply as it can be said. It covers what
// the generator of calls uses: figures of at most two places, rules `X <= Y`, one cluster a
// sequence.
//
// To add a call: a Handle() that says what is wrong with a request and what it answers, a Send() in
// system.h, and a maker in generator.cc.
#ifndef THIDUA_TESTS_SERVICES_REPORTING_MODEL_MODEL_H_
#define THIDUA_TESTS_SERVICES_REPORTING_MODEL_MODEL_H_

#include <google/protobuf/message.h>

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/seams/clock.h"
#include "tests/services/reporting/model/expected.h"
#include "tests/services/reporting/model/history.h"
#include "thidua/reporting/v1/definition_service.pb.h"
#include "thidua/reporting/v1/pact_service.pb.h"
#include "thidua/reporting/v1/registry_service.pb.h"
#include "thidua/reporting/v1/statistics_service.pb.h"
#include "thidua/reporting/v1/submission_service.pb.h"

namespace reporting::model {

class Model {
 public:
  // `clock`, which outlives the model, stands at whole seconds.
  explicit Model(common::Clock& clock) : clock_(clock) {}

  // What the call must answer. A write that succeeds is kept, unless it only is validated; one with
  // a request id that was used before is answered as the first was.
  template <typename Request>
  auto Answer(const Request& request) {
    auto expected = Handle(request);
    if constexpr (requires { request.request_id(); }) Settle(request, expected);
    history_.Drop();
    return expected;
  }

  const History& history() const { return history_; }

 private:
  // What SubmissionService checks in a report.
  struct Checked {
    Faults faults{};
    // UNCHANGED also of a draft that is saved as it is.
    v1::Outcome outcome = v1::OUTCOME_CREATED;
    // The submission or draft it makes; what is stored if it is UNCHANGED.
    v1::Submission submission{};
  };
  enum class Readiness { kReport, kPreview, kDraft };
  // Figures with what they come to.
  struct Content {
    Faults faults{};
    std::vector<thidua::type::v1::Figure> figures{};
    std::vector<thidua::type::v1::Figure> derived{};
    std::vector<v1::Finding> findings{};
    // Equal for equal content; empty if the figures cannot be read.
    std::string key{};
    // The same for the figures alone.
    std::string figures_key{};
    bool is_readable = true;
  };
  using Figures = google::protobuf::RepeatedPtrField<thidua::type::v1::Figure>;
  using Explanations = google::protobuf::RepeatedPtrField<v1::Explanation>;
  using Targets = google::protobuf::RepeatedPtrField<v1::Target>;

  // Registry.
  Expected<v1::CreateUnitResponse> Handle(const v1::CreateUnitRequest& request);
  Expected<v1::UpdateUnitResponse> Handle(const v1::UpdateUnitRequest& request);
  Expected<v1::MergeUnitsResponse> Handle(const v1::MergeUnitsRequest& request);
  Expected<v1::GetUnitResponse> Handle(const v1::GetUnitRequest& request);
  Expected<v1::ListUnitsResponse> Handle(const v1::ListUnitsRequest& request);
  Expected<v1::CreateClusterResponse> Handle(const v1::CreateClusterRequest& request);
  Expected<v1::CreateClusterYearResponse> Handle(const v1::CreateClusterYearRequest& request);
  Expected<v1::GetClusterYearResponse> Handle(const v1::GetClusterYearRequest& request);
  Expected<v1::ListClusterYearsResponse> Handle(const v1::ListClusterYearsRequest& request);
  Expected<v1::AdvanceClusterYearResponse> Handle(const v1::AdvanceClusterYearRequest& request);
  Expected<v1::HandOverClusterYearResponse> Handle(const v1::HandOverClusterYearRequest& request);
  // The calendar service belongs here: ExtendReport and ReopenClusterYear change a cluster year as
  // AdvanceClusterYear does; DaysFor() applies extensions already.

  // Definitions.
  Expected<v1::CreateIndicatorResponse> Handle(const v1::CreateIndicatorRequest& request);
  Expected<v1::UpdateIndicatorResponse> Handle(const v1::UpdateIndicatorRequest& request);
  Expected<v1::GetIndicatorResponse> Handle(const v1::GetIndicatorRequest& request);
  Expected<v1::CreateFormResponse> Handle(const v1::CreateFormRequest& request);
  Expected<v1::UpdateFormResponse> Handle(const v1::UpdateFormRequest& request);
  Expected<v1::GetFormResponse> Handle(const v1::GetFormRequest& request);

  // Pacts.
  Expected<v1::CreatePactResponse> Handle(const v1::CreatePactRequest& request);
  Expected<v1::GetPactResponse> Handle(const v1::GetPactRequest& request);
  Expected<v1::UpdatePactResponse> Handle(const v1::UpdatePactRequest& request);
  Expected<v1::RevisePactResponse> Handle(const v1::RevisePactRequest& request);
  Expected<v1::SignPactResponse> Handle(const v1::SignPactRequest& request);

  // Submissions.
  Expected<v1::SubmitResponse> Handle(const v1::SubmitRequest& request);
  Expected<v1::CheckReportResponse> Handle(const v1::CheckReportRequest& request);
  Expected<v1::SaveDraftResponse> Handle(const v1::SaveDraftRequest& request);
  Expected<v1::SubmitDraftResponse> Handle(const v1::SubmitDraftRequest& request);
  Expected<v1::WithdrawDraftResponse> Handle(const v1::WithdrawDraftRequest& request);
  Expected<v1::AcceptSubmissionResponse> Handle(const v1::AcceptSubmissionRequest& request);
  Expected<v1::ReturnSubmissionResponse> Handle(const v1::ReturnSubmissionRequest& request);
  Expected<v1::LockSubmissionResponse> Handle(const v1::LockSubmissionRequest& request);
  Expected<v1::RestateSubmissionResponse> Handle(const v1::RestateSubmissionRequest& request);
  // One item; its `item` and `request_id` are those of the stream's.
  Expected<v1::ImportSubmissionsResponse> Handle(const v1::ImportSubmissionsRequest& request);
  Expected<v1::GetSubmissionResponse> Handle(const v1::GetSubmissionRequest& request);
  Expected<v1::ListSubmissionsResponse> Handle(const v1::ListSubmissionsRequest& request);
  Expected<v1::ListSubmissionVersionsResponse> Handle(
      const v1::ListSubmissionVersionsRequest& request);
  Expected<v1::CompareSubmissionsResponse> Handle(const v1::CompareSubmissionsRequest& request);

  // Statistics.
  Expected<v1::ComputeTotalsResponse> Handle(const v1::ComputeTotalsRequest& request);

  // Applies the rules of request ids and of `validate_only`.
  template <typename Request, typename Response>
  void Settle(const Request& request, Expected<Response>& expected);

  // The newest version; null, and a fault, if there is none.
  template <typename Resource>
  const Resource* Get(const std::string& name, Faults& faults) const {
    const auto* found = history_.Find<Resource>(name);
    if (found == nullptr) faults.NotFound();
    return found;
  }

  // Adds ETAG_MISMATCH; an empty etag is always right.
  static void CheckEtag(const std::string& etag, const std::string& current, Faults& faults);

  // Stages a new version unless nothing changed; returns the newest.
  template <typename Resource>
  Resource Put(const Resource& before, const Resource& after) {
    if (before.SerializeAsString() == after.SerializeAsString()) return before;
    return history_.Stage(after, clock_.Now());
  }
  template <typename Resource>
  Resource Put(const Resource& created) {
    return history_.Stage(created, clock_.Now());
  }

  // Adds what is wrong with `year`, which is to be created.
  void CheckClusterYear(const v1::ClusterYear& year, Faults& faults) const;

  // `targets` of a pact of `year` as they are kept; adds what is wrong with them.
  Targets CheckTargets(const Targets& targets, const v1::ClusterYear& year, Faults& faults) const;

  // What the figures of a report with `form` come to, and what is wrong with them.
  Content CheckContent(const v1::Form& form, const Figures& figures,
                       const Explanations& explanations, Readiness readiness) const;
  void CheckFigure(const v1::Form& form, const thidua::type::v1::Figure& figure,
                   Content& content) const;
  static void CheckExplanations(const Explanations& explanations, Readiness readiness,
                                Content& content);
  std::vector<v1::Finding> FindBroken(const v1::Form& form, const Content& content) const;
  std::vector<thidua::type::v1::Figure> Derive(const v1::Form& form, const Content& content) const;

  // The cluster year whose calendar has the report; null if there is none.
  const v1::ClusterYear* FindYear(const v1::Report& report, const v1::Unit& unit) const;
  // Adds what keeps a report to `due` from being taken in this year, received at `time`.
  static void CheckDays(const v1::ClusterYear& year, const v1::DueReport& due,
                        const google::protobuf::Timestamp& time, Faults& faults);
  // Adds what is wrong with the time it says it was received.
  void CheckReceiveTime(const v1::Report& report, const v1::ClusterYear& year,
                        Faults& faults) const;
  Checked Check(const v1::Report& report, Readiness readiness) const;
  // Goes on with a report that belongs to `year`.
  void CheckIn(const v1::Report& report, const v1::ClusterYear& year, Readiness readiness,
               Checked& checked) const;
  bool IsKnown(const v1::Report& report, const Content& content, Readiness readiness) const;
  // When it counts as received.
  google::protobuf::Timestamp TimeOf(const v1::Report& report) const;
  // A first submission, without content.
  v1::Submission Received(const v1::Report& report, const v1::ClusterYear& year) const;
  // What stands under the name of the report; null unless it was handed in.
  const v1::Submission* FindRevised(const v1::Report& report) const;

  // Answers a call that moves one submission on: `move` changes it and adds faults.
  template <typename Response, typename Request, typename Move>
  Expected<Response> MoveOn(const Request& request, Move move);
  // The newest version of a revision; 0 for the newest of all. Adds a fault if there is none.
  const v1::Submission* FindContent(const std::string& name, int revision, Faults& faults) const;

  common::Clock& clock_;
  History history_{};
  // By call and request id: what was asked, and what was answered.
  std::map<std::string, std::pair<std::string, std::string>> answered_{};
};

// The form's definition of indicators, for those who look at figures.
bool IsDerived(const v1::Indicator& indicator);

// Where an indicator stands in a form; the number of its fields if it is not there.
int PositionIn(const v1::Form& form, const std::string& indicator);

// What the figures of a submission say, as Content::figures_key.
std::string FiguresKey(const v1::Submission& submission);

// The name of the submission that a report makes.
std::string SubmissionName(const v1::Report& report);

// Whether a cluster year takes no more reports and targets.
bool IsClosed(const v1::ClusterYear& year);

// Days since 1970-01-01 of `YYYY-MM-DD`, and of a moment in Hà Nội.
int64_t DayOf(const std::string& date);
int64_t DayOf(const google::protobuf::Timestamp& time);

// The first and the last day of a year, which is the only period the model knows; empty if
// `period` is none.
std::string FirstDay(const std::string& period);
std::string LastDay(const std::string& period);

// Whether `unit` was merged into another by `date`.
bool IsMergedBy(const v1::Unit& unit, const std::string& date);

// The entry of the calendar, and its days for one unit after extensions.
const v1::DueReport* FindDue(const v1::ClusterYear& year, const std::string& form,
                             const std::string& period, v1::ValueKind kind);
v1::DueReport DaysFor(const std::string& unit, const v1::DueReport& due,
                      const v1::ClusterYear& year);

bool IsMember(const v1::ClusterYear& year, const std::string& unit);

// Whether a submission counts in totals.
bool Counts(const v1::Submission& submission);

template <typename Request, typename Response>
void Model::Settle(const Request& request, Expected<Response>& expected) {
  Request content = request;
  content.clear_request_id();
  content.clear_validate_only();
  const std::string key = absl::StrCat(request.GetDescriptor()->full_name(), request.request_id());
  const auto known = answered_.find(key);
  if (!request.request_id().empty() && known != answered_.end()) {
    if (known->second.first == content.SerializeAsString()) {
      expected = {};
      expected.response.ParseFromString(known->second.second);
      if (request.validate_only()) expected.response.clear_commit_token();
    } else {
      expected.faults.Add(absl::StatusCode::kAlreadyExists, "REQUEST_ID_REUSED");
    }
    return;
  }
  if (!expected.faults.empty() || request.validate_only()) return;
  history_.Commit();
  expected.response.set_commit_token(absl::StrCat("@", history_.head()));
  if (request.request_id().empty()) return;
  answered_[key] = {content.SerializeAsString(), expected.response.SerializeAsString()};
}

}  // namespace reporting::model

#endif  // THIDUA_TESTS_SERVICES_REPORTING_MODEL_MODEL_H_
