// The text of an expression, cut into tokens. Internal to the folder.
#ifndef THIDUA_COMMON_EXPRESSION_LEXER_H_
#define THIDUA_COMMON_EXPRESSION_LEXER_H_

#include <cstddef>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace common::expression {

enum class TokenKind {
  kEnd,
  // Digits, with digits after a point or without; within kLiteralDigitsMax.
  kNumber,
  // A code (common::IsCode).
  kVariable,
  // Lower-case letters, digits and underscores: the name of an operator or a function.
  kWord,
  // An operator, a parenthesis or a comma.
  kSymbol,
  // An id (common::IsResourceId).
  kGroup,
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  // Part of the text that is read.
  std::string_view text{};
  // Of its first character, from 1.
  int column = 0;

  // Whether it is the operator, function or punctuation mark `what`.
  bool Is(std::string_view what) const {
    return (kind == TokenKind::kWord || kind == TokenKind::kSymbol) && text == what;
  }
};

// Reads a text from its beginning to its end. The errors are those of Expression::Parse.
class Lexer {
 public:
  // `text` must outlive this object and its tokens.
  explicit Lexer(std::string_view text) : text_(text) {}

  // The next token; kEnd again and again once there is none.
  absl::StatusOr<Token> Next();

  // The next token where the grammar has a group: the only place where a hyphen is part of a word.
  absl::StatusOr<Token> NextGroup();

 private:
  void SkipSpace();
  // The next `size` bytes, which are ASCII.
  Token Take(TokenKind kind, size_t size);
  absl::StatusOr<Token> TakeNumber();
  absl::StatusOr<Token> TakeWord();
  absl::StatusOr<Token> TakeSymbol();
  absl::Status UnknownCharacter() const;
  // Bytes from `from` on for which `belongs` holds.
  template <typename Predicate>
  size_t Run(size_t from, Predicate belongs) const;

  std::string_view text_;
  size_t at_ = 0;
  // Of the character at `at_`. All before it is ASCII, as no token holds anything else.
  int column() const { return static_cast<int>(at_) + 1; }
};

}  // namespace common::expression

#endif  // THIDUA_COMMON_EXPRESSION_LEXER_H_
