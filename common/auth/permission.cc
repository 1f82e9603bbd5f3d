#include "common/auth/permission.h"

#include <google/protobuf/descriptor.h>

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/status/error.h"
#include "common/status/status_macros.h"

namespace common::auth {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

constexpr std::string_view kEverything = "*";

std::vector<std::string> PathsOf(std::string_view target) {
  return absl::StrSplit(sv(target), absl::ByAnyChar(",|"));
}

// Appends the texts at `path` of `message` that are not empty. The path exists.
void Collect(const Message& message, std::string_view path, std::vector<std::string>& texts) {
  const size_t dot = path.find('.');
  const FieldDescriptor* field =
      message.GetDescriptor()->FindFieldByName(std::string(path.substr(0, dot)));
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    return Collect(reflection.GetMessage(message, field), path.substr(dot + 1), texts);
  }
  const int count = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
  for (int i = 0; i < count; ++i) {
    std::string text = field->is_repeated() ? reflection.GetRepeatedString(message, field, i)
                                            : reflection.GetString(message, field);
    if (!text.empty()) texts.push_back(std::move(text));
  }
}

// Whether messages of `type` have texts at `path`.
bool HasPath(const Descriptor& type, std::string_view path) {
  const size_t dot = path.find('.');
  const FieldDescriptor* field = type.FindFieldByName(std::string(path.substr(0, dot)));
  if (field == nullptr) return false;
  if (dot == std::string_view::npos) return field->cpp_type() == FieldDescriptor::CPPTYPE_STRING;
  return field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && !field->is_repeated() &&
         HasPath(*field->message_type(), path.substr(dot + 1));
}

// What is wrong with `row`, whose call is `method` or null; empty if nothing is.
std::string ProblemOf(const Permission& row, const MethodDescriptor* method) {
  if (row.name.find('/') == std::string_view::npos) return "";
  if (method == nullptr) return absl::StrCat(sv(row.name), ": there is no such call");
  if (row.target == kEverything) return "";
  for (const std::string& path : PathsOf(row.target)) {
    if (!HasPath(*method->input_type(), path)) {
      return absl::StrCat(sv(row.name), ": its request has no text at ", path);
    }
  }
  return "";
}

const MethodDescriptor* FindMethod(std::string_view full_name) {
  std::string name(full_name);
  if (const size_t slash = name.find('/'); slash != std::string::npos) name[slash] = '.';
  return DescriptorPool::generated_pool()->FindMethodByName(name);
}

// Whether a grant that reaches as far as `reach` covers `resource`.
absl::StatusOr<bool> Covers(Reach reach, const std::string& scope, std::string_view resource,
                            ScopeMap& map) {
  if (reach == Reach::kNever) return false;
  if (reach == Reach::kAnywhere || scope == kEverywhere) return true;
  if (resource.empty()) return false;
  ASSIGN_OR_RETURN(const bool is_within, map.IsWithin(resource, scope));
  if (is_within || reach == Reach::kWithin) return is_within;
  ASSIGN_OR_RETURN(const bool takes_part, map.TakesPart(scope, resource));
  if (!takes_part || reach == Reach::kTakesPart) return takes_part;
  return map.IsSettled(resource);
}

// Whether a grant of `principal` covers `resource` by `row`.
absl::StatusOr<bool> IsCovered(const Principal& principal, const Permission& row,
                               std::string_view resource, ScopeMap& map) {
  for (const Grant& grant : principal.grants) {
    ASSIGN_OR_RETURN(const bool covers,
                     Covers(row.reaches.Of(grant.role), grant.scope, resource, map));
    if (covers) return true;
  }
  return false;
}

bool ReachesAnything(const Principal& principal, const Permission& row) {
  for (const Grant& grant : principal.grants) {
    if (row.reaches.Of(grant.role) != Reach::kNever) return true;
  }
  return false;
}

}  // namespace

std::vector<std::string> TargetsOf(const Message& request, std::string_view target) {
  std::vector<std::string> resources;
  if (target == kEverything) return resources;
  const bool is_first_only = target.find('|') != std::string_view::npos;
  for (const std::string& path : PathsOf(target)) {
    Collect(request, path, resources);
    if (is_first_only && !resources.empty()) break;
  }
  return resources;
}

absl::StatusOr<PermissionTable> PermissionTable::Make(std::string_view package,
                                                      const std::vector<std::string>& services,
                                                      const std::vector<Permission>& rows) {
  PermissionTable table;
  std::vector<std::string> problems;
  for (const Permission& row : rows) {
    const bool is_call = row.name.find('/') != std::string_view::npos;
    const std::string name =
        is_call ? absl::StrCat(sv(package), ".", sv(row.name)) : std::string(row.name);
    if (std::string problem = ProblemOf(row, FindMethod(name)); !problem.empty()) {
      problems.push_back(std::move(problem));
    } else if (!table.rows_.emplace(name, row).second) {
      problems.push_back(absl::StrCat(name, ": stands twice"));
    }
  }
  for (const std::string& service : services) {
    const auto* found = DescriptorPool::generated_pool()->FindServiceByName(
        absl::StrCat(sv(package), ".", service));
    if (found == nullptr) problems.push_back(absl::StrCat(service, ": there is no such service"));
    for (int i = 0; found != nullptr && i < found->method_count(); ++i) {
      const std::string name = absl::StrCat(found->full_name(), "/", found->method(i)->name());
      if (!table.rows_.contains(name)) problems.push_back(absl::StrCat(name, ": has no row"));
    }
  }
  if (problems.empty()) return table;
  return absl::InternalError(
      absl::StrCat("the table of permissions is wrong: ", absl::StrJoin(problems, "; ")));
}

absl::StatusOr<bool> PermissionTable::Allows(const Principal& principal, std::string_view method,
                                             const Message* request, ScopeMap& map) const {
  const auto row = rows_.find(method);
  if (row == rows_.end()) return false;
  if (request == nullptr) return ReachesAnything(principal, row->second);
  const std::vector<std::string> resources = TargetsOf(*request, row->second.target);
  if (resources.empty()) return IsCovered(principal, row->second, "", map);
  for (const std::string& resource : resources) {
    ASSIGN_OR_RETURN(const bool covered, IsCovered(principal, row->second, resource, map));
    if (!covered) return false;
  }
  return true;
}

absl::StatusOr<bool> PermissionTable::HasRight(const Principal& principal, std::string_view name,
                                               std::string_view resource, ScopeMap& map) const {
  const auto row = rows_.find(name);
  if (row == rows_.end()) return false;
  return IsCovered(principal, row->second, resource, map);
}

}  // namespace common::auth
