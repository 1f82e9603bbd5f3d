#include "common/expression/printer.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/expression/limits.h"
#include "common/expression/operators.h"
#include "common/status/error.h"

namespace common::expression {
namespace {

struct Printed {
  std::string text{};
  Strength strength = kPrimaryStrength;
};

// The text of a node is built of the texts of its operands, which are used up.
class Printer {
 public:
  explicit Printer(const Tree& tree) : tree_(tree) {}

  std::string Print() {
    for (const Node& node : tree_.nodes) printed_.push_back(PrintNode(node));
    return std::move(printed_.back().text);
  }

 private:
  // The i-th operand, in parentheses if it binds weaker than `least`.
  std::string Operand(const Node& node, size_t i, Strength least) {
    Printed& operand = printed_[tree_.OperandOf(node, i)];
    if (operand.strength < least) return absl::StrCat("(", operand.text, ")");
    return std::move(operand.text);
  }

  Printed PrintNode(const Node& node) {
    if (node.operation == Operation::kLiteral) {
      return {.text = tree_.literals[node.detail].ToTrimmed(static_cast<int>(kLiteralDigitsMax),
                                                            RoundingMode::kDown)};
    }
    if (node.operation == Operation::kReference) {
      return {.text = ToText(tree_.mentions[node.detail].reference)};
    }
    if (node.operation == Operation::kNegate) {
      return {.text = absl::StrCat("-", Operand(node, 0, kSignStrength)),
              .strength = kSignStrength};
    }
    if (node.operation == Operation::kNot) {
      return {.text = absl::StrCat("not ", Operand(node, 0, kNotStrength)),
              .strength = kNotStrength};
    }
    const BinaryOperator* op = FindBinaryOperator(node.operation);
    return op != nullptr ? PrintBinary(node, *op) : PrintCall(node);
  }

  Printed PrintBinary(const Node& node, const BinaryOperator& op) {
    std::string text = Operand(node, 0, op.left);
    absl::StrAppend(&text, " ", sv(op.symbol), " ", Operand(node, 1, op.right));
    return {.text = std::move(text), .strength = op.strength};
  }

  Printed PrintCall(const Node& node) {
    std::string text = absl::StrCat(sv(FindFunction(node.operation)->name), "(");
    for (size_t i = 0; i < node.operand_count; ++i) {
      absl::StrAppend(&text, i == 0 ? "" : ", ", Operand(node, i, kOrStrength));
    }
    if (node.detail > 0) absl::StrAppend(&text, ", ", node.detail);
    text += ')';
    return {.text = std::move(text)};
  }

  const Tree& tree_;
  std::vector<Printed> printed_;
};

}  // namespace

std::string Print(const Tree& tree) { return Printer(tree).Print(); }

}  // namespace common::expression
