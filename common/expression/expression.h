// A small language for numbers and conditions, such as
//
//   round((COOP_NEW - previous(COOP_NEW)) / previous(COOP_NEW) * 100, 2)
//   missing(target(FUND)) or FUND >= 0.8 * target(FUND) and FUND <= sum(FUND, source)
//
// Grammar, in EBNF; spaces, tabs and line ends may stand between tokens and mean nothing else:
//
//   expression  = conjunction { "or" conjunction } ;
//   conjunction = negation { "and" negation } ;
//   negation    = "not" negation | comparison ;
//   comparison  = sum [ ( "=" | "!=" | "<" | "<=" | ">" | ">=" ) sum ] ;
//   sum         = product { ( "+" | "-" ) product } ;
//   product     = signed { ( "*" | "/" ) signed } ;
//   signed      = "-" signed | power ;
//   power       = primary [ "^" signed ] ;
//   primary     = number | variable | reference | call | "(" expression ")" ;
//   reference   = ( "target" | "previous" | "last_year" ) "(" variable ")"
//               | "sum" "(" variable "," group ")" ;
//   call        = ( "abs" | "ln" | "exp" | "sqrt" | "missing" ) "(" expression ")"
//               | ( "round" | "floor" | "ceil" | "trunc" ) "(" expression [ "," decimals ] ")"
//               | ( "min" | "max" | "coalesce" ) "(" expression { "," expression } ")"
//               | "if" "(" expression "," expression "," expression ")" ;
//   number      = digit { digit } [ "." digit { digit } ] ;
//   decimals    = digit { digit } ;
//   variable    = upper { upper | digit | "_" } ;
//   group       = lower { lower | digit | "-" } ;
//
// So `^` binds tightest and from the right (`2^3^2` is `2^9`), tighter than a sign before it
// (`-2^2` is `-4`) but not after it (`2^-1` is `0.5`). `not A = B` is `not (A = B)`. Comparisons do
// not chain. A group is read only where it is named above, after the comma of `sum`; nowhere else
// is a hyphen part of a word, so `A-1` is a difference and `sum(A, b-1)` names the group `b-1`.
// Codes have at most 63 characters, as do groups, which do not end with a hyphen.
//
// Each expression is a number or a boolean, known before it is evaluated. Arithmetic, comparisons
// and functions take numbers; `and`, `or`, `not` and the first argument of `if` take booleans. The
// results of `if` and the arguments of `coalesce` are all numbers or all booleans; `missing` takes
// either. `floor`, `ceil` and `trunc` round down, up and towards zero, `round` to the nearest and
// a half away from zero; `decimals`, 0 if left out, is a plain number up to kDecimalsMax.
#ifndef THIDUA_COMMON_EXPRESSION_EXPRESSION_H_
#define THIDUA_COMMON_EXPRESSION_EXPRESSION_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/expression/reference.h"
#include "common/expression/value.h"

namespace common::expression {

struct Tree;

struct ParseOptions {
  // What the expression must be; either if not set.
  std::optional<ValueType> type{};
};

// An expression that was parsed and found well-typed. An immutable value, cheap to copy, and safe
// to use from several threads at once.
class Expression {
 public:
  // INVALID_ARGUMENT, reason EXPRESSION_INVALID: `text` does not follow the grammar, mixes numbers
  // with booleans, is not of the type asked for, or exceeds limits.h. The message says what is
  // wrong at the first such place and begins with it: "column 12: `and` needs ...". Metadata
  // `column` has the place alone, in characters (code points) from 1. The violation has no path:
  // the caller puts it under the field (common::UnderField).
  static absl::StatusOr<Expression> Parse(std::string_view text, const ParseOptions& options = {});

  ValueType type() const;

  // Every reference once, in the order of the text. Valid as long as this object or a copy.
  const std::vector<Mention>& References() const;

  // The expression in canonical form: one space around binary operators and after commas, no
  // needless parentheses, zeros or decimals. Parses to an equal expression. Lives as References().
  const std::string& ToText() const;

  // The same operations on the same operands in the same order; the layout of the text and
  // needless parentheses make no difference.
  friend bool operator==(const Expression& a, const Expression& b);

  // For the evaluator.
  const Tree& tree() const { return *tree_; }

 private:
  explicit Expression(std::shared_ptr<const Tree> tree);

  // Never null.
  std::shared_ptr<const Tree> tree_;
};

}  // namespace common::expression

#endif  // THIDUA_COMMON_EXPRESSION_EXPRESSION_H_
