#include "services/awards/documents/html.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "services/awards/documents/charts.h"
#include "tests/services/awards/documents/sample.h"

namespace awards::documents {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const Voice kVi(Language::kVietnamese);

TEST(Escape, LeavesNothingThatIsMarkup) {
  EXPECT_EQ(Escape("<b a=\"x\" c='y'> & Cụm"), "&lt;b a=&quot;x&quot; c=&#39;y&#39;&gt; &amp; Cụm");
}

TEST(FigureElement, HasTheFigureForPeopleAndForPrograms) {
  EXPECT_EQ(FigureElement("1234.50", kVi), "<data value=\"1234.50\">1.234,50</data>");
  EXPECT_EQ(FigureElement("", kVi), "");
}

TEST(TableElement, TellsReadersOfHeadersAndRows) {
  const Table table{
      .title = "T",
      .columns = {{.title = "TT", .width = 1},
                  {.title = "Đơn vị", .width = 2, .names_row = true},
                  {.title = "Tây", .full_title = "Tỉnh \"Tây\"", .width = 1, .is_number = true}},
      .rows = {{.cells = {TextCell("1"),
                          TextCell("<a>"),
                          {.text = "9.50", .is_number = true, .mark = "*"}},
                .weight = Weight::kTotal}}};
  const std::string html = TableElement(table, "list", "Bảng <1>", kVi);
  EXPECT_THAT(html, HasSubstr("<caption>Bảng &lt;1&gt;</caption>"));
  EXPECT_THAT(html, HasSubstr("<col style=\"width:25.0%\"><col style=\"width:50.0%\">"));
  EXPECT_THAT(html, HasSubstr("<th scope=\"col\">TT</th><th scope=\"col\">Đơn vị</th>"
                              "<th scope=\"col\" class=\"n\">"
                              "<abbr title=\"Tỉnh &quot;Tây&quot;\">Tây</abbr></th>"));
  EXPECT_THAT(html, HasSubstr("<tr class=\"total\"><td>1</td><th scope=\"row\">&lt;a&gt;</th>"
                              "<td class=\"n\"><data value=\"9.50\">9,50</data>"
                              "<sup class=\"mark\">*</sup></td></tr>"));
}

TEST(Page, LoadsNothingAndForbidsTo) {
  const std::string html = Page("a <b>", Orientation::kLandscape, kVi, "<p>x</p>");
  EXPECT_THAT(html, HasSubstr("<html lang=\"vi\">"));
  EXPECT_THAT(html, HasSubstr("<title>a &lt;b&gt;</title>"));
  EXPECT_THAT(html, HasSubstr("default-src 'none'"));
  EXPECT_THAT(html, HasSubstr("size:A4 landscape"));
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  EXPECT_THAT(html, Not(HasSubstr("<link")));
}

// The axis ends at 100, the next multiple of 20 after 90.50, and is 1080 - 320 - 78 = 682 long.
TEST(StandingsChart, DrawsBarsToScale) {
  const std::string svg =
      StandingsChart(SampleResult().categories[0], Orientation::kLandscape, kVi);
  // 682 x 90.50 / 100 and 682 x 70.25 / 100.
  EXPECT_THAT(svg, HasSubstr("<rect x=\"320\" y=\"7\" width=\"617.21\""));
  EXPECT_THAT(svg, HasSubstr("<rect x=\"320\" y=\"28\" width=\"479.11\""));
  EXPECT_THAT(svg, HasSubstr(">90,50 ★</text>"));
  EXPECT_THAT(svg, HasSubstr(">70,25</text>"));
  // The unit without a rank has no bar.
  EXPECT_THAT(svg, Not(HasSubstr("Nam</text>")));
}

TEST(StandingsChart, CanBeReadAloud) {
  const std::string svg = StandingsChart(SampleResult().categories[0], Orientation::kPortrait, kVi);
  EXPECT_THAT(svg, HasSubstr("role=\"img\" aria-labelledby=\"standings-alliances-1-t "
                             "standings-alliances-1-d\""));
  EXPECT_THAT(svg, HasSubstr("<desc id=\"standings-alliances-1-d\">1. Tây: 90,50; 2. Đông: 70,25"));
}

// The stack of Tây is 88.50 + 3.00 long, so its axis ends at 100, too; 6.82 to a point.
TEST(BreakdownChart, StacksGroupsAndBonusAndStrikesThePenaltyOff) {
  const std::string svg =
      BreakdownChart(SampleResult().categories[0], Orientation::kLandscape, kVi);
  // 60.00, then 28.50, then 3.00 points.
  EXPECT_THAT(svg, HasSubstr("<rect x=\"320\" y=\"49\" width=\"409.2\""));
  EXPECT_THAT(svg, HasSubstr("<rect x=\"729.2\" y=\"49\" width=\"194.37\""));
  EXPECT_THAT(svg, HasSubstr("<rect x=\"923.57\" y=\"49\" width=\"20.46\""));
  // The last point of 320 + 91.50 x 6.82 = 944.03.
  EXPECT_THAT(svg, HasSubstr("<rect x=\"937.21\" y=\"49\" width=\"6.82\" height=\"14\" "
                             "fill=\"url(#breakdown-alliances-1-h)\""));
  EXPECT_THAT(svg, HasSubstr(">1. Phát triển</text>"));
}

TEST(BreakdownChart, StacksNoGroupThatStandsInAnother) {
  Category category = SampleResult().categories[0];
  for (Contender& unit : category.contenders) unit.groups[1].depth = 1;
  const std::string svg = BreakdownChart(category, Orientation::kLandscape, kVi);
  EXPECT_THAT(svg, HasSubstr(">1. Phát triển</text>"));
  EXPECT_THAT(svg, Not(HasSubstr("2. Tổ chức")));
  EXPECT_THAT(svg, Not(HasSubstr(">28,50</text>")));
}

TEST(Charts, AreNotThereIfNoUnitIsRanked) {
  Category category = SampleResult().categories[0];
  category.contenders = {category.contenders[2]};
  EXPECT_EQ(StandingsChart(category, Orientation::kPortrait, kVi), "");
  EXPECT_EQ(BreakdownChart(category, Orientation::kPortrait, kVi), "");
}

TEST(Charts, TakeAFigureForEachThirtyUnits) {
  Category category = SampleResult().categories[0];
  category.contenders.assign(31, category.contenders[0]);
  const std::string svg = StandingsChart(category, Orientation::kPortrait, kVi);
  EXPECT_THAT(svg, HasSubstr("standings-alliances-1-t"));
  EXPECT_THAT(svg, HasSubstr("standings-alliances-2-t"));
  EXPECT_THAT(svg, Not(HasSubstr("standings-alliances-3-t")));
}

TEST(Charts, DrawATotalBelowZeroAsNothing) {
  Category category = SampleResult().categories[0];
  category.contenders[1].total = "-2.00";
  const std::string svg = StandingsChart(category, Orientation::kLandscape, kVi);
  EXPECT_THAT(svg, HasSubstr("<rect x=\"320\" y=\"28\" width=\"0\""));
  EXPECT_THAT(svg, HasSubstr(">-2,00</text>"));
}

}  // namespace
}  // namespace awards::documents
