#include "common/expression/parser.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/expression/invalid.h"
#include "common/expression/lexer.h"
#include "common/expression/limits.h"
#include "common/expression/operators.h"
#include "common/status/error.h"
#include "common/status/status_macros.h"

namespace common::expression {
namespace {

std::string Described(const Token& token) {
  return token.kind == TokenKind::kEnd ? "the end" : Quoted(token.text);
}

// `digits` is a token kNumber.
Rational LiteralValue(std::string_view digits) {
  Rational value;
  Rational divisor = 1;
  bool after_point = false;
  for (const char c : digits) {
    if (c == '.') {
      after_point = true;
      continue;
    }
    value = value * 10 + (c - '0');
    if (after_point) divisor = divisor * 10;
  }
  return value.DividedBy(divisor).value_or(0);
}

// Recursive descent; what is left-associative is a loop, so that only nesting uses the stack.
class Parser {
 public:
  explicit Parser(std::string_view text) : lexer_(text) {}

  absl::StatusOr<Tree> Run() {
    RETURN_IF_ERROR(Advance());
    if (token_.kind == TokenKind::kEnd) return Invalid(token_.column, "the expression is empty");
    RETURN_IF_ERROR(ParseFrom(kOrStrength).status());
    if (token_.kind != TokenKind::kEnd) return Unexpected();
    return std::move(tree_);
  }

 private:
  absl::Status Advance() {
    ASSIGN_OR_RETURN(token_, lexer_.Next());
    return absl::OkStatus();
  }

  // Steps over `symbol`, which must be here to close or to go on with `what`.
  absl::Status Expect(std::string_view symbol, std::string_view what) {
    if (token_.Is(symbol)) return Advance();
    return Invalid(token_.column, absl::StrCat("`", sv(symbol), "` is missing ", sv(what),
                                               ", but there is ", Described(token_)));
  }

  // What stands after a complete operand but continues nothing.
  absl::Status Unexpected() const;
  // What stands where an operand should begin.
  absl::Status NoOperand() const;

  absl::StatusOr<NodeIndex> AddNode(Operation operation, int column,
                                    const std::vector<NodeIndex>& operands, uint32_t detail = 0);
  absl::StatusOr<NodeIndex> AddLiteral();
  absl::StatusOr<NodeIndex> AddReference(Reference reference, int column);

  // An operand with all that follows and binds at least as tightly as `strength`.
  absl::StatusOr<NodeIndex> ParseFrom(Strength strength);
  absl::Status RefuseChain(const BinaryOperator& op) const;
  absl::StatusOr<NodeIndex> ParseOperand(Strength strength);
  absl::StatusOr<NodeIndex> ParsePrefix(Operation operation, Strength strength);
  absl::StatusOr<NodeIndex> ParseParentheses();
  absl::StatusOr<NodeIndex> ParseVariable();
  absl::StatusOr<NodeIndex> ParseCall();
  absl::StatusOr<NodeIndex> ParseReferenceCall(const ReferenceFunction& function, int column);
  absl::StatusOr<NodeIndex> ParseFunctionCall(const Function& function, int column);
  absl::StatusOr<uint32_t> ParseDecimals(const Function& function);

  // Counts one level of nesting that begins at `column`; the caller takes it off again.
  absl::Status Enter(int column) {
    if (++depth_ <= kDepthMax) return absl::OkStatus();
    return Invalid(column,
                   absl::StrCat("the expression is nested more than ", kDepthMax, " levels deep"));
  }

  Lexer lexer_;
  Token token_;
  int depth_ = 0;
  Tree tree_;
};

absl::Status Parser::Unexpected() const {
  if (token_.Is(")")) return Invalid(token_.column, "`)` closes no parenthesis");
  if (token_.Is(",")) {
    return Invalid(token_.column,
                   "`,` stands only between the arguments of a function; decimals follow a point");
  }
  const bool is_upper_case = token_.kind == TokenKind::kVariable &&
                             FindBinaryOperator(absl::AsciiStrToLower(sv(token_.text))) != nullptr;
  return Invalid(token_.column, absl::StrCat("an operator is missing before ", Described(token_),
                                             is_upper_case ? "; operators are lower case" : ""));
}

absl::Status Parser::NoOperand() const {
  if (token_.Is("not")) {
    return Invalid(token_.column,
                   "`not` binds weaker than what is before it; put it and its "
                   "condition in parentheses");
  }
  return Invalid(token_.column,
                 absl::StrCat("a number, a variable, a function or `(` is missing, but there is ",
                              Described(token_)));
}

absl::StatusOr<NodeIndex> Parser::AddNode(Operation operation, int column,
                                          const std::vector<NodeIndex>& operands, uint32_t detail) {
  if (tree_.nodes.size() == kNodesMax) {
    return Invalid(column, absl::StrCat("the expression has more than ", kNodesMax,
                                        " numbers, references, operators and calls"));
  }
  tree_.nodes.push_back({.operation = operation,
                         .column = column,
                         .first_operand = static_cast<uint32_t>(tree_.operands.size()),
                         .operand_count = static_cast<uint32_t>(operands.size()),
                         .detail = detail});
  tree_.operands.insert(tree_.operands.end(), operands.begin(), operands.end());
  return static_cast<NodeIndex>(tree_.nodes.size() - 1);
}

absl::StatusOr<NodeIndex> Parser::AddLiteral() {
  tree_.literals.push_back(LiteralValue(token_.text));
  const int column = token_.column;
  RETURN_IF_ERROR(Advance());
  return AddNode(Operation::kLiteral, column, {}, static_cast<uint32_t>(tree_.literals.size() - 1));
}

absl::StatusOr<NodeIndex> Parser::AddReference(Reference reference, int column) {
  const auto known =
      std::find_if(tree_.mentions.begin(), tree_.mentions.end(),
                   [&](const Mention& mention) { return mention.reference == reference; });
  const auto index = static_cast<uint32_t>(known - tree_.mentions.begin());
  if (known == tree_.mentions.end()) {
    tree_.mentions.push_back({.reference = std::move(reference), .column = column});
  }
  return AddNode(Operation::kReference, column, {}, index);
}

absl::StatusOr<NodeIndex> Parser::ParseFrom(Strength strength) {
  ASSIGN_OR_RETURN(NodeIndex left, ParseOperand(strength));
  while (true) {
    const BinaryOperator* op = token_.kind == TokenKind::kWord || token_.kind == TokenKind::kSymbol
                                   ? FindBinaryOperator(token_.text)
                                   : nullptr;
    if (op == nullptr || op->strength < strength) return left;
    const int column = token_.column;
    RETURN_IF_ERROR(Advance());
    const bool nests = op->strength == kPowerStrength;
    if (nests) RETURN_IF_ERROR(Enter(column));
    ASSIGN_OR_RETURN(const NodeIndex right, ParseFrom(op->right));
    if (nests) --depth_;
    RETURN_IF_ERROR(RefuseChain(*op));
    ASSIGN_OR_RETURN(left, AddNode(op->operation, column, {left, right}));
  }
}

absl::Status Parser::RefuseChain(const BinaryOperator& op) const {
  const BinaryOperator* next =
      token_.kind == TokenKind::kSymbol ? FindBinaryOperator(token_.text) : nullptr;
  if (op.strength != kComparisonStrength || next == nullptr || next->strength != op.strength) {
    return absl::OkStatus();
  }
  return Invalid(token_.column, "comparisons do not chain; join two of them with `and`");
}

absl::StatusOr<NodeIndex> Parser::ParseOperand(Strength strength) {
  switch (token_.kind) {
    case TokenKind::kNumber:
      return AddLiteral();
    case TokenKind::kVariable:
      return ParseVariable();
    case TokenKind::kSymbol:
      if (token_.Is("(")) return ParseParentheses();
      if (token_.Is("-")) return ParsePrefix(Operation::kNegate, kSignStrength);
      return NoOperand();
    case TokenKind::kWord:
      if (token_.Is("not") && strength <= kNotStrength) {
        return ParsePrefix(Operation::kNot, kNotStrength);
      }
      if (token_.Is("not") || FindBinaryOperator(token_.text) != nullptr) return NoOperand();
      return ParseCall();
    case TokenKind::kGroup:
    case TokenKind::kEnd:
      break;
  }
  return NoOperand();
}

absl::StatusOr<NodeIndex> Parser::ParsePrefix(Operation operation, Strength strength) {
  const int column = token_.column;
  RETURN_IF_ERROR(Enter(column));
  RETURN_IF_ERROR(Advance());
  ASSIGN_OR_RETURN(const NodeIndex operand, ParseFrom(strength));
  --depth_;
  return AddNode(operation, column, {operand});
}

absl::StatusOr<NodeIndex> Parser::ParseParentheses() {
  const int column = token_.column;
  RETURN_IF_ERROR(Enter(column));
  RETURN_IF_ERROR(Advance());
  ASSIGN_OR_RETURN(const NodeIndex inner, ParseFrom(kOrStrength));
  RETURN_IF_ERROR(Expect(")", absl::StrCat("for the `(` of column ", column)));
  --depth_;
  return inner;
}

absl::StatusOr<NodeIndex> Parser::ParseVariable() {
  const Token variable = token_;
  RETURN_IF_ERROR(Advance());
  if (token_.Is("(")) {
    return Invalid(variable.column, absl::StrCat(Quoted(variable.text),
                                                 " is a variable, but a `(` follows as after a "
                                                 "function; functions are lower case"));
  }
  return AddReference({.variable = std::string(variable.text)}, variable.column);
}

absl::StatusOr<NodeIndex> Parser::ParseCall() {
  const Token name = token_;
  const Function* function = FindFunction(name.text);
  const ReferenceFunction* reference = FindReferenceFunction(name.text);
  if (function == nullptr && reference == nullptr) {
    return Invalid(name.column, absl::StrCat("there is no function ", Quoted(name.text),
                                             "; a variable is upper case"));
  }
  RETURN_IF_ERROR(Enter(name.column));
  RETURN_IF_ERROR(Advance());
  RETURN_IF_ERROR(Expect("(", absl::StrCat("after ", Quoted(name.text))));
  auto node = function != nullptr ? ParseFunctionCall(*function, name.column)
                                  : ParseReferenceCall(*reference, name.column);
  --depth_;
  return node;
}

absl::StatusOr<NodeIndex> Parser::ParseReferenceCall(const ReferenceFunction& function,
                                                     int column) {
  if (token_.kind != TokenKind::kVariable) {
    return Invalid(token_.column, absl::StrCat("`", sv(function.name),
                                               "` takes the name of a variable, but there is ",
                                               Described(token_)));
  }
  Reference reference{.kind = function.kind, .variable = std::string(token_.text)};
  RETURN_IF_ERROR(Advance());
  if (function.kind == ReferenceKind::kSum) {
    if (!token_.Is(",")) {
      return Invalid(token_.column, absl::StrCat("`sum` takes a variable, a comma and a group of "
                                                 "its breakdown, but there is ",
                                                 Described(token_)));
    }
    ASSIGN_OR_RETURN(const Token group, lexer_.NextGroup());
    reference.group = std::string(group.text);
    RETURN_IF_ERROR(Advance());
  }
  RETURN_IF_ERROR(Expect(")", absl::StrCat("at the end of `", sv(function.name), "`")));
  return AddReference(std::move(reference), column);
}

absl::StatusOr<NodeIndex> Parser::ParseFunctionCall(const Function& function, int column) {
  std::vector<NodeIndex> arguments;
  uint32_t decimals = 0;
  do {
    if (!arguments.empty()) RETURN_IF_ERROR(Advance());
    if (arguments.size() == function.arguments_max && TakesDecimals(function.operation)) {
      ASSIGN_OR_RETURN(decimals, ParseDecimals(function));
      break;
    }
    ASSIGN_OR_RETURN(const NodeIndex argument, ParseFrom(kOrStrength));
    arguments.push_back(argument);
  } while (token_.Is(","));
  const bool is_complete = token_.Is(")");
  if (is_complete &&
      (arguments.size() < function.arguments_min || arguments.size() > function.arguments_max)) {
    return Invalid(column, absl::StrCat("`", sv(function.name), "` takes ", function.arguments_max,
                                        function.arguments_max == 1 ? " argument" : " arguments",
                                        ", but has ", arguments.size()));
  }
  RETURN_IF_ERROR(Expect(")", absl::StrCat("at the end of `", sv(function.name), "`")));
  return AddNode(function.operation, column, arguments, decimals);
}

absl::StatusOr<uint32_t> Parser::ParseDecimals(const Function& function) {
  uint32_t decimals = 0;
  const char* end = token_.text.data() + token_.text.size();
  const auto parsed = std::from_chars(token_.text.data(), end, decimals);
  if (token_.kind != TokenKind::kNumber || parsed.ec != std::errc() || parsed.ptr != end ||
      decimals > kDecimalsMax) {
    return Invalid(token_.column,
                   absl::StrCat("the last argument of `", sv(function.name),
                                "` is how many decimals to keep, a plain number from 0 to ",
                                kDecimalsMax, ", but there is ", Described(token_)));
  }
  RETURN_IF_ERROR(Advance());
  return decimals;
}

}  // namespace

absl::StatusOr<Tree> ParseTree(std::string_view text) {
  if (text.size() > kTextBytesMax) {
    return Invalid(1, absl::StrCat("the expression has more than ", kTextBytesMax, " bytes"));
  }
  return Parser(text).Run();
}

}  // namespace common::expression
