#include "services/awards/documents/csv.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/status/error.h"
#include "services/awards/documents/voice.h"

namespace awards::documents {
namespace {

using common::sv;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kLineEnd = "\r\n";

// Whether `text` is a fraction of the contract, such as `-22/5`.
bool IsFraction(std::string_view text) {
  const size_t slash = text.find('/');
  if (slash == std::string_view::npos) return false;
  const std::string_view top = text.substr(0, slash);
  const std::string_view bottom = text.substr(slash + 1);
  return top.find('.') == std::string_view::npos && IsDecimal(top) && IsDecimal(bottom) &&
         bottom.find_first_of("-.") == std::string_view::npos;
}

// Whether a spreadsheet might run `text`. Some look for the sign behind blanks, and take the full
// width forms for it.
bool LooksLikeFormula(std::string_view text) {
  constexpr std::array<std::string_view, 8> kSigns{"=", "+", "-", "@", "＝", "＋", "－", "＠"};
  if (text.empty() || IsDecimal(text) || IsFraction(text)) return false;
  if (std::string_view("\t\r\n").find(text.front()) != std::string_view::npos) return true;
  constexpr std::array<std::string_view, 3> kBlanks{" ", "\u00A0", "\u3000"};
  const auto begins = [&text](std::string_view sign) { return text.starts_with(sign); };
  for (auto blank = kBlanks.begin(); blank != kBlanks.end();) {
    blank = std::find_if(kBlanks.begin(), kBlanks.end(), begins);
    if (blank != kBlanks.end()) text.remove_prefix(blank->size());
  }
  return std::any_of(kSigns.begin(), kSigns.end(), begins);
}

void AppendLine(const std::vector<std::string_view>& fields, std::string& out) {
  for (size_t i = 0; i < fields.size(); ++i) {
    absl::StrAppend(&out, i == 0 ? "" : ",", CsvField(fields[i]));
  }
  out.append(kLineEnd);
}

}  // namespace

std::string CsvField(std::string_view text) {
  std::string field = absl::StrCat(LooksLikeFormula(text) ? "'" : "", sv(text));
  if (field.find_first_of(",\"\r\n") == std::string::npos) return field;
  return absl::StrCat("\"", absl::StrReplaceAll(field, {{"\"", "\"\""}}), "\"");
}

std::string WriteCsv(const Table& table) {
  std::string out(kByteOrderMark);
  std::vector<std::string_view> fields;
  for (const Column& column : table.columns) fields.push_back(column.title);
  AppendLine(fields, out);
  for (const Row& row : table.rows) {
    fields.clear();
    for (const Cell& cell : row.cells) fields.push_back(cell.text);
    AppendLine(fields, out);
  }
  return out;
}

}  // namespace awards::documents
