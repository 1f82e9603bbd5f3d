#include "common/rpc/security_config.h"

#include <utility>

namespace common::rpc {

std::vector<FieldViolation> CheckSecurityConfig(const SecurityConfig& config) {
  std::vector<FieldViolation> violations;
  const auto require = [&violations](bool holds, std::string flag, std::string description) {
    if (!holds) {
      violations.push_back({.field = std::move(flag), .description = std::move(description)});
    }
  };
  require(config.tls_key.empty() == config.tls_certificate.empty(),
          config.tls_key.empty() ? "--tls-key" : "--tls-certificate",
          "a certificate and its key go together");
  require(config.tls_client_authorities.empty() || config.has_tls(), "--tls-certificate",
          "certificates of clients are looked at only by a server with one");
  const bool has_tokens = !config.token_keys.empty();
  require(config.token_issuer.empty() != has_tokens, "--token-issuer",
          "goes together with --token-keys");
  require(config.token_audience.empty() != has_tokens, "--token-audience",
          "goes together with --token-keys");
  const bool has_identities = has_tokens || !config.tls_client_authorities.empty();
  require(config.has_policy() || !has_identities, "--policy",
          "is needed to know what the holders of certificates and tokens may do");
  require(has_identities || !config.has_policy(), "--policy",
          "names nobody without --tls-client-authorities or --token-keys");
  return violations;
}

}  // namespace common::rpc
