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
#include "services/thiduactl/times.h"

namespace thiduactl {
namespace {

namespace reporting = ::thidua::reporting::v1;
using Changes = reporting::ChangeFeedService::Stub;

struct WatchArguments {
  std::string from{};
  std::vector<std::string> kinds{};
  bool once = false;
};

// The changed resource, whichever it is.
const google::protobuf::Message* ResourceOf(const reporting::Change& change) {
  const auto* oneof = reporting::Change::descriptor()->FindOneofByName("resource");
  const auto* field = change.GetReflection()->GetOneofFieldDescriptor(change, oneof);
  return field == nullptr ? nullptr : &change.GetReflection()->GetMessage(change, field);
}

// Every resource of the contract has a name.
std::string NameOf(const google::protobuf::Message& resource) {
  const auto* field = resource.GetDescriptor()->FindFieldByName("name");
  return field == nullptr ? "" : resource.GetReflection()->GetString(resource, field);
}

// The word for the resource's state; empty if it has none.
std::string StateOf(const google::protobuf::Message& resource) {
  const auto* field = resource.GetDescriptor()->FindFieldByName("state");
  if (field == nullptr || field->enum_type() == nullptr) return "";
  return EnumWord(*field->enum_type(), resource.GetReflection()->GetEnumValue(resource, field));
}

void PrintChange(Session& session, const reporting::Change& change) {
  std::ostream& out = session.console.out;
  const google::protobuf::Message* resource = ResourceOf(change);
  if (session.json()) {
    out << ToJsonLine(change) << "\n";
  } else if (resource == nullptr) {
    out << "a change of a kind this program does not know\n";
  } else {
    out << TimeText(change.commit_time()) << "  " << resource->GetDescriptor()->name() << "  " << NameOf(*resource) << "  version "
        << change.version();
    const std::string state = StateOf(*resource);
    if (!state.empty()) out << "  " << state;
    if (!change.actor().empty()) out << "  by " << change.actor();
    out << "\n";
  }
}

// Reads what there is, a page a call.
absl::StatusOr<ExitCode> ReadOnce(Session& session, const reporting::WatchRequest& watch) {
  reporting::ListChangesRequest request;
  request.set_resume_token(watch.resume_token());
  *request.mutable_kinds() = watch.kinds();
  request.set_page_size(1000);
  bool more = true;
  while (more) {
    ASSIGN_OR_RETURN(const auto page, session.connection.Call(session.connection.changes(),
                                                              &Changes::ListChanges, request));
    for (const reporting::Change& change : page.changes()) PrintChange(session, change);
    request.set_resume_token(page.resume_token());
    more = page.lag() > 0;
  }
  session.console.out << std::flush;
  session.console.err << "go on with --from " << request.resume_token() << "\n";
  return ExitCode::kOk;
}

// Follows the feed. Returns only with an error; a lost service is called again until it has been
// silent for the connection's timeout.
absl::Status Follow(Session& session, reporting::WatchRequest request) {
  Connection& connection = session.connection;
  Backoff backoff(connection.options().timeout);
  while (true) {
    grpc::ClientContext context;
    connection.Prepare(context);
    const auto stream = connection.changes().Watch(&context, request);
    reporting::WatchResponse response;
    while (stream->Read(&response)) {
      for (const reporting::Change& change : response.changes()) PrintChange(session, change);
      session.console.out << std::flush;
      request.set_resume_token(response.resume_token());
      backoff.Reset();
    }
    absl::Status status = connection.ToStatus(stream->Finish());
    if (status.ok()) status = absl::UnavailableError("the service ended the stream");
    if (!Connection::IsWorthARetry(status) || !backoff.Wait()) {
      if (!request.resume_token().empty()) {
        session.console.err << "go on with --from " << request.resume_token() << "\n";
      }
      return status;
    }
  }
}

absl::StatusOr<ExitCode> RunWatch(Session& session, const WatchArguments& arguments) {
  reporting::WatchRequest request;
  request.set_resume_token(arguments.from);
  for (const std::string& kind : arguments.kinds) {
    const auto value = ParseEnumWord<reporting::ResourceKind>(kind);
    if (value == reporting::RESOURCE_KIND_UNSPECIFIED) {
      return LocalProblem(
          absl::StrCat("--kinds: there is no kind ", kind, "; there are ",
                       absl::StrJoin(EnumChoices<reporting::ResourceKind>(), ", ")));
    }
    request.add_kinds(value);
  }
  if (arguments.once) return ReadOnce(session, request);
  return Follow(session, request);
}

constexpr char kHelp[] = R"(
Prints every change of the reporting service, from the first one on, then goes on as changes are
committed, until Ctrl-C. With --output json, one thidua.reporting.v1.Change a line. If the service
is lost the watch goes on by itself where it was.

Examples:
  thiduactl watch
  thiduactl watch --kinds submission,pact --output json
  thiduactl watch --once --from CAESBgoE
)";

}  // namespace

void AddWatch(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("watch", "Changes of the reporting service as they happen");
  command->footer(kHelp);
  const auto arguments = std::make_shared<WatchArguments>();
  command->add_option("--from", arguments->from,
                      "Only what came after this commit or resume token");
  command
      ->add_option("--kinds", arguments->kinds,
                   "Only these, with commas between: unit, cluster, cluster-year, indicator, form, "
                   "pact, submission")
      ->delimiter(',')
      ->allow_extra_args(false);
  command->add_flag("--once", arguments->once, "Print what there is and end");
  command->callback([arguments, &chosen] {
    chosen = [arguments](Session& session) { return RunWatch(session, *arguments); };
  });
}

}  // namespace thiduactl
