#include "common/expression/checker.h"

#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "common/expression/invalid.h"
#include "common/expression/operators.h"
#include "common/status/error.h"
#include "common/status/status_macros.h"

namespace common::expression {
namespace {

absl::string_view Named(ValueType type) {
  return type == ValueType::kNumber ? "a number" : "a condition";
}

absl::string_view NamedMany(ValueType type) {
  return type == ValueType::kNumber ? "numbers" : "conditions";
}

// Checks one node, whose operands have their types already.
class NodeChecker {
 public:
  NodeChecker(const Tree& tree, const Node& node) : tree_(tree), node_(node) {}

  // The type of the node.
  absl::StatusOr<ValueType> Check() const {
    switch (node_.operation) {
      case Operation::kLiteral:
      case Operation::kReference:
        return ValueType::kNumber;
      case Operation::kNegate:
      case Operation::kNot:
        return CheckPrefix();
      case Operation::kIf:
        return CheckIf();
      case Operation::kMissing:
        return ValueType::kBoolean;
      case Operation::kCoalesce:
        RETURN_IF_ERROR(CheckAlike(0));
        return OperandType(0);
      default:
        break;
    }
    const BinaryOperator* op = FindBinaryOperator(node_.operation);
    return op != nullptr ? CheckBinary(*op) : CheckFunction();
  }

 private:
  ValueType OperandType(size_t i) const { return tree_.nodes[tree_.OperandOf(node_, i)].type; }

  absl::StatusOr<ValueType> CheckPrefix() const {
    const bool negates = node_.operation == Operation::kNegate;
    const ValueType type = negates ? ValueType::kNumber : ValueType::kBoolean;
    if (OperandType(0) == type) return type;
    return Invalid(node_.column, absl::StrCat(negates ? "`-`" : "`not`", " needs ", Named(type),
                                              " after it, but there is ", Named(OperandType(0))));
  }

  absl::StatusOr<ValueType> CheckBinary(const BinaryOperator& op) const {
    const ValueType type = op.strength <= kAndStrength ? ValueType::kBoolean : ValueType::kNumber;
    for (size_t i = 0; i < 2; ++i) {
      if (OperandType(i) == type) continue;
      return Invalid(
          node_.column,
          absl::StrCat("`", sv(op.symbol), "` needs ", NamedMany(type), " on both sides, but the ",
                       i == 0 ? "left" : "right", " one is ", Named(OperandType(i))));
    }
    return op.strength <= kComparisonStrength ? ValueType::kBoolean : ValueType::kNumber;
  }

  absl::StatusOr<ValueType> CheckIf() const {
    if (OperandType(0) != ValueType::kBoolean) {
      return Invalid(node_.column, "`if` needs a condition first, but there is a number");
    }
    RETURN_IF_ERROR(CheckAlike(1));
    return OperandType(1);
  }

  // The operands from `first` on have one type.
  absl::Status CheckAlike(size_t first) const {
    for (size_t i = first + 1; i < node_.operand_count; ++i) {
      if (OperandType(i) == OperandType(first)) continue;
      return Invalid(node_.column,
                     absl::StrCat(FunctionName(), " gives one of its arguments, but argument ",
                                  first + 1, " is ", Named(OperandType(first)), " and argument ",
                                  i + 1, " is ", Named(OperandType(i))));
    }
    return absl::OkStatus();
  }

  absl::StatusOr<ValueType> CheckFunction() const {
    for (size_t i = 0; i < node_.operand_count; ++i) {
      if (OperandType(i) == ValueType::kNumber) continue;
      return Invalid(node_.column, absl::StrCat(FunctionName(), " takes numbers, but argument ",
                                                i + 1, " is a condition"));
    }
    return ValueType::kNumber;
  }

  std::string FunctionName() const { return Quoted(FindFunction(node_.operation)->name); }

  const Tree& tree_;
  const Node& node_;
};

}  // namespace

absl::Status CheckTypes(Tree& tree, std::optional<ValueType> type) {
  for (Node& node : tree.nodes) {
    ASSIGN_OR_RETURN(node.type, NodeChecker(tree, node).Check());
  }
  if (!type.has_value() || tree.root().type == *type) return absl::OkStatus();
  return Invalid(tree.root().column, absl::StrCat("the expression must be ", Named(*type),
                                                  ", but this is ", Named(tree.root().type)));
}

}  // namespace common::expression
