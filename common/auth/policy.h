// Who may do what: the policy file of proto/thidua/access/v1/policy.proto, checked and ready to be
// asked.
#ifndef THIDUA_COMMON_AUTH_POLICY_H_
#define THIDUA_COMMON_AUTH_POLICY_H_

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "thidua/access/v1/policy.pb.h"

namespace common::auth {

// The scope that everything lies within.
inline constexpr std::string_view kEverywhere = "*";

// One role, and where it holds.
struct Grant {
  thidua::access::v1::Role role = thidua::access::v1::ROLE_UNSPECIFIED;
  // In a form that the role can have.
  std::string scope{};

  bool operator==(const Grant&) const = default;
};

// Somebody that the policy names.
struct Principal {
  // As the audit log has it.
  std::string name{};
  std::vector<Grant> grants{};
  // 0 for no limit.
  int calls_per_second = 0;
};

// Never changes; a new file makes a new one.
class Policy {
 public:
  // The policy that `text`, in protobuf's text format, says.
  // INVALID_ARGUMENT, reason INVALID_FIELD: it cannot be read, and the message says at which line
  // and column; or with every field at fault, such as `principals[2].grants[0].scope`.
  static absl::StatusOr<Policy> Parse(std::string_view text);

  // Who is recognised by the URI of a certificate; null if nobody is.
  std::shared_ptr<const Principal> FindByCertificate(std::string_view uri) const;

  // Who is recognised by the subject of a token; null if nobody is.
  std::shared_ptr<const Principal> FindByToken(std::string_view subject) const;

  // How many principals it names.
  size_t size() const { return size_; }

 private:
  using Index = std::map<std::string, std::shared_ptr<const Principal>, std::less<>>;

  Index by_certificate_{};
  Index by_token_{};
  size_t size_ = 0;
};

}  // namespace common::auth

#endif  // THIDUA_COMMON_AUTH_POLICY_H_
