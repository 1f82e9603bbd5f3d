#include "services/awards/codec/names.h"

#include "absl/strings/str_cat.h"
#include "common/status/error.h"

namespace awards {

using common::sv;

std::string RubricName(std::string_view id) { return absl::StrCat("rubrics/", sv(id)); }

std::string RoundName(std::string_view id) { return absl::StrCat("rounds/", sv(id)); }

std::string HoldName(std::string_view id) { return absl::StrCat("holds/", sv(id)); }

std::string DecisionName(std::string_view id) { return absl::StrCat("decisions/", sv(id)); }

std::string_view LastPart(std::string_view name) {
  const size_t slash = name.rfind('/');
  return slash == std::string_view::npos ? name : name.substr(slash + 1);
}

std::string_view RoundOf(std::string_view name) {
  constexpr std::string_view kCollection = "rounds/";
  if (!name.starts_with(kCollection)) return {};
  return name.substr(0, name.find('/', kCollection.size()));
}

std::string AppraisalName(std::string_view round, std::string_view unit,
                          std::string_view criterion) {
  return absl::StrCat(sv(round), "/appraisals/", sv(LastPart(unit)), ".", sv(criterion));
}

std::string EventName(std::string_view round, std::string_view event) {
  return absl::StrCat(sv(round), "/events/", sv(event));
}

std::string ScoreSheetName(std::string_view round, std::string_view unit) {
  return absl::StrCat(sv(round), "/scoreSheets/", sv(LastPart(unit)));
}

std::string StandingsName(std::string_view round, std::string_view category) {
  return absl::StrCat(sv(round), "/standings/", sv(category));
}

std::string NominationName(std::string_view round, std::string_view award, std::string_view unit) {
  return absl::StrCat(sv(round), "/nominations/", sv(award), ".", sv(LastPart(unit)));
}

std::string ReviewName(std::string_view round, std::string_view unit) {
  return absl::StrCat(sv(round), "/reviews/", sv(LastPart(unit)));
}

std::string AssessmentName(std::string_view round, std::string_view unit,
                           std::string_view criterion, std::string_view role) {
  return absl::StrCat(sv(round), "/assessments/", sv(LastPart(unit)), ".", sv(criterion), ".",
                      sv(role));
}

std::string StatementName(std::string_view round, std::string_view unit,
                          std::string_view criterion) {
  return absl::StrCat(sv(round), "/statements/", sv(LastPart(unit)), ".", sv(criterion));
}

std::string BallotName(std::string_view round, std::string_view ballot) {
  return absl::StrCat(sv(round), "/ballots/", sv(ballot));
}

std::string ResultName(std::string_view round, int64_t number) {
  return absl::StrCat(sv(round), "/results/", number);
}

std::string RegisterEntryName(std::string_view nomination) {
  return absl::StrCat("registerEntries/", sv(LastPart(RoundOf(nomination))), ".",
                      sv(LastPart(nomination)));
}

std::string_view YearOf(std::string_view cluster_year) { return LastPart(cluster_year); }

}  // namespace awards
