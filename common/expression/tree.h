// What an expression is parsed to. Internal to the folder.
#ifndef THIDUA_COMMON_EXPRESSION_TREE_H_
#define THIDUA_COMMON_EXPRESSION_TREE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "common/decimal/rational.h"
#include "common/expression/reference.h"
#include "common/expression/value.h"

namespace common::expression {

enum class Operation : uint8_t {
  kLiteral,
  kReference,
  kNegate,
  kNot,
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kPower,
  kEqual,
  kNotEqual,
  kLess,
  kLessOrEqual,
  kGreater,
  kGreaterOrEqual,
  kAnd,
  kOr,
  kIf,
  kMin,
  kMax,
  kAbs,
  kRound,
  kFloor,
  kCeil,
  kTrunc,
  kLn,
  kExp,
  kSqrt,
  kMissing,
  kCoalesce,
};

// Index into Tree::nodes.
using NodeIndex = uint32_t;

struct Node {
  Operation operation = Operation::kLiteral;
  // Set by CheckTypes.
  ValueType type = ValueType::kNumber;
  // Of the operator, of the function's name, or of the number or reference. In characters from 1.
  int column = 0;
  // The operands are Tree::operands[first_operand] and the following.
  uint32_t first_operand = 0;
  uint32_t operand_count = 0;
  // kLiteral: index into Tree::literals. kReference: index into Tree::mentions. kRound, kFloor,
  // kCeil, kTrunc: decimals. Otherwise 0.
  uint32_t detail = 0;
};

// Operands stand before their operation, so that most passes are a loop over the nodes; the last
// node is the root. Never empty once parsed.
struct Tree {
  std::vector<Node> nodes{};
  std::vector<NodeIndex> operands{};
  std::vector<Rational> literals{};
  // Each reference once.
  std::vector<Mention> mentions{};
  // In canonical form.
  std::string text{};

  const Node& root() const { return nodes.back(); }
  NodeIndex OperandOf(const Node& node, size_t i) const { return operands[node.first_operand + i]; }
};

// Equal but for columns.
bool HaveSameShape(const Tree& a, const Tree& b);

}  // namespace common::expression

#endif  // THIDUA_COMMON_EXPRESSION_TREE_H_
