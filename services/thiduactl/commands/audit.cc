#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "common/status/status_macros.h"
#include "services/thiduactl/commands/commands.h"
#include "services/thiduactl/json.h"
#include "services/thiduactl/names.h"
#include "services/thiduactl/table.h"
#include "services/thiduactl/times.h"

namespace thiduactl {
namespace {

namespace reporting = ::thidua::reporting::v1;
using Audit = reporting::AuditService::Stub;

struct ListArguments {
  std::string resource{};
  std::string actor{};
  std::string from{};
  std::string to{};
};

// A time as RFC 3339 has it, or a day, which stands for its beginning.
std::optional<absl::Time> ParseTime(const std::string& text) {
  absl::Time time;
  if (absl::ParseTime(absl::RFC3339_full, text, &time, nullptr)) return time;
  return ParseDay(text);
}

// An empty text if `text` is a time, else what is wrong with it.
std::string CheckTime(const std::string& text) {
  return ParseTime(text).has_value() ? ""
                                     : "is no time such as 2020-12-15T08:00:00+07:00, nor a day";
}

// `PactService/SignPact` of `thidua.reporting.v1.PactService/SignPact`.
std::string ShortMethod(const std::string& method) {
  const size_t service = method.rfind('.', method.find('/'));
  return service == std::string::npos ? method : method.substr(service + 1);
}

reporting::ListAuditEventsRequest ToRequest(const ListArguments& arguments) {
  reporting::ListAuditEventsRequest request;
  request.set_resource(arguments.resource);
  request.set_actor(arguments.actor);
  // Both have been checked.
  if (const auto from = ParseTime(arguments.from)) {
    *request.mutable_start_time() = ToTimestamp(*from);
  }
  if (const auto to = ParseTime(arguments.to)) *request.mutable_end_time() = ToTimestamp(*to);
  request.set_page_size(1000);
  return request;
}

absl::StatusOr<ExitCode> RunList(Session& session, const ListArguments& arguments) {
  Connection& connection = session.connection;
  reporting::ListAuditEventsRequest request = ToRequest(arguments);
  std::optional<JsonArray> json;
  if (session.json()) json.emplace(session.console.out);
  Table table({Number("POSITION"), Text("TIME"), Text("ACTOR"), Text("CALL"), Text("RESOURCE"),
               Number("VERSION")});
  do {
    ASSIGN_OR_RETURN(const auto page,
                     connection.Call(connection.audit(), &Audit::ListAuditEvents, request));
    for (const reporting::AuditEvent& event : page.events()) {
      if (json.has_value()) {
        json->Add(event);
      } else {
        table.AddRow({absl::StrCat(event.position()), TimeText(event.commit_time()), event.actor(),
                      ShortMethod(event.method()), event.resource(),
                      absl::StrCat(event.version())});
      }
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  if (json.has_value()) {
    json->End();
  } else {
    table.Print(session.console.out);
  }
  return ExitCode::kOk;
}

// `POSITION:HASH` as VerifyAudit takes it.
std::optional<reporting::AuditPoint> ParsePoint(const std::string& text) {
  const std::pair<std::string, std::string> parts = absl::StrSplit(text, absl::MaxSplits(':', 1));
  int64_t position = 0;
  const auto is_digit = [](char c) { return absl::ascii_isxdigit(static_cast<unsigned char>(c)); };
  if (!absl::SimpleAtoi(parts.first, &position) || position < 0 || parts.second.size() != 64 ||
      !std::all_of(parts.second.begin(), parts.second.end(), is_digit)) {
    return std::nullopt;
  }
  reporting::AuditPoint point;
  point.set_position(position);
  point.set_hash(parts.second);
  return point;
}

std::string CheckPoint(const std::string& text) {
  return ParsePoint(text).has_value() ? "" : "is not a position, a colon and 64 hexadecimal digits";
}

std::string ToText(const reporting::AuditPoint& point) {
  return absl::StrCat(point.position(), ":", point.hash());
}

void PrintVerdict(Session& session, const reporting::VerifyAuditResponse& verdict) {
  std::ostream& out = session.console.out;
  if (verdict.has_fault()) {
    out << "FAULT at position " << verdict.fault().position() << ": "
        << EnumWord(verdict.fault().kind()) << "\n"
        << verdict.fault().description() << "\n"
        << "whole up to " << ToText(verdict.verified()) << "\n";
  } else {
    out << "whole: " << verdict.verified().position() << " events, as they were written\n"
        << "head: " << ToText(verdict.verified()) << "\n";
  }
}

absl::StatusOr<ExitCode> RunVerify(Session& session, const std::string& expected) {
  Connection& connection = session.connection;
  reporting::VerifyAuditRequest request;
  if (const auto point = ParsePoint(expected)) *request.mutable_expected() = *point;
  reporting::VerifyAuditResponse verdict;
  do {
    ASSIGN_OR_RETURN(verdict, connection.Call(connection.audit(), &Audit::VerifyAudit, request));
    *request.mutable_after() = verdict.verified();
  } while (!verdict.complete() && !verdict.has_fault());
  if (session.json()) {
    PrintJson(session.console.out, verdict);
  } else {
    PrintVerdict(session, verdict);
  }
  return verdict.has_fault() ? ExitCode::kNegative : ExitCode::kOk;
}

constexpr char kHelp[] = R"(
Every change of the reporting service is an event of a log that is never rewritten. Each event has a
hash that covers it and all events before it.

Examples:
  thiduactl audit list --resource units/bac-ninh
  thiduactl audit verify
)";

constexpr char kListHelp[] = R"(
Oldest first. A day stands for its beginning in Hà Nội; --from is included, --to is not. JSON is an
array of thidua.reporting.v1.AuditEvent, with the resource before and after.

Examples:
  thiduactl audit list --resource clusters/red-river-delta/years/2020/pact
  thiduactl audit list --actor anonymous --from 2020-12-01 --to 2021-01-01
  thiduactl audit list --from 2020-12-15T08:00:00+07:00 --output json
)";

constexpr char kVerifyHelp[] = R"(
Has the hash of every event recomputed, and says where the first fault is: an event that was altered,
deleted or moved. Keep the head that is printed, away from the service, and give it to --expect
later: this alone shows that the end of the log was cut off, or all of it written anew. JSON is
thidua.reporting.v1.VerifyAuditResponse.

Ends with code 0 if the log is whole, and with code 1 if it has a fault.

Examples:
  thiduactl audit verify
  thiduactl audit verify --expect 41:4d5f736263d1ac6d17675f9cf3157e06f1173155435fb66b3569308bf0a47cbb
)";

void AddList(CLI::App& audit, Action& chosen) {
  auto* command = audit.add_subcommand("list", "Who changed what, when and by which call");
  command->footer(kListHelp);
  const auto arguments = std::make_shared<ListArguments>();
  command->add_option("--resource", arguments->resource,
                      "Only changes of this one, such as units/bac-ninh");
  command->add_option("--actor", arguments->actor, "Only changes by this one");
  command->add_option("--from", arguments->from, "Only changes since this time or day")
      ->check(CLI::Validator(CheckTime, "TIME"));
  command->add_option("--to", arguments->to, "Only changes before this time or day")
      ->check(CLI::Validator(CheckTime, "TIME"));
  command->callback([arguments, &chosen] {
    chosen = [arguments](Session& session) { return RunList(session, *arguments); };
  });
}

void AddVerify(CLI::App& audit, Action& chosen) {
  auto* command = audit.add_subcommand("verify", "Whether the log is still what was written");
  command->footer(kVerifyHelp);
  const auto expected = std::make_shared<std::string>();
  command->add_option("--expect", *expected, "The head that an earlier verification printed")
      ->check(CLI::Validator(CheckPoint, "POSITION:HASH"));
  command->callback([expected, &chosen] {
    chosen = [expected](Session& session) { return RunVerify(session, *expected); };
  });
}

}  // namespace

void AddAudit(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("audit", "Who changed what, and whether the log is whole");
  command->footer(kHelp);
  command->require_subcommand(1);
  command->fallthrough();
  AddList(*command, chosen);
  AddVerify(*command, chosen);
}

}  // namespace thiduactl
