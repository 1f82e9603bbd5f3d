// The page size of list calls.
#ifndef THIDUA_COMMON_RPC_PAGE_H_
#define THIDUA_COMMON_RPC_PAGE_H_

#include <cstdint>

#include "absl/status/statusor.h"

namespace common::rpc {

inline constexpr int kPageSizeDefault = 50;
inline constexpr int kPageSizeMax = 1000;

// How many items a list call returns at most: `size_default` if 0 was requested, `size_max` if
// more was. INVALID_ARGUMENT, reason INVALID_FIELD, field `page_size`, if it is negative.
absl::StatusOr<int> PageSize(int32_t requested, int size_default = kPageSizeDefault,
                             int size_max = kPageSizeMax);

}  // namespace common::rpc

#endif  // THIDUA_COMMON_RPC_PAGE_H_
