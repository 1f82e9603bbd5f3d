// The tables for programs.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/awards/documents/readings.h"
#include "services/awards/documents/tables.h"

namespace awards::documents {
namespace {

Column Plain(std::string title, int width = 14) {
  return {.title = std::move(title), .width = width};
}
Column Numeric(std::string title) {
  return {.title = std::move(title), .width = 12, .is_number = true};
}
Column Named() { return {.title = "name", .width = 46, .names_row = true}; }

Cell Rank(int rank) { return NumberCell(rank == 0 ? "" : absl::StrCat(rank)); }

std::string BasisName(LineBasis basis) {
  switch (basis) {
    case LineBasis::kFormula:
      return "FORMULA";
    case LineBasis::kMissing:
      return "MISSING";
    case LineBasis::kNotApplicable:
      return "NOT_APPLICABLE";
  }
  return "";
}

// Such as `indicators/MEDIA=94 target=99`.
std::string InputsData(const std::vector<Input>& inputs) {
  return absl::StrJoin(inputs, "; ", [](std::string* out, const Input& input) {
    absl::StrAppend(out, input.source, "=", input.not_applicable ? "n/a" : input.number);
    if (!input.target.empty()) absl::StrAppend(out, " target=", input.target);
    if (input.from.resource.empty()) return;
    absl::StrAppend(out, " from=", input.from.resource, "@", input.from.revision);
  });
}

// What the rows of a sheet are about, apart from points.
struct Item {
  std::string level{};
  std::string group{};
  std::string id{};
  std::string title{};
};

class LineRows {
 public:
  LineRows(const Voice& voice, Table& table) : voice_(voice), table_(table) {}

  void AddSheet(const Category& category, const Contender& unit) {
    for (const Group& group : unit.groups) {
      AddSum(category, unit,
             {.level = "group",
              .group = group.id,
              .id = group.id,
              .title = TitleOf(category.group_titles, group.id, voice_)},
             group.max_points, group.points);
      AddLines(category, unit, "line", group.id, group.lines);
    }
    AddLines(category, unit, "bonus_line", "", unit.bonus_lines);
    AddLines(category, unit, "penalty_line", "", unit.penalty_lines);
    AddSum(category, unit, {.level = "base_total"}, "", unit.base_total);
    AddSum(category, unit, {.level = "bonus"}, category.bonus_cap, unit.bonus);
    AddSum(category, unit, {.level = "penalty"}, category.penalty_cap, unit.penalty);
    AddSum(category, unit, {.level = "total"}, "", unit.total, unit.full_total);
  }

 private:
  void Add(const Category& category, const Contender& unit, Item item, std::string max,
           std::string points, std::string full_points, std::vector<std::string> rest) {
    Row row{.cells = {TextCell(category.id), TextCell(unit.unit), TextCell(voice_(unit.title)),
                      NumberCell(unit.rank_text), TextCell(std::move(item.level)),
                      TextCell(std::move(item.group)), TextCell(std::move(item.id)),
                      TextCell(std::move(item.title)), NumberCell(std::move(max)),
                      NumberCell(std::move(points)), TextCell(std::move(full_points))}};
    rest.resize(4);
    for (std::string& text : rest) row.cells.push_back(TextCell(std::move(text)));
    table_.rows.push_back(std::move(row));
  }

  void AddSum(const Category& category, const Contender& unit, Item item, std::string max,
              std::string points, std::string full_points = "") {
    Add(category, unit, std::move(item), std::move(max), std::move(points), std::move(full_points),
        {});
  }

  void AddLines(const Category& category, const Contender& unit, std::string_view level,
                const std::string& group, const std::vector<Line>& lines) {
    for (const Line& line : lines) {
      Add(category, unit,
          {.level = std::string(level),
           .group = group,
           .id = line.id,
           .title = TitleOf(category.criterion_titles, line.id, voice_)},
          line.max_points, line.points, line.full_points,
          {BasisName(line.basis), line.working, line.redistribution, InputsData(line.inputs)});
    }
  }

  const Voice& voice_;
  Table& table_;
};

}  // namespace

Table LinesData(const RoundResult& result, const Voice& voice) {
  Table table{
      .title = voice("Chi tiết điểm", "Lines"),
      .columns = {Plain("category"), Plain("unit", 26), Named(), Numeric("rank"), Plain("level"),
                  Plain("group", 8), Plain("id", 8), Plain("title", 40), Numeric("max_points"),
                  Numeric("points"), Plain("full_points"), Plain("basis"), Plain("working", 44),
                  Plain("redistribution"), Plain("inputs", 60)}};
  LineRows rows(voice, table);
  for (const Category& category : result.categories) {
    for (const Contender& unit : category.contenders) rows.AddSheet(category, unit);
  }
  return table;
}

Table StandingsData(const RoundResult& result, const Voice& voice) {
  Table table{.title = voice("Xếp hạng", "Standings"),
              .columns = {Plain("category"), Plain("unit", 26), Named(), Numeric("rank"),
                          Numeric("base_total"), Numeric("bonus"), Numeric("penalty"),
                          Numeric("total"), Plain("decided_by"), Plain("unresolved_tie"),
                          Plain("failed_gates"), Plain("nominated_for")}};
  for (const Category& category : result.categories) {
    for (const Contender& unit : category.contenders) {
      const Nominee* nominee = FindNominee(category, unit.unit);
      table.rows.push_back(
          {.cells = {TextCell(category.id), TextCell(unit.unit), TextCell(voice(unit.title)),
                     NumberCell(unit.rank_text), NumberCell(unit.base_total),
                     NumberCell(unit.bonus), NumberCell(unit.penalty), NumberCell(unit.total),
                     TextCell(unit.decided_by), TextCell(unit.unresolved_tie ? "true" : "false"),
                     TextCell(absl::StrJoin(unit.failed_gates, " ")),
                     TextCell(nominee == nullptr ? "" : nominee->award)}});
    }
  }
  return table;
}

Table NominationsData(const RoundResult& result, const Voice& voice) {
  Table table{
      .title = voice("Đề nghị khen thưởng", "Nominations"),
      .columns = {Plain("category"), Plain("award"), Plain("award_title", 24), Plain("unit", 26),
                  Named(), Plain("province_unit", 20), Plain("province_name", 40), Numeric("rank"),
                  Numeric("total"), Plain("state"), Plain("grounds", 60)}};
  for (const Category& category : result.categories) {
    for (const Nominee& nominee : category.nominees) {
      table.rows.push_back(
          {.cells = {TextCell(category.id), TextCell(nominee.award),
                     TextCell(voice(nominee.award_title)), TextCell(nominee.unit),
                     TextCell(voice(nominee.title)), TextCell(nominee.province_unit),
                     TextCell(voice(nominee.province_title)), Rank(nominee.rank),
                     NumberCell(nominee.total), TextCell(nominee.state),
                     TextCell(nominee.grounds)}});
    }
  }
  return table;
}

}  // namespace awards::documents
