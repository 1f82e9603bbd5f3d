#include "services/awards/reporting_client/projection.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/awards/domain/reasons.h"
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

// The units that compete, by name.
absl::StatusOr<std::vector<v1::Unit>> LoadUnits(ProjectionCache& cache, const Terms& terms) {
  std::vector<v1::Unit> units;
  for (const std::string& member : terms.year->members()) {
    std::vector<v1::Change> candidates;
    if (terms.category->entrants == Entrants::kMembers) {
      ASSIGN_OR_RETURN(const v1::Change* change, cache.Get(kProjectedUnit, member));
      if (change != nullptr) candidates.push_back(*change);
    } else {
      ASSIGN_OR_RETURN(candidates, LoadAll(cache.reader(), kProjectedUnit,
                                           {.index = std::string(kIndexParent), .value = member}));
    }
    for (v1::Change& candidate : candidates) {
      if (!IsKindFor(terms.category->entrants, candidate.unit())) continue;
      units.push_back(std::move(*candidate.mutable_unit()));
    }
  }
  std::sort(units.begin(), units.end(),
            [](const v1::Unit& a, const v1::Unit& b) { return a.name() < b.name(); });
  return units;
}

absl::StatusOr<Entrant> MakeEntrant(Reader& reader, const Terms& terms, const v1::Unit& unit) {
  Entrant entrant{.inputs = {.unit = unit.name(), .founding_date = unit.founding_date()},
                  .title = TitleOn(unit, terms.day),
                  .province_unit = unit.parent().empty() ? unit.name() : unit.parent()};
  entrant.inputs.pins = {PinOfUnit(unit), terms.year_pin};
  ASSIGN_OR_RETURN(const Submissions submissions,
                   LoadSubmissions(reader, unit.name(), terms.year->name()));
  RETURN_IF_ERROR(TakeReports(terms, submissions, entrant.inputs));
  if (unit.kind() == v1::Unit::KIND_ALLIANCE) {
    RETURN_IF_ERROR(
        TakePact(absl::StrCat(terms.year->name(), "/pact"), terms.pact, entrant.inputs));
  }
  return entrant;
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
  return ClusterYearState{.is_closed =
                              change->cluster_year().state() >= v1::ClusterYear::STATE_SCORING};
}

absl::StatusOr<std::string> Projection::FindParent(std::string_view unit) {
  ASSIGN_OR_RETURN(const v1::Change* known, cache_->Get(kProjectedUnit, std::string(unit)));
  return known == nullptr ? "" : known->unit().parent();
}

absl::StatusOr<bool> Projection::IsInYear(std::string_view unit, std::string_view year) {
  ASSIGN_OR_RETURN(const v1::Change* known, cache_->Get(kProjectedClusterYear, std::string(year)));
  if (known == nullptr) return false;
  if (IsMember(known->cluster_year(), unit)) return true;
  ASSIGN_OR_RETURN(const std::string parent, FindParent(unit));
  return !parent.empty() && IsMember(known->cluster_year(), parent);
}

absl::StatusOr<const Category*> Projection::FindCategory(const Round& round,
                                                         std::string_view unit) {
  ASSIGN_OR_RETURN(const v1::Change* year, cache_->Get(kProjectedClusterYear, round.cluster_year));
  ASSIGN_OR_RETURN(const v1::Change* known, cache_->Get(kProjectedUnit, std::string(unit)));
  if (year == nullptr || known == nullptr) return nullptr;
  const std::string& parent = known->unit().parent();
  if (!IsMember(year->cluster_year(), parent.empty() ? unit : std::string_view(parent))) {
    return nullptr;
  }
  for (const Category& category : round.categories) {
    if (IsKindFor(category.entrants, known->unit())) return &category;
  }
  return nullptr;
}

absl::StatusOr<std::vector<Entrant>> Projection::ListEntrants(const Round& round,
                                                              const Category& category,
                                                              absl::CivilDay day) {
  ASSIGN_OR_RETURN(const v1::Change* year, cache_->Get(kProjectedClusterYear, round.cluster_year));
  if (year == nullptr) return std::vector<Entrant>();
  ASSIGN_OR_RETURN(const v1::Change* pact,
                   cache_->Get(kProjectedPact, absl::StrCat(round.cluster_year, "/pact")));
  Terms terms{.year = &year->cluster_year(),
              .pact = pact == nullptr ? nullptr : &pact->pact(),
              .category = &category,
              .day = absl::FormatCivilTime(day)};
  const v1::Unit::Kind kind = category.entrants == Entrants::kMembers ? v1::Unit::KIND_ALLIANCE
                                                                      : v1::Unit::KIND_COOPERATIVE;
  for (const v1::DueReport& report : terms.year->calendar()) {
    ASSIGN_OR_RETURN(const v1::Change* form, cache_->Get(kProjectedForm, report.form()));
    if (form != nullptr && form->form().unit_kind() == kind) terms.reports.push_back(&report);
  }
  terms.year_pin = PinOfYear(terms);
  ASSIGN_OR_RETURN(const std::vector<v1::Unit> units, LoadUnits(*cache_, terms));
  std::vector<Entrant> entrants;
  for (const v1::Unit& unit : units) {
    ASSIGN_OR_RETURN(Entrant entrant, MakeEntrant(cache_->reader(), terms, unit));
    entrants.push_back(std::move(entrant));
  }
  return entrants;
}

}  // namespace awards
