// Fresh identifiers as an argument, so that tests can know them beforehand.
#ifndef THIDUA_COMMON_SEAMS_ID_SOURCE_H_
#define THIDUA_COMMON_SEAMS_ID_SOURCE_H_

#include <string>

namespace common {

// Thread-safe.
class IdSource {
 public:
  virtual ~IdSource() = default;
  // A new UUID, lower case, such as `0b9f3a5e-7c2d-4e1a-9b8f-2d6c5a4e3f10`.
  virtual std::string NewUuid() = 0;
};

// Random UUIDs (version 4) from the operating system's generator.
class RandomIdSource final : public IdSource {
 public:
  std::string NewUuid() override;
};

}  // namespace common

#endif  // THIDUA_COMMON_SEAMS_ID_SOURCE_H_
