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
#include "services/thiduactl/commands/definition.h"
#include "services/thiduactl/names.h"
#include "services/thiduactl/options.h"
#include "services/thiduactl/pages.h"
#include "services/thiduactl/writing.h"

namespace thiduactl {
namespace {

namespace reporting = ::thidua::reporting::v1;
using Definitions = reporting::DefinitionService::Stub;
using google::protobuf::RepeatedPtrField;

std::string ShortNames(const RepeatedPtrField<std::string>& names) {
  std::vector<std::string> codes;
  for (const std::string& name : names) codes.push_back(ShortName(name));
  return absl::StrJoin(codes, ", ");
}

std::string BoundsText(const reporting::Indicator& indicator) {
  return absl::StrCat(indicator.minimum().empty() ? "0" : indicator.minimum(), " to ",
                      indicator.maximum().empty() ? "any" : indicator.maximum());
}

void PrintIndicator(Session& session, const reporting::Indicator& indicator) {
  std::ostream& out = session.console.out;
  out << indicator.name() << "  version " << indicator.definition_version() << "\n"
      << InLanguage(indicator.title(), session.language()) << ", "
      << InLanguage(indicator.unit_of_measure(), session.language()) << "\n"
      << EnumWord(indicator.measure()) << ", " << EnumWord(indicator.aggregation());
  if (!indicator.weight().empty()) out << " by " << ShortName(indicator.weight());
  if (indicator.direction() != reporting::Indicator::DIRECTION_UNSPECIFIED) {
    out << ", " << EnumWord(indicator.direction());
  }
  out << ", decimal places: " << indicator.scale() << "\n";
  if (!indicator.expression().empty()) {
    out << "derived: " << indicator.expression() << "\n";
  } else {
    out << "bounds: " << BoundsText(indicator) << "\n";
  }
  if (!indicator.year_on_year_threshold().empty()) {
    out << "to explain: a change of more than " << indicator.year_on_year_threshold()
        << " % in a year\n";
  }
  if (indicator.has_stock_identity()) {
    const reporting::StockIdentity& identity = indicator.stock_identity();
    out << "stock identity (" << EnumWord(identity.severity()) << "): previous + ["
        << ShortNames(identity.inflows()) << "] - [" << ShortNames(identity.outflows()) << "]\n";
  }
  for (const reporting::BreakdownGroup& group : indicator.breakdowns()) {
    out << "breakdown " << group.group() << " (" << EnumWord(group.kind())
        << "): " << ShortNames(group.parts()) << "\n";
  }
  out << "etag: " << indicator.etag() << "\n";
}

absl::StatusOr<reporting::Indicator> ReadIndicator(Session& session, const std::string& name,
                                                   int version) {
  reporting::GetIndicatorRequest request;
  request.set_name(name);
  request.set_definition_version(version);
  ASSIGN_OR_RETURN(const auto response,
                   session.connection.Call(session.connection.definitions(),
                                           &Definitions::GetIndicator, request));
  return response.indicator();
}

absl::StatusOr<ExitCode> RunShow(Session& session, const DefinitionArguments& arguments) {
  ASSIGN_OR_RETURN(
      const auto indicator,
      ReadIndicator(session, InCollection("indicators", arguments.name), arguments.version));
  return ShowDefinition(session, arguments, indicator, PrintIndicator);
}

absl::StatusOr<ExitCode> RunUpdate(Session& session, const UpdateArguments& arguments) {
  reporting::UpdateIndicatorRequest request;
  ASSIGN_OR_RETURN(*request.mutable_indicator(),
                   ReadDefinition<reporting::Indicator>(arguments.file));
  request.set_etag(request.indicator().etag());
  if (arguments.write.etag.empty() && request.etag().empty()) {
    ASSIGN_OR_RETURN(const auto stored, ReadIndicator(session, request.indicator().name(), 0));
    request.set_etag(stored.etag());
  }
  ASSIGN_OR_RETURN(const auto response,
                   Write(session, arguments.write, session.connection.definitions(),
                         &Definitions::UpdateIndicator, request));
  return PrintAnswer(session, arguments.write, response,
                     absl::StrCat(response.indicator().name(), "  version ",
                                  response.indicator().definition_version()));
}

struct ListArguments {};

absl::StatusOr<ExitCode> RunList(Session& session, const ListArguments&) {
  ASSIGN_OR_RETURN(
      const auto indicators,
      ReadAll(session.connection, session.connection.definitions(), &Definitions::ListIndicators,
              {}, &reporting::ListIndicatorsResponse::indicators));
  PrintList(session, indicators, "no indicators",
            {Text("INDICATOR"), Text("TITLE"), Text("MEASURE"), Text("KIND"), Number("VERSION")},
            [&session](const reporting::Indicator& indicator) -> std::vector<std::string> {
              return {ShortName(indicator.name()),
                      InLanguage(indicator.title(), session.language()),
                      InLanguage(indicator.unit_of_measure(), session.language()),
                      indicator.expression().empty() ? EnumWord(indicator.measure()) : "DERIVED",
                      absl::StrCat(indicator.definition_version())};
            });
  return indicators.empty() ? ExitCode::kNegative : ExitCode::kOk;
}

constexpr char kHelp[] = R"(
Its definition: the newest, or an earlier one by --version. JSON is thidua.reporting.v1.Indicator;
--text prints what `indicator update` reads.

Examples:
  thiduactl indicator show COOP_NEW
  thiduactl indicator show COOP_NEW --version 1
  thiduactl indicator show COOP_NEW --text > coop-new.txtpb
  thiduactl indicator list
)";

constexpr char kUpdateHelp[] = R"(
The file holds the whole new definition, a thidua.reporting.v1.Indicator in text format with its name.
If it has an etag, it is refused once the stored definition is another. Figures reported before keep the
version they were reported under. JSON is thidua.reporting.v1.UpdateIndicatorResponse.

Example:
  thiduactl indicator show COOP_NEW --text > coop-new.txtpb
  $EDITOR coop-new.txtpb
  thiduactl indicator update coop-new.txtpb
)";

constexpr char kListHelp[] = R"(
In the newest version each. Ends with code 1 if there are none. JSON is an array of
thidua.reporting.v1.Indicator.

Example:
  thiduactl indicator list --language vi
)";

}  // namespace

void AddIndicator(CLI::App& app, Action& chosen) {
  auto* group = app.add_subcommand("indicator", "What is measured: show, update, list");
  group->footer(kHelp);
  const auto configure = [](CLI::App& command, DefinitionArguments& arguments) {
    return AddDefinitionOptions(command, arguments, "INDICATOR", "Such as COOP_NEW");
  };
  AddShow<DefinitionArguments>(*group, chosen, "Its definition", configure, RunShow);
  auto* update = group->add_subcommand("update", "Give it a new definition");
  update->footer(kUpdateHelp);
  Choose(*update, chosen, AddUpdateOptions(*update), RunUpdate);
  auto* list = group->add_subcommand("list", "All indicators");
  list->footer(kListHelp);
  Choose(*list, chosen, std::make_shared<ListArguments>(), RunList);
}

}  // namespace thiduactl
