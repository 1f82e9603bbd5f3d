// What all commands that write have in common: ids that make a retry safe, versions, trying out.
#ifndef THIDUA_SERVICES_THIDUACTL_WRITING_H_
#define THIDUA_SERVICES_THIDUACTL_WRITING_H_

#include <grpcpp/client_context.h>
#include <grpcpp/support/status.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <string>
#include <type_traits>
#include <utility>

#include "absl/status/statusor.h"
#include "common/seams/id_source.h"
#include "services/thiduactl/json.h"
#include "services/thiduactl/session.h"

namespace thiduactl {

// How a write is made.
struct WriteOptions {
  // Check everything and store nothing.
  bool validate_only = false;
  // Empty: an id of this run alone, so that the retries of one run are one write.
  std::string request_id{};
  // Of the version the write was made from; empty for whichever is stored.
  std::string etag{};
};

// Adds `--validate-only` and `--request-id`.
inline void AddWriteOptions(CLI::App& app, WriteOptions& options) {
  app.add_flag("--validate-only", options.validate_only, "Check everything, and store nothing");
  app.add_option("--request-id", options.request_id,
                 "A UUID: the same call with it again answers as the first time");
}

// Adds `--etag` as well.
inline void AddVersionedWriteOptions(CLI::App& app, WriteOptions& options) {
  AddWriteOptions(app, options);
  app.add_option("--etag", options.etag, "Refuse if it has changed since it had this etag");
}

// Calls a mutation as `options` say. An etag that `request` has gives way to that of the options.
// Errors are those of Connection::Call.
template <typename Stub, typename Request, typename Response>
absl::StatusOr<Response> Write(Session& session, const WriteOptions& options, Stub& stub,
                               grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                            Response*),
                               std::type_identity_t<Request> request) {
  request.set_request_id(options.request_id.empty() ? common::RandomIdSource().NewUuid()
                                                    : options.request_id);
  request.set_validate_only(options.validate_only);
  if constexpr (requires { request.set_etag(options.etag); }) {
    if (!options.etag.empty()) request.set_etag(options.etag);
  }
  return session.connection.Call(stub, method, request);
}

// What is said of a write in words: `line`, and whether anything was stored.
inline void PrintWritten(Session& session, const WriteOptions& options, const std::string& line) {
  session.console.out << line
                      << (options.validate_only ? " (validated only, nothing stored)" : "") << "\n";
}

// The answer of a write: itself as JSON, or `line`.
template <typename Response>
ExitCode PrintAnswer(Session& session, const WriteOptions& options, const Response& response,
                     const std::string& line) {
  if (session.json()) {
    PrintJson(session.console.out, response);
  } else {
    PrintWritten(session, options, line);
  }
  return ExitCode::kOk;
}

}  // namespace thiduactl

#endif  // THIDUA_SERVICES_THIDUACTL_WRITING_H_
