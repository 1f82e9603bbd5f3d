// Every call on a submission in every state: what it comes to, or how it is refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "tests/services/reporting/service/reporting_server.h"

namespace reporting {
namespace {

using Submissions = v1::SubmissionService::Stub;

constexpr char kName[] = "units/bac-ninh/submissions/alliance-annual.2026.estimate";

template <typename Request>
Request Named() {
  Request request;
  request.set_name(kName);
  return request;
}

// SomeReport, or one with other figures.
v1::Report ReportWith(const std::string& coop_new) {
  v1::Report report = SomeReport().report();
  report.mutable_figures(1)->set_number(coop_new);
  return report;
}

constexpr char kSame[] = "48";
constexpr char kOther[] = "47";

// `response` as `STATE revision`, or the reason of its error.
template <typename Response>
std::string Told(const absl::StatusOr<Response>& response) {
  if (!response.ok()) return common::DetailOf(response.status()).reason;
  const v1::Submission& submission = response->submission();
  return v1::Submission::State_Name(submission.state()).substr(6) + " " +
         std::to_string(submission.revision());
}

std::string Submitting(ReportingServer& server, const std::string& coop_new) {
  v1::SubmitRequest request;
  *request.mutable_report() = ReportWith(coop_new);
  const auto response = server.Call(&Submissions::Submit, request);
  if (!response.ok()) return Told(response);
  return Told(response) + " " + v1::Outcome_Name(response->outcome()).substr(8);
}

std::string Saving(ReportingServer& server) {
  v1::SaveDraftRequest request;
  *request.mutable_report() = ReportWith(kSame);
  return Told(server.Call(&Submissions::SaveDraft, request));
}

std::string SubmittingDraft(ReportingServer& server) {
  return Told(server.Call(&Submissions::SubmitDraft, Named<v1::SubmitDraftRequest>()));
}

std::string Withdrawing(ReportingServer& server) {
  return Told(server.Call(&Submissions::WithdrawDraft, Named<v1::WithdrawDraftRequest>()));
}

std::string Accepting(ReportingServer& server) {
  return Told(server.Call(&Submissions::AcceptSubmission, Named<v1::AcceptSubmissionRequest>()));
}

std::string Returning(ReportingServer& server) {
  auto request = Named<v1::ReturnSubmissionRequest>();
  request.mutable_return_reason()->set_reviewer("Tổ giúp việc");
  request.mutable_return_reason()->set_reason("Chưa khớp");
  return Told(server.Call(&Submissions::ReturnSubmission, request));
}

std::string Locking(ReportingServer& server) {
  return Told(server.Call(&Submissions::LockSubmission, Named<v1::LockSubmissionRequest>()));
}

std::string Restating(ReportingServer& server) {
  auto request = Named<v1::RestateSubmissionRequest>();
  *request.mutable_figures() = ReportWith(kOther).figures();
  request.set_reason("Trùng một hợp tác xã");
  request.set_approver("Cụm trưởng");
  return Told(server.Call(&Submissions::RestateSubmission, request));
}

using Action = std::function<std::string(ReportingServer& server)>;

std::string SubmittingSame(ReportingServer& server) { return Submitting(server, kSame); }
std::string SubmittingOther(ReportingServer& server) { return Submitting(server, kOther); }

// Brings the submission from nothing into a state.
const std::map<std::string, std::vector<Action>>& Paths() {
  static const auto& paths = *new std::map<std::string, std::vector<Action>>{
      {"Absent", {}},
      {"Draft", {Saving}},
      {"Withdrawn", {Saving, Withdrawing}},
      {"Submitted", {SubmittingSame}},
      {"Returned", {SubmittingSame, Returning}},
      {"Accepted", {SubmittingSame, Accepting}},
      {"Locked", {SubmittingSame, Accepting, Locking}},
  };
  return paths;
}

struct Cell {
  std::string state;
  // What the call answers.
  std::string answer;
  bool writes = false;
};

constexpr char kNotFound[] = "RESOURCE_NOT_FOUND";
constexpr char kIllegal[] = "ILLEGAL_STATE_CHANGE";

struct ActionCase {
  std::string name;
  Action action;
  std::vector<Cell> cells;
};

class SubmissionStates : public ::testing::TestWithParam<ActionCase> {};

TEST_P(SubmissionStates, AllowOrRefuseTheCall) {
  ASSERT_EQ(GetParam().cells.size(), Paths().size());
  for (const Cell& cell : GetParam().cells) {
    SCOPED_TRACE(cell.state);
    ReportingServer server;
    BuildWorld(server);
    for (const Action& step : Paths().at(cell.state)) step(server);
    const int64_t head = server.ledger().Head();
    const std::string answer = GetParam().action(server);
    EXPECT_EQ(answer, cell.answer);
    EXPECT_EQ(server.ledger().Head(), head + (cell.writes ? 1 : 0));
    if (!cell.writes) continue;
    const auto stored = server.Call(&Submissions::GetSubmission, Named<v1::GetSubmissionRequest>());
    EXPECT_THAT(answer, ::testing::StartsWith(Told(stored)));
  }
}

INSTANTIATE_TEST_SUITE_P(Submitting, SubmissionStates,
                         ::testing::ValuesIn<ActionCase>({
                             {"Same",
                              SubmittingSame,
                              {{"Absent", "SUBMITTED 1 CREATED", true},
                               {"Draft", "SUBMITTED 1 CREATED", true},
                               {"Withdrawn", "SUBMITTED 1 CREATED", true},
                               {"Submitted", "SUBMITTED 1 UNCHANGED"},
                               {"Returned", "RETURNED 1 UNCHANGED"},
                               {"Accepted", "ACCEPTED 1 UNCHANGED"},
                               {"Locked", "LOCKED 1 UNCHANGED"}}},
                             {"Other",
                              SubmittingOther,
                              {{"Absent", "SUBMITTED 1 CREATED", true},
                               {"Draft", "SUBMITTED 1 CREATED", true},
                               {"Withdrawn", "SUBMITTED 1 CREATED", true},
                               {"Submitted", "SUBMITTED 2 REVISED", true},
                               {"Returned", "SUBMITTED 2 REVISED", true},
                               {"Accepted", kIllegal},
                               {"Locked", kIllegal}}},
                             {"Draft",
                              SubmittingDraft,
                              {{"Absent", kNotFound},
                               {"Draft", "SUBMITTED 1", true},
                               {"Withdrawn", kIllegal},
                               {"Submitted", kIllegal},
                               {"Returned", kIllegal},
                               {"Accepted", kIllegal},
                               {"Locked", kIllegal}}},
                         }),
                         [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(Drafting, SubmissionStates,
                         ::testing::ValuesIn<ActionCase>({
                             {"Save",
                              Saving,
                              {{"Absent", "DRAFT 0", true},
                               {"Draft", "DRAFT 0"},
                               {"Withdrawn", "DRAFT 0", true},
                               {"Submitted", kIllegal},
                               {"Returned", kIllegal},
                               {"Accepted", kIllegal},
                               {"Locked", kIllegal}}},
                             {"Withdraw",
                              Withdrawing,
                              {{"Absent", kNotFound},
                               {"Draft", "WITHDRAWN 0", true},
                               {"Withdrawn", "WITHDRAWN 0"},
                               {"Submitted", kIllegal},
                               {"Returned", kIllegal},
                               {"Accepted", kIllegal},
                               {"Locked", kIllegal}}},
                         }),
                         [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(Reviewing, SubmissionStates,
                         ::testing::ValuesIn<ActionCase>({
                             {"Accept",
                              Accepting,
                              {{"Absent", kNotFound},
                               {"Draft", kIllegal},
                               {"Withdrawn", kIllegal},
                               {"Submitted", "ACCEPTED 1", true},
                               {"Returned", kIllegal},
                               {"Accepted", "ACCEPTED 1"},
                               {"Locked", kIllegal}}},
                             {"Return",
                              Returning,
                              {{"Absent", kNotFound},
                               {"Draft", kIllegal},
                               {"Withdrawn", kIllegal},
                               {"Submitted", "RETURNED 1", true},
                               {"Returned", kIllegal},
                               {"Accepted", kIllegal},
                               {"Locked", kIllegal}}},
                             {"Lock",
                              Locking,
                              {{"Absent", kNotFound},
                               {"Draft", kIllegal},
                               {"Withdrawn", kIllegal},
                               {"Submitted", kIllegal},
                               {"Returned", kIllegal},
                               {"Accepted", "LOCKED 1", true},
                               {"Locked", "LOCKED 1"}}},
                             {"Restate",
                              Restating,
                              {{"Absent", kNotFound},
                               {"Draft", kIllegal},
                               {"Withdrawn", kIllegal},
                               {"Submitted", kIllegal},
                               {"Returned", kIllegal},
                               {"Accepted", "ACCEPTED 2", true},
                               {"Locked", "ACCEPTED 2", true}}},
                         }),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace reporting
