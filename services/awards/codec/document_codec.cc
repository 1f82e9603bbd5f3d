#include "services/awards/codec/document_codec.h"

#include <google/protobuf/repeated_ptr_field.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "common/status/reasons.h"
#include "services/awards/codec/fields.h"
#include "services/awards/domain/round.h"

namespace awards {
namespace {

namespace v1 = thidua::awards::v1;
using google::protobuf::RepeatedPtrField;

constexpr int kRecipientsMax = 20;
constexpr int kSignatoriesMax = 3;
constexpr int kAttendeesMax = 200;
constexpr int kConclusionsMax = 50;

// A choice that must be made.
template <auto kLast>
decltype(kLast) TakeChoice(std::string_view path, int number, Violations& violations) {
  const auto choice = EnumFrom<kLast>(number);
  if (number == 0) {
    violations.Add(path, common::kRequiredFieldMissing, "is required");
  } else if (choice == decltype(kLast)::kUnspecified) {
    violations.Add(path, common::kInvalidField, "is not a value of the contract");
  }
  return choice;
}

std::optional<absl::CivilDay> TakeDay(std::string_view path, const std::string& text,
                                      Violations& violations) {
  if (text.empty()) return std::nullopt;
  return violations.Take(path, ParseDate(text));
}

// `HH:MM`, or nothing.
std::string TakeTime(std::string_view path, const std::string& text, Violations& violations) {
  const auto is_digit = [&text](size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  const bool is_time = text.size() == 5 && text[2] == ':' && is_digit(0) && is_digit(1) &&
                       is_digit(3) && is_digit(4) && text.substr(0, 2) <= "23" && text[3] <= '5';
  if (text.empty() || is_time) return text;
  violations.Add(path, common::kInvalidField, "a time is written HH:MM, 00:00 to 23:59");
  return "";
}

bool CheckCount(std::string_view path, int count, int most, Violations& violations) {
  if (count <= most) return true;
  violations.Add(path, common::kInvalidField, absl::StrCat("has more than ", most, " entries"));
  return false;
}

std::vector<std::string> TakeTexts(const std::string& path,
                                   const RepeatedPtrField<std::string>& texts, int most,
                                   size_t limit, Violations& violations) {
  std::vector<std::string> taken;
  if (!CheckCount(path, texts.size(), most, violations)) return taken;
  for (const std::string& text : texts) {
    taken.push_back(TakeText(Item(path, taken.size()), text, limit, violations));
  }
  return taken;
}

std::vector<documents::Signatory> TakeSignatories(const RepeatedPtrField<v1::Signatory>& protos,
                                                  Violations& violations) {
  const std::string path = "letterhead.signatories";
  std::vector<documents::Signatory> taken;
  if (!CheckCount(path, protos.size(), kSignatoriesMax, violations)) return taken;
  for (const v1::Signatory& proto : protos) {
    const std::string item = Item(path, taken.size());
    const std::string office = Join(item, "office");
    taken.push_back(
        {.office = TakeText(office, proto.office(), kPersonLimit, violations),
         .person = TakeText(Join(item, "person"), proto.person(), kPersonLimit, violations)});
    if (taken.back().office.empty()) {
      violations.Add(office, common::kRequiredFieldMissing, "is required");
    }
  }
  return taken;
}

documents::Letterhead TakeLetterhead(const v1::Letterhead& proto, Violations& violations) {
  const auto text = [&violations](std::string_view field, const std::string& value) {
    return TakeText(Join("letterhead", field), value, kPersonLimit, violations);
  };
  return {.superior = text("superior", proto.superior()),
          .issuer = text("issuer", proto.issuer()),
          .number = text("number", proto.number()),
          .place = text("place", proto.place()),
          .date = TakeDay("letterhead.date", proto.date(), violations),
          .addressee = text("addressee", proto.addressee()),
          .recipients = TakeTexts("letterhead.recipients", proto.recipients(), kRecipientsMax,
                                  kPersonLimit, violations),
          .signatories = TakeSignatories(proto.signatories(), violations)};
}

documents::Meeting TakeMeeting(const v1::Meeting& proto, Violations& violations) {
  const auto text = [&violations](std::string_view field, const std::string& value) {
    return TakeText(Join("meeting", field), value, kPersonLimit, violations);
  };
  return {.place = text("place", proto.place()),
          .start_time = TakeTime("meeting.start_time", proto.start_time(), violations),
          .end_time = TakeTime("meeting.end_time", proto.end_time(), violations),
          .date = TakeDay("meeting.date", proto.date(), violations),
          .chair = text("chair", proto.chair()),
          .secretary = text("secretary", proto.secretary()),
          .attendees = TakeTexts("meeting.attendees", proto.attendees(), kAttendeesMax,
                                 kPersonLimit, violations),
          .conclusions = TakeTexts("meeting.conclusions", proto.conclusions(), kConclusionsMax,
                                   kTextLimit, violations)};
}

LocalizedText TitleFrom(const thidua::type::v1::LocalizedText& proto) {
  return {.vi = proto.vi(), .en = proto.en()};
}

LineBasis BasisFrom(v1::ScoreLine::Basis basis) {
  if (basis == v1::ScoreLine::BASIS_MISSING) return LineBasis::kMissing;
  if (basis == v1::ScoreLine::BASIS_NOT_APPLICABLE) return LineBasis::kNotApplicable;
  return LineBasis::kFormula;
}

std::vector<documents::Line> LinesFrom(const RepeatedPtrField<v1::ScoreLine>& protos) {
  std::vector<documents::Line> lines;
  for (const v1::ScoreLine& proto : protos) {
    documents::Line line{.id = proto.criterion(),
                         .max_points = proto.max_points(),
                         .points = proto.points(),
                         .full_points = proto.full_points(),
                         .basis = BasisFrom(proto.basis()),
                         .inputs = {},
                         .working = proto.working(),
                         .redistribution = proto.redistribution()};
    for (const v1::Input& input : proto.inputs()) {
      line.inputs.push_back({.source = input.source(),
                             .number = input.number(),
                             .not_applicable = input.not_applicable(),
                             .target = input.target(),
                             .from = {.resource = input.resource(), .revision = input.revision()}});
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

// Adds `proto` and, behind it, the groups within it where the contract has them.
template <typename Proto>
void TakeGroup(const Proto& proto, int depth, std::vector<documents::Group>& groups) {
  groups.push_back({.id = proto.id(),
                    .depth = depth,
                    .max_points = proto.max_points(),
                    .points = proto.points(),
                    .lines = LinesFrom(proto.lines())});
  if constexpr (requires { proto.groups(); }) {
    for (const auto& inner : proto.groups()) TakeGroup(inner, depth + 1, groups);
  }
}

void TakeTitles(const std::vector<Criterion>& criteria, documents::Category& category) {
  for (const Criterion& criterion : criteria) {
    category.criterion_titles.emplace(criterion.id, criterion.title);
  }
}

// As TakeGroup.
template <typename RubricGroup>
void TakeGroupTitles(const RubricGroup& group, documents::Category& category) {
  category.group_titles.emplace(group.id, group.title);
  TakeTitles(group.criteria, category);
  if constexpr (requires { group.groups; }) {
    for (const auto& inner : group.groups) TakeGroupTitles(inner, category);
  }
}

}  // namespace

documents::Order ParseOrder(const v1::RenderDocumentRequest& request, Violations& violations) {
  return {
      .kind = TakeChoice<documents::Kind::kSubmissionLetter>("kind", request.kind(), violations),
      .format = TakeChoice<documents::Format::kXlsx>("format", request.format(), violations),
      .language =
          TakeChoice<documents::Language::kEnglish>("language", request.language(), violations),
      .category = request.category(),
      .with_workings = request.with_workings(),
      .letterhead = TakeLetterhead(request.letterhead(), violations),
      .meeting = TakeMeeting(request.meeting(), violations)};
}

documents::Contender ContenderFrom(const v1::Standing& standing, const v1::ScoreSheet& sheet) {
  documents::Contender contender{
      .unit = standing.unit(),
      .title = TitleFrom(standing.unit_title()),
      .province_unit = {},
      .rank = standing.rank(),
      .rank_text = standing.rank() == 0 ? "" : absl::StrCat(standing.rank()),
      .base_total = standing.base_total(),
      .bonus = standing.bonus(),
      .penalty = standing.penalty(),
      .total = standing.total(),
      .full_total = sheet.full_total(),
      .decided_by = standing.decided_by(),
      .unresolved_tie = standing.unresolved_tie(),
      .failed_gates = {standing.failed_gates().begin(), standing.failed_gates().end()},
      .groups = {},
      .bonus_lines = LinesFrom(sheet.bonus_lines()),
      .penalty_lines = LinesFrom(sheet.penalty_lines())};
  for (const v1::GroupScore& group : sheet.groups()) TakeGroup(group, 0, contender.groups);
  return contender;
}

documents::Nominee NomineeFrom(const v1::Nomination& nomination) {
  constexpr std::string_view kPrefix = "STATE_";
  return {.award = nomination.award(),
          .award_title = TitleFrom(nomination.award_title()),
          .unit = nomination.unit(),
          .title = TitleFrom(nomination.unit_title()),
          .province_unit = nomination.province_unit(),
          .province_title = {},
          .rank = nomination.rank(),
          .total = nomination.total(),
          .state = v1::Nomination::State_Name(nomination.state()).substr(kPrefix.size()),
          .grounds = nomination.grounds()};
}

void TakeRubric(const Rubric& rubric, documents::Category& category) {
  category.rubric_title = rubric.title;
  category.legal_basis = rubric.legal_basis;
  for (const Group& group : rubric.groups) TakeGroupTitles(group, category);
  if (rubric.bonus.has_value()) {
    category.bonus_cap = rubric.bonus->cap.ToString();
    TakeTitles(rubric.bonus->criteria, category);
  }
  if (rubric.penalty.has_value()) {
    category.penalty_cap = rubric.penalty->cap.ToString();
    TakeTitles(rubric.penalty->criteria, category);
  }
}

}  // namespace awards
