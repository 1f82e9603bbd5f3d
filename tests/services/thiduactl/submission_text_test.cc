#include "services/thiduactl/submission_text.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>

namespace thiduactl {
namespace {

using ::thidua::reporting::v1::Submission;

Submission FromText(const std::string& text) {
  Submission submission;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &submission));
  return submission;
}

std::string Printed(const Submission& submission) {
  std::ostringstream out;
  std::ostringstream err;
  // Nothing is called.
  Connection connection({});
  const Console console{.out = out, .err = err};
  Session session{.connection = connection, .console = console};
  PrintSubmission(session, submission);
  return out.str();
}

TEST(SubmissionPrinted, LeavesOutWhatADraftDoesNotHave) {
  EXPECT_EQ(Printed(FromText(R"pb(name: "units/a/submissions/f.2020.final" state: STATE_DRAFT)pb")),
            "units/a/submissions/f.2020.final  DRAFT\n");
}

TEST(SubmissionPrinted, TellsReceiptVerdictsAndFigures) {
  const std::string printed = Printed(FromText(R"pb(
    name: "units/a/submissions/f.2020.final"
    state: STATE_RETURNED
    revision: 3
    accepted_revision: 2
    receive_time { seconds: 1606755600 }
    timeliness: TIMELINESS_IN_GRACE
    transcribed: true
    author: "Chủ tịch"
    form_version: 4
    content_hash: "abc"
    etag: "v7"
    return_reason {
      reviewer: "Cụm trưởng"
      reason: "Chưa khớp"
      figures { indicator: "indicators/PCF" reason: "gõ nhầm" }
    }
    restatements {
      revision: 2
      reason: "Đếm trùng"
      approver: "Chủ tịch"
      time { seconds: 1606842000 }
    }
    figures { indicator: "indicators/COOP_NEW" number: "1234.5" }
    figures { indicator: "indicators/PCF" not_applicable: true note: "không có" }
    derived_figures { indicator: "indicators/MEMBERS_AVG" number: "380.4" }
    findings {
      severity: SEVERITY_WARNING
      finding: "rules/x"
      actual: "2"
      expected: "1"
      message { vi: "Lạ" en: "Strange" }
      explanation: "đúng vậy"
    })pb"));
  EXPECT_EQ(
      printed,
      "units/a/submissions/f.2020.final  RETURNED  revision 3  accepted revision 2\n"
      "received: 2020-12-01T00:00:00.000+07:00, IN_GRACE, transcribed\n"
      "author: Chủ tịch\n"
      "form version: 4\n"
      "content: abc\n"
      "etag: v7\n"
      "returned by Cụm trưởng: Chưa khớp\n"
      "  PCF: gõ nhầm\n"
      "restated 2020-12-02T00:00:00.000+07:00 as revision 2, approved by Chủ tịch: Đếm trùng\n"
      "\n"
      "INDICATOR   FIGURE  NOTE\n"
      "COOP_NEW   1,234.5\n"
      "PCF            n/a  không có\n"
      "\n"
      "DERIVED      FIGURE\n"
      "MEMBERS_AVG   380.4\n"
      "\n"
      "SEVERITY  FINDING  ACTUAL  EXPECTED  MESSAGE  EXPLANATION\n"
      "WARNING   rules/x       2         1  Strange  đúng vậy\n");
}

TEST(VerdictTold, IsThatOfTheVersion) {
  EXPECT_EQ(VerdictText(FromText("revision: 1")), "");
  const std::string restated =
      R"pb(restatements { revision: 2 reason: "Đếm trùng" approver: "Chủ tịch" })pb";
  EXPECT_EQ(VerdictText(FromText("revision: 2 " + restated)),
            "restated, approved by Chủ tịch: Đếm trùng");
  // A later revision was not restated.
  EXPECT_EQ(VerdictText(FromText("revision: 3 " + restated)), "");
}

}  // namespace
}  // namespace thiduactl
