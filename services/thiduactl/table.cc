#include "services/thiduactl/table.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"

namespace thiduactl {
namespace {

using ::common::sv;

void PrintLine(std::ostream& out, const std::vector<Column>& columns,
               const std::vector<size_t>& widths, const std::vector<std::string>& cells) {
  std::string line;
  for (size_t i = 0; i < columns.size(); ++i) {
    const std::string padding(widths[i] - DisplayWidth(cells[i]), ' ');
    if (i > 0) line += "  ";
    line += columns[i].align == Column::Align::kRight ? padding + cells[i] : cells[i] + padding;
  }
  absl::StripTrailingAsciiWhitespace(&line);
  out << line << "\n";
}

}  // namespace

Column Text(std::string_view title) { return {.title = std::string(title)}; }

Column Number(std::string_view title) {
  return {.title = std::string(title), .align = Column::Align::kRight};
}

Table::Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

void Table::AddRow(std::vector<std::string> cells) {
  cells.resize(columns_.size());
  rows_.push_back(std::move(cells));
}

void Table::Print(std::ostream& out) const {
  if (rows_.empty()) return;
  std::vector<std::string> titles;
  std::vector<size_t> widths;
  for (size_t i = 0; i < columns_.size(); ++i) {
    titles.push_back(columns_[i].title);
    size_t width = DisplayWidth(columns_[i].title);
    for (const auto& row : rows_) width = std::max(width, DisplayWidth(row[i]));
    widths.push_back(width);
  }
  PrintLine(out, columns_, widths, titles);
  for (const auto& row : rows_) PrintLine(out, columns_, widths, row);
}

size_t DisplayWidth(std::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

std::string WithSeparators(std::string_view decimal) {
  const std::string_view sign = decimal.substr(0, decimal.substr(0, 1) == "-" ? 1 : 0);
  const std::string_view number = decimal.substr(sign.size());
  const std::string_view whole = number.substr(0, number.find('.'));
  const bool is_number = !whole.empty() && std::all_of(whole.begin(), whole.end(), [](char c) {
    return absl::ascii_isdigit(static_cast<unsigned char>(c));
  });
  if (!is_number) return std::string(decimal);
  std::string grouped;
  for (size_t i = 0; i < whole.size(); ++i) {
    if (i > 0 && (whole.size() - i) % 3 == 0) grouped.push_back(',');
    grouped.push_back(whole[i]);
  }
  return absl::StrCat(sv(sign), grouped, sv(number.substr(whole.size())));
}

}  // namespace thiduactl
