// Certificates for development.
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/auth/certificates.h"
#include "common/status/status_macros.h"
#include "services/thiduactl/commands/commands.h"
#include "services/thiduactl/files.h"
#include "services/thiduactl/options.h"
#include "services/thiduactl/text_file.h"
#include "thidua/access/v1/policy.pb.h"

namespace thiduactl {
namespace {

namespace fs = std::filesystem;
using common::auth::CertificateOrder;
using common::auth::CertificatePair;

struct Arguments {
  std::string folder{};
  std::vector<std::string> servers = {"reporting-server", "awards-server"};
  std::vector<std::string> hosts = {"localhost", "127.0.0.1", "::1"};
  // Each `NAME=URI`.
  std::vector<std::string> clients{};
  std::string policy{};
  int days = 90;
};

// A certificate to make, and the name of its files.
struct Wanted {
  std::string name{};
  std::vector<std::string> alternative_names{};
};

bool IsAddress(const std::string& host) {
  return host.find_first_not_of("0123456789.") == std::string::npos ||
         host.find(':') != std::string::npos;
}

// Those of a policy with a certificate URI; a further one of a principal has a number.
absl::Status AddPrincipals(const std::string& path, std::vector<Wanted>& wanted) {
  thidua::access::v1::Policy policy;
  RETURN_IF_ERROR(ReadTextFile(path, policy));
  for (const auto& principal : policy.principals()) {
    for (int i = 0; i < principal.certificate_uris_size(); ++i) {
      wanted.push_back(
          {.name = i == 0 ? principal.name() : absl::StrCat(principal.name(), "-", i),
           .alternative_names = {absl::StrCat("URI:", principal.certificate_uris(i))}});
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Wanted>> ListWanted(const Arguments& arguments) {
  std::vector<Wanted> wanted;
  for (const std::string& server : arguments.servers) {
    wanted.push_back({.name = server});
    for (const std::string& host : arguments.hosts) {
      wanted.back().alternative_names.push_back(
          absl::StrCat(IsAddress(host) ? "IP:" : "DNS:", host));
    }
  }
  for (const std::string& client : arguments.clients) {
    const std::pair<std::string, std::string> parts =
        absl::StrSplit(client, absl::MaxSplits('=', 1));
    wanted.push_back(
        {.name = parts.first, .alternative_names = {absl::StrCat("URI:", parts.second)}});
  }
  if (!arguments.policy.empty()) RETURN_IF_ERROR(AddPrincipals(arguments.policy, wanted));
  std::set<std::string> names = {"ca"};
  for (const Wanted& each : wanted) {
    if (!names.insert(each.name).second) {
      return LocalProblem(absl::StrCat("two certificates would be called ", each.name));
    }
  }
  return wanted;
}

CertificateOrder Order(const std::string& name, absl::Duration life) {
  const absl::Time now = absl::Now();
  // Clocks of other machines may be late.
  return {.common_name = name,
          .alternative_names = {},
          .not_before = now - absl::Minutes(5),
          .not_after = now + life};
}

absl::Status WritePair(const fs::path& folder, const std::string& name,
                       const CertificatePair& pair) {
  RETURN_IF_ERROR(SaveFile((folder / (name + ".pem")).string(), pair.certificate));
  return SaveSecretFile((folder / (name + "-key.pem")).string(), pair.key);
}

// The authority in the folder; a new one if there is none.
absl::StatusOr<CertificatePair> FindAuthority(const fs::path& folder) {
  const std::string certificate = (folder / "ca.pem").string();
  std::error_code ignored;
  if (fs::exists(certificate, ignored)) {
    CertificatePair authority;
    ASSIGN_OR_RETURN(authority.certificate, ReadFile(certificate));
    ASSIGN_OR_RETURN(authority.key, ReadFile((folder / "ca-key.pem").string()));
    return authority;
  }
  constexpr absl::Duration kLife = absl::Hours(24 * 365 * 2);
  ASSIGN_OR_RETURN(const CertificatePair authority,
                   common::auth::MakeAuthority(Order("Thi Đua development authority", kLife)));
  RETURN_IF_ERROR(WritePair(folder, "ca", authority));
  return authority;
}

absl::StatusOr<ExitCode> RunCerts(Session& session, const Arguments& arguments) {
  const fs::path folder(arguments.folder);
  std::error_code error;
  fs::create_directories(folder, error);
  ASSIGN_OR_RETURN(const std::vector<Wanted> wanted, ListWanted(arguments));
  ASSIGN_OR_RETURN(const CertificatePair authority, FindAuthority(folder));
  for (const Wanted& each : wanted) {
    CertificateOrder order = Order(each.name, absl::Hours(24) * arguments.days);
    order.alternative_names = each.alternative_names;
    ASSIGN_OR_RETURN(const CertificatePair pair, common::auth::MakeCertificate(authority, order));
    RETURN_IF_ERROR(WritePair(folder, each.name, pair));
    session.console.out << (folder / (each.name + ".pem")).string() << "\n";
  }
  return ExitCode::kOk;
}

constexpr char kHelp[] = R"(
Makes in DIR, all of it PEM:
  ca.pem, ca-key.pem           an authority, unless there is one already
  NAME.pem, NAME-key.pem       a certificate and its key for each server, each client and each
                               principal of the policy that has a certificate URI; made anew each time

For development and tests. Nothing in the services depends on where certificates come from.

Examples:
  thiduactl certs build/certs --policy deploy/examples/red-river-2020/policy.txtpb
  thiduactl certs build/certs --server reporting-server --host reporting.local --host 10.0.0.5
  thiduactl certs build/certs --client an=spiffe://thidua.dev/people/an --days 1
)";

// An empty text if `text` is `NAME=URI`, else what is wrong with it.
std::string CheckClient(const std::string& text) {
  const size_t equals = text.find('=');
  const bool is_pair = equals != std::string::npos && equals > 0 && equals + 1 < text.size();
  return is_pair ? "" : "is not NAME=URI";
}

}  // namespace

void AddCerts(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("certs", "Make certificates for development");
  command->footer(kHelp);
  const auto arguments = std::make_shared<Arguments>();
  command->add_option("DIR", arguments->folder, "Where to")->required();
  command->add_option("--server", arguments->servers, "Name of a server; may be repeated")
      ->capture_default_str();
  command->add_option("--host", arguments->hosts, "By which servers are called; may be repeated")
      ->capture_default_str();
  command->add_option("--client", arguments->clients, "A client, NAME=URI; may be repeated")
      ->check(CLI::Validator(CheckClient, "NAME=URI"));
  command->add_option("--policy", arguments->policy, "Policy whose principals get certificates");
  command->add_option("--days", arguments->days, "How long they are valid")
      ->check(CLI::Range(1, 3650))
      ->capture_default_str();
  Choose(*command, chosen, arguments, RunCerts);
}

}  // namespace thiduactl
