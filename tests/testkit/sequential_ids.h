// Identifiers that a test knows beforehand.
#ifndef THIDUA_TESTS_TESTKIT_SEQUENTIAL_IDS_H_
#define THIDUA_TESTS_TESTKIT_SEQUENTIAL_IDS_H_

#include <atomic>
#include <cstdint>
#include <string>

#include "absl/strings/str_format.h"
#include "common/seams/id_source.h"

namespace testkit {

// 00000000-0000-4000-8000-000000000001, then ...002, and so on; the last group is hexadecimal.
// Thread-safe.
class SequentialIds final : public common::IdSource {
 public:
  std::string NewUuid() override { return Uuid(next_.fetch_add(1)); }

  // The `number`-th identifier, counted from 1.
  static std::string Uuid(uint64_t number) {
    return absl::StrFormat("00000000-0000-4000-8000-%012x", number);
  }

 private:
  std::atomic<uint64_t> next_ = 1;
};

}  // namespace testkit

#endif  // THIDUA_TESTS_TESTKIT_SEQUENTIAL_IDS_H_
