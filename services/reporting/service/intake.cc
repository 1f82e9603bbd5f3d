#include "services/reporting/service/intake.h"

#include <utility>

#include "common/status/status_macros.h"
#include "services/reporting/codec/submission.h"
#include "services/reporting/domain/draft.h"
#include "services/reporting/domain/reasons.h"
#include "services/reporting/domain/refusal.h"
#include "services/reporting/service/references.h"
#include "services/reporting/service/rule_reads.h"
#include "services/reporting/service/service_base.h"

namespace reporting {

Intake::Intake(const thidua::reporting::v1::Report& report, ReceptionCache& cache)
    : cache_(cache), report_(ParseReport("report", report, violations_)) {}

absl::StatusOr<TakenIn> Intake::Run(StoreTransaction& transaction) {
  if (report_.unit.empty() || report_.form.empty()) return violations_.ToStatus();
  ASSIGN_OR_RETURN(Setting setting, ReadSetting(transaction));
  const Reception reception = ReceptionIn(setting, transaction.Now());
  ASSIGN_OR_RETURN(const Received received,
                   Receive(std::move(report_), reception, std::move(violations_)));
  if (received.outcome == Outcome::kUnchanged) {
    return TakenIn{.submission = *std::move(setting.stored), .outcome = received.outcome};
  }
  ASSIGN_OR_RETURN(auto submission, transaction.Put(received.submission));
  return TakenIn{.submission = std::move(submission), .outcome = received.outcome};
}

absl::StatusOr<Versioned<Submission>> Intake::Keep(StoreTransaction& transaction,
                                                   std::string_view etag) {
  if (report_.unit.empty() || report_.form.empty()) return violations_.ToStatus();
  ASSIGN_OR_RETURN(Setting setting, ReadSetting(transaction));
  // A name that cannot be read finds nothing, and is what is wrong.
  const int64_t version = setting.stored.has_value() ? setting.stored->version : 0;
  if (violations_.empty()) RETURN_IF_ERROR(CheckEtag(etag, version));
  const Reception reception = ReceptionIn(setting, transaction.Now());
  ASSIGN_OR_RETURN(const Submission draft,
                   SaveDraft(std::move(report_), reception, std::move(violations_)));
  if (!setting.stored.has_value()) return transaction.Put(draft);
  return transaction.PutIfChanged(*std::move(setting.stored), draft);
}

absl::StatusOr<Preview> Intake::Look(StoreView& view, absl::Time now) {
  if (report_.unit.empty() || report_.form.empty()) return violations_.ToStatus();
  ASSIGN_OR_RETURN(Setting setting, ReadSetting(view));
  return PreviewReport(std::move(report_), ReceptionIn(setting, now), std::move(violations_));
}

absl::StatusOr<Intake::Setting> Intake::ReadSetting(StoreView& view) {
  Setting setting;
  ASSIGN_OR_RETURN(setting.unit, GetUnit(view));
  RETURN_IF_ERROR(LoadDefinition(view));
  RETURN_IF_ERROR(LoadYears(view, setting.unit));
  ASSIGN_OR_RETURN(setting.stored, FindCurrent(view));
  if (setting.stored.has_value()) setting.current = setting.stored->value;
  const ClusterYear* year = FindYearOf(report_, ReceptionIn(setting, {}));
  ASSIGN_OR_RETURN(setting.context,
                   ReadRuleContext(view, *definition_, setting.unit, IdOf(report_), year));
  return setting;
}

Reception Intake::ReceptionIn(Setting& setting, absl::Time now) const {
  return {.unit = setting.unit,
          .form = *definition_,
          .years = *years_,
          .current = setting.current,
          .now = now,
          .context = std::move(setting.context)};
}

absl::StatusOr<Unit> Intake::GetUnit(StoreView& view) const {
  ASSIGN_OR_RETURN(auto unit, view.Find<Unit>(report_.unit));
  if (unit.has_value()) return std::move(unit->value);
  RETURN_IF_ERROR(violations_.ToStatus());
  return UnknownReferences(kUnitUnknown, "unit",
                           {{.field = "report.unit", .name = report_.unit.ToName()}});
}

absl::Status Intake::LoadDefinition(StoreView& view) {
  ASSIGN_OR_RETURN(generation_, view.DefinitionsGeneration());
  definition_ = cache_.definitions.Find(report_.form, generation_);
  if (definition_ != nullptr) return absl::OkStatus();
  ASSIGN_OR_RETURN(definition_, FindDefinition(view, report_.form));
  if (definition_ != nullptr) return absl::OkStatus();
  RETURN_IF_ERROR(violations_.ToStatus());
  return UnknownReferences(kFormUnknown, "form",
                           {{.field = "report.form", .name = report_.form.ToName()}});
}

absl::Status Intake::LoadYears(StoreView& view, const Unit& unit) {
  if (report_.period.empty()) {
    years_ = std::make_shared<const std::vector<ClusterYear>>();
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(UnitId alliance, FindAllianceAt(view, unit, report_.period.first_day()));
  years_key_ = {std::move(alliance), report_.period.year()};
  years_ = cache_.years.Find(years_key_, generation_);
  if (years_ != nullptr) return absl::OkStatus();
  ASSIGN_OR_RETURN(auto years, FindYearsOf(view, years_key_.first, years_key_.second));
  years_ = std::make_shared<const std::vector<ClusterYear>>(std::move(years));
  return absl::OkStatus();
}

void Intake::OnCommitted() {
  if (definition_ != nullptr) {
    cache_.definitions.Keep(definition_->form().id, definition_, generation_);
  }
  if (!years_key_.first.empty()) cache_.years.Keep(years_key_, years_, generation_);
}

absl::StatusOr<std::optional<Versioned<Submission>>> Intake::FindCurrent(StoreView& view) const {
  if (report_.period.empty() || report_.value_kind == ValueKind::kUnspecified) return std::nullopt;
  return view.Find<Submission>(IdOf(report_));
}

}  // namespace reporting
