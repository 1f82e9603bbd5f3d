#include "common/expression/evaluate.h"

#include <algorithm>
#include <compare>
#include <optional>
#include <utility>
#include <vector>

#include "common/expression/arithmetic.h"
#include "common/expression/operators.h"
#include "common/expression/power.h"
#include "common/expression/tree.h"

namespace common::expression {
namespace {

bool IsError(const Value& value) { return std::holds_alternative<EvaluationError>(value); }
bool IsMissing(const Value& value) { return std::holds_alternative<Missing>(value); }

Value ToValue(Outcome outcome, int column) {
  if (const auto* kind = std::get_if<ErrorKind>(&outcome)) {
    return EvaluationError{.kind = *kind, .column = column};
  }
  return std::get<Number>(std::move(outcome));
}

bool Compare(Operation operation, const Rational& a, const Rational& b) {
  switch (operation) {
    case Operation::kEqual:
      return a == b;
    case Operation::kNotEqual:
      return a != b;
    case Operation::kLess:
      return a < b;
    case Operation::kLessOrEqual:
      return a <= b;
    case Operation::kGreater:
      return a > b;
    default:
      return a >= b;
  }
}

Outcome Combine(Operation operation, const Number& a, const Number& b) {
  switch (operation) {
    case Operation::kAdd:
      return Add(a, b);
    case Operation::kSubtract:
      return Subtract(a, b);
    case Operation::kMultiply:
      return Multiply(a, b);
    case Operation::kDivide:
      return Divide(a, b);
    default:
      return Power(a, b);
  }
}

// The least or the greatest; an approximation among them may be what it is by a hair.
Number Extreme(Operation operation, const std::vector<Number>& numbers) {
  Number extreme = numbers.front();
  for (const Number& number : numbers) {
    const bool is_further =
        operation == Operation::kMin ? number.value < extreme.value : number.value > extreme.value;
    if (is_further) extreme.value = number.value;
    extreme.is_exact = extreme.is_exact && number.is_exact;
  }
  return extreme;
}

// A function of numbers alone.
Outcome Call(const Node& node, const std::vector<Number>& arguments) {
  const Number& first = arguments.front();
  const auto decimals = static_cast<int>(node.detail);
  switch (node.operation) {
    case Operation::kNegate:
      return Number{.value = -first.value, .is_exact = first.is_exact};
    case Operation::kAbs:
      return Number{.value = first.value.is_negative() ? -first.value : first.value,
                    .is_exact = first.is_exact};
    case Operation::kRound:
      return Round(first, Direction::kNearest, decimals);
    case Operation::kFloor:
      return Round(first, Direction::kDown, decimals);
    case Operation::kCeil:
      return Round(first, Direction::kUp, decimals);
    case Operation::kTrunc:
      return Round(first, Direction::kTowardsZero, decimals);
    case Operation::kLn:
      return Ln(first);
    case Operation::kExp:
      return Exp(first);
    case Operation::kSqrt:
      return Sqrt(first);
    default:
      return Extreme(node.operation, arguments);
  }
}

// One evaluation. Recursion is as deep as the text is nested: left operands are a loop.
class Evaluation {
 public:
  Evaluation(const Tree& tree, const Resolver& resolver)
      : tree_(tree), resolver_(resolver), resolved_(tree.mentions.size()) {}

  Value At(NodeIndex index) {
    std::vector<const Node*> pending;
    const Node* node = &tree_.nodes[index];
    while (FindBinaryOperator(node->operation) != nullptr) {
      pending.push_back(node);
      node = &tree_.nodes[tree_.OperandOf(*node, 0)];
    }
    Value value = Innermost(*node);
    for (; !pending.empty(); pending.pop_back()) value = Binary(*pending.back(), std::move(value));
    return value;
  }

 private:
  Value OperandAt(const Node& node, size_t i) { return At(tree_.OperandOf(node, i)); }

  // A node that is no binary operator.
  Value Innermost(const Node& node) {
    switch (node.operation) {
      case Operation::kLiteral:
        return Number{.value = tree_.literals[node.detail]};
      case Operation::kReference:
        return Resolved(node);
      case Operation::kNot:
        return Not(OperandAt(node, 0));
      case Operation::kIf:
        return If(node);
      case Operation::kMissing:
        return IsMissingAt(node);
      case Operation::kCoalesce:
        return Coalesce(node);
      default:
        return Function(node);
    }
  }

  Value Resolved(const Node& node) {
    std::optional<Outcome>& outcome = resolved_[node.detail].outcome;
    if (resolved_[node.detail].is_known) {
      return outcome.has_value() ? ToValue(*outcome, node.column) : Value(Missing{});
    }
    resolved_[node.detail].is_known = true;
    Operand operand = resolver_.Resolve(tree_.mentions[node.detail].reference);
    if (const auto* number = std::get_if<Number>(&operand)) {
      outcome = Settle(number->value, number->is_exact);
    } else if (const auto* kind = std::get_if<ErrorKind>(&operand)) {
      outcome = *kind;
    }
    return Resolved(node);
  }

  Value Binary(const Node& node, Value left) {
    if (node.operation == Operation::kAnd || node.operation == Operation::kOr) {
      return Logical(node, std::move(left));
    }
    if (IsError(left)) return left;
    Value right = OperandAt(node, 1);
    if (IsError(right)) return right;
    if (IsMissing(left) || IsMissing(right)) return Missing{};
    const Number& a = std::get<Number>(left);
    const Number& b = std::get<Number>(right);
    if (node.type == ValueType::kBoolean) return Compare(node.operation, a.value, b.value);
    return ToValue(Combine(node.operation, a, b), node.column);
  }

  Value Logical(const Node& node, Value left) {
    const Value decisive = node.operation == Operation::kOr;
    if (IsError(left) || left == decisive) return left;
    Value right = OperandAt(node, 1);
    if (IsError(right) || right == decisive) return right;
    return IsMissing(left) ? left : right;
  }

  static Value Not(Value operand) {
    if (const auto* boolean = std::get_if<bool>(&operand)) return !*boolean;
    return operand;
  }

  Value If(const Node& node) {
    Value condition = OperandAt(node, 0);
    const auto* holds = std::get_if<bool>(&condition);
    if (holds == nullptr) return condition;
    return OperandAt(node, *holds ? 1 : 2);
  }

  Value IsMissingAt(const Node& node) {
    Value operand = OperandAt(node, 0);
    if (IsError(operand)) return operand;
    return IsMissing(operand);
  }

  Value Coalesce(const Node& node) {
    for (size_t i = 0; i < node.operand_count; ++i) {
      Value value = OperandAt(node, i);
      if (!IsMissing(value)) return value;
    }
    return Missing{};
  }

  Value Function(const Node& node) {
    std::vector<Number> arguments;
    bool has_missing = false;
    for (size_t i = 0; i < node.operand_count; ++i) {
      Value value = OperandAt(node, i);
      if (IsError(value)) return value;
      if (auto* number = std::get_if<Number>(&value)) arguments.push_back(std::move(*number));
      has_missing = has_missing || IsMissing(value);
    }
    if (has_missing) return Missing{};
    return ToValue(Call(node, arguments), node.column);
  }

  // What a reference stands for, once it was asked for.
  struct Resolution {
    bool is_known = false;
    // Nothing if it is missing.
    std::optional<Outcome> outcome{};
  };

  const Tree& tree_;
  const Resolver& resolver_;
  std::vector<Resolution> resolved_;
};

}  // namespace

Value Evaluate(const Expression& expression, const Resolver& resolver) {
  const Tree& tree = expression.tree();
  return Evaluation(tree, resolver).At(static_cast<NodeIndex>(tree.nodes.size() - 1));
}

}  // namespace common::expression
