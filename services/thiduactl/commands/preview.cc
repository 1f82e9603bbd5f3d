#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/thiduactl/commands/commands.h"
#include "services/thiduactl/json.h"
#include "services/thiduactl/names.h"
#include "services/thiduactl/table.h"

namespace thiduactl {
namespace {

namespace awards = ::thidua::awards::v1;

// What a place was and would be; a dash for none.
std::string Change(const std::string& before, const std::string& after) {
  if (before == after) return before.empty() ? "-" : before;
  return absl::StrCat(before.empty() ? "-" : before, " -> ", after.empty() ? "-" : after);
}

std::string RankText(int rank) { return rank == 0 ? "" : absl::StrCat(rank); }

void PrintPreview(Session& session, const awards::PreviewRescoringResponse& preview) {
  std::ostream& out = session.console.out;
  if (preview.units().empty()) out << "nothing would change\n";
  Table table(
      {Text("UNIT"), Text("CATEGORY"), Text("RANK"), Text("TOTAL"), Text("LINE"), Text("POINTS")});
  for (const awards::RescoredUnit& unit : preview.units()) {
    table.AddRow({ShortName(unit.unit()), unit.category(),
                  Change(RankText(unit.old_rank()), RankText(unit.new_rank())),
                  Change(unit.old_total(), unit.new_total())});
    for (const awards::RescoredLine& line : unit.lines()) {
      table.AddRow(
          {"", "", "", "", line.criterion(), Change(line.old_points(), line.new_points())});
    }
  }
  table.Print(out);
  for (const std::string& name : preview.falling_nominations()) {
    out << "would fall: " << ShortName(name) << "\n";
  }
  for (const std::string& name : preview.arising_nominations()) {
    out << "would arise: " << ShortName(name) << "\n";
  }
  for (const awards::OpenPlace& open : preview.open_places()) {
    out << "would stay open: " << open.description() << "\n";
  }
}

absl::StatusOr<ExitCode> RunPreview(Session& session, const std::string& round) {
  awards::PreviewRescoringRequest request;
  request.set_name(InCollection("rounds", round));
  ASSIGN_OR_RETURN(const auto response,
                   session.connection.Call(session.connection.rounds(),
                                           &awards::RoundService::Stub::PreviewRescoring, request));
  if (session.json()) {
    PrintJson(session.console.out, response);
  } else {
    PrintPreview(session, response);
  }
  return ExitCode::kOk;
}

constexpr char kHelp[] = R"(
Changes nothing. Look at this before a round is opened again because figures were restated. JSON is
thidua.awards.v1.PreviewRescoringResponse.

Examples:
  thiduactl preview red-river-delta-2020
)";

}  // namespace

void AddPreview(CLI::App& app, Action& chosen) {
  auto* command =
      app.add_subcommand("preview", "What scoring a round anew would change: points, ranks, flags");
  command->footer(kHelp);
  const auto round = std::make_shared<std::string>();
  command->add_option("ROUND", *round, "Such as red-river-delta-2020")->required();
  command->callback([round, &chosen] {
    chosen = [round](Session& session) { return RunPreview(session, *round); };
  });
}

}  // namespace thiduactl
