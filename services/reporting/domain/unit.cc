#include "services/reporting/domain/unit.h"

#include <algorithm>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/reporting/domain/period.h"
#include "services/reporting/domain/reasons.h"
#include "services/reporting/domain/refusal.h"

namespace reporting {
namespace {

bool IsTwoDigits(std::string_view code) {
  return code.size() == 2 &&
         std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Each entry but the first has a day, later than the one before.
template <typename Dated>
void CheckDays(const std::vector<Dated>& list, std::string_view path, Violations& violations) {
  for (size_t i = 1; i < list.size(); ++i) {
    const std::string field = Join(Item(path, i), "valid_from");
    const auto& before = list[i - 1].valid_from;
    const auto& day = list[i].valid_from;
    if (violations.Has(field)) continue;
    if (!day.has_value()) {
      violations.Add(field, common::kRequiredFieldMissing,
                     "only the first of the list may be without a day");
    } else if (before.has_value() && *day <= *before) {
      violations.Add(
          field, common::kInvalidField,
          absl::StrCat("must be later than ", ToString(*before), ", the day of the entry before"));
    }
  }
}

void CheckTitles(std::vector<DatedTitle>& titles, Violations& violations) {
  constexpr std::string_view kPath = "unit.titles";
  if (titles.empty()) {
    violations.Add(kPath, common::kRequiredFieldMissing, "give at least one title");
  }
  for (size_t i = 0; i < titles.size(); ++i) {
    CheckLocalizedText(titles[i].title, Join(Item(kPath, i), "title"), violations);
  }
  CheckDays(titles, kPath, violations);
}

void CheckCodes(const Unit& unit, Violations& violations) {
  constexpr std::string_view kPath = "unit.province_codes";
  if (unit.kind == UnitKind::kCooperative && !unit.province_codes.empty()) {
    violations.Add(kPath, common::kInvalidField, "a cooperative has no province code");
    return;
  }
  for (size_t i = 0; i < unit.province_codes.size(); ++i) {
    if (!IsTwoDigits(unit.province_codes[i].code)) {
      violations.Add(Join(Item(kPath, i), "code"), common::kInvalidField,
                     "must be two digits, such as 27");
    }
  }
  CheckDays(unit.province_codes, kPath, violations);
}

void CheckAlliance(const Unit& unit, Violations& violations) {
  if (unit.sector != Sector::kUnspecified) {
    violations.Add("unit.sector", common::kInvalidField, "an alliance has no sector");
  }
  if (unit.parent.has_value()) {
    violations.Add("unit.parent", common::kInvalidField, "an alliance has no parent");
  }
}

void CheckCooperative(const Unit& unit, Violations& violations) {
  if (unit.sector == Sector::kUnspecified) {
    violations.Add("unit.sector", common::kRequiredFieldMissing, "a cooperative needs a sector");
  }
  if (!unit.parent.has_value()) {
    violations.Add("unit.parent", common::kRequiredFieldMissing,
                   "a cooperative needs the alliance it belongs to");
  }
  if (!unit.founding_date.has_value()) {
    violations.Add("unit.founding_date", common::kRequiredFieldMissing,
                   "a cooperative needs the day it was founded");
  }
}

// The lists of `draft` begin with those of `stored`, entry by entry.
template <typename Dated>
void CheckContinues(const std::vector<Dated>& stored, const std::vector<Dated>& draft,
                    std::string_view path, Violations& violations) {
  for (size_t i = 0; i < stored.size(); ++i) {
    if (i >= draft.size()) {
      violations.Add(path, kHistoryRewritten,
                     absl::StrCat("must begin with all ", stored.size(), " stored entries"));
      return;
    }
    const std::string item = Item(path, i);
    if (!(draft[i] == stored[i]) && !violations.Has(item)) {
      violations.Add(item, kHistoryRewritten, "differs from the stored entry");
    }
  }
}

}  // namespace

UnitId AllianceOf(const Unit& unit) { return unit.parent.value_or(unit.id); }

bool IsMergedBy(const Unit& unit, absl::CivilDay day) {
  return unit.successor.has_value() && unit.successor->date <= day;
}

absl::StatusOr<Unit> MakeUnit(Unit draft, const Unit* parent, Violations violations) {
  CheckTitles(draft.titles, violations);
  CheckCodes(draft, violations);
  switch (draft.kind) {
    case UnitKind::kUnspecified:
      violations.Add("unit.kind", common::kRequiredFieldMissing, "say what kind of unit it is");
      break;
    case UnitKind::kAlliance:
      CheckAlliance(draft, violations);
      break;
    case UnitKind::kCooperative:
      CheckCooperative(draft, violations);
      break;
  }
  RETURN_IF_ERROR(violations.ToStatus());
  if (draft.parent.has_value() && (parent == nullptr || parent->kind != UnitKind::kAlliance)) {
    constexpr std::string_view kWhy = "the parent does not exist or is no alliance";
    return common::Error(absl::StatusCode::kFailedPrecondition, kUnitUnknown, kWhy)
        .With("name", draft.parent->ToName())
        .Field("unit.parent", kWhy);
  }
  if (draft.parent.has_value() && IsMergedBy(*parent, *draft.founding_date)) {
    return UnitsMerged({{.field = "unit.parent", .unit = *parent}});
  }
  return draft;
}

absl::StatusOr<Unit> UpdateUnit(const Unit& stored, Unit draft, Violations violations) {
  Unit next = stored;
  next.titles = std::move(draft.titles);
  next.province_codes = std::move(draft.province_codes);
  CheckTitles(next.titles, violations);
  CheckCodes(next, violations);
  CheckContinues(stored.titles, next.titles, "unit.titles", violations);
  CheckContinues(stored.province_codes, next.province_codes, "unit.province_codes", violations);
  RETURN_IF_ERROR(violations.ToStatus());
  return next;
}

}  // namespace reporting
