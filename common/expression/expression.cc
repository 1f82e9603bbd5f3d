#include "common/expression/expression.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/expression/checker.h"
#include "common/expression/invalid.h"
#include "common/expression/limits.h"
#include "common/expression/operators.h"
#include "common/expression/parser.h"
#include "common/expression/printer.h"
#include "common/expression/tree.h"
#include "common/status/error.h"
#include "common/status/status_macros.h"

namespace common::expression {

std::string_view ToText(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kDivisionByZero:
      return "division by zero";
    case ErrorKind::kTooLarge:
      return "a value that is too large";
    case ErrorKind::kDomain:
      break;
  }
  return "a function of a number for which it is not defined";
}

std::string ToText(const Reference& reference) {
  if (reference.kind == ReferenceKind::kCurrent) return reference.variable;
  return absl::StrCat(sv(FindReferenceFunction(reference.kind)->name), "(", reference.variable,
                      reference.group.empty() ? "" : ", ", reference.group, ")");
}

bool HaveSameShape(const Tree& a, const Tree& b) {
  return a.operands == b.operands && a.literals == b.literals &&
         std::equal(a.nodes.begin(), a.nodes.end(), b.nodes.begin(), b.nodes.end(),
                    [](const Node& x, const Node& y) {
                      return x.operation == y.operation && x.first_operand == y.first_operand &&
                             x.operand_count == y.operand_count && x.detail == y.detail;
                    }) &&
         std::equal(a.mentions.begin(), a.mentions.end(), b.mentions.begin(), b.mentions.end(),
                    [](const Mention& x, const Mention& y) { return x.reference == y.reference; });
}

Expression::Expression(std::shared_ptr<const Tree> tree) : tree_(std::move(tree)) {}

absl::StatusOr<Expression> Expression::Parse(std::string_view text, const ParseOptions& options) {
  ASSIGN_OR_RETURN(Tree tree, ParseTree(text));
  RETURN_IF_ERROR(CheckTypes(tree, options.type));
  tree.text = Print(tree);
  if (tree.text.size() > kTextBytesMax) {
    return Invalid(1, absl::StrCat("the expression has more than ", kTextBytesMax,
                                   " bytes when it is written with the usual spaces"));
  }
  return Expression(std::make_shared<const Tree>(std::move(tree)));
}

ValueType Expression::type() const { return tree_->root().type; }

const std::vector<Mention>& Expression::References() const { return tree_->mentions; }

const std::string& Expression::ToText() const { return tree_->text; }

bool operator==(const Expression& a, const Expression& b) {
  return a.tree_ == b.tree_ || HaveSameShape(*a.tree_, *b.tree_);
}

}  // namespace common::expression
