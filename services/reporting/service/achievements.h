// What units reached of the targets of a pact, page by page.
#ifndef THIDUA_SERVICES_REPORTING_SERVICE_ACHIEVEMENTS_H_
#define THIDUA_SERVICES_REPORTING_SERVICE_ACHIEVEMENTS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/reporting/domain/achievement.h"
#include "services/reporting/store/reporting_store.h"

namespace reporting {

// A place in the list: before a target of a version of the pact.
struct AchievementPlace {
  // 0: the newest.
  int64_t pact_version = 0;
  // From 0.
  size_t target = 0;
};

// As page tokens hold it.
std::string ToText(const AchievementPlace& place);

// The inverse of ToText; the beginning for an empty text.
// INVALID_ARGUMENT, reason INVALID_PAGE_TOKEN, field `page_token`.
absl::StatusOr<AchievementPlace> ParseAchievementPlace(const std::string& text);

// What a list has; empty parts restrict nothing.
struct AchievementQuery {
  UnitId unit{};
  IndicatorId indicator{};
  Period period{};
  // Unspecified: the kind that the cluster year scores.
  ValueKind value_kind = ValueKind::kUnspecified;
  AchievementPlace start{};
  // At most this many; positive.
  int page_size = 0;
};

struct AchievementPage {
  std::vector<Achievement> achievements{};
  // Where to go on; nothing at the end.
  std::optional<AchievementPlace> next{};
};

// What was reached of the targets of the pact of `year` that `query` asks for, in the order of the
// pact. A page ends early once it has looked at as many submissions as one call should.
// NOT_FOUND, RESOURCE_NOT_FOUND: the cluster year has no pact.
absl::StatusOr<AchievementPage> ReadAchievements(StoreView& view, const ClusterYearId& year,
                                                 const AchievementQuery& query);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_SERVICE_ACHIEVEMENTS_H_
