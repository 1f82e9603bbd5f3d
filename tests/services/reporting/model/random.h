// Numbers that look random and are the same on every machine.
#ifndef THIDUA_TESTS_SERVICES_REPORTING_MODEL_RANDOM_H_
#define THIDUA_TESTS_SERVICES_REPORTING_MODEL_RANDOM_H_

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <vector>

namespace reporting::model {

class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  // SplitMix64, by Sebastiano Vigna.
  uint64_t Next() {
    state_ += 0x9e3779b97f4a7c15;
    uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

  // From 0 to `size` - 1; `size` is positive.
  size_t Below(size_t size) { return static_cast<size_t>(Next() % size); }
  bool Percent(int chance) { return Below(100) < static_cast<size_t>(chance); }

  template <typename T>
  T OneOf(std::initializer_list<T> values) {
    return values.begin()[Below(values.size())];
  }
  template <typename T>
  const T& OneOf(const std::vector<T>& values) {
    return values[Below(values.size())];
  }

 private:
  uint64_t state_;
};

}  // namespace reporting::model

#endif  // THIDUA_TESTS_SERVICES_REPORTING_MODEL_RANDOM_H_
