// Matchers for absl::Status and absl::StatusOr: IsOk, IsOkAndHolds, StatusIs, HasReason,
// HasViolation. All take a Status or a StatusOr of anything. To be replaced by Abseil's own where
// Debian ships them.
#ifndef THIDUA_TESTS_TESTKIT_STATUS_MATCHERS_H_
#define THIDUA_TESTS_TESTKIT_STATUS_MATCHERS_H_

#include <gmock/gmock.h>

#include <algorithm>
#include <string>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/status/error.h"

namespace testkit {

inline const absl::Status& StatusOf(const absl::Status& status) { return status; }

template <typename T>
const absl::Status& StatusOf(const absl::StatusOr<T>& result) {
  return result.status();
}

// The call succeeded.
MATCHER(IsOk, negation ? "is an error" : "is OK") {
  const absl::Status& status = StatusOf(arg);
  *result_listener << "whose status is " << status.ToString();
  return status.ok();
}

// It failed with `code`, an absl::StatusCode.
MATCHER_P(StatusIs, code,
          std::string(negation ? "does not have" : "has") + " the code " +
              absl::StatusCodeToString(code)) {
  const absl::Status& status = StatusOf(arg);
  *result_listener << "whose status is " << status.ToString();
  return status.code() == code;
}

// It failed with `reason`, a constant of common/status/reasons.h or a service's own.
MATCHER_P(HasReason, reason,
          std::string(negation ? "does not have" : "has") + " the reason " + std::string(reason)) {
  const absl::Status& status = StatusOf(arg);
  const std::string actual = common::DetailOf(status).reason;
  *result_listener << "whose status is " << status.ToString() << " with the reason \"" << actual
                   << '"';
  return actual == reason;
}

// It failed and names `field`, such as `submission.figures[3].number`, among the fields at fault.
MATCHER_P(HasViolation, field,
          std::string(negation ? "does not name" : "names") + " the field " + std::string(field)) {
  const absl::Status& status = StatusOf(arg);
  const auto violations = common::DetailOf(status).violations;
  *result_listener << "whose status is " << status.ToString() << " and which names";
  for (const auto& violation : violations) *result_listener << " " << violation.field;
  return std::any_of(violations.begin(), violations.end(), [this](const auto& violation) {
    return violation.field == std::string(field);
  });
}

// The call succeeded and its value matches `inner`, a value or a matcher.
template <typename Inner>
class IsOkAndHoldsMatcher {
 public:
  explicit IsOkAndHoldsMatcher(Inner inner) : inner_(std::move(inner)) {}

  template <typename Result>
  operator ::testing::Matcher<Result>() const {  // NOLINT(google-explicit-constructor)
    return ::testing::Matcher<Result>(new Typed<Result>(inner_));
  }

 private:
  template <typename Result>
  class Typed : public ::testing::MatcherInterface<Result> {
   public:
    using Value = typename std::remove_cvref_t<Result>::value_type;

    explicit Typed(const Inner& inner)
        : matcher_(::testing::SafeMatcherCast<const Value&>(inner)) {}

    bool MatchAndExplain(Result result, ::testing::MatchResultListener* listener) const override {
      if (!result.ok()) {
        *listener << "whose status is " << result.status().ToString();
        return false;
      }
      return matcher_.MatchAndExplain(*result, listener);
    }

    void DescribeTo(std::ostream* os) const override {
      *os << "is OK and holds a value that ";
      matcher_.DescribeTo(os);
    }

    void DescribeNegationTo(std::ostream* os) const override {
      *os << "is an error or holds a value that ";
      matcher_.DescribeNegationTo(os);
    }

   private:
    ::testing::Matcher<const Value&> matcher_;
  };

  Inner inner_;
};

template <typename Inner>
IsOkAndHoldsMatcher<std::decay_t<Inner>> IsOkAndHolds(Inner&& inner) {
  return IsOkAndHoldsMatcher<std::decay_t<Inner>>(std::forward<Inner>(inner));
}

}  // namespace testkit

#endif  // THIDUA_TESTS_TESTKIT_STATUS_MATCHERS_H_
