#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/status/status_macros.h"
#include "services/thiduactl/commands/commands.h"
#include "services/thiduactl/json.h"
#include "services/thiduactl/names.h"
#include "services/thiduactl/table.h"

namespace thiduactl {
namespace {

namespace awards = ::thidua::awards::v1;
using Rounds = awards::RoundService::Stub;

// What the argument means: a round and maybe one of its categories.
struct Selection {
  // `rounds/{round}`.
  std::string round{};
  // Empty for all.
  std::string category{};
};

// Reads `x`, `x/c`, `rounds/x` and `rounds/x/standings/c`.
Selection ParseSelection(std::string text) {
  if (absl::StartsWith(text, "rounds/")) text = text.substr(std::string("rounds/").size());
  const size_t slash = text.find('/');
  Selection selection{.round = absl::StrCat("rounds/", text.substr(0, slash))};
  if (slash != std::string::npos) selection.category = ShortName(text);
  return selection;
}

void PrintTable(Session& session, const awards::Category& category,
                const awards::Standings& standings) {
  std::ostream& out = session.console.out;
  out << InLanguage(category.title(), session.language()) << " (" << category.id() << "), "
      << InLanguage(category.award().title(), session.language()) << ": quota "
      << standings.quota();
  // A fixed quota has no working but itself.
  if (standings.quota_working() != absl::StrCat(standings.quota())) {
    out << ", " << standings.quota_working();
  }
  out << "\n\n";
  Table table({Number("RANK"), Text("UNIT"), Text("NAME"), Number("BASE"), Number("BONUS"),
               Number("PENALTY"), Number("TOTAL"), Text("DECIDED BY"), Text("FAILED GATES")});
  for (const awards::Standing& standing : standings.standings()) {
    table.AddRow({standing.rank() == 0 ? "-" : absl::StrCat(standing.rank()),
                  ShortName(standing.unit()), InLanguage(standing.unit_title(), session.language()),
                  WithSeparators(standing.base_total()), WithSeparators(standing.bonus()),
                  WithSeparators(standing.penalty()), WithSeparators(standing.total()),
                  standing.unresolved_tie() ? "unresolved tie" : standing.decided_by(),
                  absl::StrJoin(standing.failed_gates(), ", ")});
  }
  table.Print(out);
  if (standings.stale_resources_size() > 0) {
    out << "\nchanged since the round was scored: "
        << absl::StrJoin(standings.stale_resources(), ", ") << "\n";
  }
}

absl::StatusOr<std::vector<awards::Category>> ReadCategories(Connection& connection,
                                                             const Selection& selection) {
  awards::GetRoundRequest request;
  request.set_name(selection.round);
  ASSIGN_OR_RETURN(const auto response,
                   connection.Call(connection.rounds(), &Rounds::GetRound, request));
  std::vector<awards::Category> categories;
  for (const awards::Category& category : response.round().categories()) {
    if (selection.category.empty() || selection.category == category.id()) {
      categories.push_back(category);
    }
  }
  if (categories.empty()) categories.emplace_back().set_id(selection.category);
  return categories;
}

absl::StatusOr<ExitCode> RunStandings(Session& session, const std::string& argument) {
  const Selection selection = ParseSelection(argument);
  Connection& connection = session.connection;
  ASSIGN_OR_RETURN(const auto categories, ReadCategories(connection, selection));
  std::vector<awards::Standings> all;
  for (const awards::Category& category : categories) {
    awards::GetStandingsRequest request;
    request.set_name(absl::StrCat(selection.round, "/standings/", category.id()));
    ASSIGN_OR_RETURN(const auto response,
                     connection.Call(connection.rounds(), &Rounds::GetStandings, request));
    all.push_back(response.standings());
  }
  JsonArray json(session.console.out);
  for (size_t i = 0; i < all.size(); ++i) {
    if (session.json()) {
      json.Add(all[i]);
      continue;
    }
    if (i > 0) session.console.out << "\n";
    PrintTable(session, categories[i], all[i]);
  }
  if (session.json()) json.End();
  return ExitCode::kOk;
}

constexpr char kHelp[] = R"(
All categories of the round, or one. JSON is an array of thidua.awards.v1.Standings.

Examples:
  thiduactl standings red-river-delta-2020
  thiduactl standings red-river-delta-2020/alliances --language vi
  thiduactl standings rounds/red-river-delta-2020/standings/alliances --output json
)";

}  // namespace

void AddStandings(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("standings", "Ranks and points of a scored round");
  command->footer(kHelp);
  const auto round = std::make_shared<std::string>();
  command->add_option("ROUND[/CATEGORY]", *round, "Such as red-river-delta-2020/alliances")
      ->required();
  command->callback([round, &chosen] {
    chosen = [round](Session& session) { return RunStandings(session, *round); };
  });
}

}  // namespace thiduactl
