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
#include "services/thiduactl/times.h"

namespace thiduactl {
namespace {

using ::common::sv;

constexpr char kUnit[] = "unit";
constexpr char kReceived[] = "received";
constexpr char kSource[] = "source";
constexpr char kAuthor[] = "author";
constexpr char kPeriod[] = "period";
constexpr std::string_view kExplain = "explain:";

bool IsExplanation(const std::string& column) {
  return absl::StartsWith(column, sv(kExplain)) && column.size() > kExplain.size();
}

bool IsKnownColumn(const std::string& column) {
  return column == kUnit || column == kReceived || column == kSource || column == kAuthor ||
         column == kPeriod || IsExplanation(column) || common::IsCode(column);
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

absl::StatusOr<FigureTable> FigureTable::OpenReports(const std::string& path) {
  ASSIGN_OR_RETURN(FigureTable table, Open(path));
  if (std::find(table.columns_.begin(), table.columns_.end(), kPeriod) != table.columns_.end()) {
    return LocalProblem(absl::StrCat(
        path, ": the column `period` belongs to targets; reports of one table have one period"));
  }
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
    if (!IsKnownColumn(column)) {
      return AtLine(line, absl::StrCat("`", column,
                                       "` is no column: there are unit, received, source, author, "
                                       "explain:FINDING, and codes of indicators such as COOP_NEW; "
                                       "for targets also period"));
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
  } else if (column == kPeriod) {
    row.period = cell;
  } else if (IsExplanation(column)) {
    thidua::reporting::v1::Explanation& explanation = row.explanations.emplace_back();
    explanation.set_finding(column.substr(kExplain.size()));
    explanation.set_text(cell);
  } else {
    auto figure = ParseFigure(column, cell);
    if (!figure.ok()) return Within(absl::StrCat(place_, ":", row.line), figure.status());
    row.figures.push_back(*std::move(figure));
  }
  return absl::OkStatus();
}

absl::Status FigureTable::AtLine(int line, const std::string& message) const {
  return LocalProblem(absl::StrCat(place_, ":", line, ": ", message));
}

absl::StatusOr<thidua::type::v1::Figure> ParseFigure(const std::string& code,
                                                     const std::string& text) {
  if (HasDecimalComma(text)) {
    return LocalProblem(absl::StrCat(code, " has a comma: ", text,
                                     "; figures have a decimal point and nothing between "
                                     "thousands, such as 1234.5"));
  }
  thidua::type::v1::Figure figure;
  figure.set_indicator(absl::StrCat("indicators/", code));
  if (absl::EqualsIgnoreCase(text, "n/a")) {
    figure.set_not_applicable(true);
  } else {
    figure.set_number(text);
  }
  return figure;
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
  if (row.received.has_value()) *report.mutable_receive_time() = ToTimestamp(*row.received);
  report.mutable_explanations()->Assign(row.explanations.begin(), row.explanations.end());
  return report;
}

absl::StatusOr<std::vector<thidua::reporting::v1::Target>> ReadTargets(FigureTable table) {
  std::vector<thidua::reporting::v1::Target> targets;
  while (const auto row = table.Next()) {
    const std::string place = absl::StrCat(table.place(), ":", row->line);
    if (row->received.has_value() || !row->source.empty() || !row->author.empty() ||
        !row->explanations.empty()) {
      return LocalProblem(absl::StrCat(
          place, ": received, source, author and explanations belong to reports, not to targets"));
    }
    for (const thidua::type::v1::Figure& figure : row->figures) {
      if (figure.not_applicable()) {
        return LocalProblem(absl::StrCat(place, ": a target is a number, or empty for none"));
      }
      thidua::reporting::v1::Target& target = targets.emplace_back();
      target.set_unit(row->unit);
      target.set_indicator(figure.indicator());
      target.set_number(figure.number());
      target.set_period(row->period);
    }
  }
  return targets;
}

}  // namespace thiduactl
