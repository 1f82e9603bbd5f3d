#include "services/awards/domain/violations.h"

#include "absl/strings/str_cat.h"
#include "common/text/text.h"

namespace awards {

void Violations::Add(std::string_view path, std::string_view reason, std::string_view description) {
  if (!paths_.emplace(path).second) return;
  list_.push_back({.field = std::string(path),
                   .description = std::string(description),
                   .reason = std::string(reason)});
}

void Violations::AddError(std::string_view path, const absl::Status& error) {
  const common::ErrorDetail detail = common::DetailOf(error);
  if (detail.violations.empty()) {
    Add(path, detail.reason, common::sv(error.message()));
  }
  for (const common::FieldViolation& violation : detail.violations) {
    Add(violation.field.empty() ? std::string(path) : Join(path, violation.field),
        violation.reason.empty() ? detail.reason : violation.reason, violation.description);
  }
}

bool Violations::Has(std::string_view path) const { return paths_.contains(path); }

absl::Status Violations::ToStatus() const {
  return list_.empty() ? absl::OkStatus() : common::InvalidFields(list_);
}

absl::Status Violations::ToStatus(std::string_view reason) const {
  if (list_.empty()) return absl::OkStatus();
  const absl::Status fields = common::InvalidFields(list_);
  return common::Error(absl::StatusCode::kInvalidArgument, reason, common::sv(fields.message()))
      .Fields(list_);
}

std::string Join(std::string_view root, std::string_view field) {
  const bool is_item = !field.empty() && field.front() == '[';
  return absl::StrCat(common::sv(root), is_item || root.empty() ? "" : ".", common::sv(field));
}

std::string Item(std::string_view list, size_t index) {
  return absl::StrCat(common::sv(list), "[", index, "]");
}

bool IsNameIn(std::string_view collection, std::string_view name) {
  return name.size() > collection.size() && name.starts_with(collection) &&
         name[collection.size()] == '/' && common::IsResourceId(name.substr(collection.size() + 1));
}

bool IsIndicatorName(std::string_view name) {
  static constexpr std::string_view kCollection = "indicators/";
  return name.starts_with(kCollection) && common::IsCode(name.substr(kCollection.size()));
}

}  // namespace awards
