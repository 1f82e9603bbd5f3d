#include "services/thiduactl/csv.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/status_macros.h"
#include "common/telemetry/utf8.h"
#include "services/thiduactl/problem.h"

namespace thiduactl {
namespace {

using ::common::sv;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool IsUtf8(std::string_view text) {
  while (!text.empty()) {
    const size_t size = common::telemetry::FirstCharacterSize(text);
    if (size == 0) return false;
    text.remove_prefix(size);
  }
  return true;
}

absl::Status AtLine(int line, std::string_view message) {
  return LocalProblem(absl::StrCat("line ", line, ": ", sv(message)));
}

}  // namespace

CsvReader::CsvReader(std::string_view text) : text_(text) {
  if (text_.substr(0, kByteOrderMark.size()) == kByteOrderMark) at_ = kByteOrderMark.size();
}

absl::StatusOr<std::optional<CsvRow>> CsvReader::Next() {
  SkipCommentsAndEmptyLines();
  if (at_ >= text_.size()) return std::nullopt;
  CsvRow row{.line = line_};
  while (true) {
    ASSIGN_OR_RETURN(std::string cell, ReadCell());
    if (!IsUtf8(cell)) return AtLine(row.line, "a cell is not UTF-8; save the table as UTF-8");
    row.cells.push_back(std::move(cell));
    if (at_ >= text_.size() || text_[at_] != ',') break;
    ++at_;
  }
  SkipLineEnd();
  return row;
}

void CsvReader::SkipCommentsAndEmptyLines() {
  while (at_ < text_.size()) {
    if (text_[at_] == '#') {
      while (!AtLineEnd()) ++at_;
    } else if (!AtLineEnd()) {
      return;
    }
    SkipLineEnd();
  }
}

absl::StatusOr<std::string> CsvReader::ReadCell() {
  while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  if (at_ < text_.size() && text_[at_] == '"') return ReadQuotedCell();
  const size_t begin = at_;
  while (!AtLineEnd() && text_[at_] != ',') {
    if (text_[at_] == '"') {
      return AtLine(line_, "a quote in the middle of a cell; quote the whole cell and double it");
    }
    ++at_;
  }
  return std::string(absl::StripAsciiWhitespace(sv(text_.substr(begin, at_ - begin))));
}

absl::StatusOr<std::string> CsvReader::ReadQuotedCell() {
  const int first_line = line_;
  std::string cell;
  ++at_;
  while (true) {
    if (at_ >= text_.size()) return AtLine(first_line, "a quote that begins here is not closed");
    const char c = text_[at_++];
    if (c == '\n') ++line_;
    if (c != '"') {
      cell.push_back(c);
    } else if (at_ < text_.size() && text_[at_] == '"') {
      cell.push_back('"');
      ++at_;
    } else {
      break;
    }
  }
  while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  if (!AtLineEnd() && text_[at_] != ',') {
    return AtLine(line_, "text after a closing quote; double the quotes within a cell");
  }
  return cell;
}

bool CsvReader::AtLineEnd() const {
  return at_ >= text_.size() || text_[at_] == '\n' || text_.substr(at_, 2) == "\r\n";
}

void CsvReader::SkipLineEnd() {
  if (at_ < text_.size() && text_[at_] == '\r') ++at_;
  if (at_ < text_.size() && text_[at_] == '\n') ++at_;
  ++line_;
}

}  // namespace thiduactl
