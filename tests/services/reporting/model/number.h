// The arithmetic of the model: numbers of at most two places, small enough for 64 bits.
#ifndef THIDUA_TESTS_SERVICES_REPORTING_MODEL_NUMBER_H_
#define THIDUA_TESTS_SERVICES_REPORTING_MODEL_NUMBER_H_

#include <cstdint>
#include <optional>
#include <string>

namespace reporting::model {

// What a decimal of the contract says.
struct Number {
  // In hundredths; finer places are cut.
  int64_t hundredths = 0;
  // Places after the point that are not 0 at the end.
  int places = 0;
};

// Nothing if `text` is no decimal.
std::optional<Number> ParseNumber(const std::string& text);

// `hundredths`, which must be of a decimal.
int64_t HundredthsOf(const std::string& text);

// numerator / denominator, rounded half away from zero; the denominator is not 0.
int64_t DivideRounded(int64_t numerator, int64_t denominator);

// Without zeros at the end of its places.
std::string PrintNumber(int64_t hundredths);

// With two places.
std::string PrintFixed(int64_t hundredths);

}  // namespace reporting::model

#endif  // THIDUA_TESTS_SERVICES_REPORTING_MODEL_NUMBER_H_
