// Random bytes, random tokens and damaged expressions: each is refused with a place inside the
// text, or is an expression that survives being written, read and evaluated.
#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>

#include "common/expression/limits.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "tests/common/expression/fixture.h"

namespace common::expression {
namespace {

constexpr int kRounds = 20'000;

constexpr auto kTokens = std::to_array<std::string_view>({"A",           "B2_C",
                                                          "1",           "0",
                                                          "2.5",         "99999",
                                                          "+",           "-",
                                                          "*",           "/",
                                                          "^",           "(",
                                                          ")",           ",",
                                                          "=",           "!=",
                                                          "<",           "<=",
                                                          ">",           ">=",
                                                          " ",           "and",
                                                          "or",          "not",
                                                          "if(",         "min(",
                                                          "max(",        "abs(",
                                                          "round(",      "ln(",
                                                          "exp(",        "\n",
                                                          "sqrt(",       "missing(",
                                                          "coalesce(",   "target(A)",
                                                          "previous(B)", "sum(A, sector)",
                                                          "sum(",        "x-y"});

constexpr auto kSeeds = std::to_array<std::string_view>({
    "round((COOP_NEW - previous(COOP_NEW)) / previous(COOP_NEW) * 100, 2)",
    "missing(target(FUND)) or FUND >= 0.8 * target(FUND) and FUND <= sum(FUND, source)",
    "if(not A = B, max(A, B, 3), -A ^ 2 ^ -B) + coalesce(last_year(C), floor(A / 3, 1), 0)",
    "ln(exp(A)) + sqrt(abs(B)) - trunc(ceil(A * 1.5)) / min(A, B)",
});

class Random {
 public:
  size_t Below(size_t limit) {
    return std::uniform_int_distribution<size_t>(0, limit - 1)(engine_);
  }
  char Byte() { return static_cast<char>(Below(256)); }
  template <typename Table>
  std::string_view OneOf(const Table& table) {
    return table[Below(table.size())];
  }

 private:
  std::mt19937_64 engine_{20260102};  // Fixed, so that a failure comes again.
};

size_t CodePoints(std::string_view text) {
  size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
  return count;
}

void ExpectUsefulRefusal(std::string_view text, const absl::Status& status) {
  const ErrorDetail detail = DetailOf(status);
  EXPECT_EQ(detail.reason, kExpressionInvalid);
  const int column = std::stoi(detail.metadata.at("column"));
  EXPECT_GE(column, 1);
  EXPECT_LE(static_cast<size_t>(column), CodePoints(text) + 1) << text;
}

void ExpectRoundTrip(const Expression& expression) {
  const auto again = Expression::Parse(expression.ToText(), {.type = expression.type()});
  ASSERT_TRUE(again.ok()) << expression.ToText() << "\n" << again.status();
  EXPECT_EQ(*again, expression) << expression.ToText();
  EXPECT_EQ(again->ToText(), expression.ToText());
  EXPECT_EQ(again->References().size(), expression.References().size());
}

void ExpectTypedValue(const Expression& expression) {
  const MapResolver resolver({{"A", Known(3)}, {"B", Known(Fraction(-1, 2))}});
  const Value value = Evaluate(expression, resolver);
  EXPECT_EQ(Evaluate(expression, resolver), value) << expression.ToText();
  const bool is_number = expression.type() == ValueType::kNumber;
  EXPECT_FALSE(is_number ? std::holds_alternative<bool>(value)
                         : std::holds_alternative<Number>(value))
      << expression.ToText();
}

// Whether `text` is an expression.
bool Holds(std::string_view text) {
  const auto expression = Expression::Parse(text);
  if (!expression.ok()) {
    ExpectUsefulRefusal(text, expression.status());
    return false;
  }
  ExpectRoundTrip(*expression);
  ExpectTypedValue(*expression);
  return true;
}

TEST(MutationTest, RandomBytes) {
  Random random;
  for (int round = 0; round < kRounds; ++round) {
    std::string text;
    for (size_t left = random.Below(40); left > 0; --left) text += random.Byte();
    Holds(text);
  }
}

TEST(MutationTest, RandomTokens) {
  Random random;
  int expressions = 0;
  for (int round = 0; round < kRounds; ++round) {
    std::string text;
    for (size_t left = random.Below(12); left > 0; --left) text += random.OneOf(kTokens);
    expressions += Holds(text) ? 1 : 0;
  }
  EXPECT_GT(expressions, 100);
}

TEST(MutationTest, DamagedExpressions) {
  Random random;
  int expressions = 0;
  for (int round = 0; round < kRounds; ++round) {
    std::string text(random.OneOf(kSeeds));
    for (size_t left = 1 + random.Below(3); left > 0; --left) {
      const size_t at = random.Below(text.size());
      const std::array<std::string, 3> pieces = {std::string(1, random.Byte()), "",
                                                 std::string(random.OneOf(kTokens))};
      text.replace(at, random.Below(3), pieces[random.Below(3)]);
    }
    expressions += Holds(text) ? 1 : 0;
  }
  EXPECT_GT(expressions, 1000);
}

// Wraps and extends again and again.
TEST(MutationTest, GrownExpressions) {
  Random random;
  int expressions = 0;
  for (int round = 0; round < kRounds / 10; ++round) {
    std::string text(random.OneOf(kTokens));
    for (size_t left = random.Below(30); left > 0; --left) {
      switch (random.Below(4)) {
        case 0:
          text = absl::StrCat("(", text, ")");
          break;
        case 1:
          text = absl::StrCat("-", text);
          break;
        case 2:
          text = absl::StrCat(sv(random.OneOf(kTokens)), text, ")");
          break;
        default:
          text = absl::StrCat(text, sv(random.OneOf(kTokens)), "A");
      }
    }
    expressions += Holds(text) ? 1 : 0;
  }
  EXPECT_GT(expressions, 10);
}

}  // namespace
}  // namespace common::expression
