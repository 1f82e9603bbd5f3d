#include "services/awards/documents/tables.h"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/awards/documents/readings.h"

namespace awards::documents {
namespace {

Column TextColumn(std::string title, int width) {
  return {.title = std::move(title), .width = width};
}
Column NumberColumn(std::string title, int width) {
  return {.title = std::move(title), .width = width, .is_number = true};
}
Column NameColumn(std::string title, int width) {
  return {.title = std::move(title), .width = width, .names_row = true};
}

// A rank; empty for a unit without one.
Cell Rank(int rank) { return NumberCell(rank == 0 ? "" : absl::StrCat(rank)); }

Cell Points(const Line& line) {
  Cell cell = NumberCell(line.points);
  if (line.basis == LineBasis::kMissing) cell.mark.append(kMarkMissing);
  if (line.basis == LineBasis::kNotApplicable) cell.mark.append(kMarkNotApplicable);
  if (!line.redistribution.empty()) cell.mark.append(kMarkRedistributed);
  return cell;
}

// Writes the rows of a score matrix.
class Matrix {
 public:
  Matrix(const Category& category, std::span<const Contender> contenders, const Voice& voice)
      : category_(category), contenders_(contenders), voice_(voice) {}

  std::vector<Row> Rows() {
    const Contender& layout = contenders_.front();
    for (size_t g = 0; g < layout.groups.size(); ++g) AddGroup(g);
    Add(Weight::kTotal, "", voice_("Cộng điểm cơ bản", "Base points"), "",
        [](const Contender& unit) { return NumberCell(unit.base_total); });
    AddExtra(voice_("Điểm thưởng", "Bonus"), category_.bonus_cap, &Contender::bonus,
             &Contender::bonus_lines);
    AddExtra(voice_("Điểm trừ", "Penalty"), category_.penalty_cap, &Contender::penalty,
             &Contender::penalty_lines);
    Add(Weight::kTotal, "", voice_("TỔNG ĐIỂM", "TOTAL"), "",
        [](const Contender& unit) { return NumberCell(unit.total); });
    Add(Weight::kTotal, "", voice_("XẾP HẠNG", "RANK"), "",
        [](const Contender& unit) { return NumberCell(unit.rank_text); });
    return std::move(rows_);
  }

 private:
  template <typename CellOf>
  void Add(Weight weight, std::string id, std::string title, std::string max, CellOf cell_of) {
    Row row{
        .cells = {TextCell(std::move(id)), TextCell(std::move(title)), NumberCell(std::move(max))},
        .weight = weight};
    for (const Contender& unit : contenders_) row.cells.push_back(cell_of(unit));
    rows_.push_back(std::move(row));
  }

  // `lines_of` gives the lines of a unit that correspond to those of the first.
  template <typename LinesOf>
  void AddLines(LinesOf lines_of) {
    const std::vector<Line>& layout = lines_of(contenders_.front());
    for (size_t i = 0; i < layout.size(); ++i) {
      Add(Weight::kPlain, layout[i].id, TitleOf(category_.criterion_titles, layout[i].id, voice_),
          layout[i].max_points, [&](const Contender& unit) {
            const std::vector<Line>& lines = lines_of(unit);
            return i < lines.size() ? Points(lines[i]) : NumberCell("");
          });
    }
  }

  void AddGroup(size_t g) {
    static const Group kNone;
    const auto group_of = [g](const Contender& unit) -> const Group& {
      return g < unit.groups.size() ? unit.groups[g] : kNone;
    };
    const Group& layout = group_of(contenders_.front());
    Add(Weight::kGroup, layout.id, TitleOf(category_.group_titles, layout.id, voice_),
        layout.max_points,
        [&](const Contender& unit) { return NumberCell(group_of(unit).points); });
    AddLines(
        [&](const Contender& unit) -> const std::vector<Line>& { return group_of(unit).lines; });
  }

  void AddExtra(std::string title, const std::string& cap, std::string Contender::*points,
                std::vector<Line> Contender::*lines) {
    if ((contenders_.front().*lines).empty()) return;
    Add(Weight::kGroup, "", std::move(title), cap,
        [points](const Contender& unit) { return NumberCell(unit.*points); });
    AddLines([lines](const Contender& unit) -> const std::vector<Line>& { return unit.*lines; });
  }

  const Category& category_;
  std::span<const Contender> contenders_;
  const Voice& voice_;
  std::vector<Row> rows_{};
};

std::string Working(const Line& line, const Voice& voice) {
  std::string text = voice.Working(line.working);
  if (line.basis == LineBasis::kMissing) {
    text = absl::StrCat(voice("thiếu số liệu: ", "missing: "), text);
  }
  if (line.basis == LineBasis::kNotApplicable) {
    text = absl::StrCat(voice("không áp dụng: ", "does not apply: "), text);
  }
  if (!line.redistribution.empty()) absl::StrAppend(&text, " × ", line.redistribution);
  return text;
}

// What an input is, as Input.source of the contract names it.
std::string SourceWords(std::string_view source, const Voice& voice) {
  if (source == "appraisal") return voice("thẩm định", "appraisal");
  if (source == "events") return voice("sự kiện", "events");
  if (source == "reports") return voice("báo cáo", "reports");
  if (source == "restatements") return voice("điều chỉnh", "restatements");
  constexpr std::string_view kLastYear = "/lastYear";
  if (source.ends_with(kLastYear)) {
    source.remove_suffix(kLastYear.size());
    return absl::StrCat(SourceWords(source, voice), voice(" năm trước", " of last year"));
  }
  return std::string(source.substr(source.rfind('/') + 1));
}

std::string Inputs(const Line& line, const Voice& voice) {
  std::string text;
  for (const Input& input : line.inputs) {
    const std::string value = input.not_applicable   ? voice("không áp dụng", "n/a")
                              : input.number.empty() ? voice("thiếu", "missing")
                                                     : voice.Number(input.number);
    absl::StrAppend(&text, text.empty() ? "" : "; ", SourceWords(input.source, voice), " ", value);
    if (input.target.empty()) continue;
    absl::StrAppend(&text, voice(" (chỉ tiêu ", " (target "), voice.Number(input.target), ")");
  }
  return text;
}

}  // namespace

Table ScoreMatrix(const Category& category, std::span<const std::string> titles, size_t first,
                  size_t count, const Voice& voice) {
  Table table{.title = voice(category.title),
              .columns = {TextColumn(voice("TT", "No."), 7),
                          NameColumn(voice("Nội dung, tiêu chí", "Criterion"), 44),
                          NumberColumn(voice("Điểm tối đa", "Maximum"), 10)}};
  if (first >= category.contenders.size()) return table;
  const std::span contenders =
      std::span(category.contenders)
          .subspan(first, std::min(count, category.contenders.size() - first));
  for (size_t i = 0; i < contenders.size(); ++i) {
    Column column = NumberColumn(titles[first + i], 12);
    column.full_title = voice(contenders[i].title);
    table.columns.push_back(std::move(column));
  }
  table.rows = Matrix(category, contenders, voice).Rows();
  return table;
}

Table StandingsTable(const Category& category, const Voice& voice) {
  Table table{
      .title = voice(category.title),
      .columns = {NumberColumn(voice("Hạng", "Rank"), 10), NameColumn(voice("Đơn vị", "Unit"), 38),
                  NumberColumn(voice("Điểm cơ bản", "Base"), 11),
                  NumberColumn(voice("Điểm thưởng", "Bonus"), 13),
                  NumberColumn(voice("Điểm trừ", "Penalty"), 13),
                  NumberColumn(voice("Tổng điểm", "Total"), 12),
                  TextColumn(voice("Ghi chú", "Remarks"), 28)}};
  for (const Contender& unit : category.contenders) {
    table.rows.push_back(
        {.cells = {NumberCell(unit.rank_text), TextCell(voice(unit.title)),
                   NumberCell(unit.base_total), NumberCell(unit.bonus), NumberCell(unit.penalty),
                   NumberCell(unit.total), TextCell(Remarks(category, unit, voice))},
         .weight = FindNominee(category, unit.unit) != nullptr ? Weight::kGroup : Weight::kPlain});
  }
  return table;
}

Table NominationsTable(const Category& category, const Voice& voice) {
  const std::vector<Nominee> nominees = StandingNominees(category);
  // An alliance stands for its own province.
  const bool names_province =
      std::any_of(nominees.begin(), nominees.end(),
                  [](const Nominee& nominee) { return nominee.province_unit != nominee.unit; });
  Table table{.title = voice(category.title),
              .columns = {NumberColumn(voice("TT", "No."), 7),
                          NameColumn(voice("Tập thể được đề nghị", "Nominee"), 40)}};
  if (names_province) table.columns.push_back(TextColumn(voice("Thuộc", "Of"), 38));
  table.columns.push_back(NumberColumn(voice("Hạng", "Rank"), 10));
  table.columns.push_back(NumberColumn(voice("Tổng điểm", "Total"), 12));
  table.columns.push_back(TextColumn(voice("Danh hiệu đề nghị", "Award"), 24));
  for (const Nominee& nominee : nominees) {
    std::string award = voice(nominee.award_title);
    if (nominee.state != "PROPOSED") {
      absl::StrAppend(&award, " (", StateWords(nominee.state, voice), ")");
    }
    Row row{
        .cells = {NumberCell(absl::StrCat(table.rows.size() + 1)), TextCell(voice(nominee.title))}};
    if (names_province) {
      const bool is_own = nominee.province_unit == nominee.unit;
      row.cells.push_back(TextCell(is_own ? "" : voice(nominee.province_title)));
    }
    row.cells.push_back(Rank(nominee.rank));
    row.cells.push_back(NumberCell(nominee.total));
    row.cells.push_back(TextCell(std::move(award)));
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table PassedOverTable(const RoundResult& result, const Category& category, const Voice& voice) {
  Table table{
      .title = absl::StrCat(voice(category.title), voice(": xếp hạng trên nhưng không đề nghị",
                                                         ": ranked but passed over")),
      .columns = {NumberColumn(voice("Hạng", "Rank"), 10), NameColumn(voice("Đơn vị", "Unit"), 40),
                  NumberColumn(voice("Tổng điểm", "Total"), 12),
                  TextColumn(voice("Lý do", "Reason"), 50)}};
  for (PassedOver& passed : FindPassedOver(result, category, voice)) {
    const Contender& unit = *passed.contender;
    table.rows.push_back({.cells = {NumberCell(unit.rank_text), TextCell(voice(unit.title)),
                                    NumberCell(unit.total), TextCell(std::move(passed.reason))}});
  }
  return table;
}

Table WorkingsTable(const Category& category, const Contender& contender, const Voice& voice) {
  Table table{
      .title = voice(contender.title),
      .columns = {TextColumn(voice("TT", "No."), 6),
                  NameColumn(voice("Nội dung, tiêu chí", "Criterion"), 44),
                  NumberColumn(voice("Điểm", "Points"), 9), NumberColumn(voice("Tối đa", "Of"), 9),
                  TextColumn(voice("Cách tính", "Working"), 44),
                  TextColumn(voice("Số liệu", "Figures"), 52)}};
  const auto add_lines = [&](const std::vector<Line>& lines) {
    for (const Line& line : lines) {
      table.rows.push_back(
          {.cells = {TextCell(line.id),
                     TextCell(TitleOf(category.criterion_titles, line.id, voice)), Points(line),
                     NumberCell(line.max_points), TextCell(Working(line, voice)),
                     TextCell(Inputs(line, voice))}});
    }
  };
  const auto add_sum = [&](Weight weight, std::string id, std::string title, std::string points,
                           std::string max, std::string working) {
    table.rows.push_back({.cells = {TextCell(std::move(id)), TextCell(std::move(title)),
                                    NumberCell(std::move(points)), NumberCell(std::move(max)),
                                    TextCell(std::move(working)), TextCell("")},
                          .weight = weight});
  };
  for (const Group& group : contender.groups) {
    add_sum(Weight::kGroup, group.id, TitleOf(category.group_titles, group.id, voice), group.points,
            group.max_points, "");
    add_lines(group.lines);
  }
  add_sum(Weight::kGroup, "", voice("Điểm thưởng", "Bonus"), contender.bonus, category.bonus_cap,
          "");
  add_lines(contender.bonus_lines);
  add_sum(Weight::kGroup, "", voice("Điểm trừ", "Penalty"), contender.penalty, category.penalty_cap,
          "");
  add_lines(contender.penalty_lines);
  add_sum(Weight::kTotal, "", voice("TỔNG ĐIỂM", "TOTAL"), contender.total, "",
          absl::StrCat(voice("chưa làm tròn: ", "unrounded: "), contender.full_total));
  return table;
}

}  // namespace awards::documents
