#include "services/thiduactl/figures.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/status_macros.h"
#include "common/text/text.h"
#include "services/thiduactl/files.h"
#include "services/thiduactl/names.h"
#include "services/thiduactl/problem.h"

namespace thiduactl {
namespace {

constexpr char kUnit[] = "unit";
constexpr char kReceived[] = "received";
constexpr char kSource[] = "source";
constexpr char kAuthor[] = "author";

bool IsReportColumn(const std::string& column) {
  return column == kReceived || column == kSource || column == kAuthor;
}

// Việt Nam is seven hours ahead of UTC the whole year round, since 1975.
std::optional<absl::Time> ParseDay(const std::string& text) {
  absl::CivilDay day;
  if (!absl::ParseCivilTime(text, &day) || absl::FormatCivilTime(day) != text) return std::nullopt;
  return absl::FromCivil(day, absl::FixedTimeZone(7 * 60 * 60));
}

bool HasDecimalComma(const std::string& cell) {
  return absl::StrContains(cell, ',') && cell.find_first_not_of("-0123456789., ") == cell.npos;
}

}  // namespace

FigureTable::FigureTable(std::string text, std::string place)
    : place_(std::move(place)),
      text_(std::make_unique<const std::string>(std::move(text))),
      reader_(*text_) {}

absl::StatusOr<FigureTable> FigureTable::Open(const std::string& path) {
  ASSIGN_OR_RETURN(std::string text, ReadFile(path));
  return Parse(std::move(text), path);
}

absl::StatusOr<FigureTable> FigureTable::Parse(std::string text, const std::string& place) {
  FigureTable table(std::move(text), place);
  RETURN_IF_ERROR(table.ReadHeader());
  const CsvReader first_row = table.reader_;
  while (true) {
    ASSIGN_OR_RETURN(const auto row, table.ReadRow());
    if (!row.has_value()) break;
    ++table.row_count_;
  }
  table.reader_ = first_row;
  return table;
}

std::optional<FigureRow> FigureTable::Next() {
  // Every row has been read once before, so there is no error left.
  auto row = ReadRow();
  return row.ok() ? *std::move(row) : std::nullopt;
}

absl::Status FigureTable::ReadHeader() {
  auto header = reader_.Next();
  if (!header.ok()) return Within(place_, header.status());
  if (!header->has_value())
    return AtLine(1, "the table is empty; its first line names the columns");
  columns_ = (*header)->cells;
  const int line = (*header)->line;
  std::set<std::string> seen;
  for (const std::string& column : columns_) {
    if (column != kUnit && !IsReportColumn(column) && !common::IsCode(column)) {
      return AtLine(line, absl::StrCat("`", column,
                                       "` is no column: there are unit, received, source, author, "
                                       "and codes of indicators such as COOP_NEW"));
    }
    if (!seen.insert(column).second) {
      return AtLine(line, absl::StrCat("the column `", column, "` stands twice"));
    }
  }
  if (!seen.contains(kUnit)) return AtLine(line, "there is no column `unit`");
  return absl::OkStatus();
}

absl::StatusOr<std::optional<FigureRow>> FigureTable::ReadRow() {
  auto record = reader_.Next();
  if (!record.ok()) return Within(place_, record.status());
  if (!record->has_value()) return std::nullopt;
  const CsvRow& cells = **record;
  if (cells.cells.size() != columns_.size()) {
    return AtLine(cells.line,
                  absl::StrCat("has ", cells.cells.size(), " cells, but there are ",
                               columns_.size(), " columns; decimals are written with a point"));
  }
  FigureRow row{.line = cells.line};
  for (size_t i = 0; i < columns_.size(); ++i) {
    RETURN_IF_ERROR(ReadCell(columns_[i], cells.cells[i], row));
  }
  if (row.unit.empty()) return AtLine(row.line, "the column `unit` is empty");
  return row;
}

absl::Status FigureTable::ReadCell(const std::string& column, const std::string& cell,
                                   FigureRow& row) const {
  if (cell.empty()) return absl::OkStatus();
  if (column == kUnit) {
    row.unit = InCollection("units", cell);
  } else if (column == kSource) {
    row.source = cell;
  } else if (column == kAuthor) {
    row.author = cell;
  } else if (column == kReceived) {
    row.received = ParseDay(cell);
    if (!row.received.has_value()) {
      return AtLine(row.line, absl::StrCat("`received` is not a day YYYY-MM-DD: ", cell));
    }
  } else if (HasDecimalComma(cell)) {
    return AtLine(row.line, absl::StrCat(column, " has a comma: ", cell,
                                         "; figures have a decimal point and nothing between "
                                         "thousands, such as 1234.5"));
  } else {
    thidua::type::v1::Figure& figure = row.figures.emplace_back();
    figure.set_indicator(absl::StrCat("indicators/", column));
    if (absl::EqualsIgnoreCase(cell, "n/a")) {
      figure.set_not_applicable(true);
    } else {
      figure.set_number(cell);
    }
  }
  return absl::OkStatus();
}

absl::Status FigureTable::AtLine(int line, const std::string& message) const {
  return LocalProblem(absl::StrCat(place_, ":", line, ": ", message));
}

thidua::reporting::v1::Report ToReport(const FigureRow& row, const ReportKey& key) {
  thidua::reporting::v1::Report report;
  report.set_unit(row.unit);
  report.set_form(key.form);
  report.set_period(key.period);
  report.set_value_kind(key.value_kind);
  report.mutable_figures()->Assign(row.figures.begin(), row.figures.end());
  report.set_source(row.source);
  report.set_author(row.author);
  if (row.received.has_value()) {
    report.mutable_receive_time()->set_seconds(absl::ToUnixSeconds(*row.received));
  }
  return report;
}

absl::StatusOr<std::vector<thidua::reporting::v1::Target>> ReadTargets(FigureTable table) {
  std::vector<thidua::reporting::v1::Target> targets;
  while (const auto row = table.Next()) {
    const std::string place = absl::StrCat(table.place(), ":", row->line);
    if (row->received.has_value() || !row->source.empty() || !row->author.empty()) {
      return LocalProblem(
          absl::StrCat(place, ": received, source and author belong to reports, not to targets"));
    }
    for (const thidua::type::v1::Figure& figure : row->figures) {
      if (figure.not_applicable()) {
        return LocalProblem(absl::StrCat(place, ": a target is a number, or empty for none"));
      }
      thidua::reporting::v1::Target& target = targets.emplace_back();
      target.set_unit(row->unit);
      target.set_indicator(figure.indicator());
      target.set_number(figure.number());
    }
  }
  return targets;
}

}  // namespace thiduactl
