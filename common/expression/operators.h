// The operators and functions of the language as tables, by which texts are read and written.
// Internal to the folder.
#ifndef THIDUA_COMMON_EXPRESSION_OPERATORS_H_
#define THIDUA_COMMON_EXPRESSION_OPERATORS_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "common/expression/limits.h"
#include "common/expression/reference.h"
#include "common/expression/tree.h"

namespace common::expression {

// How tightly an operator binds; a greater one binds tighter.
enum Strength : int {
  kOrStrength,
  kAndStrength,
  kNotStrength,
  kComparisonStrength,
  kSumStrength,
  kProductStrength,
  kSignStrength,
  kPowerStrength,
  kPrimaryStrength,
};

struct BinaryOperator {
  std::string_view symbol{};
  Operation operation = Operation::kAdd;
  Strength strength = kOrStrength;
  // What its operands must have at least to need no parentheses.
  Strength left = kOrStrength;
  Strength right = kOrStrength;
};

inline constexpr auto kBinaryOperators = std::to_array<BinaryOperator>({
    {"or", Operation::kOr, kOrStrength, kOrStrength, kAndStrength},
    {"and", Operation::kAnd, kAndStrength, kAndStrength, kNotStrength},
    {"=", Operation::kEqual, kComparisonStrength, kSumStrength, kSumStrength},
    {"!=", Operation::kNotEqual, kComparisonStrength, kSumStrength, kSumStrength},
    {"<", Operation::kLess, kComparisonStrength, kSumStrength, kSumStrength},
    {"<=", Operation::kLessOrEqual, kComparisonStrength, kSumStrength, kSumStrength},
    {">", Operation::kGreater, kComparisonStrength, kSumStrength, kSumStrength},
    {">=", Operation::kGreaterOrEqual, kComparisonStrength, kSumStrength, kSumStrength},
    {"+", Operation::kAdd, kSumStrength, kSumStrength, kProductStrength},
    {"-", Operation::kSubtract, kSumStrength, kSumStrength, kProductStrength},
    {"*", Operation::kMultiply, kProductStrength, kProductStrength, kSignStrength},
    {"/", Operation::kDivide, kProductStrength, kProductStrength, kSignStrength},
    {"^", Operation::kPower, kPowerStrength, kPrimaryStrength, kSignStrength},
});

struct Function {
  std::string_view name{};
  Operation operation = Operation::kAbs;
  size_t arguments_min = 1;
  size_t arguments_max = 1;
};

inline constexpr auto kFunctions = std::to_array<Function>({
    {"if", Operation::kIf, 3, 3},
    {"min", Operation::kMin, 1, kNodesMax},
    {"max", Operation::kMax, 1, kNodesMax},
    {"abs", Operation::kAbs, 1, 1},
    // The decimals are no argument but part of the operation.
    {"round", Operation::kRound, 1, 1},
    {"floor", Operation::kFloor, 1, 1},
    {"ceil", Operation::kCeil, 1, 1},
    {"trunc", Operation::kTrunc, 1, 1},
    {"ln", Operation::kLn, 1, 1},
    {"exp", Operation::kExp, 1, 1},
    {"sqrt", Operation::kSqrt, 1, 1},
    {"missing", Operation::kMissing, 1, 1},
    {"coalesce", Operation::kCoalesce, 1, kNodesMax},
});

struct ReferenceFunction {
  std::string_view name{};
  ReferenceKind kind = ReferenceKind::kTarget;
};

inline constexpr auto kReferenceFunctions = std::to_array<ReferenceFunction>({
    {"target", ReferenceKind::kTarget},
    {"previous", ReferenceKind::kPrevious},
    {"last_year", ReferenceKind::kLastYear},
    {"sum", ReferenceKind::kSum},
});

// The row of `table` whose `member` is `value`; null if there is none.
template <typename Table, typename Member, typename Value>
constexpr const typename Table::value_type* FindRow(const Table& table, Member member,
                                                    const Value& value) {
  const auto row = std::find_if(table.begin(), table.end(),
                                [&](const auto& candidate) { return candidate.*member == value; });
  return row == table.end() ? nullptr : &*row;
}

constexpr const BinaryOperator* FindBinaryOperator(std::string_view symbol) {
  return FindRow(kBinaryOperators, &BinaryOperator::symbol, symbol);
}
constexpr const BinaryOperator* FindBinaryOperator(Operation operation) {
  return FindRow(kBinaryOperators, &BinaryOperator::operation, operation);
}
constexpr const Function* FindFunction(std::string_view name) {
  return FindRow(kFunctions, &Function::name, name);
}
constexpr const Function* FindFunction(Operation operation) {
  return FindRow(kFunctions, &Function::operation, operation);
}
constexpr const ReferenceFunction* FindReferenceFunction(std::string_view name) {
  return FindRow(kReferenceFunctions, &ReferenceFunction::name, name);
}
constexpr const ReferenceFunction* FindReferenceFunction(ReferenceKind kind) {
  return FindRow(kReferenceFunctions, &ReferenceFunction::kind, kind);
}

// Whether the function has a number of decimals as its last argument.
constexpr bool TakesDecimals(Operation operation) {
  return operation == Operation::kRound || operation == Operation::kFloor ||
         operation == Operation::kCeil || operation == Operation::kTrunc;
}

}  // namespace common::expression

#endif  // THIDUA_COMMON_EXPRESSION_OPERATORS_H_
