// What document is wanted, and what stands around it. Mirrors
// proto/thidua/awards/v1/document_service.proto, which is its specification.
#ifndef THIDUA_SERVICES_AWARDS_DOCUMENTS_ORDER_H_
#define THIDUA_SERVICES_AWARDS_DOCUMENTS_ORDER_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"

namespace awards::documents {

enum class Kind { kUnspecified, kScoreTable, kMinutes, kNominationList, kSubmissionLetter };

enum class Format { kUnspecified, kHtml, kCsv, kXlsx };

enum class Language { kUnspecified, kVietnamese, kEnglish };

struct Signatory {
  std::string office{};
  std::string person{};
};

struct Letterhead {
  std::string superior{};
  std::string issuer{};
  // Without a slash, the symbol of the kind is added.
  std::string number{};
  std::string place{};
  std::optional<absl::CivilDay> date{};
  std::string addressee{};
  std::vector<std::string> recipients{};
  std::vector<Signatory> signatories{};
};

struct Meeting {
  std::string place{};
  // `HH:MM`; empty if not given.
  std::string start_time{};
  std::string end_time{};
  std::optional<absl::CivilDay> date{};
  std::string chair{};
  std::string secretary{};
  std::vector<std::string> attendees{};
  std::vector<std::string> conclusions{};
};

// Kind, format and language must not be kUnspecified when a document is rendered.
struct Order {
  Kind kind = Kind::kUnspecified;
  Format format = Format::kUnspecified;
  Language language = Language::kUnspecified;
  // Empty for all.
  std::string category{};
  bool with_workings = false;
  Letterhead letterhead{};
  Meeting meeting{};
};

}  // namespace awards::documents

#endif  // THIDUA_SERVICES_AWARDS_DOCUMENTS_ORDER_H_
