// As whom thiduactl calls, and how it knows the services.
#ifndef THIDUA_SERVICES_THIDUACTL_CREDENTIALS_H_
#define THIDUA_SERVICES_THIDUACTL_CREDENTIALS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace thiduactl {

// Paths, as the command line names them; empty where there is none.
struct CredentialOptions {
  // PEM: authorities of the services' certificates. Without it, calls go out in plaintext.
  std::string authorities{};
  // PEM: one's own certificate and its key.
  std::string certificate{};
  std::string key{};
  // A token, or a file that holds one.
  std::string token{};
  std::string token_file{};
};

// The contents of such files, which fit each other. Never print it.
struct Credentials {
  std::string authorities{};
  std::string certificate{};
  std::string key{};
  std::string token{};
};

// Reads the files; `targets` are where calls go.
// A local problem: a file that cannot be read or is not what it should be; a certificate without
// its key or without authorities; a token that would go to another machine in plaintext.
absl::StatusOr<Credentials> ReadCredentials(const CredentialOptions& options,
                                            const std::vector<std::string>& targets);

}  // namespace thiduactl

#endif  // THIDUA_SERVICES_THIDUACTL_CREDENTIALS_H_
