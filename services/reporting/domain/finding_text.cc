#include "services/reporting/domain/finding_text.h"

#include "absl/strings/str_cat.h"
#include "common/status/error.h"

namespace reporting {
namespace {

using common::sv;
using common::expression::ErrorKind;

// A title in English, or what stands for it.
std::string English(const LocalizedText& title, std::string_view otherwise) {
  return std::string(title.en.empty() ? otherwise : std::string_view(title.en));
}

std::string Vietnamese(const Indicator& indicator) {
  return absl::StrCat("“", indicator.title.vi, "” (", indicator.id.value(), ")");
}

std::string English(const Indicator& indicator) {
  if (indicator.title.en.empty()) return indicator.id.value();
  return absl::StrCat("\"", indicator.title.en, "\" (", indicator.id.value(), ")");
}

// `message` with `vi` and `en` after it in parentheses.
LocalizedText WithRemark(const LocalizedText& message, std::string_view vi, std::string_view en) {
  return {.vi = absl::StrCat(message.vi, " (", sv(vi), ")"),
          .en = message.en.empty() ? "" : absl::StrCat(message.en, " (", sv(en), ")")};
}

std::string_view VietnameseOf(ErrorKind error) {
  switch (error) {
    case ErrorKind::kDivisionByZero:
      return "chia cho 0";
    case ErrorKind::kTooLarge:
      return "kết quả quá lớn";
    case ErrorKind::kDomain:
      break;
  }
  return "phép tính không xác định với số này";
}

}  // namespace

std::string Shown(const common::Rational& number) {
  return number.ToTrimmed(kScaleMax, common::RoundingMode::kHalfUp);
}

LocalizedText PartsDiffer(const Indicator& whole, const BreakdownGroup& group,
                          std::string_view actual, std::string_view expected) {
  return {
      .vi = absl::StrCat("Các thành phần của ", Vietnamese(whole), " theo “", group.title.vi,
                         "” cộng lại là ", sv(actual), ", khác tổng số ", sv(expected), "."),
      .en = absl::StrCat("The parts of ", English(whole), " by ", English(group.title, group.group),
                         " sum to ", sv(actual), ", not to the total of ", sv(expected), ".")};
}

LocalizedText PartsExceed(const Indicator& whole, const BreakdownGroup& group,
                          std::string_view actual, std::string_view expected) {
  return {
      .vi = absl::StrCat("Các thành phần đã có của ", Vietnamese(whole), " theo “", group.title.vi,
                         "” cộng lại là ", sv(actual), ", vượt tổng số ", sv(expected), "."),
      .en = absl::StrCat("The parts given of ", English(whole), " by ",
                         English(group.title, group.group), " sum to ", sv(actual),
                         ", more than the total of ", sv(expected), ".")};
}

LocalizedText PartExceeds(const Indicator& whole, const Indicator& part, std::string_view actual,
                          std::string_view expected) {
  return {.vi = absl::StrCat(Vietnamese(part), " là ", sv(actual), ", vượt ", Vietnamese(whole),
                             " là ", sv(expected), "."),
          .en = absl::StrCat(English(part), " is ", sv(actual), ", more than ", English(whole),
                             " of which it is a part, ", sv(expected), ".")};
}

LocalizedText IdentityBroken(const Indicator& stock, std::string_view actual,
                             std::string_view previous, std::string_view expected) {
  return {.vi = absl::StrCat(Vietnamese(stock), " là ", sv(actual), "; kỳ trước là ", sv(previous),
                             ", cộng tăng trừ giảm trong kỳ phải là ", sv(expected), "."),
          .en = absl::StrCat(English(stock), " is ", sv(actual), "; from ", sv(previous),
                             " in the period before, what came in and went out makes ",
                             sv(expected), ".")};
}

LocalizedText ChangedTooMuch(const Indicator& indicator, std::string_view before,
                             std::string_view after, std::string_view percent,
                             std::string_view threshold) {
  return {.vi = absl::StrCat(Vietnamese(indicator), " thay đổi ", sv(percent),
                             " % so với cùng kỳ năm trước, từ ", sv(before), " thành ", sv(after),
                             "; vượt ", sv(threshold), " % thì phải giải trình."),
          .en = absl::StrCat(English(indicator), " changed by ", sv(percent),
                             " % within a year, from ", sv(before), " to ", sv(after),
                             "; more than ", sv(threshold), " % needs an explanation.")};
}

LocalizedText ExceedsYear(const Indicator& indicator, const Period& part, std::string_view actual,
                          const Period& year, std::string_view expected) {
  return {.vi = absl::StrCat(Vietnamese(indicator), " của kỳ ", part.ToString(), " là ", sv(actual),
                             ", vượt số của cả năm ", year.ToString(), " là ", sv(expected), "."),
          .en = absl::StrCat(English(indicator), " is ", sv(actual), " for ", part.ToString(),
                             ", more than the ", sv(expected), " for the whole year ",
                             year.ToString(), ".")};
}

LocalizedText RuleBroken(const LocalizedText& message, std::string_view actual,
                         std::string_view expected) {
  if (actual.empty()) return message;
  return WithRemark(message, absl::StrCat(sv(actual), " so với ", sv(expected)),
                    absl::StrCat(sv(actual), " against ", sv(expected)));
}

LocalizedText RuleFails(const LocalizedText& message, ErrorKind error) {
  return WithRemark(message, absl::StrCat("không tính được: ", sv(VietnameseOf(error))),
                    absl::StrCat("it cannot be computed: ", sv(ToText(error))));
}

LocalizedText RuleLacksFigures(const LocalizedText& message) {
  return WithRemark(message, "thiếu số liệu cần thiết", "a figure that it needs is missing");
}

}  // namespace reporting
