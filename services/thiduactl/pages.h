// Lists that come in pages, and lists as they are printed.
#ifndef THIDUA_SERVICES_THIDUACTL_PAGES_H_
#define THIDUA_SERVICES_THIDUACTL_PAGES_H_

#include <google/protobuf/repeated_ptr_field.h>
#include <grpcpp/client_context.h>
#include <grpcpp/support/status.h>

#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "common/status/status_macros.h"
#include "services/thiduactl/connection.h"
#include "services/thiduactl/json.h"
#include "services/thiduactl/session.h"
#include "services/thiduactl/table.h"

namespace thiduactl {

// Every element of a list: `items` of each page that `(stub.*method)(request)` answers. Errors are
// those of Connection::Call.
template <typename Stub, typename Request, typename Response, typename Item>
absl::StatusOr<std::vector<Item>> ReadAll(
    Connection& connection, Stub& stub,
    grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
    std::type_identity_t<Request> request,
    const google::protobuf::RepeatedPtrField<Item>& (Response::*items)() const) {
  std::vector<Item> all;
  request.set_page_size(1000);
  do {
    ASSIGN_OR_RETURN(const Response page, connection.Call(stub, method, request));
    const auto& elements = (page.*items)();
    all.insert(all.end(), elements.begin(), elements.end());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return all;
}

// `items` as the session wants them: a JSON array, or a table with the cells that `row` makes of
// each; `nothing` instead of a table without rows.
template <typename Items, typename Row>
void PrintList(Session& session, const Items& items, std::string_view nothing,
               std::vector<Column> columns, Row row) {
  if (session.json()) {
    JsonArray json(session.console.out);
    for (const auto& item : items) json.Add(item);
    json.End();
    return;
  }
  Table table(std::move(columns));
  bool empty = true;
  for (const auto& item : items) {
    table.AddRow(row(item));
    empty = false;
  }
  if (empty) session.console.out << nothing << "\n";
  table.Print(session.console.out);
}

}  // namespace thiduactl

#endif  // THIDUA_SERVICES_THIDUACTL_PAGES_H_
