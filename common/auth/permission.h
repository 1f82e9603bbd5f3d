// Which role may make which call, and on what: a table with one row for each call, and the decision
// by it. Whatever has no row is denied.
#ifndef THIDUA_COMMON_AUTH_PERMISSION_H_
#define THIDUA_COMMON_AUTH_PERMISSION_H_

#include <google/protobuf/message.h>

#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/auth/policy.h"

namespace common::auth {

// How far a grant reaches. One letter each in the tables.
enum class Reach : char {
  // Not at all.
  kNever = '-',
  // To what lies within the grant's scope.
  kWithin = 'w',
  // To that, and to what the grant's scope takes part in.
  kTakesPart = 'p',
  // To what lies within, and to what the scope takes part in once that is settled.
  kOnceSettled = 's',
  // To everything, wherever the grant holds.
  kAnywhere = '*',
};

// The roles of the policy, ROLE_UNSPECIFIED left out.
inline constexpr size_t kRoleCount = 7;
static_assert(thidua::access::v1::Role_MAX == kRoleCount);

// The reach of each role, in the order of the enum.
class Reaches {
 public:
  // Such as `w--**--`. Another letter or another length does not compile.
  consteval Reaches(const char (&letters)[kRoleCount + 1]) {  // NOLINT(google-explicit-constructor)
    for (size_t i = 0; i < kRoleCount; ++i) {
      if (std::string_view("-wps*").find(letters[i]) == std::string_view::npos) {
        throw "not a letter of Reach";
      }
      reach_[i] = static_cast<Reach>(letters[i]);
    }
  }

  // Of a role other than ROLE_UNSPECIFIED.
  constexpr Reach Of(thidua::access::v1::Role role) const {
    return reach_[static_cast<size_t>(role) - 1];
  }

 private:
  std::array<Reach, kRoleCount> reach_{};
};

// One row.
struct Permission {
  // A call, such as `RegistryService/CreateUnit`; or a right that handlers ask for themselves, a
  // name without a slash.
  std::string_view name{};
  // Where the request of the call says what it is about: paths of fields that hold resource names,
  // such as `report.unit`. `a,b`: all that are set. `a|b`: the first that is set. Where nothing is
  // set, and for `*`, it is about everything. Empty for a right.
  std::string_view target{};
  Reaches reaches;
};

// Where resources lie. Thread-safe. Errors are those of the store.
class ScopeMap {
 public:
  virtual ~ScopeMap() = default;

  // Whether `resource` is `scope` or lies within it. What does not exist or is no name lies
  // nowhere, but within what its name says.
  virtual absl::StatusOr<bool> IsWithin(std::string_view resource, std::string_view scope) = 0;

  // Whether `scope` takes part in `resource`, as a member in what its group does.
  virtual absl::StatusOr<bool> TakesPart(std::string_view scope, std::string_view resource) = 0;

  // Whether what `resource` belongs to is settled, so that all who take part may see all of it.
  virtual absl::StatusOr<bool> IsSettled(std::string_view resource) = 0;
};

// Immutable.
class PermissionTable {
 public:
  // The rows of the calls of one package, such as `thidua.reporting.v1`.
  // INTERNAL, with all that is wrong: a row that is there twice, for a call that does not exist, or
  // with a target that its request does not have; a call of one of the `services` (short names such
  // as `RegistryService`) without a row.
  static absl::StatusOr<PermissionTable> Make(std::string_view package,
                                              const std::vector<std::string>& services,
                                              const std::vector<Permission>& rows);

  // Whether `principal` may make the call `method`, its full name, with `request`. Without a
  // request: whether it may make it at all, on whatever.
  absl::StatusOr<bool> Allows(const Principal& principal, std::string_view method,
                              const google::protobuf::Message* request, ScopeMap& map) const;

  // Whether `principal` has the right `name` on `resource`; an empty one is everything.
  absl::StatusOr<bool> HasRight(const Principal& principal, std::string_view name,
                                std::string_view resource, ScopeMap& map) const;

 private:
  // By full name of a call, or name of a right.
  std::map<std::string, Permission, std::less<>> rows_{};
};

// The resources that `request` is about, as `target` of a row says; empty for everything.
std::vector<std::string> TargetsOf(const google::protobuf::Message& request,
                                   std::string_view target);

}  // namespace common::auth

#endif  // THIDUA_COMMON_AUTH_PERMISSION_H_
