// Which files say who may call and by what a service is known.
#ifndef THIDUA_COMMON_RPC_SECURITY_CONFIG_H_
#define THIDUA_COMMON_RPC_SECURITY_CONFIG_H_

#include <string>
#include <vector>

#include "common/status/error.h"

namespace common::rpc {

// All paths; empty where there is none. All of it empty: development mode, plaintext and no
// identities.
struct SecurityConfig {
  // PEM: the server's certificate with what leads to its authority, its key, and the authorities
  // whose client certificates are taken.
  std::string tls_certificate{};
  std::string tls_key{};
  std::string tls_client_authorities{};
  // proto/thidua/access/v1/policy.proto, in text format.
  std::string policy{};
  // A JSON Web Key Set, and what tokens must say.
  std::string token_keys{};
  std::string token_issuer{};
  std::string token_audience{};

  bool has_tls() const { return !tls_certificate.empty(); }
  bool has_policy() const { return !policy.empty(); }
};

// What is missing in `config`, or contradicts itself, by flags such as `--tls-key`.
std::vector<FieldViolation> CheckSecurityConfig(const SecurityConfig& config);

}  // namespace common::rpc

#endif  // THIDUA_COMMON_RPC_SECURITY_CONFIG_H_
