#include "services/reporting/service/due_reports.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/reporting/service/listing.h"
#include "services/reporting/service/references.h"

namespace reporting {
namespace {

// Cooperatives are read so many at a time.
constexpr int kCooperativesAtOnce = 200;

// Reads one page.
class PageReader {
 public:
  PageReader(StoreView& view, const ClusterYear& year, const DueReportQuery& query)
      : view_(view), year_(year), query_(query), place_(query.start), members_(year.members) {
    std::sort(members_.begin(), members_.end());
  }

  absl::StatusOr<DueReportPage> Read() {
    for (; place_.entry < year_.calendar.size(); place_ = {.entry = place_.entry + 1}) {
      const DueReport& due = year_.calendar[place_.entry];
      if (!IsWanted(due)) continue;
      ASSIGN_OR_RETURN(const bool is_read, ReadEntry(due));
      if (!is_read) {
        page_.next = std::move(place_);
        break;
      }
    }
    return std::move(page_);
  }

 private:
  bool IsWanted(const DueReport& due) const {
    const DueReportFilter& filter = query_.filter;
    return (filter.form.empty() || filter.form == due.form) &&
           (filter.period.empty() || filter.period == due.period) &&
           (filter.value_kind == ValueKind::kUnspecified || filter.value_kind == due.value_kind);
  }

  bool IsFull() const {
    return std::cmp_equal(page_.reports.size(), query_.page_size) || scanned_ >= kPageScanned ||
           lookups_ >= kLookupsMax;
  }

  // False if the page is full before the last unit.
  absl::StatusOr<bool> ReadEntry(const DueReport& due) {
    ASSIGN_OR_RETURN(const auto form, view_.Get<Form>(due.form));
    alliances_.clear();
    for (;;) {
      ASSIGN_OR_RETURN(const std::vector<Unit> units, NextUnits(form.value.unit_kind));
      if (units.empty()) return true;
      for (const Unit& unit : units) {
        if (IsFull()) return false;
        RETURN_IF_ERROR(ReadUnit(unit, due, form.value));
        place_.after_unit = unit.id.ToName();
      }
    }
  }

  // Some of the units of `kind` that come next, at least all members or the one asked for; none at
  // the end.
  absl::StatusOr<std::vector<Unit>> NextUnits(UnitKind kind) {
    const UnitId& only = query_.filter.unit;
    std::vector<Unit> units;
    if (only.empty() && kind == UnitKind::kCooperative) {
      ASSIGN_OR_RETURN(auto stored, view_.List<Unit>({.where = UnitsOfKind(kind),
                                                      .after_name = place_.after_unit,
                                                      .limit = kCooperativesAtOnce}));
      for (auto& unit : stored) units.push_back(std::move(unit.value));
      return units;
    }
    const std::vector<UnitId> one = {only};
    for (const UnitId& id : only.empty() ? members_ : one) {
      if (id.ToName() <= place_.after_unit) continue;
      ASSIGN_OR_RETURN(auto unit, FindReferenced<Unit>(view_, id));
      if (unit.has_value()) units.push_back(*std::move(unit));
    }
    return units;
  }

  absl::Status ReadUnit(const Unit& unit, const DueReport& due, const Form& form) {
    ++scanned_;
    ASSIGN_OR_RETURN(const UnitId alliance, FindAlliance(unit, due.period.first_day()));
    if (!Owes({.unit = unit, .alliance = alliance}, due, form, year_)) return absl::OkStatus();
    ++lookups_;
    ASSIGN_OR_RETURN(const auto submission, FindReferenced<Submission>(view_, IdOf(due, unit.id)));
    ReportStatus status = StatusOf(unit.id, due, year_, PointerTo(submission), query_.now);
    const std::set<ReportState>& states = query_.filter.states;
    if (states.empty() || states.contains(status.state)) {
      page_.reports.push_back(std::move(status));
    }
    return absl::OkStatus();
  }

  // FindAllianceAt for `day`, the first of the period of the entry.
  absl::StatusOr<UnitId> FindAlliance(const Unit& unit, absl::CivilDay day) {
    const UnitId key = AllianceOf(unit);
    if (const auto known = alliances_.find(key); known != alliances_.end()) return known->second;
    ASSIGN_OR_RETURN(const UnitId alliance, FindAllianceAt(view_, unit, day));
    return alliances_.emplace(key, alliance).first->second;
  }

  StoreView& view_;
  const ClusterYear& year_;
  const DueReportQuery& query_;
  DueReportPlace place_;
  // By name.
  std::vector<UnitId> members_;
  // Who stands for alliances when the period of the entry begins.
  std::map<UnitId, UnitId> alliances_;
  DueReportPage page_;
  int scanned_ = 0;
  int lookups_ = 0;
};

}  // namespace

std::string ToText(const DueReportPlace& place) {
  return absl::StrCat(place.entry, " ", place.after_unit);
}

absl::StatusOr<DueReportPlace> ParseDueReportPlace(const std::string& text) {
  DueReportPlace place;
  if (text.empty()) return place;
  const size_t space = text.find(' ');
  if (space == std::string::npos || !absl::SimpleAtoi(text.substr(0, space), &place.entry)) {
    return common::InvalidField("page_token", common::kInvalidPageToken,
                                "was not made by this call");
  }
  place.after_unit = text.substr(space + 1);
  return place;
}

absl::StatusOr<DueReportPage> ReadDueReports(StoreView& view, const ClusterYear& year,
                                             const DueReportQuery& query) {
  return PageReader(view, year, query).Read();
}

}  // namespace reporting
