#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>
#include <string>

#include "common/status/status_macros.h"
#include "services/thiduactl/commands/commands.h"
#include "services/thiduactl/json.h"
#include "services/thiduactl/names.h"
#include "services/thiduactl/table.h"
#include "services/thiduactl/times.h"
#include "services/thiduactl/titles.h"

namespace thiduactl {
namespace {

namespace reporting = ::thidua::reporting::v1;

void PrintCalendar(std::ostream& out, const reporting::ClusterYear& year) {
  Table calendar({Text("FORM"), Text("PERIOD"), Text("KIND"), Text("OPENS"), Text("DUE"),
                  Text("GRACE END"), Text("CLOSES")});
  for (const reporting::DueReport& due : year.calendar()) {
    calendar.AddRow({ShortName(due.form()), due.period(), EnumWord(due.value_kind()), due.opens(),
                     due.due(), due.grace_end(), due.closes()});
  }
  out << "\n";
  calendar.Print(out);
}

// What was granted and opened again, if anything was.
void PrintDecisions(std::ostream& out, const reporting::ClusterYear& year) {
  for (const reporting::Reopening& reopening : year.reopenings()) {
    out << "\nreopened " << TimeText(reopening.time()) << " from " << EnumWord(reopening.from())
        << ", approved by " << reopening.approver() << ": " << reopening.reason();
  }
  if (!year.reopenings().empty()) out << "\n";
  if (year.extensions().empty()) return;
  Table extensions({Text("EXTENDED"), Text("PERIOD"), Text("KIND"), Text("FOR"), Text("DUE"),
                    Text("GRACE END"), Text("CLOSES"), Text("APPROVED BY"), Text("REASON")});
  for (const reporting::Extension& extension : year.extensions()) {
    extensions.AddRow(
        {ShortName(extension.form()), extension.period(), EnumWord(extension.value_kind()),
         extension.unit().empty() ? "all" : ShortName(extension.unit()), extension.due(),
         extension.grace_end(), extension.closes(), extension.approver(), extension.reason()});
  }
  out << "\n";
  extensions.Print(out);
}

void PrintYear(Session& session, const reporting::ClusterYear& year) {
  std::ostream& out = session.console.out;
  UnitTitles titles(session.connection);
  const auto unit = [&titles](const std::string& name) {
    return ShortName(name) + "  " + titles.Of(name);
  };
  out << year.name() << "  " << EnumWord(year.state()) << "\n"
      << "scored: " << EnumWord(year.scored_value_kind())
      << ", receipts: " << EnumWord(year.receipt_basis()) << "\n"
      << "head: " << unit(year.head()) << "\n";
  for (const std::string& vice_head : year.vice_heads()) {
    out << "vice-head: " << unit(vice_head) << "\n";
  }
  if (year.has_handover()) {
    const reporting::Handover& handover = year.handover();
    out << "handed over: " << handover.date() << ", " << handover.next_cluster_year() << "\n"
        << "next head: " << unit(handover.to()) << "\n";
  }
  out << "\n";
  Table members({Text("MEMBER"), Text("NAME")});
  for (const std::string& member : year.members()) {
    members.AddRow({ShortName(member), titles.Of(member)});
  }
  members.Print(out);
  PrintCalendar(out, year);
  PrintDecisions(out, year);
}

absl::StatusOr<ExitCode> RunClusterYear(Session& session, const std::string& name) {
  reporting::GetClusterYearRequest request;
  request.set_name(ClusterYearName(name));
  ASSIGN_OR_RETURN(
      const auto response,
      session.connection.Call(session.connection.registry(),
                              &reporting::RegistryService::Stub::GetClusterYear, request));
  if (session.json()) {
    PrintJson(session.console.out, response.cluster_year());
  } else {
    PrintYear(session, response.cluster_year());
  }
  return ExitCode::kOk;
}

constexpr char kHelp[] = R"(
Its state, head and vice-heads, members, calendar with the later days that were granted, and to whom
the rotating flag of the cluster head has passed. JSON is thidua.reporting.v1.ClusterYear.

Examples:
  thiduactl cluster-year red-river-delta/2020
  thiduactl cluster-year clusters/red-river-delta/years/2021 --output json
)";

}  // namespace

void AddClusterYear(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("cluster-year", "A year of a cluster, and its next head");
  command->footer(kHelp);
  const auto name = std::make_shared<std::string>();
  command->add_option("CLUSTER_YEAR", *name, "Such as red-river-delta/2020")->required();
  command->callback([name, &chosen] {
    chosen = [name](Session& session) { return RunClusterYear(session, *name); };
  });
}

}  // namespace thiduactl
