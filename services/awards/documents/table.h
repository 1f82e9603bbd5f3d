// Tables as data; csv.h, xlsx.h and html.h write them.
#ifndef THIDUA_SERVICES_AWARDS_DOCUMENTS_TABLE_H_
#define THIDUA_SERVICES_AWARDS_DOCUMENTS_TABLE_H_

#include <string>
#include <utility>
#include <vector>

namespace awards::documents {

struct Column {
  std::string title{};
  // What `title` stands for, if it is an abbreviation.
  std::string full_title{};
  // Width in characters: that of a spreadsheet's column, and the share of a page's.
  int width = 10;
  bool is_number = false;
  // Its cells are what their rows are about.
  bool names_row = false;
};

struct Cell {
  std::string text{};
  // `text` is a decimal as the contract writes it, or empty.
  bool is_number = false;
  // Letters of footnotes.
  std::string mark{};
};

inline Cell TextCell(std::string text) { return {.text = std::move(text)}; }
inline Cell NumberCell(std::string decimal) {
  return {.text = std::move(decimal), .is_number = true};
}

// How a row stands out.
enum class Weight { kPlain, kGroup, kTotal };

struct Row {
  std::vector<Cell> cells{};
  Weight weight = Weight::kPlain;
};

struct Table {
  std::string title{};
  std::vector<Column> columns{};
  // Each with as many cells as there are columns.
  std::vector<Row> rows{};
};

}  // namespace awards::documents

#endif  // THIDUA_SERVICES_AWARDS_DOCUMENTS_TABLE_H_
