#include "common/expression/lexer.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/expression/invalid.h"
#include "common/expression/limits.h"
#include "common/status/error.h"
#include "common/text/text.h"

namespace common::expression {
namespace {

bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool IsOfWord(char c) { return IsLower(c) || IsUpper(c) || IsDigit(c) || c == '_'; }
bool IsOfGroup(char c) { return IsOfWord(c) || c == '-'; }

// Longer ones before those they begin with.
constexpr auto kSymbols = std::to_array<std::string_view>(
    {"!=", "<=", ">=", "=", "<", ">", "+", "-", "*", "/", "^", "(", ")", ","});

// What people write, and what they mean by it.
struct Lookalike {
  std::string_view written{};
  std::string_view meant{};
};

constexpr auto kLookalikes = std::to_array<Lookalike>({
    {"==", "="},
    {"<>", "!="},
    {"&", "and"},
    {"|", "or"},
    {"!", "not"},
    {"≠", "!="},
    {"≤", "<="},
    {"≥", ">="},
    {"×", "*"},
    {"·", "*"},
    {"÷", "/"},
    {":", "/"},
    {"−", "-"},
    {"–", "-"},
    {"—", "-"},
});

}  // namespace

template <typename Predicate>
size_t Lexer::Run(size_t from, Predicate belongs) const {
  size_t end = from;
  while (end < text_.size() && belongs(text_[end])) ++end;
  return end - from;
}

void Lexer::SkipSpace() { at_ += Run(at_, IsSpace); }

Token Lexer::Take(TokenKind kind, size_t size) {
  const Token token{.kind = kind, .text = text_.substr(at_, size), .column = column()};
  at_ += size;
  return token;
}

absl::StatusOr<Token> Lexer::Next() {
  SkipSpace();
  if (at_ == text_.size()) return Take(TokenKind::kEnd, 0);
  if (IsDigit(text_[at_])) return TakeNumber();
  if (IsLower(text_[at_]) || IsUpper(text_[at_])) return TakeWord();
  return TakeSymbol();
}

absl::StatusOr<Token> Lexer::NextGroup() {
  SkipSpace();
  const std::string_view word = text_.substr(at_, Run(at_, IsOfGroup));
  if (word.empty()) return Invalid(column(), "a group such as `sector` is missing here");
  if (!IsResourceId(word)) {
    return Invalid(column(), absl::StrCat(Quoted(word),
                                          " is no group: it has 1 to 63 lower-case letters, digits "
                                          "and hyphens, begins with a letter and does not end "
                                          "with a hyphen"));
  }
  return Take(TokenKind::kGroup, word.size());
}

absl::StatusOr<Token> Lexer::TakeNumber() {
  const size_t whole = Run(at_, IsDigit);
  const bool has_point = at_ + whole < text_.size() && text_[at_ + whole] == '.';
  const size_t decimals = has_point ? Run(at_ + whole + 1, IsDigit) : 0;
  if (has_point && decimals == 0) return Invalid(column(), "a digit is missing after the point");
  if (whole > kLiteralDigitsMax || decimals > kLiteralDigitsMax) {
    return Invalid(column(), absl::StrCat("the number has more than ", kLiteralDigitsMax,
                                          " digits before or after its point"));
  }
  const size_t size = has_point ? whole + 1 + decimals : whole;
  if (Run(at_ + size, IsOfWord) > 0) {
    at_ += size;
    return Invalid(column(), "an operator is missing between the number and the letter after it");
  }
  return Take(TokenKind::kNumber, size);
}

absl::StatusOr<Token> Lexer::TakeWord() {
  const std::string_view word = text_.substr(at_, Run(at_, IsOfWord));
  if (IsUpper(word.front()) && IsCode(word)) return Take(TokenKind::kVariable, word.size());
  if (Run(at_, [](char c) { return IsLower(c) || IsDigit(c) || c == '_'; }) == word.size()) {
    return Take(TokenKind::kWord, word.size());
  }
  return Invalid(column(),
                 absl::StrCat(Quoted(word),
                              " is neither a variable, which has 1 to 63 upper-case letters, "
                              "digits and underscores, nor a function, which is lower case"));
}

absl::StatusOr<Token> Lexer::TakeSymbol() {
  const std::string_view rest = text_.substr(at_);
  const auto begins = [rest](std::string_view what) { return rest.starts_with(what); };
  const auto symbol = std::find_if(kSymbols.begin(), kSymbols.end(), begins);
  const size_t size = symbol == kSymbols.end() ? 0 : symbol->size();
  for (const Lookalike& lookalike : kLookalikes) {
    if (lookalike.written.size() <= size || !begins(lookalike.written)) continue;
    return Invalid(column(), absl::StrCat("`", sv(lookalike.written), "` has no meaning; write `",
                                          sv(lookalike.meant), "`"));
  }
  if (size > 0) return Take(TokenKind::kSymbol, size);
  return UnknownCharacter();
}

absl::Status Lexer::UnknownCharacter() const {
  const std::string_view rest = text_.substr(at_);
  utf8proc_int32_t code = 0;
  const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(rest.data()),
                                     static_cast<utf8proc_ssize_t>(rest.size()), &code);
  if (size < 0) return Invalid(column(), "the text is not valid UTF-8");
  // Not quoted: it may be invisible or change the direction of writing.
  if (code <= 0x20 || code >= 0x7F) {
    return Invalid(column(), absl::StrFormat("the character U+%04X has no meaning", code));
  }
  return Invalid(column(), absl::StrCat(Quoted(rest.substr(0, 1)), " has no meaning"));
}

}  // namespace common::expression
