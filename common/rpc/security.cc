#include "common/rpc/security.h"

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/rpc/tls_credentials.h"
#include "common/status/status_macros.h"

namespace common::rpc {
namespace {

constexpr std::chrono::seconds kWatchInterval{1};

// A file of which `T::Parse` makes something.
template <typename T>
absl::StatusOr<std::unique_ptr<auth::Reloaded<T>>> OpenFile(const std::string& what,
                                                            const std::string& path,
                                                            telemetry::Logger& logger) {
  auto parse = [path](const std::vector<std::string>& contents) -> absl::StatusOr<T> {
    absl::StatusOr<T> parsed = T::Parse(contents.front());
    if (parsed.ok()) return parsed;
    return absl::InvalidArgumentError(absl::StrCat(path, ":", auth::Explain(parsed.status())));
  };
  return auth::Reloaded<T>::Open({.what = what, .paths = {path}, .parse = std::move(parse)},
                                 logger);
}

}  // namespace

absl::StatusOr<std::unique_ptr<Security>> Security::Open(const SecurityConfig& config,
                                                         telemetry::Logger& logger) {
  std::unique_ptr<Security> security(new Security(config, logger));
  RETURN_IF_ERROR(security->OpenFiles());
  security->thread_ = std::thread([opened = security.get()] { opened->Watch(); });
  return security;
}

absl::Status Security::OpenFiles() {
  if (config_.has_tls()) {
    ASSIGN_OR_RETURN(tls_, auth::OpenTlsFiles({.certificate = config_.tls_certificate,
                                               .key = config_.tls_key,
                                               .authorities = config_.tls_client_authorities},
                                              "certificates", logger_));
    const bool has_tokens = !config_.token_keys.empty();
    credentials_ = TlsServerCredentials(
        *tls_, has_tokens ? ClientCertificate::kOptional : ClientCertificate::kRequired);
  }
  if (config_.has_policy()) {
    ASSIGN_OR_RETURN(policy_, OpenFile<auth::Policy>("policy", config_.policy, logger_));
  }
  if (!config_.token_keys.empty()) {
    ASSIGN_OR_RETURN(token_keys_,
                     OpenFile<auth::KeySet>("token keys", config_.token_keys, logger_));
  }
  return absl::OkStatus();
}

Security::~Security() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stop_requested_.notify_all();
  if (thread_.joinable()) thread_.join();
}

std::unique_ptr<Gatekeeper> Security::MakeGatekeeper(auth::PermissionTable table,
                                                     auth::ScopeMap& map, Clock& clock) const {
  if (policy_ == nullptr) return nullptr;
  return std::make_unique<PolicyGatekeeper>(
      IdentitySources{
          .policy = policy_.get(),
          .token_keys = token_keys_.get(),
          .token_rules = {.issuer = config_.token_issuer, .audience = config_.token_audience}},
      std::move(table), map, clock);
}

void Security::Reload() {
  if (tls_ != nullptr) tls_->Refresh(/*is_asked_for=*/true);
  if (token_keys_ != nullptr) token_keys_->Refresh(/*is_asked_for=*/true);
  if (policy_ != nullptr) policy_->Refresh(/*is_asked_for=*/true);
}

void Security::Watch() {
  std::unique_lock lock(mutex_);
  while (!stop_requested_.wait_for(lock, kWatchInterval, [this] { return stopping_; })) {
    lock.unlock();
    if (tls_ != nullptr) tls_->Refresh(/*is_asked_for=*/false);
    if (token_keys_ != nullptr) token_keys_->Refresh(/*is_asked_for=*/false);
    lock.lock();
  }
}

}  // namespace common::rpc
