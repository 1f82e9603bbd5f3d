#include "common/rpc/listen_problem.h"

#include <netdb.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <system_error>

namespace common::rpc {
namespace {

// Closes its socket.
class Socket {
 public:
  explicit Socket(int family) : fd_(::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0)) {}
  ~Socket() {
    if (fd_ >= 0) ::close(fd_);
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  int fd() const { return fd_; }

 private:
  int fd_;
};

std::string ErrnoText() { return std::generic_category().message(errno); }

std::string UnixProblem(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof(address.sun_path)) return "the path of the socket is too long";
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  const Socket socket(AF_UNIX);
  const int connected =
      ::connect(socket.fd(), reinterpret_cast<const sockaddr*>(&address), sizeof(address));
  if (connected == 0) return "another program answers on this socket";
  // Nobody there, or only a leftover that gRPC replaces.
  if (errno == ENOENT || errno == ECONNREFUSED) return "";
  return ErrnoText();
}

std::string InternetProblem(std::string host, const std::string& port) {
  if (host.size() > 2 && host.front() == '[') host = host.substr(1, host.size() - 2);
  addrinfo hints{};
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* first = nullptr;
  if (const int code = ::getaddrinfo(host.c_str(), port.c_str(), &hints, &first); code != 0) {
    return ::gai_strerror(code);
  }
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> addresses(first, &::freeaddrinfo);
  const Socket socket(addresses->ai_family);
  const int on = 1;
  ::setsockopt(socket.fd(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  const bool is_free = ::bind(socket.fd(), addresses->ai_addr, addresses->ai_addrlen) == 0 &&
                       ::listen(socket.fd(), 1) == 0;
  return is_free ? "" : ErrnoText();
}

}  // namespace

std::string ListenProblem(std::string_view listen) {
  constexpr std::string_view kUnix = "unix:";
  if (listen.substr(0, kUnix.size()) == kUnix) {
    return UnixProblem(std::string(listen.substr(kUnix.size())));
  }
  const size_t colon = listen.rfind(':');
  if (colon == std::string_view::npos) return "the address has no port";
  return InternetProblem(std::string(listen.substr(0, colon)),
                         std::string(listen.substr(colon + 1)));
}

}  // namespace common::rpc
