// Documents that prove something: what is kept of them, and how much of it.
#ifndef THIDUA_SERVICES_AWARDS_DOMAIN_EVIDENCE_H_
#define THIDUA_SERVICES_AWARDS_DOMAIN_EVIDENCE_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "services/awards/domain/violations.h"

namespace awards {

struct Evidence {
  std::string title{};
  std::string reference{};
  // SHA-256, 64 lower-case hex digits.
  std::string content_hash{};
  // 1 to 50 MiB.
  int64_t size_bytes = 0;

  bool operator==(const Evidence&) const = default;
};

// Adds what is wrong with one document at `path`: REQUIRED_FIELD_MISSING, INVALID_FIELD,
// EVIDENCE_OVER_LIMIT.
void CheckEvidence(Violations& violations, std::string_view path, const Evidence& evidence);

// The same for all of them; there may be 20.
void CheckAllEvidence(Violations& violations, std::string_view path,
                      std::span<const Evidence> evidence);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_DOMAIN_EVIDENCE_H_
