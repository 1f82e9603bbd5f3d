#include "common/rpc/tls_credentials.h"

#include <grpc/grpc.h>
#include <grpc/grpc_security.h>

#include <mutex>
#include <string>

namespace common::rpc {
namespace {

// Gives gRPC a new pair where there is one, each time it is about to accept a connection. gRPC's
// own C++ credentials watch files one by one, and take a certificate that its key does not fit.
class ReloadingCredentials final : public grpc::ServerCredentials {
 public:
  ReloadingCredentials(const auth::TlsFiles& files, ClientCertificate certificate)
      : files_(files),
        credentials_(grpc_ssl_server_credentials_create_with_options(
            grpc_ssl_server_credentials_create_options_using_config_fetcher(
                RequestOf(files, certificate), &FetchFor, this))) {}
  ~ReloadingCredentials() override { grpc_server_credentials_release(credentials_); }
  ReloadingCredentials(const ReloadingCredentials&) = delete;
  ReloadingCredentials& operator=(const ReloadingCredentials&) = delete;

  // Never called: the guard around every handler does what a processor would.
  void SetAuthMetadataProcessor(
      const std::shared_ptr<grpc::AuthMetadataProcessor>& /*processor*/) override {}

 private:
  static grpc_ssl_client_certificate_request_type RequestOf(const auth::TlsFiles& files,
                                                            ClientCertificate certificate) {
    if (files.Get()->authorities.empty()) return GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE;
    return certificate == ClientCertificate::kRequired
               ? GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY
               : GRPC_SSL_REQUEST_CLIENT_CERTIFICATE_AND_VERIFY;
  }

  static grpc_ssl_certificate_config_reload_status FetchFor(
      void* self, grpc_ssl_server_certificate_config** config) {
    return static_cast<ReloadingCredentials*>(self)->Fetch(config);
  }

  grpc_ssl_certificate_config_reload_status Fetch(grpc_ssl_server_certificate_config** config) {
    const std::shared_ptr<const auth::TlsMaterial> material = files_.Get();
    const std::lock_guard lock(mutex_);
    if (material == in_use_) return GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_UNCHANGED;
    const grpc_ssl_pem_key_cert_pair pair = {.private_key = material->key.c_str(),
                                             .cert_chain = material->certificate.c_str()};
    const char* authorities =
        material->authorities.empty() ? nullptr : material->authorities.c_str();
    *config = grpc_ssl_server_certificate_config_create(authorities, &pair, 1);
    in_use_ = material;
    return GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_NEW;
  }

  int AddPortToServer(const std::string& address, grpc_server* server) override {
    return grpc_server_add_http2_port(server, address.c_str(), credentials_);
  }

  const auth::TlsFiles& files_;
  std::mutex mutex_;
  std::shared_ptr<const auth::TlsMaterial> in_use_{};
  grpc_server_credentials* const credentials_;
};

}  // namespace

std::shared_ptr<grpc::ServerCredentials> TlsServerCredentials(const auth::TlsFiles& files,
                                                              ClientCertificate certificate) {
  return std::make_shared<ReloadingCredentials>(files, certificate);
}

std::shared_ptr<grpc::ChannelCredentials> TlsChannelCredentials(const auth::TlsMaterial& material) {
  return grpc::SslCredentials({.pem_root_certs = material.authorities,
                               .pem_private_key = material.key,
                               .pem_cert_chain = material.certificate});
}

}  // namespace common::rpc
