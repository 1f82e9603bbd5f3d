#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/thiduactl/commands/commands.h"
#include "services/thiduactl/json.h"
#include "services/thiduactl/names.h"
#include "services/thiduactl/table.h"

namespace thiduactl {
namespace {

namespace awards = ::thidua::awards::v1;

std::string TalliesOf(const awards::Ballot& ballot) {
  std::string text;
  for (const awards::Tally& tally : ballot.tallies()) {
    absl::StrAppend(&text, text.empty() ? "" : ", ", ShortName(tally.candidate()), " ",
                    tally.votes(), tally.elected() ? " (elected)" : "",
                    tally.tied() ? " (tied)" : "");
  }
  return text;
}

void PrintTable(Session& session, const std::vector<awards::Ballot>& ballots) {
  if (ballots.empty()) session.console.out << "no ballots\n";
  Table table(
      {Text("BALLOT"), Text("FOR"), Text("STATE"), Text("VOTED"), Text("OUTCOME"), Text("VOTES")});
  for (const awards::Ballot& ballot : ballots) {
    const bool closed = ballot.state() == awards::Ballot::STATE_CLOSED;
    table.AddRow({ShortName(ballot.name()), EnumWord(ballot.purpose()), EnumWord(ballot.state()),
                  absl::StrCat(ballot.voted_size(), " of ", ballot.electors_size()),
                  closed ? EnumWord(ballot.outcome()) : "", TalliesOf(ballot)});
  }
  table.Print(session.console.out);
}

absl::StatusOr<ExitCode> RunBallots(Session& session, const std::string& round) {
  awards::ListBallotsRequest request;
  request.set_parent(InCollection("rounds", round));
  request.set_page_size(1000);
  std::vector<awards::Ballot> ballots;
  do {
    ASSIGN_OR_RETURN(const auto page,
                     session.connection.Call(session.connection.ballots(),
                                             &awards::BallotService::Stub::ListBallots, request));
    ballots.insert(ballots.end(), page.ballots().begin(), page.ballots().end());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  if (session.json()) {
    JsonArray json(session.console.out);
    for (const awards::Ballot& ballot : ballots) json.Add(ballot);
    json.End();
  } else {
    PrintTable(session, ballots);
  }
  return ExitCode::kOk;
}

constexpr char kHelp[] = R"(
Votes are secret: who has voted is shown, and the sums once a ballot is closed. JSON is an array of
thidua.awards.v1.Ballot.

Examples:
  thiduactl ballots red-river-delta-2020
)";

}  // namespace

void AddBallots(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("ballots", "The secret votes of a round");
  command->footer(kHelp);
  const auto round = std::make_shared<std::string>();
  command->add_option("ROUND", *round, "Such as red-river-delta-2020")->required();
  command->callback([round, &chosen] {
    chosen = [round](Session& session) { return RunBallots(session, *round); };
  });
}

}  // namespace thiduactl
