#include "services/thiduactl/credentials.h"

#include <algorithm>
#include <string_view>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/auth/tls_files.h"
#include "common/status/status_macros.h"
#include "services/thiduactl/files.h"
#include "services/thiduactl/problem.h"

namespace thiduactl {
namespace {

// Whether only this machine reads what goes to `target`.
bool IsLocal(const std::string& target) {
  constexpr std::string_view kLocal[] = {"127.", "localhost:", "[::1]:", "unix:"};
  return std::any_of(std::begin(kLocal), std::end(kLocal),
                     [&](std::string_view prefix) { return target.starts_with(prefix); });
}

absl::Status ReadInto(const std::string& path, std::string& text) {
  if (path.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(text, ReadFile(path));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Credentials> ReadCredentials(const CredentialOptions& options,
                                            const std::vector<std::string>& targets) {
  if (options.certificate.empty() != options.key.empty()) {
    return LocalProblem("--certificate and --key go together");
  }
  if (!options.certificate.empty() && options.authorities.empty()) {
    return LocalProblem("--certificate needs --authorities, by which the services are known");
  }
  Credentials credentials{.token = options.token};
  RETURN_IF_ERROR(ReadInto(options.authorities, credentials.authorities));
  RETURN_IF_ERROR(ReadInto(options.certificate, credentials.certificate));
  RETURN_IF_ERROR(ReadInto(options.key, credentials.key));
  if (credentials.token.empty()) RETURN_IF_ERROR(ReadInto(options.token_file, credentials.token));
  absl::StripAsciiWhitespace(&credentials.token);
  const absl::Status fits = common::auth::CheckTlsMaterial({.certificate = credentials.certificate,
                                                            .key = credentials.key,
                                                            .authorities = credentials.authorities})
                                .status();
  if (!fits.ok())
    return LocalProblem(absl::StrCat("--certificate, --key, --authorities: ", fits.message()));
  const bool is_private =
      !credentials.authorities.empty() || std::all_of(targets.begin(), targets.end(), IsLocal);
  if (credentials.token.empty() || is_private) return credentials;
  return LocalProblem("a token must not go to another machine in plaintext; add --authorities");
}

}  // namespace thiduactl
