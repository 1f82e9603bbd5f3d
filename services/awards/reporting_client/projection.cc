#include "services/awards/reporting_client/projection.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/awards/domain/reasons.h"
#include "services/awards/reporting_client/alliances.h"
#include "services/awards/reporting_client/lineage.h"
#include "services/awards/reporting_client/projection_writer.h"
#include "services/awards/reporting_client/submission_facts.h"
#include "thidua/reporting/v1/change_feed_service.pb.h"

namespace awards {
namespace {

namespace v1 = thidua::reporting::v1;
using common::storage::IndexKey;
using common::storage::Reader;
using common::storage::Record;

constexpr int kPage = 500;

absl::StatusOr<v1::Change> Decode(const Record& record) {
  v1::Change change;
  if (change.ParseFromString(record.payload)) return change;
  return common::Error(absl::StatusCode::kDataLoss, common::kDataCorrupt,
                       "a copied resource cannot be read")
      .With("kind", record.kind)
      .With("name", record.name);
}

// All present resources of `kind` with `key`, by name.
absl::StatusOr<std::vector<v1::Change>> LoadAll(Reader& reader, std::string_view kind,
                                                const IndexKey& key) {
  std::vector<v1::Change> all;
  std::string after;
  while (true) {
    ASSIGN_OR_RETURN(
        const std::vector<Record> page,
        reader.List(
            {.kind = std::string(kind), .where = key, .after_name = after, .limit = kPage}));
    for (const Record& record : page) {
      ASSIGN_OR_RETURN(v1::Change change, Decode(record));
      all.push_back(std::move(change));
    }
    if (page.size() < static_cast<size_t>(kPage)) return all;
    after = page.back().name;
  }
}

bool IsMember(const v1::ClusterYear& year, std::string_view unit) {
  return std::find(year.members().begin(), year.members().end(), unit) != year.members().end();
}

// Whether a unit of this kind and sector competes in a category with these entrants, membership
// aside.
bool IsKindFor(Entrants entrants, const v1::Unit& unit) {
  switch (entrants) {
    case Entrants::kMembers:
      return unit.kind() == v1::Unit::KIND_ALLIANCE;
    case Entrants::kAgriculturalCooperatives:
      return unit.kind() == v1::Unit::KIND_COOPERATIVE &&
             unit.sector() == v1::Unit::SECTOR_AGRICULTURE;
    case Entrants::kNonAgriculturalCooperatives:
      return unit.kind() == v1::Unit::KIND_COOPERATIVE &&
             unit.sector() == v1::Unit::SECTOR_NON_AGRICULTURE;
    case Entrants::kUnspecified:
      break;
  }
  return false;
}

LocalizedText TitleOn(const v1::Unit& unit, const std::string& day) {
  LocalizedText title;
  // Oldest first; days compare as texts, and an empty one is before all.
  for (const v1::DatedTitle& dated : unit.titles()) {
    if (dated.valid_from() > day) break;
    title = {.vi = dated.title().vi(), .en = dated.title().en()};
  }
  return title;
}

Pin PinOfUnit(const v1::Unit& unit) {
  return {.resource = unit.name(),
          .revision = 0,
          .content_hash =
              HashOf({v1::Unit::Kind_Name(unit.kind()), v1::Unit::Sector_Name(unit.sector()),
                      unit.parent(), unit.founding_date()})};
}

// Takes the targets for the year and the signature of the unit and pins them. Those for parts of
// the year are milestones: nothing is scored by them.
absl::Status TakePact(const std::string& name, const v1::Pact* pact, UnitInputs& inputs) {
  if (pact == nullptr) {
    inputs.pins.push_back({.resource = name, .revision = 0, .content_hash = ""});
    return absl::OkStatus();
  }
  for (const v1::Target& target : pact->targets()) {
    if (target.unit() != inputs.unit || !target.period().empty()) continue;
    absl::StatusOr<common::Decimal> number = common::Decimal::Parse(target.number());
    if (!number.ok()) {
      return common::Error(absl::StatusCode::kDataLoss, common::kDataCorrupt,
                           "a target cannot be read")
          .With("name", name);
    }
    inputs.targets.insert_or_assign(
        target.indicator(),
        Target{.number = *number, .source = {.resource = name, .revision = pact->revision()}});
  }
  inputs.pact_signed =
      std::any_of(pact->signatures().begin(), pact->signatures().end(),
                  [&](const v1::Signature& signature) { return signature.unit() == inputs.unit; });
  std::string counted = inputs.pact_signed ? "signed" : "unsigned";
  for (const auto& [indicator, target] : inputs.targets) {
    absl::StrAppend(&counted, "\n", indicator, "=", target.number.ToString());
  }
  inputs.pins.push_back(
      {.resource = name, .revision = pact->revision(), .content_hash = HashOf({counted})});
  return absl::OkStatus();
}

}  // namespace

// Reads resources of the copy, each once.
class ProjectionCache {
 public:
  explicit ProjectionCache(Reader& reader) : reader_(reader) {}

  // The resource, null if it is not there. Stays valid as long as the cache.
  absl::StatusOr<const v1::Change*> Get(std::string_view kind, const std::string& name) {
    const auto key = std::make_pair(std::string(kind), name);
    if (const auto known = read_.find(key); known != read_.end()) return known->second.get();
    std::unique_ptr<v1::Change> change;
    ASSIGN_OR_RETURN(const std::optional<Record> record, reader_.Get(kind, name));
    if (record.has_value() && !record->payload.empty()) {
      ASSIGN_OR_RETURN(v1::Change decoded, Decode(*record));
      change = std::make_unique<v1::Change>(std::move(decoded));
    }
    return read_.emplace(key, std::move(change)).first->second.get();
  }

  Reader& reader() { return reader_; }

 private:
  Reader& reader_;
  std::map<std::pair<std::string, std::string>, std::unique_ptr<v1::Change>> read_;
};

namespace {

// How the functions of alliances.h look up units; valid as long as `cache`.
FindUnit UnitsOf(ProjectionCache& cache) {
  return [&cache](const std::string& name) -> absl::StatusOr<const v1::Unit*> {
    ASSIGN_OR_RETURN(const v1::Change* change, cache.Get(kProjectedUnit, name));
    return change == nullptr ? nullptr : &change->unit();
  };
}

// What all entrants of a category have in common.
struct Terms {
  const v1::ClusterYear* year = nullptr;
  // Null if there is none yet.
  const v1::Pact* pact = nullptr;
  const Category* category = nullptr;
  // Of the calendar, those for this kind of unit.
  std::vector<const v1::DueReport*> reports{};
  Pin year_pin{};
  std::string day{};
  bool with_last_year = false;
};

Pin PinOfYear(const Terms& terms) {
  std::string counted = v1::ValueKind_Name(terms.year->scored_value_kind());
  std::vector<std::string> reports;
  for (const v1::DueReport* report : terms.reports) {
    reports.push_back(SubmissionName("", report->form(), report->period(), report->value_kind()));
  }
  std::sort(reports.begin(), reports.end());
  for (const std::string& report : reports) absl::StrAppend(&counted, "\n", report);
  return {.resource = terms.year->name(), .revision = 0, .content_hash = HashOf({counted})};
}

// What the unit handed in for the cluster year, by name.
using Submissions = std::map<std::string, v1::Submission>;

absl::StatusOr<Submissions> LoadSubmissions(Reader& reader, const std::string& unit,
                                            const std::string& cluster_year) {
  ASSIGN_OR_RETURN(
      std::vector<v1::Change> changes,
      LoadAll(reader, kProjectedSubmission,
              {.index = std::string(kIndexUnitYear), .value = UnitYear(unit, cluster_year)}));
  Submissions submissions;
  for (v1::Change& change : changes) {
    if (!IsHandedIn(change.submission())) continue;
    std::string name = change.submission().name();
    submissions.emplace(std::move(name), std::move(*change.mutable_submission()));
  }
  return submissions;
}

const v1::Submission* Lookup(const Submissions& submissions, const std::string& name) {
  const auto found = submissions.find(name);
  return found == submissions.end() ? nullptr : &found->second;
}

absl::Status TakeReports(const Terms& terms, const Submissions& submissions, UnitInputs& inputs) {
  const std::string scored = SubmissionName(
      inputs.unit, terms.category->form, terms.category->period, terms.year->scored_value_kind());
  for (const auto& [name, submission] : submissions) {
    inputs.restatements += submission.restatements_size();
    inputs.pins.push_back(PinOf(name, &submission));
  }
  for (const v1::DueReport* report : terms.reports) {
    const std::string name =
        SubmissionName(inputs.unit, report->form(), report->period(), report->value_kind());
    const v1::Submission* submission = Lookup(submissions, name);
    CountReport(submission, inputs.reports);
    if (submission == nullptr) inputs.pins.push_back(PinOf(name, nullptr));
  }
  const v1::Submission* submission = Lookup(submissions, scored);
  if (submission != nullptr) return TakeFigures(*submission, inputs);
  inputs.pins.push_back(PinOf(scored, nullptr));
  return absl::OkStatus();
}

// The same period a year before: `2019-Q4` of `2020-Q4`.
std::string YearBefore(const std::string& period) {
  constexpr size_t kYearDigits = 4;
  int year = 0;
  if (period.size() < kYearDigits || !absl::SimpleAtoi(period.substr(0, kYearDigits), &year)) {
    return period;
  }
  return absl::StrCat(year - 1, period.substr(kYearDigits));
}

// Takes the figures of the year before: the final ones if they are accepted, else those of the
// kind that is scored.
absl::Status TakeLastYear(ProjectionCache& cache, const Terms& terms, UnitInputs& inputs) {
  const std::string period = YearBefore(terms.category->period);
  std::vector<v1::ValueKind> kinds = {v1::VALUE_KIND_FINAL};
  if (terms.year->scored_value_kind() != v1::VALUE_KIND_FINAL) {
    kinds.push_back(terms.year->scored_value_kind());
  }
  UnitInputs past;
  for (const v1::ValueKind kind : kinds) {
    const std::string name = SubmissionName(inputs.unit, terms.category->form, period, kind);
    ASSIGN_OR_RETURN(const v1::Change* change, cache.Get(kProjectedSubmission, name));
    const bool is_there = change != nullptr && IsHandedIn(change->submission());
    const v1::Submission* submission = is_there ? &change->submission() : nullptr;
    inputs.pins.push_back(PinOf(name, submission));
    if (submission == nullptr) continue;
    RETURN_IF_ERROR(TakeFigures(*submission, past));
    if (!past.figures.empty()) break;
  }
  inputs.last_year = std::move(past.figures);
  return absl::OkStatus();
}

// A unit that competes, and the member that it belongs to.
struct Competitor {
  v1::Unit unit{};
  std::string member{};
};

// Who may compete for `member`, whatever the kind.
absl::StatusOr<std::vector<v1::Change>> LoadCandidates(ProjectionCache& cache, const Terms& terms,
                                                       const std::string& member) {
  std::vector<v1::Change> candidates;
  if (terms.category->entrants == Entrants::kMembers) {
    ASSIGN_OR_RETURN(const v1::Change* change, cache.Get(kProjectedUnit, member));
    if (change != nullptr) candidates.push_back(*change);
    return candidates;
  }
  ASSIGN_OR_RETURN(const std::set<std::string> parents,
                   FindParents(member, FirstDayOf(terms.category->period), UnitsOf(cache)));
  for (const std::string& parent : parents) {
    ASSIGN_OR_RETURN(std::vector<v1::Change> cooperatives,
                     LoadAll(cache.reader(), kProjectedUnit,
                             {.index = std::string(kIndexParent), .value = parent}));
    std::move(cooperatives.begin(), cooperatives.end(), std::back_inserter(candidates));
  }
  return candidates;
}

// The units that compete, by name.
absl::StatusOr<std::vector<Competitor>> LoadCompetitors(ProjectionCache& cache,
                                                        const Terms& terms) {
  std::vector<Competitor> competitors;
  for (const std::string& member : terms.year->members()) {
    ASSIGN_OR_RETURN(std::vector<v1::Change> candidates, LoadCandidates(cache, terms, member));
    for (v1::Change& candidate : candidates) {
      if (!IsKindFor(terms.category->entrants, candidate.unit())) continue;
      competitors.push_back({.unit = std::move(*candidate.mutable_unit()), .member = member});
    }
  }
  std::sort(competitors.begin(), competitors.end(),
            [](const Competitor& a, const Competitor& b) { return a.unit.name() < b.unit.name(); });
  return competitors;
}

absl::StatusOr<Entrant> MakeEntrant(ProjectionCache& cache, const Terms& terms,
                                    const Competitor& competitor) {
  const v1::Unit& unit = competitor.unit;
  Entrant entrant{.inputs = {.unit = unit.name(), .founding_date = unit.founding_date()},
                  .title = TitleOn(unit, terms.day),
                  .province_unit = competitor.member,
                  .dissolved_on = DissolutionOf(unit)};
  entrant.inputs.pins = {PinOfUnit(unit), terms.year_pin};
  ASSIGN_OR_RETURN(const Submissions submissions,
                   LoadSubmissions(cache.reader(), unit.name(), terms.year->name()));
  RETURN_IF_ERROR(TakeReports(terms, submissions, entrant.inputs));
  if (terms.with_last_year) RETURN_IF_ERROR(TakeLastYear(cache, terms, entrant.inputs));
  if (unit.kind() == v1::Unit::KIND_ALLIANCE) {
    RETURN_IF_ERROR(
        TakePact(absl::StrCat(terms.year->name(), "/pact"), terms.pact, entrant.inputs));
  }
  return entrant;
}

// Nothing if the feed has not told of the cluster year.
absl::StatusOr<std::optional<Terms>> MakeTerms(ProjectionCache& cache, const Round& round,
                                               const Category& category, absl::CivilDay day) {
  ASSIGN_OR_RETURN(const v1::Change* year, cache.Get(kProjectedClusterYear, round.cluster_year));
  if (year == nullptr) return std::nullopt;
  ASSIGN_OR_RETURN(const v1::Change* pact,
                   cache.Get(kProjectedPact, absl::StrCat(round.cluster_year, "/pact")));
  Terms terms{.year = &year->cluster_year(),
              .pact = pact == nullptr ? nullptr : &pact->pact(),
              .category = &category,
              .day = absl::FormatCivilTime(day)};
  const v1::Unit::Kind kind = category.entrants == Entrants::kMembers ? v1::Unit::KIND_ALLIANCE
                                                                      : v1::Unit::KIND_COOPERATIVE;
  for (const v1::DueReport& report : terms.year->calendar()) {
    ASSIGN_OR_RETURN(const v1::Change* form, cache.Get(kProjectedForm, report.form()));
    if (form != nullptr && form->form().unit_kind() == kind) terms.reports.push_back(&report);
  }
  terms.year_pin = PinOfYear(terms);
  return terms;
}

}  // namespace

Projection::Projection(Reader& reader) : cache_(std::make_unique<ProjectionCache>(reader)) {}

Projection::~Projection() = default;

absl::Status Projection::CheckConsistent() {
  ASSIGN_OR_RETURN(const FeedState state, ReadFeedState(cache_->reader()));
  if (!state.resyncing) return absl::OkStatus();
  return common::Error(absl::StatusCode::kUnavailable, kProjectionBehind,
                       "the figures of the reporting service are being read anew");
}

absl::StatusOr<std::optional<ClusterYearState>> Projection::FindClusterYear(std::string_view name) {
  ASSIGN_OR_RETURN(const v1::Change* change, cache_->Get(kProjectedClusterYear, std::string(name)));
  if (change == nullptr) return std::nullopt;
  const v1::ClusterYear& year = change->cluster_year();
  return ClusterYearState{
      .is_closed = year.state() >= v1::ClusterYear::STATE_SCORING,
      .roles = {.cluster_year = year.name(),
                .members = {year.members().begin(), year.members().end()},
                .head = year.head(),
                .vice_heads = {year.vice_heads().begin(), year.vice_heads().end()}}};
}

absl::StatusOr<std::vector<FlagYear>> Projection::ListFlagYears(std::string_view cluster) {
  const std::string prefix = absl::StrCat(common::sv(cluster), "/years/");
  std::vector<FlagYear> years;
  std::string after = prefix;
  while (true) {
    ASSIGN_OR_RETURN(const std::vector<Record> page,
                     cache_->reader().List({.kind = std::string(kProjectedClusterYear),
                                            .where = {},
                                            .after_name = after,
                                            .limit = kPage}));
    for (const Record& record : page) {
      if (!absl::StartsWith(record.name, prefix)) return years;
      // Gone, because the reporting service was restored or replaced.
      if (record.payload.empty()) continue;
      ASSIGN_OR_RETURN(const v1::Change change, Decode(record));
      const v1::ClusterYear& year = change.cluster_year();
      years.push_back({.cluster_year = year.name(),
                       .head = year.head(),
                       .passed_to = year.handover().to(),
                       .passed_date = year.handover().date()});
    }
    if (page.size() < static_cast<size_t>(kPage)) return years;
    after = page.back().name;
  }
}

absl::StatusOr<Lineage> Projection::ReadLineage(const std::string& unit) {
  Lineage lineage;
  std::vector<std::string> open{unit};
  while (!open.empty()) {
    const std::string name = std::move(open.back());
    open.pop_back();
    if (lineage.contains(name)) continue;
    ASSIGN_OR_RETURN(const v1::Change* change, cache_->Get(kProjectedUnit, name));
    if (change == nullptr) continue;
    lineage[name] = PredecessorsOf(change->unit());
    for (const Predecessor& predecessor : lineage[name]) open.push_back(predecessor.unit);
  }
  return lineage;
}

absl::StatusOr<std::string> Projection::FindDissolution(const std::string& unit) {
  ASSIGN_OR_RETURN(const v1::Change* change, cache_->Get(kProjectedUnit, unit));
  return change == nullptr ? std::string() : DissolutionOf(change->unit());
}

absl::StatusOr<bool> Projection::HasIndicator(std::string_view name) {
  ASSIGN_OR_RETURN(const v1::Change* change, cache_->Get(kProjectedIndicator, std::string(name)));
  return change != nullptr;
}

absl::StatusOr<bool> Projection::HasIndicators() {
  ASSIGN_OR_RETURN(
      const std::vector<Record> some,
      cache_->reader().List({.kind = std::string(kProjectedIndicator), .where = {}, .limit = 1}));
  return !some.empty();
}

absl::StatusOr<const Category*> Projection::FindCategory(const Round& round,
                                                         std::string_view unit) {
  ASSIGN_OR_RETURN(const v1::Change* year, cache_->Get(kProjectedClusterYear, round.cluster_year));
  ASSIGN_OR_RETURN(const v1::Change* known, cache_->Get(kProjectedUnit, std::string(unit)));
  if (year == nullptr || known == nullptr) return nullptr;
  for (const Category& category : round.categories) {
    if (!IsKindFor(category.entrants, known->unit())) continue;
    ASSIGN_OR_RETURN(const std::string alliance,
                     FindAlliance(known->unit(), FirstDayOf(category.period), UnitsOf(*cache_)));
    if (IsMember(year->cluster_year(), alliance)) return &category;
  }
  return nullptr;
}

absl::StatusOr<std::vector<Entrant>> Projection::ListEntrants(const Round& round,
                                                              const Category& category,
                                                              absl::CivilDay day,
                                                              bool with_last_year) {
  ASSIGN_OR_RETURN(std::optional<Terms> terms, MakeTerms(*cache_, round, category, day));
  std::vector<Entrant> entrants;
  if (!terms.has_value()) return entrants;
  terms->with_last_year = with_last_year;
  ASSIGN_OR_RETURN(const std::vector<Competitor> competitors, LoadCompetitors(*cache_, *terms));
  for (const Competitor& competitor : competitors) {
    ASSIGN_OR_RETURN(Entrant entrant, MakeEntrant(*cache_, *terms, competitor));
    entrants.push_back(std::move(entrant));
  }
  return entrants;
}

absl::StatusOr<std::optional<Entrant>> Projection::FindEntrant(const Round& round,
                                                               const Category& category,
                                                               const std::string& unit,
                                                               absl::CivilDay day,
                                                               bool with_last_year) {
  ASSIGN_OR_RETURN(const Category* competes_in, FindCategory(round, unit));
  ASSIGN_OR_RETURN(std::optional<Terms> terms, MakeTerms(*cache_, round, category, day));
  if (competes_in != &category || !terms.has_value()) return std::nullopt;
  terms->with_last_year = with_last_year;
  ASSIGN_OR_RETURN(const v1::Change* change, cache_->Get(kProjectedUnit, unit));
  ASSIGN_OR_RETURN(std::string member,
                   FindAlliance(change->unit(), FirstDayOf(category.period), UnitsOf(*cache_)));
  ASSIGN_OR_RETURN(
      Entrant entrant,
      MakeEntrant(*cache_, *terms, {.unit = change->unit(), .member = std::move(member)}));
  return entrant;
}

}  // namespace awards
