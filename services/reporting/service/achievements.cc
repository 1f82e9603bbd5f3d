#include "services/reporting/service/achievements.h"

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

// Reads what units reached. Keeps what it has read of the unit of the last target: most pacts have
// the targets of a unit together.
class AchievementReader {
 public:
  AchievementReader(StoreView& view, const ClusterYear& year, const Forms& forms, ValueKind kind)
      : view_(view), year_(year), forms_(forms), value_kind_(kind) {}

  absl::StatusOr<Achievement> Read(const Target& target) {
    if (unit_.id != target.unit) {
      ASSIGN_OR_RETURN(auto unit, view_.Get<Unit>(target.unit));
      unit_ = std::move(unit.value);
      submissions_.clear();
    }
    const Evidence evidence = EvidenceFor(target, unit_, value_kind_, year_, forms_);
    for (const SubmissionId& id : evidence.reports) {
      ASSIGN_OR_RETURN(const Submission* submission, Find(id));
      if (submission != nullptr && IsReported(*submission)) {
        return Achieve(target, evidence.without, submission);
      }
    }
    return Achieve(target, evidence.without, nullptr);
  }

  // Submissions that were looked up.
  int lookups() const { return lookups_; }

 private:
  // Null if there is none. Valid until the next unit.
  absl::StatusOr<const Submission*> Find(const SubmissionId& id) {
    const std::string name = id.ToName();
    auto known = submissions_.find(name);
    if (known == submissions_.end()) {
      ++lookups_;
      ASSIGN_OR_RETURN(auto found, FindReferenced<Submission>(view_, id));
      known = submissions_.emplace(name, std::move(found)).first;
    }
    return PointerTo(known->second);
  }

  StoreView& view_;
  const ClusterYear& year_;
  const Forms& forms_;
  const ValueKind value_kind_;
  Unit unit_;
  // Of the unit, by name, as far as they exist.
  std::map<std::string, std::optional<Submission>> submissions_;
  int lookups_ = 0;
};

absl::StatusOr<Versioned<Pact>> GetPact(StoreView& view, const ClusterYearId& year,
                                        int64_t version) {
  return version == 0 ? view.Get<Pact>(year) : view.GetVersion<Pact>(year, version);
}

bool IsWanted(const Target& target, const AchievementQuery& query, int year) {
  return (query.unit.empty() || query.unit == target.unit) &&
         (query.indicator.empty() || query.indicator == target.indicator) &&
         (query.period.empty() || query.period == PeriodOf(target, year));
}

}  // namespace

std::string ToText(const AchievementPlace& place) {
  return absl::StrCat(place.pact_version, " ", place.target);
}

absl::StatusOr<AchievementPlace> ParseAchievementPlace(const std::string& text) {
  AchievementPlace place;
  if (text.empty()) return place;
  const size_t space = text.find(' ');
  if (space == std::string::npos || !absl::SimpleAtoi(text.substr(0, space), &place.pact_version) ||
      !absl::SimpleAtoi(text.substr(space + 1), &place.target)) {
    return common::InvalidField("page_token", common::kInvalidPageToken,
                                "was not made by this call");
  }
  return place;
}

absl::StatusOr<AchievementPage> ReadAchievements(StoreView& view, const ClusterYearId& year,
                                                 const AchievementQuery& query) {
  ASSIGN_OR_RETURN(const auto pact, GetPact(view, year, query.start.pact_version));
  ASSIGN_OR_RETURN(const auto cluster_year, view.Get<ClusterYear>(year));
  ASSIGN_OR_RETURN(const Forms forms, FindForms(view, cluster_year.value));
  const bool is_scored = query.value_kind == ValueKind::kUnspecified;
  AchievementReader reader(view, cluster_year.value, forms,
                           is_scored ? cluster_year.value.scored_value_kind : query.value_kind);
  AchievementPage page;
  const std::vector<Target>& targets = pact.value.targets;
  for (size_t i = query.start.target; i < targets.size(); ++i) {
    if (!IsWanted(targets[i], query, year.year)) continue;
    if (std::cmp_equal(page.achievements.size(), query.page_size) ||
        reader.lookups() >= kLookupsMax) {
      page.next = {.pact_version = pact.version, .target = i};
      break;
    }
    ASSIGN_OR_RETURN(Achievement achievement, reader.Read(targets[i]));
    page.achievements.push_back(std::move(achievement));
  }
  return page;
}

}  // namespace reporting
