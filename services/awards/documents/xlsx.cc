#include "services/awards/documents/xlsx.h"

#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <ctime>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <tuple>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/awards/documents/voice.h"

namespace awards::documents {
namespace {

constexpr lxw_row_t kHeadingRow = 0;
constexpr lxw_row_t kTitlesRow = 2;
// What a cell can hold, in UTF-16 units; a code point has at most two.
constexpr size_t kCellLetters = 32767 / 2;
constexpr size_t kSheetNameLetters = 31;
constexpr uint8_t kPaperA4 = 9;

// The first `most` code points of `text`.
std::string Shortened(std::string_view text, size_t most) {
  size_t letters = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool begins_letter = (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80;
    if (begins_letter && letters++ == most) return std::string(text.substr(0, i));
  }
  return std::string(text);
}

// Names of sheets that are taken, in lower case: a spreadsheet takes no two that differ in case
// alone.
class SheetNames {
 public:
  std::string Take(std::string name) {
    for (char& c : name) {
      if (std::string_view("[]:*?/\\'").find(c) != std::string_view::npos) c = ' ';
    }
    name = Shortened(common::sv(absl::StripAsciiWhitespace(name)), kSheetNameLetters);
    std::string candidate = name.empty() ? "1" : name;
    for (int n = 2; !taken_.insert(absl::AsciiStrToLower(candidate)).second; ++n) {
      const std::string suffix = absl::StrCat(" ", n);
      candidate = absl::StrCat(Shortened(name, kSheetNameLetters - suffix.size()), suffix);
    }
    return candidate;
  }

 private:
  std::set<std::string> taken_{};
};

// A file that is nowhere but in memory, since the library writes only to files.
class MemoryFile {
 public:
  MemoryFile() : descriptor_(memfd_create("document", MFD_CLOEXEC)) {}
  ~MemoryFile() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  std::string path() const { return absl::StrCat("/proc/self/fd/", descriptor_); }

  // All of it; empty if it cannot be read.
  std::string Read() const {
    std::string bytes;
    const off_t size = lseek(descriptor_, 0, SEEK_END);
    if (size <= 0) return bytes;
    bytes.resize(static_cast<size_t>(size));
    size_t done = 0;
    while (done < bytes.size()) {
      const ssize_t count =
          pread(descriptor_, bytes.data() + done, bytes.size() - done, static_cast<off_t>(done));
      if (count <= 0) return "";
      done += static_cast<size_t>(count);
    }
    return bytes;
  }

 private:
  int descriptor_;
};

// The look of a cell.
struct Look {
  Weight weight = Weight::kPlain;
  // Places after the point; -1 for text.
  int places = -1;
  bool is_title = false;

  auto operator<=>(const Look&) const = default;
};

// Writes one workbook. Owns it until Close.
class Writer {
 public:
  explicit Writer(const std::string& path) : book_(workbook_new(path.c_str())) {}
  ~Writer() {
    if (book_ != nullptr) workbook_close(book_);
  }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  void Describe(const Workbook& workbook) {
    lxw_doc_properties properties{};
    // The library reads the texts only.
    std::string title = workbook.title;
    properties.title = title.data();
    const absl::CivilDay epoch(1970, 1, 1);
    properties.created =
        static_cast<time_t>((workbook.day.value_or(epoch) - epoch) * int64_t{24 * 60 * 60});
    workbook_set_properties(book_, &properties);
  }

  void Add(const Sheet& sheet, const std::string& note) {
    lxw_worksheet* page = workbook_add_worksheet(book_, names_.Take(sheet.name).c_str());
    if (page == nullptr) return;
    const auto last_column = static_cast<lxw_col_t>(sheet.table.columns.size() - 1);
    SetUp(page, sheet, last_column);
    worksheet_write_string(page, kHeadingRow, 0, sheet.heading.c_str(), HeadingFormat());
    for (lxw_col_t column = 0; column <= last_column; ++column) {
      const Column& about = sheet.table.columns[column];
      const std::string& title = about.full_title.empty() ? about.title : about.full_title;
      worksheet_write_string(page, kTitlesRow, column, title.c_str(), FormatOf({.is_title = true}));
      worksheet_set_column(page, column, column, about.width + 2, nullptr);
    }
    lxw_row_t row = kTitlesRow + 1;
    for (const Row& cells : sheet.table.rows) Write(page, row++, cells);
    worksheet_write_string(page, row + 1, 0, note.c_str(), nullptr);
  }

  lxw_error Close() {
    lxw_workbook* book = book_;
    book_ = nullptr;
    return workbook_close(book);
  }

  bool is_open() const { return book_ != nullptr; }

 private:
  static void SetUp(lxw_worksheet* page, const Sheet& sheet, lxw_col_t last_column) {
    const auto& columns = sheet.table.columns;
    const auto named = std::find_if(columns.begin(), columns.end(),
                                    [](const Column& column) { return column.names_row; });
    worksheet_set_paper(page, kPaperA4);
    if (sheet.is_landscape) worksheet_set_landscape(page);
    worksheet_fit_to_pages(page, 1, 0);
    worksheet_repeat_rows(page, kTitlesRow, kTitlesRow);
    worksheet_set_footer(page, "&C&P / &N");
    worksheet_freeze_panes(page, kTitlesRow + 1,
                           named == columns.end()
                               ? lxw_col_t{0}
                               : static_cast<lxw_col_t>(named - columns.begin() + 1));
    if (!sheet.table.rows.empty()) {
      worksheet_autofilter(page, kTitlesRow, 0,
                           kTitlesRow + static_cast<lxw_row_t>(sheet.table.rows.size()),
                           last_column);
    }
  }

  void Write(lxw_worksheet* page, lxw_row_t row, const Row& cells) {
    for (size_t i = 0; i < cells.cells.size(); ++i) {
      const Cell& cell = cells.cells[i];
      const auto column = static_cast<lxw_col_t>(i);
      Look look{.weight = cells.weight};
      if (cell.is_number && FitsSpreadsheetNumber(cell.text)) {
        look.places = PlacesOf(cell.text);
        double number = 0;
        std::from_chars(cell.text.data(), cell.text.data() + cell.text.size(), number);
        worksheet_write_number(page, row, column, number, FormatOf(look));
      } else if (cell.text.empty()) {
        worksheet_write_blank(page, row, column, FormatOf(look));
      } else {
        worksheet_write_string(page, row, column, Shortened(cell.text, kCellLetters).c_str(),
                               FormatOf(look));
      }
    }
  }

  static int PlacesOf(std::string_view decimal) {
    const size_t point = decimal.find('.');
    return point == std::string_view::npos ? 0 : static_cast<int>(decimal.size() - point - 1);
  }

  lxw_format* HeadingFormat() {
    lxw_format* format = workbook_add_format(book_);
    format_set_bold(format);
    format_set_font_size(format, 14);
    return format;
  }

  lxw_format* FormatOf(const Look& look) {
    const auto known = formats_.find(look);
    if (known != formats_.end()) return known->second;
    lxw_format* format = workbook_add_format(book_);
    format_set_border(format, LXW_BORDER_THIN);
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    if (look.is_title || look.weight != Weight::kPlain) format_set_bold(format);
    if (look.is_title) format_set_align(format, LXW_ALIGN_CENTER);
    if (look.places < 0) format_set_text_wrap(format);
    if (look.is_title || look.weight == Weight::kTotal) format_set_bg_color(format, 0xE3E7EC);
    if (look.places >= 0) {
      const auto places = static_cast<size_t>(look.places);
      const std::string pattern =
          absl::StrCat("#,##0", places > 0 ? "." : "", std::string(places, '0'));
      format_set_num_format(format, pattern.c_str());
    }
    formats_.emplace(look, format);
    return format;
  }

  lxw_workbook* book_;
  SheetNames names_{};
  // Owned by the workbook.
  std::map<Look, lxw_format*> formats_{};
};

absl::Status NoRoom(lxw_error error) {
  return common::Error(absl::StatusCode::kUnavailable, common::kStorageUnavailable,
                       "a workbook cannot be written to a temporary file")
      .With("cause", lxw_strerror(error));
}

// The library formats times in a buffer that all threads share.
std::mutex& LibraryMutex() {
  static std::mutex mutex;
  return mutex;
}

}  // namespace

bool FitsSpreadsheetNumber(std::string_view decimal) {
  constexpr size_t kDigits = 15;
  if (!IsDecimal(decimal)) return false;
  std::string digits;
  std::copy_if(decimal.begin(), decimal.end(), std::back_inserter(digits),
               [](char c) { return c != '-' && c != '.'; });
  const size_t first = digits.find_first_not_of('0');
  if (first == std::string::npos) return true;
  return digits.find_last_not_of('0') - first < kDigits;
}

absl::StatusOr<std::string> WriteXlsx(const Workbook& workbook) {
  const std::lock_guard lock(LibraryMutex());
  MemoryFile file;
  Writer writer(file.path());
  if (!writer.is_open()) return NoRoom(LXW_ERROR_MEMORY_MALLOC_FAILED);
  writer.Describe(workbook);
  for (const Sheet& sheet : workbook.sheets) writer.Add(sheet, workbook.note);
  const lxw_error error = writer.Close();
  if (error != LXW_NO_ERROR) return NoRoom(error);
  std::string bytes = file.Read();
  if (bytes.empty()) return NoRoom(LXW_ERROR_READING_TMPFILE);
  return bytes;
}

}  // namespace awards::documents
