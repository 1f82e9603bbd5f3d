// Hashes of content, and identifiers made from it.
#ifndef THIDUA_COMMON_TEXT_SHA256_H_
#define THIDUA_COMMON_TEXT_SHA256_H_

#include <memory>
#include <string>
#include <string_view>

namespace common {

// SHA-256 of `bytes`, 32 bytes.
std::string Sha256(std::string_view bytes);

// SHA-256 of what comes in pieces. Not thread-safe.
class Sha256Stream {
 public:
  Sha256Stream();
  ~Sha256Stream();
  Sha256Stream(const Sha256Stream&) = delete;
  Sha256Stream& operator=(const Sha256Stream&) = delete;

  void Add(std::string_view bytes);
  // Of all that was added, 32 bytes. Once, as the last call.
  std::string Finish();

 private:
  // OpenSSL's state.
  struct State;
  const std::unique_ptr<State> state_;
};

// SHA-256 of `bytes` as 64 lower-case hexadecimal digits.
std::string Sha256Hex(std::string_view bytes);

// A UUID (version 8) that is a function of `content`: equal contents have equal ids.
std::string NameUuid(std::string_view content);

// Whether `text` is a UUID of any version in its usual form, in lower or upper case.
bool IsUuid(std::string_view text);

}  // namespace common

#endif  // THIDUA_COMMON_TEXT_SHA256_H_
