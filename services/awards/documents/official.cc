#include "services/awards/documents/official.h"

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "services/awards/documents/html.h"

namespace awards::documents {
namespace {

using common::sv;

std::string Left(const RoundResult& result, const Letterhead& letterhead, std::string_view symbol,
                 const Voice& voice) {
  std::string html;
  if (!letterhead.superior.empty()) {
    html.append(TextElement("p", "class=\"upper\"", letterhead.superior));
  }
  const std::string issuer =
      letterhead.issuer.empty() ? voice(result.cluster_title) : letterhead.issuer;
  absl::StrAppend(&html, Element("p", "class=\"upper\"", TextElement("b", "", issuer)),
                  "<div class=\"short\"></div>");
  std::string number = letterhead.number.empty() ? "…………" : letterhead.number;
  if (number.find('/') == std::string::npos) absl::StrAppend(&number, "/", sv(symbol));
  absl::StrAppend(&html, TextElement("p", "", absl::StrCat(voice("Số: ", "No.: "), number)));
  return Element("div", "", html);
}

std::string Right(const Letterhead& letterhead, const Voice& voice) {
  const std::string day =
      absl::StrCat(voice.OrDots(letterhead.place), ", ", voice.Day(letterhead.date));
  return Element(
      "div", "",
      absl::StrCat(
          TextElement(
              "p", "class=\"state\"",
              voice("Cộng hòa xã hội chủ nghĩa Việt Nam", "Socialist Republic of Viet Nam")),
          TextElement("p", "class=\"motto\"",
                      voice("Độc lập - Tự do - Hạnh phúc", "Independence - Freedom - Happiness")),
          "<div class=\"long\"></div>", TextElement("p", "class=\"day\"", day)));
}

std::string Copies(const std::vector<std::string>& copies, const Voice& voice) {
  std::string html = TextElement("p", "class=\"label\"", voice("Nơi nhận:", "Copies to:"));
  for (size_t i = 0; i < copies.size(); ++i) {
    const bool is_last = i + 1 == copies.size();
    absl::StrAppend(&html,
                    TextElement("p", "", absl::StrCat("- ", copies[i], is_last ? "." : ";")));
  }
  return Element("div", "class=\"copies\"", html);
}

std::string Signature(const Signatory& signatory, const Voice& voice) {
  return Element(
      "div", "class=\"sign\"",
      absl::StrCat(
          TextElement("p", "class=\"office\"", signatory.office),
          TextElement("p", "class=\"hint\"", voice("(Chữ ký, họ và tên)", "(signature and name)")),
          TextElement("p", "class=\"person\"", voice.OrDots(signatory.person))));
}

}  // namespace

std::string Head(const RoundResult& result, const Letterhead& letterhead, std::string_view symbol,
                 const Voice& voice) {
  return absl::StrCat(Element("header", "class=\"head\"",
                              absl::StrCat(Left(result, letterhead, symbol, voice), "\n",
                                           Right(letterhead, voice))),
                      "\n");
}

std::string Title(std::string_view kind, std::string_view about) {
  return absl::StrCat(TextElement("h1", "", kind), "\n", TextElement("p", "class=\"about\"", about),
                      "\n<div class=\"rule\"></div>\n");
}

std::string Notices(const RoundResult& result, const Voice& voice) {
  constexpr std::string_view kNotice = "class=\"notice\" role=\"note\"";
  std::string html;
  if (!result.is_nominated) {
    absl::StrAppend(
        &html,
        TextElement("p", kNotice,
                    voice("Dự thảo: đợt bình xét chưa chốt đề nghị khen thưởng; điểm và "
                          "thứ hạng còn có thể thay đổi.",
                          "Draft: nominations have not been issued; points and ranks "
                          "may still change.")),
        "\n");
  }
  if (result.stale_count > 0) {
    const size_t count = static_cast<size_t>(result.stale_count);
    absl::StrAppend(
        &html,
        TextElement(
            "p", kNotice,
            absl::StrCat(voice("Lưu ý: sau khi chấm điểm đã có thay đổi ở ",
                               "Note: since the round was scored there have been changes in "),
                         voice.Count(count),
                         voice(" nguồn số liệu; kết quả dưới đây chưa phản ánh các thay đổi đó.",
                               count == 1 ? " source; the result below does not reflect them."
                                          : " sources; the result below does not reflect them."))),
        "\n");
  }
  return html;
}

std::string SourceNote(const RoundResult& result, const Voice& voice) {
  std::string text = absl::StrCat(voice("Kết quả chấm điểm của ", "Scores of "), result.name);
  if (result.score_day.has_value()) {
    absl::StrAppend(&text, voice(", chấm ", ", made on "), voice.Day(result.score_day));
  }
  absl::StrAppend(
      &text,
      voice("; mã băm dữ liệu đầu vào (SHA-256): ", "; SHA-256 of what they were made from: "),
      result.snapshot_hash);
  return absl::StrCat(TextElement("p", "class=\"source\"", text), "\n");
}

std::string Foot(const Letterhead& letterhead, const std::vector<std::string>& copies,
                 const std::vector<Signatory>& signatories, const Voice& voice) {
  const std::vector<Signatory>& signing =
      letterhead.signatories.empty() ? signatories : letterhead.signatories;
  std::string html = copies.empty() ? std::string() : Copies(copies, voice);
  // One signature stands in the right half of the page, as the decree wants it.
  if (copies.empty() && signing.size() == 1) html.append("<div></div>");
  for (const Signatory& signatory : signing) html.append(Signature(signatory, voice));
  const size_t columns =
      signing.size() + (!copies.empty() || signing.size() == 1 ? size_t{1} : size_t{0});
  return absl::StrCat(Element("footer",
                              absl::StrCat("class=\"foot\" style=\"grid-template-columns:repeat(",
                                           columns, ",1fr)\""),
                              html),
                      "\n");
}

std::vector<Signatory> HeadOfCluster(const Voice& voice) {
  return {{.office = voice("TM. Cụm thi đua - Cụm trưởng", "For the cluster, its head")}};
}

std::string ChapterTitle(const RoundResult& result, size_t index, const Voice& voice) {
  const std::string& title = voice(result.categories[index].title);
  if (result.categories.size() == 1) return title;
  return absl::StrCat(Roman(index + 1), ". ", title);
}

std::string QuotaWords(const Category& category, const Voice& voice) {
  return absl::StrCat(voice("chỉ tiêu ", "quota "),
                      voice.Count(static_cast<size_t>(category.quota)));
}

std::string QuotaWithWorking(const Category& category, const Voice& voice) {
  const std::string quota = QuotaWords(category, voice);
  // A fixed quota has no working but itself.
  if (category.quota_working == absl::StrCat(category.quota)) return quota;
  return absl::StrCat(quota, " (", voice.Working(category.quota_working), ")");
}

std::string PlainList(const std::vector<std::string>& items) {
  std::string html;
  for (const std::string& item : items) html.append(TextElement("li", "", item));
  return absl::StrCat(Element("ul", "class=\"plain\"", html), "\n");
}

}  // namespace awards::documents
