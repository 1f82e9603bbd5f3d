#include "common/rpc/page.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/reasons.h"

namespace common::rpc {

absl::StatusOr<int> PageSize(int32_t requested, int size_default, int size_max) {
  if (requested < 0) {
    return InvalidField(
        "page_size", kInvalidField,
        absl::StrCat(requested, " is negative; give 0 for the default or up to ", size_max));
  }
  return requested == 0 ? size_default : std::min(requested, size_max);
}

}  // namespace common::rpc
