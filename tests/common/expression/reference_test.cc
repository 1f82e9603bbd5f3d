// Random expressions against another evaluator.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/common/expression/fixture.h"

namespace common::expression {
namespace {

struct ReferenceCase {
  std::string text{};
  std::string value{};
};

const std::vector<ReferenceCase>& ReferenceCases() {
  static const auto* cases = new std::vector<ReferenceCase>{
#include "tests/common/expression/reference.inc"
  };
  return *cases;
}

// Those of reference.py.
MapResolver Operands() {
  return MapResolver({{"A", Known(7)},
                      {"B", Known(-3)},
                      {"C", Known(Fraction(5, 2))},
                      {"D", Known(0)},
                      {"E", ErrorKind::kDivisionByZero},
                      {"target(A)", Known(10)},
                      {"previous(B)", Known(Fraction(-2, 3))},
                      {"sum(A, sector)", Known(12)},
                      {"sum(B, by-size)", Known(Fraction(1, 7))}});
}

TEST(ReferenceTest, EveryValueIsTheSame) {
  ASSERT_GE(ReferenceCases().size(), 500U);
  for (const ReferenceCase& row : ReferenceCases()) {
    EXPECT_EQ(Evaluated(row.text, Operands()), row.value) << row.text;
  }
}

// Columns differ, as the canonical text has other spaces; values do not.
TEST(ReferenceTest, TheCanonicalTextHasTheSameValue) {
  for (const ReferenceCase& row : ReferenceCases()) {
    const Expression expression = Expression::Parse(row.text).value();
    const Expression again = Expression::Parse(expression.ToText()).value();
    EXPECT_EQ(again, expression) << row.text;
    EXPECT_EQ(again.ToText(), expression.ToText()) << row.text;
    const std::string value = Shown(Evaluate(again, Operands()));
    EXPECT_EQ(value.substr(0, value.find('@')), row.value.substr(0, row.value.find('@')))
        << row.text;
  }
}

}  // namespace
}  // namespace common::expression
