#include "services/awards/service/rubric_service.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/rpc/mutation.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/awards/codec/names.h"
#include "services/awards/codec/rubric_codec.h"
#include "services/awards/codec/rubric_diff.h"
#include "services/awards/domain/reasons.h"
#include "services/awards/reporting_client/projection.h"
#include "services/awards/service/answers.h"
#include "services/awards/service/reads.h"
#include "services/awards/service/requests.h"

namespace awards {

namespace v1 = thidua::awards::v1;
using common::storage::Ledger;
using common::storage::Reader;
using common::storage::Transaction;

namespace {

constexpr int kRoundPage = 500;

// How fresh the indicators must at least be is no part of what is asked for: a repeat that knows of
// newer commits is still the same request.
template <typename Request>
Request WithoutFreshness(Request request) {
  request.clear_min_reporting_token();
  return request;
}

// Whether what `rubric` refers to is there: RUBRIC_INVALID with a field of
// RUBRIC_INDICATOR_UNKNOWN for each indicator that is not; RUBRIC_UNKNOWN.
absl::Status CheckReferences(Reader& reader, const Rubric& rubric) {
  Projection projection(reader);
  ASSIGN_OR_RETURN(const bool has_indicators, projection.HasIndicators());
  Violations violations;
  if (has_indicators) {
    for (const IndicatorUse& use : IndicatorsOf(rubric)) {
      ASSIGN_OR_RETURN(const bool is_known, projection.HasIndicator(use.indicator));
      if (is_known) continue;
      violations.Add(use.path, kRubricIndicatorUnknown,
                     absl::StrCat("the reporting service has no ", use.indicator));
    }
  }
  RETURN_IF_ERROR(violations.ToStatus(kRubricInvalid));
  if (rubric.predecessor.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const auto predecessor, Find<Rubric>(reader, rubric.predecessor));
  if (predecessor.has_value()) return absl::OkStatus();
  return common::Error(absl::StatusCode::kFailedPrecondition, kRubricUnknown,
                       "the rubric that this one replaces does not exist")
      .With("name", rubric.predecessor);
}

// A round that uses the rubric; nothing if there is none.
absl::StatusOr<std::optional<std::string>> FindUser(Reader& reader, const std::string& rubric) {
  Page page{.round = {}, .after = {}, .limit = kRoundPage};
  while (true) {
    ASSIGN_OR_RETURN(const std::vector<Stored<Round>> rounds, List<Round>(reader, page));
    for (const Stored<Round>& round : rounds) {
      for (const Category& category : round.value.categories) {
        if (category.rubric == rubric) return round.name;
      }
    }
    if (rounds.size() < static_cast<size_t>(kRoundPage)) return std::nullopt;
    page.after = rounds.back().name;
  }
}

// Stores the next revision of a rubric that no round uses.
absl::StatusOr<Stored<Rubric>> Replace(Transaction& transaction, const Rubric& rubric,
                                       const std::string& etag) {
  ASSIGN_OR_RETURN(const auto before, Find<Rubric>(transaction, rubric.name));
  if (!before.has_value()) return NotFound(rubric.name);
  RETURN_IF_ERROR(CheckEtag(etag, before->version));
  ASSIGN_OR_RETURN(const std::optional<std::string> user, FindUser(transaction, rubric.name));
  if (user.has_value()) {
    return common::Error(absl::StatusCode::kFailedPrecondition, kRubricInUse,
                         "a round uses the rubric; create another one that replaces it")
        .With("name", rubric.name)
        .With("round", *user);
  }
  RETURN_IF_ERROR(CheckReferences(transaction, rubric));
  return Put(transaction, rubric.name, rubric);
}

// A revision, the newest for 0. NOT_FOUND, RESOURCE_NOT_FOUND.
absl::StatusOr<Stored<Rubric>> ReadRevision(Ledger& ledger, const std::string& name,
                                            int32_t revision) {
  std::optional<Stored<Rubric>> found;
  RETURN_IF_ERROR(ledger.Read([&](Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(found, revision == 0 ? Find<Rubric>(reader, name)
                                          : FindVersion<Rubric>(reader, name, revision));
    return absl::OkStatus();
  }));
  if (!found.has_value()) return NotFound(name);
  return *std::move(found);
}

}  // namespace

grpc::Status RubricService::CreateRubric(grpc::ServerContext* context,
                                         const v1::CreateRubricRequest* request,
                                         v1::CreateRubricResponse* response) {
  return Answer(context, request, response,
                [&] { return CreateRubric(*request, WaitDeadline(*context, absl::Now())); });
}

grpc::Status RubricService::UpdateRubric(grpc::ServerContext* context,
                                         const v1::UpdateRubricRequest* request,
                                         v1::UpdateRubricResponse* response) {
  return Answer(context, request, response,
                [&] { return UpdateRubric(*request, WaitDeadline(*context, absl::Now())); });
}

grpc::Status RubricService::GetRubric(grpc::ServerContext* context,
                                      const v1::GetRubricRequest* request,
                                      v1::GetRubricResponse* response) {
  return Answer(context, request, response, [&] { return GetRubric(*request); });
}

grpc::Status RubricService::ListRubrics(grpc::ServerContext* context,
                                        const v1::ListRubricsRequest* request,
                                        v1::ListRubricsResponse* response) {
  return Answer(context, request, response, [&] { return ListRubrics(*request); });
}

grpc::Status RubricService::DiffRubrics(grpc::ServerContext* context,
                                        const v1::DiffRubricsRequest* request,
                                        v1::DiffRubricsResponse* response) {
  return Answer(context, request, response, [&] { return DiffRubrics(*request); });
}

absl::StatusOr<v1::CreateRubricResponse> RubricService::CreateRubric(
    const v1::CreateRubricRequest& request, absl::Time deadline) {
  Violations violations;
  CheckNewId("rubric_id", request.rubric_id(), violations);
  Rubric rubric = ParseRubric(request.rubric(), violations);
  rubric.name = RubricName(request.rubric_id());
  RETURN_IF_ERROR(ValidateRubric(rubric, std::move(violations)).ToStatus(kRubricInvalid));
  RETURN_IF_ERROR(feed().WaitUntilConsumed(request.min_reporting_token(), deadline));
  return Mutate<v1::CreateRubricResponse>(
      WithoutFreshness(request),
      [&rubric](Transaction& transaction) -> absl::StatusOr<v1::CreateRubricResponse> {
        RETURN_IF_ERROR(CheckReferences(transaction, rubric));
        ASSIGN_OR_RETURN(const Stored<Rubric> stored, Create(transaction, rubric));
        v1::CreateRubricResponse response;
        *response.mutable_rubric() = Render(stored);
        return response;
      });
}

absl::StatusOr<v1::UpdateRubricResponse> RubricService::UpdateRubric(
    const v1::UpdateRubricRequest& request, absl::Time deadline) {
  Violations violations;
  if (request.etag().empty()) {
    violations.Add("etag", common::kRequiredFieldMissing,
                   "is required: the etag of the revision that the update was made from");
  }
  Rubric rubric = ParseRubric(request.rubric(), violations);
  RETURN_IF_ERROR(ValidateRubric(rubric, std::move(violations)).ToStatus(kRubricInvalid));
  RETURN_IF_ERROR(feed().WaitUntilConsumed(request.min_reporting_token(), deadline));
  return Mutate<v1::UpdateRubricResponse>(
      WithoutFreshness(request),
      [&](Transaction& transaction) -> absl::StatusOr<v1::UpdateRubricResponse> {
        ASSIGN_OR_RETURN(const Stored<Rubric> stored, Replace(transaction, rubric, request.etag()));
        v1::UpdateRubricResponse response;
        *response.mutable_rubric() = Render(stored);
        return response;
      });
}

absl::StatusOr<v1::GetRubricResponse> RubricService::GetRubric(
    const v1::GetRubricRequest& request) {
  RETURN_IF_ERROR(common::rpc::CheckMinCommitToken(ledger(), request.min_commit_token()));
  ASSIGN_OR_RETURN(const Stored<Rubric> rubric,
                   ReadRevision(ledger(), request.name(), request.revision()));
  v1::GetRubricResponse response;
  *response.mutable_rubric() = Render(rubric);
  return response;
}

absl::StatusOr<v1::ListRubricsResponse> RubricService::ListRubrics(
    const v1::ListRubricsRequest& request) {
  ASSIGN_OR_RETURN(const Listing<Rubric> listing, ReadPage<Rubric>(ledger(), request));
  v1::ListRubricsResponse response;
  for (const Stored<Rubric>& rubric : listing.items) *response.add_rubrics() = Render(rubric);
  response.set_next_page_token(listing.next_page_token);
  return response;
}

absl::StatusOr<v1::DiffRubricsResponse> RubricService::DiffRubrics(
    const v1::DiffRubricsRequest& request) {
  RETURN_IF_ERROR(common::rpc::CheckMinCommitToken(ledger(), request.min_commit_token()));
  ASSIGN_OR_RETURN(const Stored<Rubric> base,
                   ReadRevision(ledger(), request.base(), request.base_revision()));
  ASSIGN_OR_RETURN(const Stored<Rubric> changed,
                   ReadRevision(ledger(), request.changed(), request.changed_revision()));
  v1::DiffRubricsResponse response;
  for (v1::RubricChange& change :
       awards::DiffRubrics(ToProto(base.value), ToProto(changed.value))) {
    *response.add_changes() = std::move(change);
  }
  return response;
}

}  // namespace awards
