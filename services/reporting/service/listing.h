// Pages of resources, as all list calls of reporting give them.
#ifndef THIDUA_SERVICES_REPORTING_SERVICE_LISTING_H_
#define THIDUA_SERVICES_REPORTING_SERVICE_LISTING_H_

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "common/rpc/page.h"
#include "common/status/status_macros.h"
#include "common/storage/ledger.h"
#include "common/storage/token.h"
#include "common/text/sha256.h"
#include "services/reporting/codec/stored.h"
#include "services/reporting/service/service_base.h"
#include "services/reporting/store/reporting_store.h"

namespace reporting {

// A page ends before an item that takes it beyond this many bytes, unless it is the first, so that
// it fits into what clients take.
inline constexpr size_t kPageBytes = size_t{2} << 20;
// A page ends early, perhaps empty, once this many resources were looked at.
inline constexpr int kPageScanned = 5000;
// A page ends early once this many submissions were looked up: each may have 5,000 figures.
inline constexpr int kLookupsMax = 1000;
// So many resources are read at a time; each may be as large as a message can be.
inline constexpr int kReadAtOnce = 4;

// Stands for what `request` asks for, without where in it and how much.
template <typename Request>
std::string QueryFingerprint(Request request) {
  request.clear_page_size();
  request.clear_page_token();
  request.clear_min_commit_token();
  return common::Sha256(Request::descriptor()->full_name() + '\n' + SerializeStored(request));
}

// Where `request` goes on; empty for the beginning.
// INVALID_ARGUMENT, reason INVALID_PAGE_TOKEN, field `page_token`.
template <typename Request>
absl::StatusOr<std::string> PageStart(const Request& request) {
  if (request.page_token().empty()) return "";
  return InField("page_token",
                 common::storage::DecodePageToken(request.page_token(), QueryFingerprint(request)));
}

// One page of resources as the contract shows them.
template <typename Message>
struct Page {
  std::vector<Message> items{};
  std::string next_page_token{};
};

// Leaves nothing out.
template <typename Resource>
bool IsAny(const Resource& /*resource*/) {
  return true;
}

// The page that `request` asks for of the resources with the key `where`, if given, for which
// `is_wanted` says yes.
template <typename Resource, typename Request, typename IsWanted>
auto ReadPage(StoreView& view, const Request& request,
              const std::optional<common::storage::IndexKey>& where, IsWanted is_wanted)
    -> absl::StatusOr<Page<decltype(Render(Versioned<Resource>()))>> {
  ASSIGN_OR_RETURN(const int page_size, common::rpc::PageSize(request.page_size()));
  ASSIGN_OR_RETURN(std::string after, PageStart(request));
  Page<decltype(Render(Versioned<Resource>()))> page;
  size_t bytes = 0;
  for (int scanned = 0; scanned < kPageScanned; scanned += kReadAtOnce) {
    ASSIGN_OR_RETURN(
        const auto chunk,
        view.List<Resource>({.where = where, .after_name = after, .limit = kReadAtOnce}));
    for (const auto& resource : chunk) {
      const bool is_item = is_wanted(resource.value);
      if (is_item) page.items.push_back(Render(resource));
      if (is_item) bytes += page.items.back().ByteSizeLong();
      const bool is_over = bytes > kPageBytes && page.items.size() > 1;
      if (std::cmp_greater(page.items.size(), page_size) || is_over) {
        page.items.pop_back();
        page.next_page_token = common::storage::EncodePageToken(after, QueryFingerprint(request));
        return page;
      }
      after = ResourceTraits<Resource>::NameOf(ResourceTraits<Resource>::IdOf(resource.value));
    }
    if (chunk.size() < kReadAtOnce) return page;
  }
  page.next_page_token = common::storage::EncodePageToken(after, QueryFingerprint(request));
  return page;
}

// Moves the page into a list response: `items` is its repeated field.
template <typename Message, typename Items, typename Response>
void FillPage(Page<Message> page, Items* items, Response& response) {
  items->Reserve(static_cast<int>(page.items.size()));
  for (Message& item : page.items) *items->Add() = std::move(item);
  response.set_next_page_token(std::move(page.next_page_token));
}

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_SERVICE_LISTING_H_
