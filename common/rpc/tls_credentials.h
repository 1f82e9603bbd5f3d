// TLS by files that may change while the service runs.
#ifndef THIDUA_COMMON_RPC_TLS_CREDENTIALS_H_
#define THIDUA_COMMON_RPC_TLS_CREDENTIALS_H_

#include <grpcpp/security/credentials.h>
#include <grpcpp/security/server_credentials.h>

#include <memory>

#include "common/auth/tls_files.h"

namespace common::rpc {

// Whether callers must show a certificate, which is verified in any case. Without authorities in
// the files, none is asked for.
enum class ClientCertificate { kRequired, kOptional };

// Credentials that give every new connection what `files` say then; connections that stand keep
// what they began with. TLS 1.2 and 1.3. `files` must outlive the result, and the result the
// server.
std::shared_ptr<grpc::ServerCredentials> TlsServerCredentials(const auth::TlsFiles& files,
                                                              ClientCertificate certificate);

// Credentials of a client by what the files say now.
std::shared_ptr<grpc::ChannelCredentials> TlsChannelCredentials(const auth::TlsMaterial& material);

}  // namespace common::rpc

#endif  // THIDUA_COMMON_RPC_TLS_CREDENTIALS_H_
