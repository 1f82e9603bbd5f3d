#include "services/thiduactl/table.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"

namespace thiduactl {
namespace {

using ::common::sv;

// A column that is printed, with what the table knows of it.
struct Printed {
  size_t index = 0;
  Column::Align align = Column::Align::kLeft;
  size_t width = 0;
};

void PrintLine(std::ostream& out, const std::vector<Printed>& columns,
               const std::vector<std::string>& cells) {
  std::string line;
  for (const Printed& column : columns) {
    const std::string& cell = cells[column.index];
    const std::string padding(column.width - DisplayWidth(cell), ' ');
    if (&column != &columns.front()) line += "  ";
    line += column.align == Column::Align::kRight ? padding + cell : cell + padding;
  }
  absl::StripTrailingAsciiWhitespace(&line);
  out << line << "\n";
}

}  // namespace

Column Text(std::string_view title) { return {.title = std::string(title)}; }

Column Number(std::string_view title) {
  return {.title = std::string(title), .align = Column::Align::kRight};
}

Column Column::Optional() const {
  Column column = *this;
  column.optional = true;
  return column;
}

Table::Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

void Table::AddRow(std::vector<std::string> cells) {
  cells.resize(columns_.size());
  rows_.push_back(std::move(cells));
}

void Table::Print(std::ostream& out) const {
  if (rows_.empty()) return;
  std::vector<std::string> titles;
  std::vector<Printed> printed;
  for (size_t i = 0; i < columns_.size(); ++i) {
    const Column& column = columns_[i];
    titles.push_back(column.title);
    size_t width = 0;
    for (const auto& row : rows_) width = std::max(width, DisplayWidth(row[i]));
    if (column.optional && width == 0) continue;
    width = std::max(width, DisplayWidth(column.title));
    printed.push_back({.index = i, .align = column.align, .width = width});
  }
  PrintLine(out, printed, titles);
  for (const auto& row : rows_) PrintLine(out, printed, row);
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
