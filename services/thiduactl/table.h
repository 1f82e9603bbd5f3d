// Tables for a terminal and for pasting: columns of equal width, two blanks between them.
#ifndef THIDUA_SERVICES_THIDUACTL_TABLE_H_
#define THIDUA_SERVICES_THIDUACTL_TABLE_H_

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace thiduactl {

// One column of a table.
struct Column {
  enum class Align { kLeft, kRight };

  std::string title{};
  Align align = Align::kLeft;
  // Left out where no row has anything in it.
  bool optional = false;

  // The same column, optional.
  Column Optional() const;
};

// A column of text, and one of numbers.
Column Text(std::string_view title);
Column Number(std::string_view title);

// Rows under a line of titles. Not thread-safe.
class Table {
 public:
  explicit Table(std::vector<Column> columns);

  // Cells that are not given are empty; there must not be more than columns.
  void AddRow(std::vector<std::string> cells);

  // Without titles if there is no row. No line ends with a blank.
  void Print(std::ostream& out) const;

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_{};
};

// Columns that `text`, UTF-8, takes on a terminal: its code points, because Vietnamese in NFC has
// one for each letter.
size_t DisplayWidth(std::string_view text);

// `decimal` as a person reads it, `-1234.5` as `-1,234.5`. What is no decimal stays as it is.
std::string WithSeparators(std::string_view decimal);

}  // namespace thiduactl

#endif  // THIDUA_SERVICES_THIDUACTL_TABLE_H_
