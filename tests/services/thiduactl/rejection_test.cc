#include "services/thiduactl/rejection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "common/status/error.h"
#include "services/thiduactl/problem.h"

namespace thiduactl {
namespace {

using ::testing::ElementsAre;

// A row with two figures, rejected with `message` for both and its unit.
ImportedRow Row(const std::string& message) {
  ImportedRow row{.line = 3};
  row.report.set_unit("units/ha-nam");
  row.report.add_figures()->set_indicator("indicators/COOP_NEW");
  row.report.add_figures()->set_indicator("indicators/PCF");
  auto& rejection = *row.answer.mutable_rejection();
  rejection.set_code(3);
  rejection.set_reason("FIGURE_OUT_OF_BOUNDS");
  rejection.set_message(message);
  for (const char* path : {"report.figures[1].number", "report.figures[0].number", "report.unit"}) {
    rejection.add_fields()->set_field(path);
    rejection.mutable_fields()->rbegin()->set_description("is wrong");
  }
  rejection.mutable_fields()->rbegin()->set_reason("INVALID_NAME");
  return row;
}

std::string Printed(const ImportedRow& row) {
  std::ostringstream err;
  PrintRejection(err, "t.csv", row);
  return err.str();
}

TEST(RejectionPrinted, SaysNothingTwice) {
  EXPECT_EQ(Printed(Row("report.figures[1].number: is wrong (and 2 more)")),
            "t.csv:3: ha-nam: INVALID_ARGUMENT FIGURE_OUT_OF_BOUNDS: PCF: is wrong (and 2 more)\n"
            "  COOP_NEW: is wrong\n"
            "  report.unit: is wrong [INVALID_NAME]\n");
}

TEST(RejectionPrinted, KeepsAMessageOfItsOwn) {
  EXPECT_EQ(Printed(Row("the report is not due")),
            "t.csv:3: ha-nam: INVALID_ARGUMENT FIGURE_OUT_OF_BOUNDS: the report is not due\n"
            "  PCF: is wrong\n"
            "  COOP_NEW: is wrong\n"
            "  report.unit: is wrong [INVALID_NAME]\n");
}

TEST(RejectionInAReport, IsOneLineWithAllColumns) {
  const ImportedRow row = Row("report.figures[1].number: is wrong (and 2 more)");
  EXPECT_EQ(
      RejectionText(row),
      "INVALID_ARGUMENT FIGURE_OUT_OF_BOUNDS: PCF: is wrong (and 2 more); COOP_NEW: is wrong; "
      "report.unit: is wrong [INVALID_NAME]");
  EXPECT_THAT(RejectedColumns(row), ElementsAre("PCF", "COOP_NEW", "report.unit"));
}

TEST(RejectionInAReport, OfOneFieldSaysItOnce) {
  ImportedRow row = Row("report.figures[1].number: is wrong");
  row.answer.mutable_rejection()->mutable_fields()->DeleteSubrange(1, 2);
  EXPECT_EQ(RejectionText(row), "INVALID_ARGUMENT FIGURE_OUT_OF_BOUNDS: PCF: is wrong");
}

TEST(StatusWithColumns, NamesThemInMessageAndFields) {
  const absl::Status status = WithColumns(
      common::InvalidFields(
          {{.field = "report.figures[0].number", .description = "is wrong", .reason = "A"},
           {.field = "report.figures[7].number", .description = "is no figure", .reason = "B"}}),
      Row("").report);
  std::ostringstream err;
  PrintProblem(err, status);
  EXPECT_EQ(err.str(),
            "thiduactl: INVALID_ARGUMENT A: COOP_NEW: is wrong (and 1 more)\n"
            "  report.figures[7].number: is no figure [B]\n");
}

}  // namespace
}  // namespace thiduactl
