// Shortens a list that fails.
#ifndef THIDUA_TESTS_SERVICES_REPORTING_MODEL_SHRINK_H_
#define THIDUA_TESTS_SERVICES_REPORTING_MODEL_SHRINK_H_

#include <algorithm>
#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

namespace reporting::model {

// Leaves out of `items`, for which `fails` is true, whatever can be left out so that it still is:
// first halves, then quarters, and so on to single items, until none can go.
template <typename Item>
std::vector<Item> Shrink(std::vector<Item> items,
                         const std::function<bool(const std::vector<Item>&)>& fails) {
  size_t size = items.size() / 2;
  while (size > 0) {
    bool is_shorter = false;
    for (size_t begin = 0; begin < items.size();) {
      std::vector<Item> rest = items;
      const size_t end = std::min(begin + size, rest.size());
      rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(begin),
                 rest.begin() + static_cast<std::ptrdiff_t>(end));
      if (fails(rest)) {
        items = std::move(rest);
        is_shorter = true;
      } else {
        begin += size;
      }
    }
    if (size > 1 || !is_shorter) size /= 2;
  }
  return items;
}

}  // namespace reporting::model

#endif  // THIDUA_TESTS_SERVICES_REPORTING_MODEL_SHRINK_H_
