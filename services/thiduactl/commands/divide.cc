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
#include "services/thiduactl/json.h"
#include "services/thiduactl/names.h"
#include "services/thiduactl/table.h"

namespace thiduactl {
namespace {

namespace awards = ::thidua::awards::v1;

struct Arguments {
  int flags = 0;
  std::string method = "largest-remainder";
  int minimum = 0;
  // Such as `delta=11`.
  std::vector<std::string> claimants{};
};

awards::DivisionMethod MethodOf(const std::string& word) {
  if (word == "dhondt") return awards::DIVISION_METHOD_DHONDT;
  if (word == "sainte-lague") return awards::DIVISION_METHOD_SAINTE_LAGUE;
  if (word == "huntington-hill") return awards::DIVISION_METHOD_HUNTINGTON_HILL;
  return awards::DIVISION_METHOD_LARGEST_REMAINDER;
}

absl::StatusOr<ExitCode> RunDivide(Session& session, const Arguments& arguments) {
  awards::DivideFlagsRequest request;
  request.set_flags(arguments.flags);
  request.set_method(MethodOf(arguments.method));
  request.set_minimum_each(arguments.minimum);
  for (const std::string& text : arguments.claimants) {
    const size_t equals = text.rfind('=');
    awards::Claimant& claimant = *request.add_claimants();
    claimant.set_id(text.substr(0, equals));
    if (equals != std::string::npos) claimant.set_weight(text.substr(equals + 1));
  }
  ASSIGN_OR_RETURN(const auto response,
                   session.connection.Call(session.connection.quotas(),
                                           &awards::QuotaService::Stub::DivideFlags, request));
  if (session.json()) {
    PrintJson(session.console.out, response);
    return ExitCode::kOk;
  }
  Table table({Text("CLAIMANT"), Number("FLAGS"), Number("EXACT"), Text("WORKING")});
  for (const awards::DividedShare& share : response.shares()) {
    table.AddRow({share.id(), absl::StrCat(share.flags()), share.exact_share(), share.working()});
  }
  table.Print(session.console.out);
  if (response.undecided() > 0) {
    session.console.out << "undecided: " << response.undecided()
                        << ", equal claims: " << absl::StrJoin(response.tied_claimants(), ", ")
                        << "\n";
  }
  return ExitCode::kOk;
}

constexpr char kHelp[] = R"(
What a method does not decide is reported and given to nobody. JSON is
thidua.awards.v1.DivideFlagsResponse.

Examples:
  thiduactl divide 6 north=8 coast=6 delta=13 mekong=7
  thiduactl divide 6 north=8 coast=6 delta=13 mekong=7 --method huntington-hill --minimum 1
)";

}  // namespace

void AddDivide(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("divide", "Divides a number of flags over clusters");
  command->footer(kHelp);
  const auto arguments = std::make_shared<Arguments>();
  command->add_option("FLAGS", arguments->flags, "How many")->required();
  command->add_option("CLAIMANT=WEIGHT", arguments->claimants, "Such as delta=11")->required();
  command->add_option("--method", arguments->method, "How")
      ->check(CLI::IsMember({"largest-remainder", "dhondt", "sainte-lague", "huntington-hill"}))
      ->capture_default_str();
  command->add_option("--minimum", arguments->minimum, "For each before the method begins");
  command->callback([arguments, &chosen] {
    chosen = [arguments](Session& session) { return RunDivide(session, *arguments); };
  });
}

}  // namespace thiduactl
