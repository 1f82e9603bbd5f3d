#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>
#include <string>
#include <vector>

#include "common/status/status_macros.h"
#include "services/thiduactl/commands/commands.h"
#include "services/thiduactl/json.h"
#include "services/thiduactl/names.h"
#include "services/thiduactl/table.h"

namespace thiduactl {
namespace {

namespace awards = ::thidua::awards::v1;

void PrintTable(Session& session, const std::vector<awards::Review>& reviews) {
  if (reviews.empty()) session.console.out << "no reviews\n";
  Table table({Text("UNIT"), Text("CATEGORY"), Text("STAGE"), Text("CHECKED BY"),
               Text("APPRAISED BY"), Text("LAST MOVED BY")});
  for (const awards::Review& review : reviews) {
    const std::string last =
        review.moves().empty() ? "" : review.moves(review.moves_size() - 1).person();
    table.AddRow({ShortName(review.unit()), review.category(), EnumWord(review.stage()),
                  ShortName(review.cross_checker()), ShortName(review.appraiser_unit()), last});
  }
  table.Print(session.console.out);
}

absl::StatusOr<ExitCode> RunReviews(Session& session, const std::string& round,
                                    const std::string& viewer) {
  awards::ListReviewsRequest request;
  request.set_parent(InCollection("rounds", round));
  if (!viewer.empty()) request.set_viewer(InCollection("units", viewer));
  request.set_page_size(1000);
  std::vector<awards::Review> reviews;
  do {
    ASSIGN_OR_RETURN(const auto page,
                     session.connection.Call(session.connection.reviews(),
                                             &awards::ReviewService::Stub::ListReviews, request));
    reviews.insert(reviews.end(), page.reviews().begin(), page.reviews().end());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  if (session.json()) {
    JsonArray json(session.console.out);
    for (const awards::Review& review : reviews) json.Add(review);
    json.End();
  } else {
    PrintTable(session, reviews);
  }
  return ExitCode::kOk;
}

constexpr char kHelp[] = R"(
JSON is an array of thidua.awards.v1.Review, without lines.

Examples:
  thiduactl reviews red-river-delta-2020
  thiduactl reviews red-river-delta-2020 --viewer ha-noi
)";

}  // namespace

void AddReviews(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("reviews", "How far the score sheets of a round are");
  command->footer(kHelp);
  const auto round = std::make_shared<std::string>();
  const auto viewer = std::make_shared<std::string>();
  command->add_option("ROUND", *round, "Such as red-river-delta-2020")->required();
  command->add_option("--viewer", *viewer, "Only what this unit may see");
  command->callback([round, viewer, &chosen] {
    chosen = [round, viewer](Session& session) { return RunReviews(session, *round, *viewer); };
  });
}

}  // namespace thiduactl
