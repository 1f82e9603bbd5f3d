#include "services/thiduactl/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "services/thiduactl/problem.h"
#include "tests/testkit/case_name.h"

namespace thiduactl {
namespace {

using ::testing::Eq;
using ::testing::HasSubstr;

// Line and cells of each row.
using Rows = std::vector<std::pair<int, std::vector<std::string>>>;

absl::StatusOr<Rows> ReadAll(const std::string& text) {
  CsvReader reader(text);
  Rows rows;
  while (true) {
    auto row = reader.Next();
    if (!row.ok()) return row.status();
    if (!row->has_value()) return rows;
    rows.emplace_back((*row)->line, (*row)->cells);
  }
}

struct ReadCase {
  std::string name{};
  std::string text{};
  Rows rows{};
};

class CsvRead : public ::testing::TestWithParam<ReadCase> {};

TEST_P(CsvRead, GivesLinesAndCells) {
  const auto rows = ReadAll(GetParam().text);
  ASSERT_TRUE(rows.ok()) << rows.status();
  EXPECT_THAT(*rows, Eq(GetParam().rows));
}

INSTANTIATE_TEST_SUITE_P(
    Texts, CsvRead,
    ::testing::ValuesIn<ReadCase>({
        {"Empty", "", {}},
        {"OnlyByteOrderMark", "\xEF\xBB\xBF", {}},
        {"ByteOrderMark", "\xEF\xBB\xBFunit\n", {{1, {"unit"}}}},
        {"LastLineWithoutEnd", "a,b\nc,d", {{1, {"a", "b"}}, {2, {"c", "d"}}}},
        {"WindowsLineEnds", "a,b\r\nc,d\r\n", {{1, {"a", "b"}}, {2, {"c", "d"}}}},
        {"EmptyCells", ",a,\n", {{1, {"", "a", ""}}}},
        {"CommentsAndEmptyLines",
         "# made by hand, \"really\"\n\na\n#,\nb\n",
         {{3, {"a"}}, {5, {"b"}}}},
        {"NumberSignWithinALine", "a,#b\n", {{1, {"a", "#b"}}}},
        {"QuotedComma", "\"1,5\",b\n", {{1, {"1,5", "b"}}}},
        {"DoubledQuotes", "\"HTX \"\"Xanh\"\"\"\n", {{1, {"HTX \"Xanh\""}}}},
        {"QuotedLineBreak", "\"a\nb\",c\nd,e\n", {{1, {"a\nb", "c"}}, {3, {"d", "e"}}}},
        {"QuotedBlanksStay", "\" a \", b \n", {{1, {" a ", "b"}}}},
        {"EmptyQuotes", "\"\",a\n", {{1, {"", "a"}}}},
        {"Vietnamese", "Hà Nội,Bắc Ninh\n", {{1, {"Hà Nội", "Bắc Ninh"}}}},
    }),
    testkit::CaseName<ReadCase>);

struct RefusedCase {
  std::string name{};
  std::string text{};
  std::string message{};
};

class CsvRefused : public ::testing::TestWithParam<RefusedCase> {};

TEST_P(CsvRefused, NamesTheLine) {
  const auto rows = ReadAll(GetParam().text);
  ASSERT_FALSE(rows.ok());
  EXPECT_EQ(ExitCodeOf(rows.status()), ExitCode::kUsage);
  EXPECT_THAT(std::string(rows.status().message()), HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    Texts, CsvRefused,
    ::testing::ValuesIn<RefusedCase>({
        {"QuoteNotClosed", "a\n\"b\nc\n", "line 2: a quote that begins here is not closed"},
        {"QuoteInTheMiddle", "a\nb\"c\"\n", "line 2: a quote in the middle of a cell"},
        {"TextAfterQuote", "\"a\"b\n", "line 1: text after a closing quote"},
        {"NotUtf8", "a\nH\xE0 N\xE9i\n", "line 2: a cell is not UTF-8"},
    }),
    testkit::CaseName<RefusedCase>);

}  // namespace
}  // namespace thiduactl
