#include "services/awards/documents/render.h"

#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/status_macros.h"
#include "services/awards/documents/csv.h"
#include "services/awards/documents/pages.h"
#include "services/awards/documents/readings.h"
#include "services/awards/documents/tables.h"
#include "services/awards/documents/voice.h"
#include "services/awards/documents/xlsx.h"
#include "services/awards/domain/reasons.h"

namespace awards::documents {
namespace {

using common::sv;

std::string_view KindName(Kind kind) {
  switch (kind) {
    case Kind::kScoreTable:
      return "score-table";
    case Kind::kMinutes:
      return "minutes";
    case Kind::kNominationList:
      return "nomination-list";
    case Kind::kSubmissionLetter:
      return "submission-letter";
    case Kind::kUnspecified:
      break;
  }
  return "document";
}

std::string KindTitle(Kind kind, const Voice& voice) {
  switch (kind) {
    case Kind::kScoreTable:
      return voice("Bảng tổng hợp điểm thi đua", "Score table");
    case Kind::kMinutes:
      return voice("Biên bản họp bình xét thi đua", "Minutes of the review meeting");
    case Kind::kNominationList:
      return voice("Danh sách đề nghị khen thưởng", "List of nominations");
    case Kind::kSubmissionLetter:
      return voice("Tờ trình đề nghị khen thưởng", "Submission of nominations");
    case Kind::kUnspecified:
      break;
  }
  return "";
}

std::string_view Extension(Format format) {
  if (format == Format::kCsv) return "csv";
  return format == Format::kXlsx ? "xlsx" : "html";
}

std::string_view MediaType(Format format) {
  if (format == Format::kCsv) return "text/csv; charset=utf-8; header=present";
  if (format == Format::kXlsx) {
    return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  }
  return "text/html; charset=utf-8";
}

std::string FileName(const RoundResult& result, const Order& order, const Voice& voice) {
  const std::string_view round = std::string_view(result.name).substr(result.name.rfind('/') + 1);
  return absl::StrCat(sv(round), order.category.empty() ? "" : ".", order.category, ".",
                      sv(KindName(order.kind)), ".", sv(voice.tag()), ".",
                      sv(Extension(order.format)));
}

std::string Page(const RoundResult& result, const Order& order, const Voice& voice) {
  switch (order.kind) {
    case Kind::kScoreTable:
      return ScoreTablePage(result, order, voice);
    case Kind::kMinutes:
      return MinutesPage(result, order, voice);
    case Kind::kNominationList:
      return NominationListPage(result, order, voice);
    case Kind::kSubmissionLetter:
      return SubmissionLetterPage(result, order, voice);
    case Kind::kUnspecified:
      break;
  }
  return "";
}

std::string Csv(const RoundResult& result, Kind kind, const Voice& voice) {
  if (kind == Kind::kScoreTable) return WriteCsv(LinesData(result, voice));
  if (kind == Kind::kMinutes) return WriteCsv(StandingsData(result, voice));
  return WriteCsv(NominationsData(result, voice));
}

std::vector<Sheet> Sheets(const RoundResult& result, Kind kind, const Voice& voice) {
  std::vector<Sheet> sheets;
  const auto add = [&](std::string name, Table table, bool is_landscape) {
    std::string heading =
        absl::StrCat(KindTitle(kind, voice), " - ", voice(result.title), " - ", table.title);
    sheets.push_back({.name = std::move(name),
                      .heading = std::move(heading),
                      .table = std::move(table),
                      .is_landscape = is_landscape});
  };
  for (const Category& category : result.categories) {
    const std::string& title = voice(category.title);
    if (kind == Kind::kScoreTable) {
      const std::vector<std::string> titles = ShortTitles(category.contenders, voice);
      add(title, ScoreMatrix(category, titles, 0, titles.size(), voice), true);
      continue;
    }
    if (kind == Kind::kMinutes) add(title, StandingsTable(category, voice), true);
    add(absl::StrCat(voice("Đề nghị ", "Nominated "), title), NominationsTable(category, voice),
        false);
  }
  if (kind == Kind::kScoreTable) {
    Table lines = LinesData(result, voice);
    std::string name = lines.title;
    add(std::move(name), std::move(lines), true);
  }
  return sheets;
}

absl::StatusOr<std::string> Content(const RoundResult& result, const Order& order,
                                    const Voice& voice) {
  if (order.format == Format::kCsv) return Csv(result, order.kind, voice);
  if (order.format == Format::kHtml) return Page(result, order, voice);
  return WriteXlsx({.title = absl::StrCat(KindTitle(order.kind, voice), " - ", voice(result.title)),
                    .note = absl::StrCat(result.name, ", SHA-256 ", result.snapshot_hash),
                    .day = result.score_day,
                    .sheets = Sheets(result, order.kind, voice)});
}

size_t CountLines(const RoundResult& result) {
  size_t lines = 0;
  for (const Category& category : result.categories) {
    for (const Contender& unit : category.contenders) {
      lines += unit.bonus_lines.size() + unit.penalty_lines.size() + 1;
      for (const Group& group : unit.groups) lines += group.lines.size() + 1;
    }
  }
  return lines;
}

absl::Status TooLarge(std::string_view what, size_t count, size_t limit) {
  return common::Error(
             absl::StatusCode::kFailedPrecondition, kDocumentTooLarge,
             "the document is too large; ask for one category, without workings, or as CSV")
      .With("of", what)
      .With("count", absl::StrCat(count))
      .With("limit", absl::StrCat(limit));
}

}  // namespace

absl::StatusOr<Document> Render(const RoundResult& result, const Order& order) {
  if (order.kind != Kind::kScoreTable && !result.is_nominated) {
    return common::Error(absl::StatusCode::kFailedPrecondition, kNominationsNotIssued,
                         "the nominations of the round have not been issued")
        .With("name", result.name);
  }
  const size_t lines = CountLines(result);
  if (lines > kLinesMax) return TooLarge("lines", lines, kLinesMax);
  const Voice voice(order.language);
  ASSIGN_OR_RETURN(std::string content, Content(result, order, voice));
  if (content.size() > kContentBytesMax) {
    return TooLarge("bytes", content.size(), kContentBytesMax);
  }
  return Document{.content = std::move(content),
                  .media_type = std::string(MediaType(order.format)),
                  .file_name = FileName(result, order, voice)};
}

}  // namespace awards::documents
