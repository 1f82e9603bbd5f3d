// What goes up to the national alliance: the submission letter and the list that goes with it.
#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/awards/documents/html.h"
#include "services/awards/documents/official.h"
#include "services/awards/documents/pages.h"
#include "services/awards/documents/readings.h"
#include "services/awards/documents/tables.h"

namespace awards::documents {
namespace {

std::string Addressee(const Letterhead& letterhead, const Voice& voice) {
  if (!letterhead.addressee.empty()) return letterhead.addressee;
  return voice("Liên minh Hợp tác xã Việt Nam", "Viet Nam Cooperative Alliance");
}

size_t CountNominees(const RoundResult& result) {
  size_t count = 0;
  for (const Category& category : result.categories) count += StandingNominees(category).size();
  return count;
}

// The tables of all categories in which somebody is nominated.
std::string Nominations(const RoundResult& result, const Voice& voice) {
  std::string html;
  for (size_t i = 0; i < result.categories.size(); ++i) {
    const Category& category = result.categories[i];
    const Table table = NominationsTable(category, voice);
    if (table.rows.empty()) continue;
    const std::string caption =
        absl::StrCat(voice(category.award_title), ": ", QuotaWords(category, voice),
                     voice(", đề nghị ", ", nominated "), voice.Count(table.rows.size()));
    absl::StrAppend(&html,
                    Element("section", "class=\"whole\"",
                            absl::StrCat(TextElement("h2", "", ChapterTitle(result, i, voice)),
                                         "\n", TableElement(table, "list", caption, voice))),
                    "\n");
  }
  if (!html.empty()) return html;
  return Paragraph(voice("Không có tập thể nào được đề nghị.", "Nobody is nominated."));
}

// Each legal basis once, in order.
std::string LegalBases(const RoundResult& result, const Voice& voice) {
  std::vector<std::string> bases;
  for (const Category& category : result.categories) {
    const std::string base = absl::StrCat(voice("Căn cứ ", "Pursuant to "), category.legal_basis);
    if (std::find(bases.begin(), bases.end(), base) == bases.end()) bases.push_back(base);
  }
  std::string html;
  for (const std::string& base : bases) {
    absl::StrAppend(
        &html,
        TextElement("p", "class=\"text\" style=\"font-style:italic\"", absl::StrCat(base, ";")),
        "\n");
  }
  return html;
}

std::string Request(const RoundResult& result, const Letterhead& letterhead, const Voice& voice) {
  const std::string count = voice.Count(CountNominees(result));
  return absl::StrCat(
      Paragraph(absl::StrCat(
          voice("Căn cứ kết quả bình xét thi đua và biên bản họp của cụm, ",
                "On the result of its review and the minutes of its meeting, "),
          voice(result.cluster_title), voice(" kính trình ", " submits to the "),
          Addressee(letterhead, voice), voice(" xem xét, tặng thưởng năm ", " for the year "),
          result.year, voice(" cho ", " the following "), count,
          voice(" tập thể có thành tích xuất sắc sau đây:", " collectives of outstanding merit:"))),
      Nominations(result, voice));
}

std::string Dossier(const Voice& voice) {
  return absl::StrCat(
      Paragraph(voice("Hồ sơ kèm theo Tờ trình gồm:", "The dossier holds:")),
      PlainList({voice("Danh sách đề nghị khen thưởng;", "the list of nominations;"),
                 voice("Bảng tổng hợp điểm thi đua;", "the score table;"),
                 voice("Biên bản họp bình xét của cụm;", "the minutes of the review meeting;"),
                 voice("Báo cáo thành tích của các tập thể được đề nghị.",
                       "the achievement reports of the nominees.")}));
}

std::vector<std::string> CopiesOfLetter(const Letterhead& letterhead, const Voice& voice) {
  std::vector<std::string> copies{voice("Như trên", "The addressee")};
  copies.insert(copies.end(), letterhead.recipients.begin(), letterhead.recipients.end());
  copies.push_back(voice("Lưu: VT", "File"));
  return copies;
}

}  // namespace

std::string NominationListPage(const RoundResult& result, const Order& order, const Voice& voice) {
  const std::string kind = voice("Danh sách đề nghị khen thưởng", "List of nominations");
  const std::string count = absl::StrCat(
      voice("Tổng số: ", "In all: "), voice.Count(CountNominees(result)),
      voice(" tập thể.", CountNominees(result) == 1 ? " collective." : " collectives."));
  std::vector<std::string> copies;
  if (!order.letterhead.recipients.empty()) copies = order.letterhead.recipients;
  return Page(absl::StrCat(kind, ": ", voice(result.title)), Orientation::kPortrait, voice,
              absl::StrCat(Head(result, order.letterhead, voice("DS-CTĐ", "LN"), voice),
                           Title(kind, voice(result.title)), Notices(result, voice),
                           Nominations(result, voice), Paragraph(count),
                           Foot(order.letterhead, copies, HeadOfCluster(voice), voice),
                           SourceNote(result, voice)));
}

std::string SubmissionLetterPage(const RoundResult& result, const Order& order,
                                 const Voice& voice) {
  const std::string kind = voice("Tờ trình", "Submission");
  const std::string about = absl::StrCat(
      voice("Về việc đề nghị khen thưởng năm ", "of nominations for the year "), result.year);
  const std::string to = absl::StrCat(voice("Kính gửi: ", "To: the "),
                                      Addressee(order.letterhead, voice), voice(".", ""));
  return Page(
      absl::StrCat(kind, ": ", voice(result.title)), Orientation::kPortrait, voice,
      absl::StrCat(Head(result, order.letterhead, voice("TTr-CTĐ", "SUB"), voice),
                   Title(kind, about), Notices(result, voice), TextElement("p", "class=\"to\"", to),
                   "\n", LegalBases(result, voice), Request(result, order.letterhead, voice),
                   Dossier(voice),
                   Paragraph(absl::StrCat(
                       voice("Kính đề nghị ", "The "), Addressee(order.letterhead, voice),
                       voice(" xem xét, quyết định./.", " is asked to consider and to decide."))),
                   Foot(order.letterhead, CopiesOfLetter(order.letterhead, voice),
                        HeadOfCluster(voice), voice),
                   SourceNote(result, voice)));
}

}  // namespace awards::documents
