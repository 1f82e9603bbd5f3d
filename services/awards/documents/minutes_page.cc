// The minutes of the review meeting.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "services/awards/documents/charts.h"
#include "services/awards/documents/html.h"
#include "services/awards/documents/official.h"
#include "services/awards/documents/pages.h"
#include "services/awards/documents/readings.h"
#include "services/awards/documents/tables.h"

namespace awards::documents {
namespace {

using common::sv;

// `08:00` as `08 giờ 00` in Vietnamese; dots if it is not given.
std::string Hour(const std::string& time, const Voice& voice) {
  if (time.empty()) return voice("…… giờ ……", "……:……");
  if (!voice.is_vietnamese()) return time;
  return absl::StrCat(time.substr(0, 2), " giờ ", time.substr(3));
}

std::string Opening(const RoundResult& result, const Order& order, const Voice& voice) {
  const Meeting& meeting = order.meeting;
  const auto& day = meeting.date.has_value() ? meeting.date : order.letterhead.date;
  return Paragraph(
      absl::StrCat(voice("Hôm nay, vào hồi ", "Today, at "), Hour(meeting.start_time, voice),
                   voice(", ", ", "), voice.Day(day), voice(", tại ", ", in "),
                   voice.OrDots(meeting.place), ", ", voice(result.cluster_title),
                   voice(" tổ chức họp bình xét thi đua năm ", " held its review meeting of "),
                   result.year, "."));
}

std::string Person(const std::string& named, const LocalizedText& title, std::string_view office,
                   const Voice& voice) {
  if (!named.empty()) return named;
  const std::string& unit = voice(title);
  return unit.empty() ? voice.OrDots("")
                      : absl::StrCat(voice.OrDots(""), ", ", unit, " (", sv(office), ")");
}

std::string People(const RoundResult& result, const Meeting& meeting, const Voice& voice) {
  std::vector<std::string> attendees = meeting.attendees;
  if (attendees.empty()) {
    for (const LocalizedText& member : result.member_titles) attendees.push_back(voice(member));
  }
  std::string list;
  for (const std::string& attendee : attendees) list.append(TextElement("li", "", attendee));
  return absl::StrCat(
      TextElement("h2", "", voice("I. Thành phần", "I. Present")), "\n",
      Paragraph(absl::StrCat(
          voice("1. Chủ trì: ", "1. In the chair: "),
          Person(meeting.chair, result.head_title, voice("Cụm trưởng", "cluster head"), voice),
          ".")),
      Paragraph(absl::StrCat(voice("2. Thư ký: ", "2. Secretary: "),
                             voice.OrDots(meeting.secretary), ".")),
      Paragraph(
          absl::StrCat(voice("3. Tham dự: ", "3. Taking part: "),
                       attendees.empty() ? voice.OrDots("") : voice.Count(attendees.size()),
                       voice(meeting.attendees.empty() ? " đơn vị thành viên của cụm" : " đại biểu",
                             meeting.attendees.empty() ? " members of the cluster" : " persons"),
                       attendees.empty() ? "." : ":")),
      list.empty() ? "" : Element("ol", "class=\"people\"", list), "\n");
}

// Units with equal places that nothing decided.
std::string Ties(const Category& category, const Voice& voice) {
  std::vector<std::string> tied;
  for (const Contender& unit : category.contenders) {
    if (!unit.unresolved_tie) continue;
    tied.push_back(absl::StrCat(voice(unit.title), voice(" (hạng ", " (rank "), unit.rank, ")"));
  }
  if (tied.empty()) return "";
  return absl::StrCat(
      Paragraph(voice("Các đơn vị đồng hạng mà các bước phân định của thang điểm chưa tách được:",
                      "Units that share a rank which the steps of the rubric could not part:")),
      PlainList(tied));
}

std::string Result(const RoundResult& result, size_t index, const Voice& voice) {
  const Category& category = result.categories[index];
  return absl::StrCat(
      TextElement("h3", "", absl::StrCat(index + 1, ". ", voice(category.title))), "\n",
      Paragraph(absl::StrCat(voice("Thang điểm: ", "Rubric: "), voice(category.rubric_title),
                             voice(". Căn cứ: ", ". Legal basis: "), category.legal_basis,
                             voice(". Danh hiệu: ", ". Award: "), voice(category.award_title), ", ",
                             QuotaWithWorking(category, voice), ".")),
      TableElement(StandingsTable(category, voice), "list", "", voice), Ties(category, voice),
      StandingsChart(category, Orientation::kPortrait, voice));
}

std::string Proposal(const RoundResult& result, size_t index, const Voice& voice) {
  const Category& category = result.categories[index];
  const Table nominations = NominationsTable(category, voice);
  std::string html = absl::StrCat(TextElement("h3", "",
                                              absl::StrCat(index + 1, ". ", voice(category.title),
                                                           ": ", voice(category.award_title))),
                                  "\n");
  if (nominations.rows.empty()) {
    html.append(Paragraph(voice("Không có đề nghị.", "Nobody is proposed.")));
  } else {
    html.append(TableElement(nominations, "list", "", voice));
  }
  if (const int open = OpenPlaces(category); open > 0) {
    html.append(Paragraph(absl::StrCat(voice("Chỉ tiêu còn để trống: ", "Places left open: "),
                                       voice.Count(static_cast<size_t>(open)), ".")));
  }
  const Table passed = PassedOverTable(result, category, voice);
  if (!passed.rows.empty()) {
    html.append(TableElement(
        passed, "list",
        voice("Xếp hạng trên nhưng không được đề nghị:", "Ranked ahead but passed over:"), voice));
  }
  return Element("section", "class=\"whole\"", html);
}

std::string Content(const RoundResult& result, const Voice& voice) {
  std::string html = absl::StrCat(
      TextElement("h2", "", voice("II. Kết quả chấm điểm, xếp hạng", "II. Points and ranks")),
      "\n");
  for (size_t i = 0; i < result.categories.size(); ++i) html.append(Result(result, i, voice));
  absl::StrAppend(
      &html, TextElement("h2", "", voice("III. Đề nghị khen thưởng", "III. Nominations")), "\n");
  if (result.flags_per_province > 0) {
    html.append(Paragraph(absl::StrCat(
        voice("Mỗi tỉnh, thành phố được đề nghị không quá ", "No province gets more than "),
        voice.Count(static_cast<size_t>(result.flags_per_province)),
        voice(" cờ trong đợt, tính chung liên minh và các hợp tác xã của địa phương.",
              " of the round's flags, its alliance and its cooperatives taken together."))));
  }
  for (size_t i = 0; i < result.categories.size(); ++i) html.append(Proposal(result, i, voice));
  return html;
}

std::string Closing(const Meeting& meeting, const Voice& voice) {
  std::string html;
  if (!meeting.conclusions.empty()) {
    absl::StrAppend(&html, TextElement("h2", "", voice("IV. Kết luận", "IV. Conclusions")), "\n");
    for (const std::string& conclusion : meeting.conclusions) html.append(Paragraph(conclusion));
  }
  html.append(Paragraph(absl::StrCat(
      voice("Cuộc họp kết thúc vào hồi ", "The meeting ended at "), Hour(meeting.end_time, voice),
      voice(
          " cùng ngày. Biên bản đã được đọc lại cho những người dự họp cùng nghe, thống nhất và ký "
          "tên.",
          " on the same day. The minutes were read out, agreed to and signed."))));
  return html;
}

}  // namespace

std::string MinutesPage(const RoundResult& result, const Order& order, const Voice& voice) {
  const std::string kind = voice("Biên bản", "Minutes");
  const std::string about =
      absl::StrCat(voice("Họp cụm: ", "of the cluster's meeting: "), voice(result.title));
  const std::vector<Signatory> signatories{
      {.office = voice("Thư ký", "Secretary"), .person = order.meeting.secretary},
      {.office = voice("Chủ trì", "Chair"), .person = order.meeting.chair}};
  return Page(
      absl::StrCat(kind, ": ", voice(result.title)), Orientation::kPortrait, voice,
      absl::StrCat(Head(result, order.letterhead, voice("BB-CTĐ", "MIN"), voice),
                   Title(kind, about), Notices(result, voice), Opening(result, order, voice),
                   People(result, order.meeting, voice), Content(result, voice),
                   Closing(order.meeting, voice), Foot(order.letterhead, {}, signatories, voice),
                   SourceNote(result, voice)));
}

}  // namespace awards::documents
