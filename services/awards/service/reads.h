// The two ways a resource is read: one by its name, or a page of a list.
#ifndef THIDUA_SERVICES_AWARDS_SERVICE_READS_H_
#define THIDUA_SERVICES_AWARDS_SERVICE_READS_H_

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "common/rpc/mutation.h"
#include "common/rpc/page.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "common/storage/ledger.h"
#include "common/storage/token.h"
#include "services/awards/service/answers.h"
#include "services/awards/store/awards_store.h"

namespace awards {

// The resource that a Get request names.
// NOT_FOUND, reason RESOURCE_NOT_FOUND; errors of its `min_commit_token`.
template <typename T, typename Request>
absl::StatusOr<Stored<T>> ReadNamed(common::storage::Ledger& ledger, const Request& request) {
  RETURN_IF_ERROR(common::rpc::CheckMinCommitToken(ledger, request.min_commit_token()));
  std::optional<Stored<T>> found;
  RETURN_IF_ERROR(ledger.Read([&](common::storage::Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(found, Find<T>(reader, request.name()));
    return absl::OkStatus();
  }));
  if (!found.has_value()) return NotFound(request.name());
  return *std::move(found);
}

template <typename T>
struct Listing {
  std::vector<Stored<T>> items{};
  // Empty on the last page.
  std::string next_page_token{};
};

// The round whose resources a List request asks for; empty for all, if it has no such field.
// INVALID_ARGUMENT, reason REQUIRED_FIELD_MISSING, field `parent`.
template <typename Request>
absl::StatusOr<std::string> RoundOfListing(const Request& request) {
  if constexpr (requires { request.parent(); }) {
    if (!request.parent().empty()) return request.parent();
    return common::InvalidField("parent", common::kRequiredFieldMissing, "is required");
  } else {
    return std::string();
  }
}

// The page that a List request asks for: of all resources, or of those of its `parent`, a round, or
// of its `unit`.
// INVALID_ARGUMENT, reason INVALID_FIELD, field `page_size`; reason INVALID_PAGE_TOKEN; errors of
// its `parent` and `min_commit_token`.
template <typename T, typename Request>
absl::StatusOr<Listing<T>> ReadPage(common::storage::Ledger& ledger, const Request& request) {
  ASSIGN_OR_RETURN(const std::string round, RoundOfListing(request));
  RETURN_IF_ERROR(common::rpc::CheckMinCommitToken(ledger, request.min_commit_token()));
  ASSIGN_OR_RETURN(const int size, common::rpc::PageSize(request.page_size()));
  Page page{.round = round, .after = {}, .limit = size + 1};
  if constexpr (requires { request.unit(); }) page.unit = request.unit();
  const std::string query = absl::StrCat(Request::descriptor()->full_name(), " ", round, page.unit);
  if (!request.page_token().empty()) {
    ASSIGN_OR_RETURN(page.after, common::storage::DecodePageToken(request.page_token(), query));
  }
  Listing<T> listing;
  RETURN_IF_ERROR(ledger.Read([&](common::storage::Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(listing.items, List<T>(reader, page));
    return absl::OkStatus();
  }));
  if (listing.items.size() > static_cast<size_t>(size)) {
    listing.items.pop_back();
    listing.next_page_token = common::storage::EncodePageToken(listing.items.back().name, query);
  }
  return listing;
}

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_SERVICE_READS_H_
