#include "services/awards/domain/round.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <type_traits>
#include <utility>

#include "absl/strings/numbers.h"
#include "common/decimal/rational.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/text/text.h"

namespace awards {
namespace {

using common::Decimal;
using common::Rational;

constexpr size_t kMaxCategories = 20;
constexpr int kMaxMonths = 1200;
constexpr int kFirstYear = 1900;

// `pattern` with a 9 for every digit; anything else stands for itself.
bool IsLike(std::string_view pattern, std::string_view text) {
  return std::ranges::equal(
      pattern, text, [](char p, char c) { return p == '9' ? c >= '0' && c <= '9' : p == c; });
}

// The number that the digits from `from` on write; 0 if they are none.
int Digits(std::string_view text, size_t from, size_t count) {
  int number = 0;
  return absl::SimpleAtoi(common::sv(text.substr(from, count)), &number) ? number : 0;
}

bool IsYear(std::string_view text) {
  return IsLike("9999", text) && Digits(text, 0, 4) >= kFirstYear;
}

bool IsPeriod(std::string_view text) {
  if (IsYear(text)) return true;
  if (text.size() != 7 || !IsYear(text.substr(0, 4))) return false;
  const std::string_view part = text.substr(4);
  if (IsLike("-H9", part)) return part[2] == '1' || part[2] == '2';
  if (IsLike("-Q9", part)) return part[2] >= '1' && part[2] <= '4';
  return IsLike("-99", part) && Digits(part, 1, 2) >= 1 && Digits(part, 1, 2) <= 12;
}

bool IsClusterYearName(std::string_view name) {
  static constexpr std::string_view kYears = "/years/";
  const size_t years = name.find(kYears);
  return years != std::string_view::npos && IsNameIn("clusters", name.substr(0, years)) &&
         IsYear(name.substr(years + kYears.size()));
}

// Checks one round; a field that parsing has reported already is not reported again.
class RoundCheck {
 public:
  explicit RoundCheck(Violations violations) : violations_(std::move(violations)) {}

  Violations Run(const Round& round) && {
    Require(!round.title.vi.empty(), "round.title.vi", "the Vietnamese title is required");
    Require(!round.cluster_year.empty(), "round.cluster_year", "a cluster year is required");
    if (!IsClusterYearName(round.cluster_year)) {
      violations_.Add("round.cluster_year", common::kInvalidName,
                      "a cluster year is named clusters/{cluster}/years/{year}");
    }
    Require(!round.categories.empty(), "round.categories", "at least one category is required");
    if (round.categories.size() > kMaxCategories) {
      Refuse("round.categories", "a round has at most 20 categories");
    }
    for (size_t i = 0; i < round.categories.size(); ++i) {
      CheckCategory(round.categories[i], Item("round.categories", i));
    }
    if (round.flags_per_province < 0) {
      Refuse("round.flags_per_province", "a limit is at least 1, or 0 for none");
    }
    return std::move(violations_);
  }

 private:
  void Refuse(const std::string& path, std::string_view description) {
    violations_.Add(path, common::kInvalidField, description);
  }

  void Require(bool is_there, const std::string& path, std::string_view description) {
    if (!is_there) violations_.Add(path, common::kRequiredFieldMissing, description);
  }

  void CheckId(const std::string& id, std::set<std::string>& taken, const std::string& path) {
    Require(!id.empty(), path, "an id is required");
    if (!common::IsResourceId(id)) {
      violations_.Add(path, common::kInvalidName,
                      "an id has 1 to 63 lower-case letters, digits and hyphens and begins with a "
                      "letter");
    } else if (!taken.insert(id).second) {
      Refuse(path, "the id is taken by another one");
    }
  }

  void CheckName(std::string_view collection, const std::string& name, const std::string& path) {
    Require(!name.empty(), path, "a resource name is required");
    if (!IsNameIn(collection, name)) {
      violations_.Add(path, common::kInvalidName, "the name is not one of this collection");
    }
  }

  void CheckCategory(const Category& category, const std::string& path) {
    CheckId(category.id, category_ids_, Join(path, "id"));
    Require(!category.title.vi.empty(), Join(path, "title.vi"), "the Vietnamese title is required");
    Require(category.entrants != Entrants::kUnspecified, Join(path, "entrants"),
            "say who competes");
    if (category.entrants != Entrants::kUnspecified &&
        !entrants_.insert(category.entrants).second) {
      Refuse(Join(path, "entrants"), "another category is for the same units");
    }
    CheckName("rubrics", category.rubric, Join(path, "rubric"));
    CheckName("forms", category.form, Join(path, "form"));
    Require(!category.period.empty(), Join(path, "period"), "a period is required");
    if (!IsPeriod(category.period)) {
      Refuse(Join(path, "period"), "a period is written 2020, 2020-H1, 2020-Q3 or 2020-07");
    }
    CheckAward(category.award, Join(path, "award"));
    std::set<std::string> gate_ids;
    for (size_t i = 0; i < category.gates.size(); ++i) {
      const std::string gate_path = Item(Join(path, "gates"), i);
      CheckId(category.gates[i].id, gate_ids, Join(gate_path, "id"));
      CheckGate(category.gates[i], category.entrants, gate_path);
    }
  }

  void CheckAward(const Award& award, const std::string& path) {
    CheckId(award.id, award_ids_, Join(path, "id"));
    Require(!award.title.vi.empty(), Join(path, "title.vi"), "the Vietnamese title is required");
    Require(award.boundary != Boundary::kUnspecified, Join(path, "boundary"),
            "say what happens to units that share the last rank within the quota");
    if (const auto* fixed = std::get_if<FixedQuota>(&award.quota)) {
      if (fixed->places < 1) Refuse(Join(path, "fixed"), "a quota is at least 1");
    } else if (const auto* share = std::get_if<ShareQuota>(&award.quota)) {
      if (share->percent <= Decimal() || share->percent > Decimal::FromInteger(100)) {
        Refuse(Join(path, "share.percent"), "a percentage is above 0 and at most 100");
      }
      Require(share->basis != ShareBasis::kUnspecified, Join(path, "share.basis"),
              "say which units are counted");
      const bool needs_standard = share->basis == ShareBasis::kMeetingStandard;
      Require(share->standard.has_value() || !needs_standard, Join(path, "share.standard"),
              "say which total meets the standard");
      if (share->standard.has_value() && !needs_standard) {
        Refuse(Join(path, "share.standard"), "only for BASIS_MEETING_STANDARD");
      }
    } else {
      Require(false, Join(path, "quota"), "say how many of the award there are");
    }
  }

  void CheckGate(const Gate& gate, Entrants entrants, const std::string& path) {
    Require(!gate.title.vi.empty(), Join(path, "title.vi"), "the Vietnamese title is required");
    const bool is_for_members = entrants == Entrants::kMembers;
    if (std::holds_alternative<PactSigned>(gate.condition)) {
      if (!is_for_members && entrants != Entrants::kUnspecified) {
        Refuse(Join(path, "pact_signed"), "only alliances sign the pact");
      }
    } else if (const auto* age = std::get_if<MinimumAge>(&gate.condition)) {
      if (is_for_members) Refuse(Join(path, "minimum_age"), "a minimum age is for cooperatives");
      if (age->months < 1 || age->months > kMaxMonths) {
        Refuse(Join(path, "minimum_age.months"), "a minimum age is 1 to 1,200 months");
      }
      violations_.Take(Join(path, "minimum_age.date"), ParseDate(age->date));
    } else if (const auto* figure = std::get_if<FigureAtMost>(&gate.condition)) {
      const std::string indicator = Join(path, "figure_at_most.indicator");
      Require(!figure->indicator.empty(), indicator, "an indicator is required");
      if (!IsIndicatorName(figure->indicator)) {
        violations_.Add(indicator, common::kInvalidName, "an indicator is named indicators/{code}");
      }
    } else if (std::holds_alternative<std::monostate>(gate.condition)) {
      Require(false, Join(path, "condition"), "say what the gate demands");
    }
  }

  Violations violations_;
  std::set<std::string> category_ids_{};
  std::set<std::string> award_ids_{};
  std::set<Entrants> entrants_{};
};

bool IsOldEnough(const MinimumAge& gate, const UnitInputs& inputs) {
  const absl::StatusOr<absl::CivilDay> founded = ParseDate(inputs.founding_date);
  const absl::StatusOr<absl::CivilDay> day = ParseDate(gate.date);
  return founded.ok() && day.ok() && AddMonths(*founded, gate.months) <= *day;
}

// What a condition of the record says; nothing for any other.
std::optional<bool> IsPassedByRecord(const GateCondition& condition, const UnitRecord& record) {
  if (std::holds_alternative<NoHold>(condition)) return !record.has_hold;
  if (std::holds_alternative<NoRevocation>(condition)) return !record.has_revocation;
  if (std::holds_alternative<NotDissolved>(condition)) return !record.is_dissolved;
  return std::nullopt;
}

bool IsPassed(const GateCondition& condition, const UnitInputs& inputs, const ScoreSheet& sheet) {
  if (std::holds_alternative<PactSigned>(condition)) return inputs.pact_signed;
  if (std::holds_alternative<ReportsComplete>(condition)) return inputs.reports.missing == 0;
  if (const auto* minimum = std::get_if<MinimumTotal>(&condition)) {
    return sheet.totals.has_value() && sheet.totals->total >= Rational(minimum->points);
  }
  if (const auto* age = std::get_if<MinimumAge>(&condition)) return IsOldEnough(*age, inputs);
  if (const auto* at_most = std::get_if<FigureAtMost>(&condition)) {
    const auto figure = inputs.figures.find(at_most->indicator);
    return figure != inputs.figures.end() && figure->second.number.has_value() &&
           *figure->second.number <= at_most->number;
  }
  // ValidateRound refuses a gate without a condition.
  return false;
}

}  // namespace

Violations ValidateRound(const Round& round, Violations violations) {
  return RoundCheck(std::move(violations)).Run(round);
}

std::vector<std::string> FailedGates(const Category& category, const UnitInputs& inputs,
                                     const ScoreSheet& sheet, const UnitRecord& record) {
  std::vector<std::string> failed;
  for (const Gate& gate : category.gates) {
    const std::optional<bool> by_record = IsPassedByRecord(gate.condition, record);
    if (!by_record.value_or(true) ||
        (!by_record.has_value() && !IsPassed(gate.condition, inputs, sheet))) {
      failed.push_back(gate.id);
    }
  }
  return failed;
}

std::vector<std::string> FailedByRecord(const Category& category, const UnitRecord& record) {
  std::vector<std::string> failed;
  for (const Gate& gate : category.gates) {
    if (!IsPassedByRecord(gate.condition, record).value_or(true)) failed.push_back(gate.id);
  }
  return failed;
}

bool MeetsStandard(const Award& award, const ScoreSheet& sheet) {
  const auto* share = std::get_if<ShareQuota>(&award.quota);
  return share != nullptr && share->standard.has_value() && sheet.totals.has_value() &&
         sheet.totals->total >= Rational(*share->standard);
}

absl::StatusOr<absl::CivilDay> ParseDate(std::string_view text) {
  if (text.empty()) {
    return common::InvalidField("", common::kRequiredFieldMissing, "a day is required");
  }
  if (IsLike("9999-99-99", text) && Digits(text, 0, 4) >= kFirstYear) {
    const int month = Digits(text, 5, 2);
    const int day = Digits(text, 8, 2);
    const absl::CivilDay date(Digits(text, 0, 4), month, day);
    // A day that the calendar lacks would have been carried into another month.
    if (date.month() == month && date.day() == day) return date;
  }
  return common::InvalidField("", common::kInvalidDate,
                              "a day of the calendar is written YYYY-MM-DD, from 1900 on");
}

absl::CivilDay AddMonths(absl::CivilDay day, int months) {
  const absl::CivilMonth month = absl::CivilMonth(day) + months;
  const absl::CivilDay last = absl::CivilDay(month + 1) - 1;
  return std::min(last, absl::CivilDay(month) + (day.day() - 1));
}

}  // namespace awards
