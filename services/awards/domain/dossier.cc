#include "services/awards/domain/dossier.h"

#include <algorithm>
#include <set>

#include "absl/status/statusor.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/text/text.h"
#include "services/awards/domain/reasons.h"
#include "services/awards/domain/refusal.h"
#include "services/awards/domain/round.h"

namespace awards {
namespace {

constexpr size_t kMaxItems = 50;

// A stored day that cannot be read is long past.
absl::CivilDay Day(std::string_view date) { return ParseDate(date).value_or(absl::CivilDay()); }

}  // namespace

Violations ValidateDossier(const Dossier& dossier, absl::CivilDay today, Violations violations) {
  if (dossier.items.empty()) {
    violations.Add("items", common::kRequiredFieldMissing, "at least one document is required");
  } else if (dossier.items.size() > kMaxItems) {
    violations.Add("items", common::kInvalidField, "a dossier has at most 50 documents");
  }
  const absl::StatusOr<absl::CivilDay> due = ParseDate(dossier.due);
  RequireDate(violations, "due", dossier.due);
  if (due.ok() && *due < today) {
    violations.Add("due", common::kInvalidField, "the last day has passed");
  }
  std::set<std::string> ids;
  for (size_t i = 0; i < dossier.items.size(); ++i) {
    const DossierItem& item = dossier.items[i];
    const std::string path = Item("items", i);
    RequireText(violations, Join(path, "id"), item.id);
    if (!common::IsResourceId(item.id)) {
      violations.Add(Join(path, "id"), common::kInvalidName, "an id is formed like a unit id");
    } else if (!ids.insert(item.id).second) {
      violations.Add(Join(path, "id"), common::kInvalidField, "the id is taken by another one");
    }
    RequireText(violations, Join(path, "title.vi"), item.title.vi);
    if (item.due.empty()) continue;
    RequireDate(violations, Join(path, "due"), item.due);
    if (Day(item.due) < today || (due.ok() && Day(item.due) > *due)) {
      violations.Add(Join(path, "due"), common::kInvalidField,
                     "a day from today to the last day of the dossier");
    }
  }
  return violations;
}

absl::CivilDay DueOf(const Dossier& dossier, const DossierItem& item) {
  return Day(item.due.empty() ? dossier.due : item.due);
}

absl::Status CheckInTime(const Dossier& dossier, const DossierItem& item, std::string_view name,
                         absl::CivilDay today) {
  const absl::CivilDay due = DueOf(dossier, item);
  if (today <= due) return absl::OkStatus();
  return common::Error(absl::StatusCode::kFailedPrecondition, kDossierLate,
                       "the last day for the document has passed")
      .With("name", name)
      .With("item", item.id)
      .With("due", absl::FormatCivilTime(due));
}

absl::Status CheckExpired(const Dossier& dossier, std::string_view name, absl::CivilDay today) {
  if (Day(dossier.due) < today) return absl::OkStatus();
  return common::Error(absl::StatusCode::kFailedPrecondition, kDossierNotLate,
                       "the last day of the dossier has not passed")
      .With("name", name)
      .With("due", dossier.due);
}

bool IsComplete(const Dossier& dossier) {
  return std::ranges::all_of(
      dossier.items, [](const DossierItem& item) { return item.optional || item.is_there; });
}

}  // namespace awards
