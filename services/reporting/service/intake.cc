#include "services/reporting/service/intake.h"

#include <utility>

#include "common/status/status_macros.h"
#include "services/reporting/codec/submission.h"
#include "services/reporting/domain/draft.h"
#include "services/reporting/domain/reasons.h"
#include "services/reporting/domain/refusal.h"
#include "services/reporting/service/references.h"
#include "services/reporting/service/service_base.h"

namespace reporting {
namespace {

// More clusters than a unit can belong to in one year.
constexpr int kYearsMax = 100;

}  // namespace

Intake::Intake(const thidua::reporting::v1::Report& report, DefinitionCache& definitions)
    : definitions_(definitions), report_(ParseReport("report", report, violations_)) {}

absl::StatusOr<TakenIn> Intake::Run(StoreTransaction& transaction) {
  ASSIGN_OR_RETURN(Setting setting, Read(transaction));
  ASSIGN_OR_RETURN(
      const Received received,
      Receive(std::move(report_), ReceptionIn(setting, transaction.Now()), std::move(violations_)));
  if (received.outcome == Outcome::kUnchanged) {
    return TakenIn{.submission = *std::move(setting.stored), .outcome = received.outcome};
  }
  ASSIGN_OR_RETURN(auto submission, transaction.Put(received.submission));
  return TakenIn{.submission = std::move(submission), .outcome = received.outcome};
}

absl::StatusOr<Versioned<Submission>> Intake::Keep(StoreTransaction& transaction,
                                                   std::string_view etag) {
  ASSIGN_OR_RETURN(Setting setting, Read(transaction));
  // A name that cannot be read finds nothing, and is what is wrong.
  const int64_t version = setting.stored.has_value() ? setting.stored->version : 0;
  if (violations_.empty()) RETURN_IF_ERROR(CheckEtag(etag, version));
  ASSIGN_OR_RETURN(const Submission draft,
                   SaveDraft(std::move(report_), ReceptionIn(setting, transaction.Now()),
                             std::move(violations_)));
  if (!setting.stored.has_value()) return transaction.Put(draft);
  return transaction.PutIfChanged(*std::move(setting.stored), draft);
}

absl::StatusOr<Intake::Setting> Intake::Read(StoreView& view) {
  if (report_.unit.empty() || report_.form.empty()) return violations_.ToStatus();
  Setting setting;
  ASSIGN_OR_RETURN(setting.unit, GetUnit(view));
  RETURN_IF_ERROR(LoadDefinition(view));
  ASSIGN_OR_RETURN(setting.years, FindYears(view, setting.unit));
  ASSIGN_OR_RETURN(setting.stored, FindCurrent(view));
  if (setting.stored.has_value()) setting.current = setting.stored->value;
  return setting;
}

Reception Intake::ReceptionIn(const Setting& setting, absl::Time now) const {
  return {.unit = setting.unit,
          .form = *definition_,
          .years = setting.years,
          .current = setting.current,
          .now = now};
}

absl::StatusOr<Unit> Intake::GetUnit(StoreView& view) const {
  ASSIGN_OR_RETURN(auto unit, view.Find<Unit>(report_.unit));
  if (unit.has_value()) return std::move(unit->value);
  RETURN_IF_ERROR(violations_.ToStatus());
  return UnknownReferences(kUnitUnknown, "unit",
                           {{.field = "report.unit", .name = report_.unit.ToName()}});
}

absl::Status Intake::LoadDefinition(StoreView& view) {
  definition_ = definitions_.Find(report_.form);
  if (definition_ != nullptr) return absl::OkStatus();
  ASSIGN_OR_RETURN(definition_, FindDefinition(view, report_.form));
  if (definition_ != nullptr) return absl::OkStatus();
  RETURN_IF_ERROR(violations_.ToStatus());
  return UnknownReferences(kFormUnknown, "form",
                           {{.field = "report.form", .name = report_.form.ToName()}});
}

absl::StatusOr<std::vector<ClusterYear>> Intake::FindYears(StoreView& view,
                                                           const Unit& unit) const {
  std::vector<ClusterYear> years;
  if (report_.period.empty()) return years;
  ASSIGN_OR_RETURN(const UnitId alliance, FindAllianceAt(view, unit, report_.period.first_day()));
  ASSIGN_OR_RETURN(auto stored,
                   view.List<ClusterYear>({.where = YearsOfMember(alliance, report_.period.year()),
                                           .limit = kYearsMax}));
  years.reserve(stored.size());
  for (auto& year : stored) years.push_back(std::move(year.value));
  return years;
}

absl::StatusOr<std::optional<Versioned<Submission>>> Intake::FindCurrent(StoreView& view) const {
  if (report_.period.empty() || report_.value_kind == ValueKind::kUnspecified) return std::nullopt;
  return view.Find<Submission>(IdOf(report_));
}

}  // namespace reporting
