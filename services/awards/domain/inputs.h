// What scoring takes: all that is known of one unit in one category of a round.
#ifndef THIDUA_SERVICES_AWARDS_DOMAIN_INPUTS_H_
#define THIDUA_SERVICES_AWARDS_DOMAIN_INPUTS_H_

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "common/decimal/decimal.h"

namespace awards {

// One revision of one resource.
struct Source {
  // Such as `units/bac-ninh/submissions/alliance-annual.2020.estimate`; empty if there is none.
  std::string resource{};
  int revision = 0;

  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 takes the default for a literal 0.
  auto operator<=>(const Source&) const = default;
};

// A figure that was reported. One that was not is absent from the map.
struct Figure {
  // Empty: said not to apply.
  std::optional<common::Decimal> number{};
  Source source{};
};

struct Target {
  common::Decimal number{};
  // The pact.
  Source source{};
};

// Points given by an appraiser.
struct AppraisedPoints {
  // Empty: said not to apply.
  std::optional<common::Decimal> points{};
  Source source{};
};

// An event recorded for a criterion.
struct RecordedEvent {
  // How often it happened, at least 1.
  int64_t count = 0;
  Source source{};

  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 takes the default for a literal 0.
  auto operator<=>(const RecordedEvent&) const = default;
};

// Reports of the unit that the calendar of the cluster year asks for:
// required = on_time + in_grace + late + missing.
struct ReportCounts {
  int64_t required = 0;
  int64_t on_time = 0;
  int64_t in_grace = 0;
  int64_t late = 0;
  int64_t missing = 0;
};

// One version of one resource that a sheet was made from.
struct Pin {
  std::string resource{};
  int revision = 0;
  // SHA-256 in hex of the content that counts.
  std::string content_hash{};

  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 takes the default for a literal 0.
  auto operator<=>(const Pin&) const = default;
};

struct UnitInputs {
  // `units/{unit}`.
  std::string unit{};
  // By `indicators/{code}`.
  std::map<std::string, Figure> figures{};
  // By `indicators/{code}`.
  std::map<std::string, Target> targets{};
  // Figures of the same form and period a year before; only if the rubric looks at them
  // (UsesLastYear).
  std::map<std::string, Figure> last_year{};
  ReportCounts reports{};
  // Restatements of the unit's submissions in the cluster year.
  int64_t restatements = 0;
  // By criterion id.
  std::map<std::string, AppraisedPoints> appraisals{};
  // By criterion id; the order of the events does not matter.
  std::map<std::string, std::vector<RecordedEvent>> events{};
  // `YYYY-MM-DD`; empty if not known. Gates read it, scoring does not.
  std::string founding_date{};
  // Gates read it, scoring does not.
  bool pact_signed = false;
  // All that the above was read from; order and repeats do not matter.
  std::vector<Pin> pins{};
};

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_DOMAIN_INPUTS_H_
