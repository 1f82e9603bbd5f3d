// The parts of a page: escaping, elements, tables, and the page around them.
//
// What these functions return is HTML; what they take is text unless its name ends with `html`.
#ifndef THIDUA_SERVICES_AWARDS_DOCUMENTS_HTML_H_
#define THIDUA_SERVICES_AWARDS_DOCUMENTS_HTML_H_

#include <string>
#include <string_view>
#include <vector>

#include "services/awards/documents/table.h"
#include "services/awards/documents/voice.h"

namespace awards::documents {

// `text` as content of an element, or as the value of an attribute between double quotes.
std::string Escape(std::string_view text);

// An element. `attributes`, such as `class="x"`, is written as it is.
std::string Element(std::string_view tag, std::string_view attributes,
                    std::string_view content_html);

// An element that holds only text.
std::string TextElement(std::string_view tag, std::string_view attributes, std::string_view text);

// A paragraph of running text.
std::string Paragraph(std::string_view text);

// A figure as people write it, with the contract's form beside it for programs:
// `<data value="98.78">98,78</data>`.
std::string FigureElement(std::string_view decimal, const Voice& voice);

// A table with its titles repeated on every page. `class_name` chooses the look; a caption is
// written unless it is empty.
std::string TableElement(const Table& table, std::string_view class_name, std::string_view caption,
                         const Voice& voice);

// The page of A4, standing or across.
enum class Orientation { kPortrait, kLandscape };

// The whole file. `title` is the name of the window.
std::string Page(std::string_view title, Orientation orientation, const Voice& voice,
                 std::string_view body_html);

}  // namespace awards::documents

#endif  // THIDUA_SERVICES_AWARDS_DOCUMENTS_HTML_H_
