#include "services/thiduactl/report_options.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <string>

#include "services/thiduactl/problem.h"
#include "tests/services/thiduactl/run_program.h"
#include "tests/testkit/temp_dir.h"

namespace thiduactl {
namespace {

using ::google::protobuf::TextFormat;
using ::testing::HasSubstr;
using ::thidua::reporting::v1::Report;

ReportArguments Complete() {
  return {.unit = "bac-ninh",
          .form = "alliance-annual",
          .period = "2020",
          .kind = "final",
          .figures = {"COOP_NEW=48", "PCF=n/a"}};
}

Report FromText(const std::string& text) {
  Report report;
  EXPECT_TRUE(TextFormat::ParseFromString(text, &report));
  return report;
}

void ExpectReport(const ReportArguments& arguments, const std::string& text) {
  const auto report = ReadReport(arguments);
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(*report, FromText(text)))
      << report->DebugString();
}

TEST(ReportRead, HasWhatTheOptionsSay) {
  ReportArguments arguments = Complete();
  arguments.source = "Báo cáo số 5";
  arguments.author = "Chủ tịch";
  arguments.received = "2020-12-01";
  arguments.explanations = {"year-on-year/COOP_NEW=Nghị quyết mới"};
  ExpectReport(arguments, R"pb(
    unit: "units/bac-ninh"
    form: "forms/alliance-annual"
    period: "2020"
    value_kind: VALUE_KIND_FINAL
    figures { indicator: "indicators/COOP_NEW" number: "48" }
    figures { indicator: "indicators/PCF" not_applicable: true }
    source: "Báo cáo số 5"
    author: "Chủ tịch"
    receive_time { seconds: 1606755600 }
    explanations { finding: "year-on-year/COOP_NEW" text: "Nghị quyết mới" })pb");
}

TEST(ReportRead, OptionsAddToAFileOrReplaceWhatItSays) {
  const testkit::TempDir folder;
  WriteFile(folder.File("r.txtpb"), R"pb(
    unit: "units/ha-nam"
    form: "forms/alliance-annual"
    period: "2020"
    value_kind: VALUE_KIND_FINAL
    figures { indicator: "indicators/COOP_NEW" number: "1" }
    figures { indicator: "indicators/PCF" number: "2" }
    explanations { finding: "rules/a" text: "A" })pb");
  ExpectReport({.file = folder.File("r.txtpb"),
                .unit = "bac-ninh",
                .figures = {"COOP_NEW=48", "MEMBERS=3", "PCF="},
                .explanations = {"rules/b=B"}},
               R"pb(
                 unit: "units/bac-ninh"
                 form: "forms/alliance-annual"
                 period: "2020"
                 value_kind: VALUE_KIND_FINAL
                 figures { indicator: "indicators/COOP_NEW" number: "48" }
                 figures { indicator: "indicators/MEMBERS" number: "3" }
                 explanations { finding: "rules/a" text: "A" }
                 explanations { finding: "rules/b" text: "B" })pb");
}

TEST(ReportRead, TellsAllThatNamesNoReport) {
  const auto report = ReadReport({.unit = "bac-ninh", .figures = {"COOP_NEW=48"}});
  EXPECT_EQ(ExitCodeOf(report.status()), ExitCode::kUsage);
  EXPECT_EQ(Headline(report.status()),
            "the report needs --form, --period, --kind, or a --file that has it");
}

TEST(ReportRefused, WithADayThatIsNone) {
  ReportArguments arguments = Complete();
  arguments.received = "1/12/2020";
  const auto report = ReadReport(arguments);
  EXPECT_EQ(ExitCodeOf(report.status()), ExitCode::kUsage);
  EXPECT_EQ(Headline(report.status()), "--received is not a day YYYY-MM-DD: 1/12/2020");
}

TEST(ReportRefused, WithAFileThatIsNoReport) {
  const testkit::TempDir folder;
  WriteFile(folder.File("r.txtpb"), "unit: \"units/ha-nam\"\nfigure {}\n");
  const auto report = ReadReport({.file = folder.File("r.txtpb")});
  EXPECT_EQ(ExitCodeOf(report.status()), ExitCode::kUsage);
  EXPECT_THAT(Headline(report.status()), HasSubstr("r.txtpb:2:"));
}

TEST(ReportTitled, AsAPersonWould) {
  const auto report = ReadReport(Complete());
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(ReportTitle(*report), "bac-ninh alliance-annual 2020 FINAL");
}

}  // namespace
}  // namespace thiduactl
