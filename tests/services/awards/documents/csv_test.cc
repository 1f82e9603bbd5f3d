#include "services/awards/documents/csv.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/testkit/case_name.h"

namespace awards::documents {
namespace {

struct FieldCase {
  std::string name;
  std::string text;
  std::string field;
};

class CsvFieldWritten : public ::testing::TestWithParam<FieldCase> {};

TEST_P(CsvFieldWritten, SafelyForReaders) {
  EXPECT_EQ(CsvField(GetParam().text), GetParam().field);
}

INSTANTIATE_TEST_SUITE_P(Fields, CsvFieldWritten,
                         ::testing::ValuesIn<FieldCase>({
                             {"Plain", "Liên minh", "Liên minh"},
                             {"Empty", "", ""},
                             {"Comma", "a,b", "\"a,b\""},
                             {"Quote", "a \"b\"", "\"a \"\"b\"\"\""},
                             {"LineBreak", "a\nb", "\"a\nb\""},
                             {"Formula", "=1+1", "'=1+1"},
                             {"FormulaWithQuotes", "=HYPERLINK(\"x\",\"y\")",
                              "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\""},
                             {"Plus", "+84 912", "'+84 912"},
                             {"Minus", "-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"},
                             {"At", "@SUM(A1)", "'@SUM(A1)"},
                             {"Tab", "\t=1", "'\t=1"},
                             {"CarriageReturn", "\r=1", "\"'\r=1\""},
                             {"LeadingLineFeed", "\n=1", "\"'\n=1\""},
                             {"BehindBlanks", "  =1", "'  =1"},
                             {"BehindAnIdeographicBlank", "\u3000=1", "'\u3000=1"},
                             {"FullWidth", "＝1", "'＝1"},
                             {"NegativeDecimal", "-0.50", "-0.50"},
                             {"NegativeFraction", "-22/5", "-22/5"},
                             {"NoFraction", "-22/-5", "'-22/-5"},
                             {"NoDecimal", "-1.", "'-1."},
                             {"SignWithin", "a=b", "a=b"},
                         }),
                         testkit::CaseName<FieldCase>);

TEST(WriteCsv, BeginsWithAByteOrderMarkAndEndsLinesAsTheStandardSays) {
  const Table table{.title = "unused",
                    .columns = {{.title = "unit"}, {.title = "total", .is_number = true}},
                    .rows = {{.cells = {TextCell("Bắc, Ninh"), NumberCell("100.78")}},
                             {.cells = {TextCell("=x"), NumberCell("")}}}};
  EXPECT_EQ(WriteCsv(table), "\xEF\xBB\xBFunit,total\r\n\"Bắc, Ninh\",100.78\r\n'=x,\r\n");
}

}  // namespace
}  // namespace awards::documents
