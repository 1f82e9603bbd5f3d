#include "services/reporting/domain/violations.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status/reasons.h"

namespace reporting {

using common::sv;

void Violations::Add(std::string_view path, std::string_view reason, std::string_view description) {
  if (!paths_.contains(path)) AddAnother(path, reason, description);
}

void Violations::AddAnother(std::string_view path, std::string_view reason,
                            std::string_view description) {
  paths_.insert(std::string(path));
  list_.push_back({.field = std::string(path),
                   .description = std::string(description),
                   .reason = std::string(reason)});
}

void Violations::AddError(std::string_view path, const absl::Status& status) {
  if (status.ok()) return;
  const common::ErrorDetail detail = common::DetailOf(common::UnderField(path, status));
  const std::string_view reason =
      detail.reason.empty() ? common::kInvalidField : std::string_view(detail.reason);
  if (detail.violations.empty()) Add(path, reason, sv(status.message()));
  for (const auto& violation : detail.violations) {
    Add(violation.field, violation.reason.empty() ? reason : std::string_view(violation.reason),
        violation.description);
  }
}

void Violations::Append(const Violations& other) {
  for (const auto& violation : other.list_) {
    Add(violation.field, violation.reason, violation.description);
  }
}

bool Violations::Has(std::string_view path) const {
  // Paths below "a[1]" begin with "a[1]." or "a[1][", never with "a[1]0".
  for (auto it = paths_.lower_bound(path); it != paths_.end(); ++it) {
    if (!absl::StartsWith(*it, sv(path))) return false;
    if (it->size() == path.size()) return true;
    const char next = (*it)[path.size()];
    if (next == '.' || next == '[') return true;
  }
  return false;
}

absl::Status Violations::ToStatus() const {
  return list_.empty() ? absl::OkStatus() : common::InvalidFields(list_);
}

std::string Join(std::string_view root, std::string_view field) {
  return root.empty() ? std::string(field) : absl::StrCat(sv(root), ".", sv(field));
}

std::string Item(std::string_view list, size_t index) {
  return absl::StrCat(sv(list), "[", index, "]");
}

std::string Quote(std::string_view text) {
  constexpr size_t kShown = 64;
  if (text.size() <= kShown) return absl::StrCat("\"", sv(text), "\"");
  size_t end = kShown;
  // Not in the middle of a character: its later bytes are 10xxxxxx.
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return absl::StrCat("\"", sv(text.substr(0, end)), "...\"");
}

}  // namespace reporting
