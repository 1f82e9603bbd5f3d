// One report on its way into the store, whether it comes alone or in a stream.
#ifndef THIDUA_SERVICES_REPORTING_SERVICE_INTAKE_H_
#define THIDUA_SERVICES_REPORTING_SERVICE_INTAKE_H_

#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/reporting/domain/form.h"
#include "services/reporting/domain/receive.h"
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
  // `definitions` must outlive the intake.
  Intake(const thidua::reporting::v1::Report& report, DefinitionCache& definitions);

  Intake(Report report, DefinitionCache& definitions)
      : definitions_(definitions), report_(std::move(report)) {}

  // Receives the report and stores the submission that it makes. Fails as Submit is documented to.
  absl::StatusOr<TakenIn> Run(StoreTransaction& transaction);

  // Keeps the report as a draft instead, if the one before is in the version with this etag, or the
  // etag is empty. Fails as SaveDraft is documented to.
  absl::StatusOr<Versioned<Submission>> Keep(StoreTransaction& transaction, std::string_view etag);

  // To be called once the transaction is durable: what it read may be kept.
  void OnCommitted() { definitions_.Keep(definition_); }

 private:
  // What a report is received against, apart from the form.
  struct Setting {
    Unit unit{};
    std::vector<ClusterYear> years{};
    std::optional<Versioned<Submission>> stored{};
    std::optional<Submission> current{};
  };

  // Reads what `report_` is received against, the definition included.
  absl::StatusOr<Setting> Read(StoreView& view);
  Reception ReceptionIn(const Setting& setting, absl::Time now) const;
  absl::StatusOr<Unit> GetUnit(StoreView& view) const;
  absl::Status LoadDefinition(StoreView& view);
  absl::StatusOr<std::vector<ClusterYear>> FindYears(StoreView& view, const Unit& unit) const;
  absl::StatusOr<std::optional<Versioned<Submission>>> FindCurrent(StoreView& view) const;

  DefinitionCache& definitions_;
  Violations violations_;
  Report report_;
  std::shared_ptr<const FormDefinition> definition_;
};

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_SERVICE_INTAKE_H_
