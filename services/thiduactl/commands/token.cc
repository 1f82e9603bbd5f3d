// Keys and tokens for development.
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/auth/signing.h"
#include "common/status/status_macros.h"
#include "services/thiduactl/commands/commands.h"
#include "services/thiduactl/files.h"
#include "services/thiduactl/options.h"

namespace thiduactl {
namespace {

namespace fs = std::filesystem;
using common::auth::Algorithm;
using common::auth::SigningKey;

struct KeyArguments {
  std::string folder{};
  std::string algorithm = "ES256";
  std::string kid = "development";
};

struct SignArguments {
  std::string key{};
  std::string kid = "development";
  std::string issuer = "thidua-development";
  std::string audience = "thidua";
  std::string subject{};
  std::string valid = "1h";
};

Algorithm ToAlgorithm(const std::string& name) {
  if (name == "RS256") return Algorithm::kRs256;
  return name == "EdDSA" ? Algorithm::kEdDsa : Algorithm::kEs256;
}

absl::StatusOr<ExitCode> RunMakeKey(Session& session, const KeyArguments& arguments) {
  const fs::path folder(arguments.folder);
  std::error_code error;
  fs::create_directories(folder, error);
  ASSIGN_OR_RETURN(const SigningKey key, SigningKey::Generate(ToAlgorithm(arguments.algorithm)));
  const std::string key_path = (folder / "token-key.pem").string();
  const std::string set_path = (folder / "token-keys.json").string();
  RETURN_IF_ERROR(SaveSecretFile(key_path, key.ToPem()));
  RETURN_IF_ERROR(
      SaveFile(set_path, absl::StrCat("{\"keys\":[", key.ToJwk(arguments.kid), "]}\n")));
  session.console.out << key_path << "\n" << set_path << "\n";
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> RunSign(Session& session, const SignArguments& arguments) {
  ASSIGN_OR_RETURN(const std::string pem, ReadFile(arguments.key));
  const absl::StatusOr<SigningKey> key = SigningKey::Parse(pem);
  if (!key.ok()) {
    return LocalProblem(absl::StrCat(arguments.key, ": ", key.status().message()));
  }
  absl::Duration valid;
  // Has been checked.
  (void)absl::ParseDuration(arguments.valid, &valid);
  const absl::Time now = absl::Now();
  session.console.out << common::auth::MakeToken(*key, arguments.kid,
                                                 {.issuer = arguments.issuer,
                                                  .audience = arguments.audience,
                                                  .subject = arguments.subject,
                                                  .not_before = now,
                                                  .expiry = now + valid})
                      << "\n";
  return ExitCode::kOk;
}

// An empty text if `text` is a duration, which may be negative, else what is wrong with it.
std::string CheckDuration(const std::string& text) {
  absl::Duration ignored;
  return absl::ParseDuration(text, &ignored) ? "" : "is not a duration such as 15m or 8h";
}

constexpr char kHelp[] = R"(
For development and tests: real tokens come from an identity provider, whose key set the services are
given by --token-keys.

Examples:
  thiduactl token make-key build/certs
  thiduactl token sign --key build/certs/token-key.pem --subject bac-ninh > build/bac-ninh.token
  thiduactl --token-file build/bac-ninh.token submissions bac-ninh
)";

constexpr char kMakeKeyHelp[] = R"(
Makes DIR/token-key.pem, which signs, and DIR/token-keys.json, the key set by which services verify.
)";

constexpr char kSignHelp[] = R"(
Prints a token. Keep it out of command lines, which others on the machine can see: write it into a file
and use --token-file.
)";

void AddMakeKey(CLI::App& token, Action& chosen) {
  auto* command = token.add_subcommand("make-key", "Make a key that signs tokens, and its key set");
  command->footer(kMakeKeyHelp);
  const auto arguments = std::make_shared<KeyArguments>();
  command->add_option("DIR", arguments->folder, "Where to")->required();
  command->add_option("--algorithm", arguments->algorithm, "ES256, RS256 or EdDSA")
      ->check(CLI::IsMember({"ES256", "RS256", "EdDSA"}))
      ->capture_default_str();
  command->add_option("--kid", arguments->kid, "Id of the key")->capture_default_str();
  Choose(*command, chosen, arguments, RunMakeKey);
}

void AddSign(CLI::App& token, Action& chosen) {
  auto* command = token.add_subcommand("sign", "Print a token");
  command->footer(kSignHelp);
  const auto arguments = std::make_shared<SignArguments>();
  command->add_option("--key", arguments->key, "PEM file of the key that signs")->required();
  command->add_option("--subject", arguments->subject, "Who is meant, as the policy has it")
      ->required();
  command->add_option("--kid", arguments->kid, "Id of the key")->capture_default_str();
  command->add_option("--issuer", arguments->issuer, "As --token-issuer of the services")
      ->capture_default_str();
  command->add_option("--audience", arguments->audience, "As --token-audience of the services")
      ->capture_default_str();
  command->add_option("--valid", arguments->valid, "For how long; a negative time has passed")
      ->check(CLI::Validator(CheckDuration, "DURATION"))
      ->capture_default_str();
  Choose(*command, chosen, arguments, RunSign);
}

}  // namespace

void AddToken(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("token", "Make keys and tokens for development");
  command->footer(kHelp);
  command->require_subcommand(1);
  AddMakeKey(*command, chosen);
  AddSign(*command, chosen);
}

}  // namespace thiduactl
