#include "services/awards/documents/html.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/status/error.h"
#include "services/awards/documents/style.h"

namespace awards::documents {
namespace {

using common::sv;

// Nothing is fetched and nothing runs, whatever a text may have smuggled in.
constexpr std::string_view kPolicy = "default-src 'none'; style-src 'unsafe-inline'";

std::string WeightClass(Weight weight) {
  switch (weight) {
    case Weight::kPlain:
      return "";
    case Weight::kGroup:
      return "class=\"group\"";
    case Weight::kTotal:
      return "class=\"total\"";
  }
  return "";
}

std::string HeaderCell(const Column& column) {
  std::string title = Escape(column.title);
  if (!column.full_title.empty() && column.full_title != column.title) {
    title = Element("abbr", absl::StrCat("title=\"", Escape(column.full_title), "\""), title);
  }
  return Element("th", column.is_number ? "scope=\"col\" class=\"n\"" : "scope=\"col\"", title);
}

std::string BodyCell(const Column& column, const Cell& cell, const Voice& voice) {
  std::string content = cell.is_number ? FigureElement(cell.text, voice) : Escape(cell.text);
  if (!cell.mark.empty()) {
    absl::StrAppend(&content, Element("sup", "class=\"mark\"", Escape(cell.mark)));
  }
  if (column.names_row) return Element("th", "scope=\"row\"", content);
  return Element("td", column.is_number ? "class=\"n\"" : "", content);
}

// Widths of columns as shares of the table's.
std::string ColumnGroup(const Table& table) {
  int sum = 0;
  for (const Column& column : table.columns) sum += column.width;
  std::string columns;
  for (const Column& column : table.columns) {
    // In tenths of a percent, so that no locale and no rounding of the machine takes part.
    const int share = column.width * 1000 / sum;
    absl::StrAppend(&columns, "<col style=\"width:", share / 10, ".", share % 10, "%\">");
  }
  return Element("colgroup", "", columns);
}

}  // namespace

std::string Escape(std::string_view text) {
  return absl::StrReplaceAll(
      sv(text), {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}, {"'", "&#39;"}});
}

std::string Element(std::string_view tag, std::string_view attributes,
                    std::string_view content_html) {
  return absl::StrCat("<", sv(tag), attributes.empty() ? "" : " ", sv(attributes), ">",
                      sv(content_html), "</", sv(tag), ">");
}

std::string TextElement(std::string_view tag, std::string_view attributes, std::string_view text) {
  return Element(tag, attributes, Escape(text));
}

std::string Paragraph(std::string_view text) {
  return absl::StrCat(TextElement("p", "class=\"text\"", text), "\n");
}

std::string FigureElement(std::string_view decimal, const Voice& voice) {
  if (decimal.empty()) return "";
  return Element("data", absl::StrCat("value=\"", Escape(decimal), "\""),
                 Escape(voice.Number(decimal)));
}

std::string TableElement(const Table& table, std::string_view class_name, std::string_view caption,
                         const Voice& voice) {
  std::string head;
  for (const Column& column : table.columns) head.append(HeaderCell(column));
  std::string body;
  for (const Row& row : table.rows) {
    std::string cells;
    for (size_t i = 0; i < row.cells.size(); ++i) {
      cells.append(BodyCell(table.columns[i], row.cells[i], voice));
    }
    absl::StrAppend(&body, Element("tr", WeightClass(row.weight), cells), "\n");
  }
  return absl::StrCat("<table class=\"", sv(class_name), "\">",
                      caption.empty() ? "" : TextElement("caption", "", caption),
                      ColumnGroup(table), "\n", Element("thead", "", Element("tr", "", head)), "\n",
                      Element("tbody", "", body), "</table>\n");
}

std::string Page(std::string_view title, Orientation orientation, const Voice& voice,
                 std::string_view body_html) {
  const bool across = orientation == Orientation::kLandscape;
  return absl::StrCat(
      "<!DOCTYPE html>\n<html lang=\"", sv(voice.tag()), "\">\n<head>\n<meta charset=\"utf-8\">\n",
      "<meta http-equiv=\"Content-Security-Policy\" content=\"", sv(kPolicy), "\">\n",
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
      TextElement("title", "", title), "\n<style>\n", sv(across ? kPageAcross : kPageStanding),
      sv(kStyle), "</style>\n</head>\n<body>\n<main class=\"", across ? "across" : "standing",
      "\">\n", sv(body_html), "</main>\n</body>\n</html>\n");
}

}  // namespace awards::documents
