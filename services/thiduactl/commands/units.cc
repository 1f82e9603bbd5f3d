#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/status/status_macros.h"
#include "services/thiduactl/commands/commands.h"
#include "services/thiduactl/names.h"
#include "services/thiduactl/options.h"
#include "services/thiduactl/pages.h"
#include "services/thiduactl/writing.h"

namespace thiduactl {
namespace {

namespace reporting = ::thidua::reporting::v1;
using Registry = reporting::RegistryService::Stub;

struct UnitsArguments {
  std::string kind{};
  std::string parent{};
};

// Such as `on 2025-07-01 from bac-giang, ha-nam` or `on 2025-07-01 merged into phu-tho`.
std::string LineageText(const reporting::Unit& unit) {
  std::vector<std::string> parts;
  std::string day;
  for (const reporting::Lineage& lineage : unit.predecessors()) {
    if (lineage.date() == day) {
      absl::StrAppend(&parts.back(), ", ", ShortName(lineage.unit()));
      continue;
    }
    day = lineage.date();
    parts.push_back(absl::StrCat("on ", day, " from ", ShortName(lineage.unit())));
  }
  if (unit.has_successor()) {
    parts.push_back(absl::StrCat("on ", unit.successor().date(), " merged into ",
                                 ShortName(unit.successor().unit())));
  }
  return absl::StrJoin(parts, "; ");
}

std::vector<std::string> RowOf(const Session& session, const reporting::Unit& unit) {
  const auto& titles = unit.titles();
  const auto& codes = unit.province_codes();
  return {ShortName(unit.name()),
          titles.empty() ? "" : InLanguage(titles.rbegin()->title(), session.language()),
          EnumWord(unit.kind()),
          unit.sector() == reporting::Unit::SECTOR_UNSPECIFIED ? "" : EnumWord(unit.sector()),
          ShortName(unit.parent()),
          codes.empty() ? "" : codes.rbegin()->code(),
          LineageText(unit)};
}

absl::StatusOr<ExitCode> RunUnits(Session& session, const UnitsArguments& arguments) {
  reporting::ListUnitsRequest request;
  request.set_kind(ParseEnumWord<reporting::Unit::Kind>(arguments.kind));
  if (!arguments.parent.empty()) request.set_parent(InCollection("units", arguments.parent));
  ASSIGN_OR_RETURN(const auto units,
                   ReadAll(session.connection, session.connection.registry(), &Registry::ListUnits,
                           request, &reporting::ListUnitsResponse::units));
  PrintList(session, units, "no units",
            {Text("UNIT"), Text("NAME"), Text("KIND"), Text("SECTOR").Optional(),
             Text("PROVINCE OF").Optional(), Text("CODE").Optional(), Text("LINEAGE").Optional()},
            [&session](const reporting::Unit& unit) { return RowOf(session, unit); });
  return units.empty() ? ExitCode::kNegative : ExitCode::kOk;
}

struct MergeArguments {
  std::vector<std::string> predecessors{};
  std::string successor{};
  std::string date{};
  std::string legal_basis{};
  WriteOptions write{};
};

absl::StatusOr<ExitCode> RunMerge(Session& session, const MergeArguments& arguments) {
  reporting::MergeUnitsRequest request;
  for (const std::string& unit : arguments.predecessors) {
    request.add_predecessors(InCollection("units", unit));
  }
  request.set_successor(InCollection("units", arguments.successor));
  request.set_date(arguments.date);
  request.set_legal_basis(arguments.legal_basis);
  ASSIGN_OR_RETURN(const auto response,
                   Write(session, arguments.write, session.connection.registry(),
                         &Registry::MergeUnits, request));
  return PrintAnswer(session, arguments.write, response,
                     absl::StrCat(response.unit().name(), "  ", LineageText(response.unit())));
}

constexpr char kUnitsHelp[] = R"(
Alliances and cooperatives with their newest names and province codes, and which were merged into
which. Ends with code 1 if there are none. JSON is an array of thidua.reporting.v1.Unit.

Examples:
  thiduactl units --kind alliance
  thiduactl units --kind cooperative --parent bac-ninh --language vi
)";

constexpr char kMergeHelp[] = R"(
From the day on the merged alliances report no more, and the successor stands for them; nothing of
their history changes. The successor must be registered, and may have been there before. JSON is
thidua.reporting.v1.MergeUnitsResponse.

Example:
  thiduactl merge bac-giang --into bac-ninh --date 2025-07-01 \
      --legal-basis "Nghị quyết 202/2025/QH15"
)";

}  // namespace

void AddUnits(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("units", "Alliances and cooperatives, and their lineage");
  command->footer(kUnitsHelp);
  const auto arguments = std::make_shared<UnitsArguments>();
  AddEnumOption<reporting::Unit::Kind>(*command, "--kind", arguments->kind, "Only of this kind");
  command->add_option("--parent", arguments->parent, "Only cooperatives of this alliance");
  Choose(*command, chosen, arguments, RunUnits);
}

void AddMerge(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("merge", "Merge alliances into one");
  command->footer(kMergeHelp);
  const auto arguments = std::make_shared<MergeArguments>();
  command->add_option("PREDECESSOR", arguments->predecessors, "Who is merged, such as bac-giang")
      ->required();
  command->add_option("--into", arguments->successor, "What they become")->required();
  command->add_option("--date", arguments->date, "First day of the new order, YYYY-MM-DD")
      ->required();
  command->add_option("--legal-basis", arguments->legal_basis, "The resolution it rests on")
      ->required();
  AddWriteOptions(*command, arguments->write);
  Choose(*command, chosen, arguments, RunMerge);
}

}  // namespace thiduactl
