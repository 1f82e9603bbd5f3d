#include "services/reporting/domain/refusal.h"

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "services/reporting/domain/period.h"
#include "services/reporting/domain/reasons.h"

namespace reporting {

using common::sv;

absl::Status IllegalStateChange(std::string_view name, std::string_view state,
                                std::string_view what,
                                const std::vector<std::string_view>& allowed) {
  std::string list;
  for (const std::string_view one : allowed) {
    absl::StrAppend(&list, list.empty() ? "" : ",", sv(one));
  }
  return common::Error(absl::StatusCode::kFailedPrecondition, common::kIllegalStateChange,
                       absl::StrCat(sv(name), " is ", sv(state), "; ", sv(what), " ",
                                    list.empty() ? "no other state" : list))
      .With("name", name)
      .With("state", state)
      .With("allowed", list);
}

absl::Status UnknownReferences(std::string_view reason, std::string_view what,
                               const std::vector<UnknownReference>& unknown) {
  common::Error error(absl::StatusCode::kFailedPrecondition, reason,
                      absl::StrCat("the ", sv(what), " ", unknown.front().name, " does not exist"));
  error.With("name", unknown.front().name);
  for (const auto& reference : unknown) {
    error.Field(reference.field,
                absl::StrCat("the ", sv(what), " ", reference.name, " does not exist"));
  }
  return error;
}

absl::Status UnitsMerged(const std::vector<MergedReference>& merged) {
  const auto sentence = [](const Unit& unit) {
    return absl::StrCat(unit.id.ToName(), " was merged into ", unit.successor->unit.ToName(),
                        " on ", ToString(unit.successor->date));
  };
  const Unit& first = merged.front().unit;
  common::Error error(absl::StatusCode::kFailedPrecondition, kUnitMerged, sentence(first));
  error.With("name", first.id.ToName())
      .With("successor", first.successor->unit.ToName())
      .With("date", ToString(first.successor->date));
  for (const auto& reference : merged) {
    if (!reference.field.empty()) error.Field(reference.field, sentence(reference.unit));
  }
  return error;
}

}  // namespace reporting
