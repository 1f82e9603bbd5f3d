// One report on its way into the store, whether it comes alone or in a stream.
#ifndef THIDUA_SERVICES_REPORTING_SERVICE_INTAKE_H_
#define THIDUA_SERVICES_REPORTING_SERVICE_INTAKE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/reporting/domain/form.h"
#include "services/reporting/domain/receive.h"
#include "services/reporting/domain/report_values.h"
#include "services/reporting/domain/submission.h"
#include "services/reporting/domain/unit.h"
#include "services/reporting/domain/violations.h"
#include "services/reporting/store/definitions.h"
#include "services/reporting/store/reporting_store.h"
#include "thidua/reporting/v1/submission_service.pb.h"

namespace reporting {

// What became of a report that was not refused.
struct TakenIn {
  // As stored.
  Versioned<Submission> submission{};
  Outcome outcome = Outcome::kUnspecified;
};

// Used once, by one thread at a time.
class Intake {
 public:
  // `cache` must outlive the intake.
  Intake(const thidua::reporting::v1::Report& report, ReceptionCache& cache);
  Intake(Report report, ReceptionCache& cache) : cache_(cache), report_(std::move(report)) {}

  // Receives the report and stores the submission that it makes. Fails as Submit is documented to.
  absl::StatusOr<TakenIn> Run(StoreTransaction& transaction);

  // Keeps the report as a draft instead, if the one before is in the version with this etag, or the
  // etag is empty. Fails as SaveDraft is documented to.
  absl::StatusOr<Versioned<Submission>> Keep(StoreTransaction& transaction, std::string_view etag);

  // What would become of the report; writes nothing. Fails as CheckReport is documented to.
  absl::StatusOr<Preview> Look(StoreView& view, absl::Time now);

  // To be called once what the view showed is durable, so that it may be kept: after the commit of
  // a transaction.
  void OnCommitted();

 private:
  // What the report is received against.
  struct Setting {
    Unit unit{};
    std::optional<Versioned<Submission>> stored{};
    std::optional<Submission> current{};
    RuleContext context{};
  };

  absl::StatusOr<Setting> ReadSetting(StoreView& view);
  // Valid as long as `setting`, of which it takes the context.
  Reception ReceptionIn(Setting& setting, absl::Time now) const;
  absl::StatusOr<Unit> GetUnit(StoreView& view) const;
  absl::Status LoadDefinition(StoreView& view);
  absl::Status LoadYears(StoreView& view, const Unit& unit);
  absl::StatusOr<std::optional<Versioned<Submission>>> FindCurrent(StoreView& view) const;

  ReceptionCache& cache_;
  Violations violations_;
  Report report_;
  std::shared_ptr<const FormDefinition> definition_;
  // The cluster years of the alliance that stands for the unit in the period, and of which year.
  std::pair<UnitId, int> years_key_{};
  std::shared_ptr<const std::vector<ClusterYear>> years_;
  int64_t generation_ = 0;
};

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_SERVICE_INTAKE_H_
