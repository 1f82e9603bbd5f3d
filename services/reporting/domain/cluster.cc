#include "services/reporting/domain/cluster.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/reporting/domain/check_cluster_year.h"
#include "services/reporting/domain/reasons.h"
#include "services/reporting/domain/refusal.h"

namespace reporting {
namespace {

void CheckMembers(const ClusterYear& year, const Units& units, std::string_view root,
                  Violations& violations) {
  const std::string path = Join(root, "members");
  if (year.members.empty()) {
    violations.Add(path, common::kRequiredFieldMissing, "give at least one member");
  }
  if (year.members.size() > kMembersMax) {
    violations.Add(path, common::kInvalidField,
                   absl::StrCat("must be at most ", kMembersMax, " members"));
  }
  std::set<UnitId> seen;
  for (size_t i = 0; i < year.members.size(); ++i) {
    const UnitId& member = year.members[i];
    if (member.empty()) continue;
    if (!seen.insert(member).second) {
      violations.Add(Item(path, i), common::kInvalidField, "stands twice");
    }
    const auto unit = units.find(member);
    if (unit != units.end() && unit->second.kind != UnitKind::kAlliance) {
      violations.Add(Item(path, i), common::kInvalidField, "is no alliance");
    }
  }
}

void CheckHeads(const ClusterYear& year, std::string_view root, Violations& violations) {
  if (!IsMember(year, year.head)) {
    violations.Add(Join(root, "head"), kUnitNotAMember, "must be one of the members");
  }
  const std::string path = Join(root, "vice_heads");
  std::set<UnitId> seen;
  for (size_t i = 0; i < year.vice_heads.size(); ++i) {
    const UnitId& vice_head = year.vice_heads[i];
    const std::string item = Item(path, i);
    if (vice_head.empty()) continue;
    if (!IsMember(year, vice_head)) {
      violations.Add(item, kUnitNotAMember, "must be one of the members");
    } else if (vice_head == year.head) {
      violations.Add(item, common::kInvalidField, "must not be the head");
    } else if (!seen.insert(vice_head).second) {
      violations.Add(item, common::kInvalidField, "stands twice");
    }
  }
}

void CheckDuePeriod(const DueReport& due, int year, const Forms& forms, std::string_view item,
                    Violations& violations) {
  const std::string path = Join(item, "period");
  if (violations.Has(path)) return;
  // A year that is malformed has been reported, and no period fits it.
  if (due.period.year() != year && !violations.Has("cluster_year_id")) {
    violations.Add(path, kPeriodInvalid, absl::StrCat("must be a period of the year ", year));
  }
  const auto form = forms.find(due.form);
  if (form != forms.end() && form->second.period_level != due.period.level()) {
    violations.Add(path, kPeriodInvalid,
                   absl::StrCat("must be a ", common::sv(ToWord(form->second.period_level)),
                                ", as the form is for"));
  }
}

void CheckDueReport(const DueReport& due, int year, const Forms& forms, std::string_view item,
                    Violations& violations) {
  CheckDuePeriod(due, year, forms, item, violations);
  if (due.value_kind == ValueKind::kUnspecified) {
    violations.Add(Join(item, "value_kind"), common::kRequiredFieldMissing,
                   "say whether an estimate or the final figures are due");
  }
  CheckDayOrder(item, {"opens", due.opens}, {"due", due.due}, violations);
  CheckDayOrder(item, {"due", due.due}, {"grace_end", due.grace_end}, violations);
  CheckDayOrder(item, {"grace_end", due.grace_end}, {"closes", due.closes}, violations);
}

void CheckCalendar(const ClusterYear& year, const Forms& forms, std::string_view root,
                   Violations& violations) {
  const std::string path = Join(root, "calendar");
  std::set<std::tuple<FormId, Period, ValueKind>> seen;
  for (size_t i = 0; i < year.calendar.size(); ++i) {
    const DueReport& due = year.calendar[i];
    const std::string item = Item(path, i);
    CheckDueReport(due, year.id.year, forms, item, violations);
    if (violations.Has(item)) continue;
    if (!seen.emplace(due.form, due.period, due.value_kind).second) {
      violations.Add(item, common::kInvalidField, "this form, period and value kind stands twice");
    }
  }
}

// On the first day of the year every member is still a unit of its own.
absl::Status CheckAlive(const ClusterYear& year, const Units& units, std::string_view root) {
  const absl::CivilDay first_day(year.id.year, 1, 1);
  std::vector<MergedReference> merged;
  for (size_t i = 0; i < year.members.size(); ++i) {
    const Unit& member = units.at(year.members[i]);
    if (!IsMergedBy(member, first_day)) continue;
    merged.push_back({.field = Item(Join(root, "members"), i), .unit = member});
  }
  return merged.empty() ? absl::OkStatus() : UnitsMerged(merged);
}

absl::Status CheckReferences(const ClusterYear& year, const ClusterReferences& references,
                             std::string_view root) {
  std::vector<UnknownReference> units;
  for (size_t i = 0; i < year.members.size(); ++i) {
    if (references.units.contains(year.members[i])) continue;
    units.push_back({.field = Item(Join(root, "members"), i), .name = year.members[i].ToName()});
  }
  if (!units.empty()) return UnknownReferences(kUnitUnknown, "unit", units);
  std::vector<UnknownReference> forms;
  for (size_t i = 0; i < year.calendar.size(); ++i) {
    const FormId& form = year.calendar[i].form;
    if (references.forms.contains(form)) continue;
    forms.push_back(
        {.field = Join(Item(Join(root, "calendar"), i), "form"), .name = form.ToName()});
  }
  if (!forms.empty()) return UnknownReferences(kFormUnknown, "form", forms);
  return CheckAlive(year, references.units, root);
}

}  // namespace

bool IsMember(const ClusterYear& year, const UnitId& unit) {
  return std::find(year.members.begin(), year.members.end(), unit) != year.members.end();
}

const DueReport* FindDueReport(const ClusterYear& year, const FormId& form, const Period& period,
                               ValueKind value_kind) {
  const auto it = std::find_if(year.calendar.begin(), year.calendar.end(), [&](const auto& due) {
    return due.form == form && due.period == period && due.value_kind == value_kind;
  });
  return it == year.calendar.end() ? nullptr : &*it;
}

DueReport DueFor(const UnitId& unit, const DueReport& due, const ClusterYear& year) {
  return Extended(due, year.extensions, unit);
}

absl::StatusOr<Cluster> MakeCluster(Cluster draft, Violations violations) {
  CheckLocalizedText(draft.title, "cluster.title", violations);
  RETURN_IF_ERROR(violations.ToStatus());
  return draft;
}

absl::Status CheckClusterYear(const ClusterYear& year, const ClusterReferences& references,
                              std::string_view root, Violations violations) {
  CheckMembers(year, references.units, root, violations);
  CheckHeads(year, root, violations);
  CheckCalendar(year, references.forms, root, violations);
  if (year.scored_value_kind == ValueKind::kUnspecified) {
    violations.Add(Join(root, "scored_value_kind"), common::kRequiredFieldMissing,
                   "say which figures are scored");
  }
  if (year.receipt_basis == ReceiptBasis::kUnspecified) {
    violations.Add(Join(root, "receipt_basis"), common::kRequiredFieldMissing,
                   "say by which clock reports are early or late");
  }
  RETURN_IF_ERROR(violations.ToStatus());
  return CheckReferences(year, references, root);
}

absl::StatusOr<ClusterYear> MakeClusterYear(ClusterYear draft, const ClusterReferences& references,
                                            Violations violations) {
  RETURN_IF_ERROR(CheckClusterYear(draft, references, "cluster_year", std::move(violations)));
  draft.state = ClusterState::kPlanned;
  draft.handover.reset();
  draft.extensions.clear();
  draft.reopenings.clear();
  return draft;
}

}  // namespace reporting
