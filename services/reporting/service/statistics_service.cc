#include "services/reporting/service/statistics_service.h"

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/reasons.h"
#include "common/storage/token.h"
#include "services/reporting/codec/totals.h"
#include "services/reporting/domain/series.h"
#include "services/reporting/domain/totals.h"
#include "services/reporting/service/statistics_scope.h"
#include "services/reporting/store/definitions.h"

namespace reporting {
namespace {

namespace v1 = ::thidua::reporting::v1;

// A series ends with an error at about this many bytes, which is what clients take by default.
constexpr size_t kSeriesBytesMax = size_t{4} << 20;

absl::StatusOr<std::shared_ptr<const FormDefinition>> GetDefinition(StoreView& view,
                                                                    const FormId& id) {
  ASSIGN_OR_RETURN(auto definition, FindDefinition(view, id));
  if (definition != nullptr) return definition;
  return common::Error(absl::StatusCode::kNotFound, common::kResourceNotFound,
                       absl::StrCat("no form has the name ", id.ToName()))
      .With("name", id.ToName());
}

// The position in the log of the last write at `time` or before.
absl::StatusOr<int64_t> FindPosition(common::storage::Ledger& ledger, absl::Time time) {
  int64_t position = 0;
  RETURN_IF_ERROR(ReadStore(ledger, [&](StoreView& view) -> absl::Status {
    ASSIGN_OR_RETURN(position, view.PositionAt(time));
    return absl::OkStatus();
  }));
  return position;
}

// The position in the log that the figures are to be known at: the end of it, unless the request
// says another. OUT_OF_RANGE, TOKEN_OUT_OF_RANGE.
absl::StatusOr<int64_t> FindPosition(common::storage::Ledger& ledger,
                                     const v1::ComputeTotalsRequest& request,
                                     Violations& violations) {
  const int64_t head = ledger.Head();
  if (request.has_known_at_time() && !request.known_at_token().empty()) {
    violations.Add("known_at_time", common::kInvalidField,
                   "must not be given together with known_at_token");
    return head;
  }
  if (request.has_known_at_time()) {
    const auto time = ParseTimestamp(request.known_at_time());
    if (time.ok()) return FindPosition(ledger, *time);
    violations.AddError("known_at_time", time.status());
    return head;
  }
  if (request.known_at_token().empty()) return head;
  const auto position = common::storage::ResolvePosition(
      request.known_at_token(), ledger.Identity(), /*filter_fingerprint=*/"", head);
  if (position.status().code() != absl::StatusCode::kInvalidArgument) return position;
  violations.AddError("known_at_token", position.status());
  return head;
}

// What every period of a query is computed with.
struct Prepared {
  TotalsQuery query{};
  // Everything is as it was at this position of the log.
  int64_t position = 0;
  std::shared_ptr<const FormDefinition> form{};
  LoadedScope loaded{};
};

// Looks up what `query` is over and checks that it fits.
absl::StatusOr<Prepared> Prepare(common::storage::Ledger& ledger, int64_t position,
                                 const TotalsQuery& query, const Violations& violations) {
  Prepared prepared{.query = query, .position = position};
  RETURN_IF_ERROR(ReadStoreAt(ledger, position, [&](StoreView& view) -> absl::Status {
    ASSIGN_OR_RETURN(prepared.form, GetDefinition(view, query.form));
    ASSIGN_OR_RETURN(prepared.loaded, LoadScope(view, query, prepared.form->form().unit_kind));
    const LoadedScope& loaded = prepared.loaded;
    return CheckTotalsScope(query, loaded.scope, loaded.units, *prepared.form, violations);
  }));
  return prepared;
}

// The totals of one period, and who they are of.
struct Computed {
  v1::ComputeTotalsResponse response{};
  Reporters reporters{};
};

absl::StatusOr<Computed> Compute(common::storage::Ledger& ledger, const Prepared& prepared,
                                 const IsCancelled& is_cancelled) {
  const auto& [query, position, form, loaded] = prepared;
  Computed computed;
  RETURN_IF_ERROR(ReadStoreAt(ledger, position, [&](StoreView& view) -> absl::Status {
    ASSIGN_OR_RETURN(computed.reporters, LoadReporters(view, query, loaded, *form));
    ASSIGN_OR_RETURN(const Totals totals,
                     LoadTotals(view, query, loaded, *form, computed.reporters, is_cancelled));
    computed.response = ToProto(totals);
    return absl::OkStatus();
  }));
  computed.response.set_commit_token(common::rpc::CommitToken(ledger, position));
  return computed;
}

// One point per period. Each is computed on a snapshot of its own, so that none is held for long;
// all are of one position of the log.
absl::StatusOr<v1::ComputeSeriesResponse> ComputePoints(common::storage::Ledger& ledger,
                                                        Prepared prepared,
                                                        const std::vector<Period>& periods,
                                                        const IsCancelled& is_cancelled) {
  v1::ComputeSeriesResponse response;
  Reporters before;
  size_t bytes = 0;
  for (const Period& period : periods) {
    prepared.query.period = period;
    ASSIGN_OR_RETURN(Computed computed, Compute(ledger, prepared, is_cancelled));
    bytes += computed.response.ByteSizeLong();
    if (bytes > kSeriesBytesMax) {
      return common::InvalidField(
          "last_period", common::kInvalidField,
          absl::StrCat("the answer is too long; ask for fewer indicators, or until before ",
                       period.ToString()));
    }
    v1::SeriesPoint& point = *response.add_points();
    point.set_period(period.ToString());
    point.set_after_merger(period != periods.front() && IsAfterMerger(before, computed.reporters));
    *point.mutable_totals() = std::move(computed.response);
    before = std::move(computed.reporters);
  }
  return response;
}

// Whether `query` says well enough over what to look it up, and find what else is wrong.
bool CanLookUp(const TotalsQuery& query, const Violations& violations) {
  if (query.form.empty() || violations.Has("cluster_year")) return false;
  return !violations.Has("units") && !violations.Has("nationwide");
}

// `status` with what is wrong with the `totals` of a series below that field.
absl::Status BelowTotals(const absl::Status& status) {
  if (status.code() != absl::StatusCode::kInvalidArgument) return status;
  std::vector<common::FieldViolation> fields = common::DetailOf(status).violations;
  for (auto& violation : fields) {
    if (violation.field != "last_period") violation.field = Join("totals", violation.field);
  }
  return fields.empty() ? status : common::InvalidFields(std::move(fields));
}

}  // namespace

absl::StatusOr<v1::ComputeTotalsResponse> StatisticsService::ComputeTotals(
    const v1::ComputeTotalsRequest& request, const IsCancelled& is_cancelled) {
  Violations violations;
  const TotalsQuery query = ParseTotalsQuery(request, violations);
  CheckTotalsQuery(query, violations);
  RETURN_IF_ERROR(common::rpc::CheckMinCommitToken(ledger(), request.min_commit_token()));
  ASSIGN_OR_RETURN(const int64_t position, FindPosition(ledger(), request, violations));
  if (!CanLookUp(query, violations)) return violations.ToStatus();
  ASSIGN_OR_RETURN(const Prepared prepared, Prepare(ledger(), position, query, violations));
  ASSIGN_OR_RETURN(Computed computed, Compute(ledger(), prepared, is_cancelled));
  return std::move(computed.response);
}

absl::StatusOr<v1::ComputeSeriesResponse> StatisticsService::ComputeSeries(
    const v1::ComputeSeriesRequest& request, const IsCancelled& is_cancelled) {
  Violations violations;
  TotalsQuery query = ParseTotalsQuery(request.totals(), violations);
  query.any_year = true;
  CheckTotalsQuery(query, violations);
  const auto last = violations.Take("last_period", Period::Parse(request.last_period()));
  const auto periods = PeriodsBetween(query.period, last, "last_period", violations);
  RETURN_IF_ERROR(AtField(
      "totals", common::rpc::CheckMinCommitToken(ledger(), request.totals().min_commit_token())));
  ASSIGN_OR_RETURN(const int64_t position, FindPosition(ledger(), request.totals(), violations));
  if (!CanLookUp(query, violations)) return BelowTotals(violations.ToStatus());
  auto prepared = Prepare(ledger(), position, query, violations);
  if (!prepared.ok()) return BelowTotals(prepared.status());
  return ComputePoints(ledger(), *std::move(prepared), periods, is_cancelled);
}

grpc::Status StatisticsService::ComputeTotals(grpc::ServerContext* context,
                                              const v1::ComputeTotalsRequest* request,
                                              v1::ComputeTotalsResponse* response) {
  return Answer(context, request, response, [&] {
    return ComputeTotals(*request, [context] { return context->IsCancelled(); });
  });
}

grpc::Status StatisticsService::ComputeSeries(grpc::ServerContext* context,
                                              const v1::ComputeSeriesRequest* request,
                                              v1::ComputeSeriesResponse* response) {
  return Answer(context, request, response, [&] {
    return ComputeSeries(*request, [context] { return context->IsCancelled(); });
  });
}

}  // namespace reporting
