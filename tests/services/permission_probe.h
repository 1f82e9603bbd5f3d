// Tries every call of a service as every role, on every kind of target, and compares what happens
// with a table written by hand.
#ifndef THIDUA_TESTS_SERVICES_PERMISSION_PROBE_H_
#define THIDUA_TESTS_SERVICES_PERMISSION_PROBE_H_

#include <google/protobuf/message.h>
#include <grpcpp/channel.h>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "common/rpc/policy_gatekeeper.h"
#include "common/seams/clock.h"

namespace testkit {

// What a role may do with one call: the letters of the targets on which it may.
struct ExpectedCall {
  // `RegistryService/CreateUnit`.
  std::string name{};
  // Requests in text format. `$` stands for the name of the target; empty: the call cannot be about
  // such a one.
  std::string on_unit{};
  std::string on_group{};
  std::string on_everything{};
  // By role, in the order of the probe's roles. Letters are those of the probe's targets; `.` for
  // none.
  std::vector<std::string> allowed{};
};

// One target, by its letter.
struct Target {
  enum class Kind { kUnit, kGroup };
  Kind kind = Kind::kUnit;
  // What stands for `$`.
  std::string name{};
};

// The letter of calls that are about everything.
inline constexpr char kEverythingLetter = 'N';

struct ProbeWorld {
  // As whom calls are made, one for each column of the table.
  std::vector<common::auth::Principal> roles{};
  std::map<char, Target> targets{};
};

// Believes callers: the metadata `test-principal` says who they are. What they may do is decided as
// in the real one.
class CredulousGatekeeper final : public common::rpc::Gatekeeper {
 public:
  CredulousGatekeeper(const std::vector<common::auth::Principal>& principals,
                      common::auth::PermissionTable table, common::auth::ScopeMap& map,
                      common::Clock& clock);

  absl::StatusOr<std::shared_ptr<const common::auth::Principal>> Identify(
      const grpc::ServerContextBase& context) override;
  absl::Status Permit(const common::auth::Principal& principal, std::string_view method,
                      const google::protobuf::Message* request) override;
  absl::StatusOr<bool> HasRight(const common::auth::Principal& principal, std::string_view right,
                                std::string_view resource) override;

 private:
  std::map<std::string, std::shared_ptr<const common::auth::Principal>, std::less<>> principals_;
  common::rpc::PolicyGatekeeper by_table_;
};

// What a call of `method` (its full name) with the serialised `request` as `principal` comes to: OK
// if it answered anything, else the error that the service meant. What a stream says of its first
// item counts as its answer: PERMISSION_DENIED if the item was rejected so.
absl::Status CallAs(const std::shared_ptr<grpc::Channel>& channel, const std::string& principal,
                    const std::string& method, const std::string& request);

// Calls all of `expected` on every target as every role and checks that exactly the expected ones
// are not denied. Services of which the server has none are left out of the calls and checked by
// `table` and `map` alone.
void ExpectPermissions(const std::shared_ptr<grpc::Channel>& channel, const std::string& package,
                       const std::set<std::string>& served, const ProbeWorld& world,
                       const std::vector<ExpectedCall>& expected,
                       const common::auth::PermissionTable& table, common::auth::ScopeMap& map);

// All calls of the files `*_service.proto` in `folder` of the contract, such as
// `thidua/reporting/v1`, by short name.
std::set<std::string> CallsOfContract(const std::string& folder);

}  // namespace testkit

#endif  // THIDUA_TESTS_SERVICES_PERMISSION_PROBE_H_
