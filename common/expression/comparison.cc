#include "common/expression/comparison.h"

#include <utility>

#include "common/expression/printer.h"
#include "common/expression/tree.h"

namespace common::expression {
namespace {

bool IsComparison(Operation operation) {
  switch (operation) {
    case Operation::kEqual:
    case Operation::kNotEqual:
    case Operation::kLess:
    case Operation::kLessOrEqual:
    case Operation::kGreater:
    case Operation::kGreaterOrEqual:
      return true;
    default:
      return false;
  }
}

// What the first `end` nodes of `tree` compute, without those before `begin`, which they do not
// use.
std::optional<Expression> Part(const Tree& tree, NodeIndex begin, NodeIndex end) {
  Tree part = tree;
  part.nodes.assign(tree.nodes.begin() + begin, tree.nodes.begin() + end);
  for (const Node& node : part.nodes) {
    for (uint32_t i = 0; i < node.operand_count; ++i) {
      part.operands[node.first_operand + i] -= begin;
    }
  }
  auto parsed = Expression::Parse(Print(part));
  if (!parsed.ok()) return std::nullopt;
  return *std::move(parsed);
}

}  // namespace

std::optional<Comparison> ComparisonOf(const Expression& expression) {
  const Tree& tree = expression.tree();
  const Node& root = tree.root();
  if (!IsComparison(root.operation)) return std::nullopt;
  // The left side is complete before the right side begins.
  const NodeIndex left_end = tree.OperandOf(root, 0) + 1;
  const NodeIndex right_end = tree.OperandOf(root, 1) + 1;
  std::optional<Expression> left = Part(tree, 0, left_end);
  std::optional<Expression> right = Part(tree, left_end, right_end);
  if (!left.has_value() || !right.has_value()) return std::nullopt;
  return Comparison{.left = *std::move(left), .right = *std::move(right)};
}

}  // namespace common::expression
