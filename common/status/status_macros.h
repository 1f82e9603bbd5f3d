// RETURN_IF_ERROR and ASSIGN_OR_RETURN, with the meaning newer Abseil releases give them; to be
// replaced by Abseil's own when Debian ships them.
#ifndef THIDUA_COMMON_STATUS_STATUS_MACROS_H_
#define THIDUA_COMMON_STATUS_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define THIDUA_CONCAT_INNER(a, b) a##b
#define THIDUA_CONCAT(a, b) THIDUA_CONCAT_INNER(a, b)

// What is declared cannot be put in parentheses. NOLINTBEGIN(bugprone-macro-parentheses)

// Returns from the enclosing function if `expr`, an absl::Status, is not OK.
#define RETURN_IF_ERROR(expr) \
  THIDUA_RETURN_IF_ERROR(THIDUA_CONCAT(thidua_status_, __COUNTER__), expr)
#define THIDUA_RETURN_IF_ERROR(status, expr)                       \
  do {                                                             \
    if (absl::Status status = (expr); !status.ok()) return status; \
  } while (false)

// Evaluates `expr`, an absl::StatusOr; returns its error, or moves its value into `lhs`.
#define ASSIGN_OR_RETURN(lhs, expr) \
  THIDUA_ASSIGN_OR_RETURN(THIDUA_CONCAT(thidua_status_or_, __COUNTER__), lhs, expr)
#define THIDUA_ASSIGN_OR_RETURN(status_or, lhs, expr)        \
  auto status_or = (expr);                                   \
  if (!status_or.ok()) return std::move(status_or).status(); \
  lhs = *std::move(status_or)
// NOLINTEND(bugprone-macro-parentheses)

#endif  // THIDUA_COMMON_STATUS_STATUS_MACROS_H_
