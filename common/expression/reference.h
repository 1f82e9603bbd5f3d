// What an expression leaves open, to be filled in by its host.
#ifndef THIDUA_COMMON_EXPRESSION_REFERENCE_H_
#define THIDUA_COMMON_EXPRESSION_REFERENCE_H_

#include <compare>
#include <string>
#include <variant>

#include "common/expression/value.h"

namespace common::expression {

enum class ReferenceKind {
  // `VAR`: the value the expression is evaluated for.
  kCurrent,
  // `target(VAR)`: the value that is aimed at.
  kTarget,
  // `previous(VAR)`: the value of the period before.
  kPrevious,
  // `last_year(VAR)`: the value of the same period a year before.
  kLastYear,
  // `sum(VAR, group)`: the sum over the members of a breakdown group of the variable.
  kSum,
};

struct Reference {
  ReferenceKind kind = ReferenceKind::kCurrent;
  // A code (common::IsCode).
  std::string variable{};
  // An id (common::IsResourceId) where the kind is kSum, otherwise empty.
  std::string group{};

  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 takes the default for a literal 0.
  auto operator<=>(const Reference&) const = default;
};

// As it is written in an expression: `sum(COOP_NEW, sector)`.
std::string ToText(const Reference& reference);

// A reference and the place where an expression makes it first.
struct Mention {
  Reference reference{};
  // In characters from 1.
  int column = 0;

  bool operator==(const Mention&) const = default;
};

// What a reference stands for. An error is for a host whose variables are computed themselves; it
// becomes the error of the expression, at the place of the reference.
using Operand = std::variant<Missing, Number, ErrorKind>;

// The host's side of an evaluation.
class Resolver {
 public:
  virtual ~Resolver() = default;

  // The value of `reference`, one of Expression::References(). Called at most once per evaluation
  // for each, and not for those on which the result does not depend (see Evaluate). Must not throw;
  // a host that reads from a store does so before.
  //
  // "Not applicable" is Missing: an expression cannot tell the two apart, because every rule that
  // would treat them differently is the host's own.
  virtual Operand Resolve(const Reference& reference) const = 0;
};

}  // namespace common::expression

#endif  // THIDUA_COMMON_EXPRESSION_REFERENCE_H_
