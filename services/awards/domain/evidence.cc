#include "services/awards/domain/evidence.h"

#include <algorithm>

#include "common/status/reasons.h"
#include "services/awards/domain/reasons.h"
#include "services/awards/domain/refusal.h"

namespace awards {
namespace {

constexpr int64_t kMaxBytes = 50LL * 1024 * 1024;
constexpr size_t kMaxPieces = 20;

bool IsHash(std::string_view text) {
  return text.size() == 64 && std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

}  // namespace

void CheckEvidence(Violations& violations, std::string_view path, const Evidence& evidence) {
  RequireText(violations, Join(path, "title"), evidence.title);
  RequireText(violations, Join(path, "reference"), evidence.reference);
  RequireText(violations, Join(path, "content_hash"), evidence.content_hash);
  if (!IsHash(evidence.content_hash)) {
    violations.Add(Join(path, "content_hash"), common::kInvalidField,
                   "a SHA-256 is 64 lower-case hex digits");
  }
  if (evidence.size_bytes < 1) {
    violations.Add(Join(path, "size_bytes"), common::kRequiredFieldMissing,
                   "say how many bytes the document has");
  } else if (evidence.size_bytes > kMaxBytes) {
    violations.Add(Join(path, "size_bytes"), kEvidenceOverLimit, "a document has at most 50 MiB");
  }
}

void CheckAllEvidence(Violations& violations, std::string_view path,
                      std::span<const Evidence> evidence) {
  if (evidence.size() > kMaxPieces) {
    violations.Add(path, kEvidenceOverLimit, "at most 20 pieces of evidence");
    return;
  }
  for (size_t i = 0; i < evidence.size(); ++i)
    CheckEvidence(violations, Item(path, i), evidence[i]);
}

}  // namespace awards
