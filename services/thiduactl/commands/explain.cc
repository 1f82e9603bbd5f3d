#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/status/status_macros.h"
#include "services/thiduactl/commands/commands.h"
#include "services/thiduactl/json.h"
#include "services/thiduactl/names.h"
#include "services/thiduactl/table.h"
#include "services/thiduactl/titles.h"

namespace thiduactl {
namespace {

namespace awards = ::thidua::awards::v1;
using google::protobuf::RepeatedPtrField;

// Digits of a hash that tell two versions apart at a glance.
constexpr size_t kHashDigits = 12;

// Titles of the groups and criteria of a rubric, by id.
class RubricTitles {
 public:
  RubricTitles() = default;
  RubricTitles(const awards::Rubric& rubric, const std::string& language) {
    Add(rubric.groups(), language);
    Add(rubric.bonus().criteria(), language);
    Add(rubric.penalty().criteria(), language);
  }

  std::string Group(const std::string& id) const { return Find(groups_, id); }
  std::string Criterion(const std::string& id) const { return Find(criteria_, id); }

 private:
  void Add(const RepeatedPtrField<awards::Group>& groups, const std::string& language) {
    for (const awards::Group& group : groups) {
      groups_[group.id()] = InLanguage(group.title(), language);
      Add(group.criteria(), language);
      Add(group.groups(), language);
    }
  }

  void Add(const RepeatedPtrField<awards::Criterion>& criteria, const std::string& language) {
    for (const awards::Criterion& criterion : criteria) {
      criteria_[criterion.id()] = InLanguage(criterion.title(), language);
    }
  }

  static std::string Find(const std::map<std::string, std::string>& titles, const std::string& id) {
    const auto found = titles.find(id);
    return found == titles.end() ? "" : found->second;
  }

  std::map<std::string, std::string> groups_{};
  std::map<std::string, std::string> criteria_{};
};

// `COOP_NEW`, or `COOP_NEW last year`.
std::string SourceText(const std::string& source) {
  static constexpr std::string_view kLastYear = "/lastYear";
  if (!source.ends_with(kLastYear)) return ShortName(source);
  return ShortName(source.substr(0, source.size() - kLastYear.size())) + " last year";
}

// Such as `COOP_NEW 48 (target 40)`.
std::string InputText(const awards::Input& input) {
  const std::string value = input.not_applicable()   ? "n/a"
                            : input.number().empty() ? "missing"
                                                     : WithSeparators(input.number());
  return absl::StrCat(SourceText(input.source()), " ", value,
                      input.target().empty() ? "" : " (target ", WithSeparators(input.target()),
                      input.target().empty() ? "" : ")");
}

std::string WorkingText(const awards::ScoreLine& line) {
  std::string text = line.working();
  if (line.basis() == awards::ScoreLine::BASIS_MISSING) text = "missing: " + text;
  if (line.basis() == awards::ScoreLine::BASIS_NOT_APPLICABLE) text = "does not apply: " + text;
  if (line.basis() == awards::ScoreLine::BASIS_UNDEFINED) {
    text = absl::StrCat("undefined (", line.problem(), "): ", text);
  }
  if (!line.redistribution().empty()) absl::StrAppend(&text, " × ", line.redistribution());
  return text;
}

void AddLines(Table& table, const RepeatedPtrField<awards::ScoreLine>& lines,
              const RubricTitles& titles) {
  for (const awards::ScoreLine& line : lines) {
    std::vector<std::string> inputs;
    for (const awards::Input& input : line.inputs()) inputs.push_back(InputText(input));
    table.AddRow({"  " + line.criterion(), titles.Criterion(line.criterion()), line.points(),
                  line.max_points(), WorkingText(line), absl::StrJoin(inputs, ", ")});
  }
}

// Groups with their lines, then the groups in them.
void AddGroups(Table& table, const RepeatedPtrField<awards::GroupScore>& groups,
               const RubricTitles& titles) {
  for (const awards::GroupScore& group : groups) {
    table.AddRow({group.id(), titles.Group(group.id()), group.points(), group.max_points(),
                  group.working()});
    AddLines(table, group.lines(), titles);
    AddGroups(table, group.groups(), titles);
  }
}

void PrintSheet(Session& session, const awards::ScoreSheet& sheet, const RubricTitles& titles) {
  std::ostream& out = session.console.out;
  out << UnitTitles(session.connection).Of(sheet.unit()) << " (" << ShortName(sheet.unit())
      << "), category " << sheet.category() << ", " << sheet.rubric() << ", "
      << EnumWord(sheet.state()) << "\n\n";
  Table table({Text("LINE"), Text("TITLE"), Number("POINTS"), Number("OF"), Text("WORKING"),
               Text("INPUTS")});
  AddGroups(table, sheet.groups(), titles);
  table.AddRow({"base", "", sheet.base_total()});
  table.AddRow({"bonus", "", sheet.bonus()});
  AddLines(table, sheet.bonus_lines(), titles);
  table.AddRow({"penalty", "", sheet.penalty()});
  AddLines(table, sheet.penalty_lines(), titles);
  table.AddRow({"total", "", sheet.total(), "", absl::StrCat("unrounded ", sheet.full_total())});
  table.Print(out);
  for (const awards::Blocker& blocker : sheet.blockers()) {
    out << "blocked by " << blocker.source() << ": " << EnumWord(blocker.reason())
        << (blocker.detail().empty() ? "" : ", ") << blocker.detail() << "\n";
  }
  out << "\nmade from:\n";
  Table pins({Text("RESOURCE"), Number("REVISION"), Text("SHA-256")});
  for (const awards::Pin& pin : sheet.pins()) {
    pins.AddRow(
        {pin.resource(), absl::StrCat(pin.revision()), pin.content_hash().substr(0, kHashDigits)});
  }
  pins.Print(out);
}

absl::StatusOr<ExitCode> RunExplain(Session& session, const std::string& round,
                                    const std::string& unit) {
  Connection& connection = session.connection;
  awards::GetScoreSheetRequest request;
  request.set_name(absl::StrCat(InCollection("rounds", round), "/scoreSheets/", ShortName(unit)));
  ASSIGN_OR_RETURN(
      const auto response,
      connection.Call(connection.rounds(), &awards::RoundService::Stub::GetScoreSheet, request));
  const awards::ScoreSheet& sheet = response.score_sheet();
  if (session.json()) {
    PrintJson(session.console.out, sheet);
    return ExitCode::kOk;
  }
  awards::GetRubricRequest get_rubric;
  get_rubric.set_name(sheet.rubric());
  ASSIGN_OR_RETURN(
      const auto rubric,
      connection.Call(connection.rubrics(), &awards::RubricService::Stub::GetRubric, get_rubric));
  PrintSheet(session, sheet, RubricTitles(rubric.rubric(), session.language()));
  return ExitCode::kOk;
}

constexpr char kHelp[] = R"(
Every line of the unit's score sheet: what went in, the arithmetic, the points; then the revisions
of everything it was made from. JSON is thidua.awards.v1.ScoreSheet.

Examples:
  thiduactl explain red-river-delta-2020 bac-ninh
  thiduactl explain rounds/red-river-delta-2020 units/ha-nam --language vi
)";

}  // namespace

void AddExplain(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("explain", "The points of one unit, line by line");
  command->footer(kHelp);
  const auto round = std::make_shared<std::string>();
  const auto unit = std::make_shared<std::string>();
  command->add_option("ROUND", *round, "Such as red-river-delta-2020")->required();
  command->add_option("UNIT", *unit, "Such as bac-ninh")->required();
  command->callback([round, unit, &chosen] {
    chosen = [round, unit](Session& session) { return RunExplain(session, *round, *unit); };
  });
}

}  // namespace thiduactl
