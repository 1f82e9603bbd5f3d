// The score table: a row per criterion, a column per unit, as in the form of the national alliance.
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/awards/documents/charts.h"
#include "services/awards/documents/html.h"
#include "services/awards/documents/official.h"
#include "services/awards/documents/pages.h"
#include "services/awards/documents/readings.h"
#include "services/awards/documents/tables.h"

namespace awards::documents {
namespace {

// What fits across A4 in readable type.
constexpr size_t kUnitsPerTable = 12;

std::string About(const Category& category, const Voice& voice) {
  return absl::StrCat(Element("p", "",
                              absl::StrCat(TextElement("b", "", voice("Thang điểm: ", "Rubric: ")),
                                           Escape(voice(category.rubric_title)), ". ",
                                           TextElement("b", "", voice("Căn cứ: ", "Legal basis: ")),
                                           Escape(category.legal_basis), ". ",
                                           TextElement("b", "", voice("Danh hiệu: ", "Award: ")),
                                           Escape(voice(category.award_title)), ", ",
                                           Escape(QuotaWithWorking(category, voice)), ".")),
                      "\n");
}

// What the marks in `table` mean; nothing if there is none.
std::string Legend(const Table& table, const Voice& voice) {
  std::string used;
  for (const Row& row : table.rows) {
    for (const Cell& cell : row.cells) used.append(cell.mark);
  }
  std::string html;
  const auto explain = [&](std::string_view mark, const std::string& meaning) {
    if (used.find(mark) == std::string::npos) return;
    absl::StrAppend(&html, html.empty() ? "" : " ", TextElement("sup", "class=\"mark\"", mark), " ",
                    Escape(meaning), ".");
  };
  explain(kMarkMissing, voice("Thiếu số liệu; tính theo quy định của thang điểm",
                              "Figures are missing; the rubric's rule decided"));
  explain(kMarkNotApplicable, voice("Không áp dụng; tính theo quy định của thang điểm",
                                    "Does not apply; the rubric's rule decided"));
  explain(kMarkRedistributed,
          voice("Nhận thêm phần điểm của tiêu chí không áp dụng trong cùng nhóm",
                "Takes over the points of criteria of its group that dropped out"));
  return html.empty() ? html : absl::StrCat(Element("p", "class=\"note\"", html), "\n");
}

std::string Matrices(const Category& category, const Voice& voice) {
  const size_t count = category.contenders.size();
  const size_t tables = (count + kUnitsPerTable - 1) / kUnitsPerTable;
  if (tables == 0) {
    return Paragraph(voice("Không có đơn vị tham gia.", "There is no entrant."));
  }
  // Tables of about equal width look better than a last one with a single column.
  const size_t width = (count + tables - 1) / tables;
  const std::vector<std::string> titles = ShortTitles(category.contenders, voice);
  std::string html;
  for (size_t first = 0; first < count; first += width) {
    const Table table = ScoreMatrix(category, titles, first, width, voice);
    absl::StrAppend(&html,
                    TableElement(table, "matrix",
                                 absl::StrCat(voice("Điểm của từng đơn vị theo tiêu chí: ",
                                                    "Points of each unit by criterion: "),
                                              table.title),
                                 voice),
                    Legend(table, voice));
  }
  return html;
}

std::string Workings(const Category& category, const Voice& voice) {
  std::string html;
  for (const Contender& unit : category.contenders) {
    const Table table = WorkingsTable(category, unit, voice);
    html.append(TableElement(
        table, "workings",
        absl::StrCat(voice("Cách tính điểm: ", "How points came about: "), table.title), voice));
    html.append(Legend(table, voice));
  }
  return html;
}

std::string Chapter(const RoundResult& result, size_t index, const Order& order,
                    const Voice& voice) {
  const Category& category = result.categories[index];
  std::string html = absl::StrCat(TextElement("h2", "", ChapterTitle(result, index, voice)), "\n",
                                  About(category, voice), Matrices(category, voice),
                                  StandingsChart(category, Orientation::kLandscape, voice),
                                  BreakdownChart(category, Orientation::kLandscape, voice));
  if (order.with_workings) html.append(Workings(category, voice));
  return Element("section", index > 0 ? "class=\"chapter\"" : "", html);
}

}  // namespace

std::string ScoreTablePage(const RoundResult& result, const Order& order, const Voice& voice) {
  const std::string kind = voice("Bảng tổng hợp điểm thi đua", "Score table");
  std::string body = absl::StrCat(Head(result, order.letterhead, voice("BTHĐ-CTĐ", "ST"), voice),
                                  Title(kind, voice(result.title)), Notices(result, voice));
  for (size_t i = 0; i < result.categories.size(); ++i) {
    absl::StrAppend(&body, Chapter(result, i, order, voice), "\n");
  }
  absl::StrAppend(&body, Foot(order.letterhead, {}, HeadOfCluster(voice), voice),
                  SourceNote(result, voice));
  return Page(absl::StrCat(kind, ": ", voice(result.title)), Orientation::kLandscape, voice, body);
}

}  // namespace awards::documents
