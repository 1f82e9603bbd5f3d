#include "services/awards/reporting_client/projection_writer.h"

#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "thidua/reporting/v1/change_feed_service.pb.h"

namespace awards {
namespace {

namespace v1 = thidua::reporting::v1;
using common::storage::IndexKey;
using common::storage::NewRecord;
using common::storage::Reader;
using common::storage::Record;
using common::storage::Transaction;

constexpr std::string_view kResumeToken = "feed.resume_token";
constexpr std::string_view kLag = "feed.lag";
constexpr std::string_view kGeneration = "feed.generation";
constexpr std::string_view kResyncing = "feed.resyncing";
constexpr int kRecordsAtOnce = 500;

absl::StatusOr<int64_t> ReadNumber(Reader& reader, std::string_view key, int64_t absent) {
  ASSIGN_OR_RETURN(const std::optional<std::string> text, reader.GetValue(key));
  if (!text.has_value()) return absent;
  int64_t number = 0;
  if (absl::SimpleAtoi(*text, &number)) return number;
  return common::Error(absl::StatusCode::kDataLoss, common::kDataCorrupt,
                       "a stored number of the feed cannot be read")
      .With("key", key);
}

absl::Status WriteFeedState(Transaction& transaction, const FeedState& before,
                            const FeedState& after) {
  if (before == after) return absl::OkStatus();
  RETURN_IF_ERROR(transaction.SetValue(kResumeToken, after.resume_token));
  RETURN_IF_ERROR(transaction.SetValue(kLag, absl::StrCat(after.lag)));
  RETURN_IF_ERROR(transaction.SetValue(kGeneration, absl::StrCat(after.generation)));
  return transaction.SetValue(kResyncing, after.resyncing ? "1" : "0");
}

NewRecord MakeRecord(std::string_view kind, const std::string& name,
                     std::vector<IndexKey> keys = {}) {
  return {.kind = std::string(kind), .name = name, .payload = {}, .keys = std::move(keys)};
}

IndexKey Key(std::string_view index, const std::string& value) {
  return {.index = std::string(index), .value = value};
}

// The record of `change`, without payload; nothing if it is about a kind we do not know yet.
std::optional<NewRecord> RecordFor(const v1::Change& change) {
  switch (change.resource_case()) {
    case v1::Change::kUnit:
      // An alliance has no parent; nobody looks for that.
      return MakeRecord(kProjectedUnit, change.unit().name(),
                        {Key(kIndexParent, change.unit().parent())});
    case v1::Change::kCluster:
      return MakeRecord(kProjectedCluster, change.cluster().name());
    case v1::Change::kClusterYear:
      return MakeRecord(kProjectedClusterYear, change.cluster_year().name());
    case v1::Change::kIndicator:
      return MakeRecord(kProjectedIndicator, change.indicator().name());
    case v1::Change::kForm:
      return MakeRecord(kProjectedForm, change.form().name());
    case v1::Change::kPact:
      return MakeRecord(kProjectedPact, change.pact().name());
    case v1::Change::kSubmission:
      return MakeRecord(kProjectedSubmission, change.submission().name(),
                        {Key(kIndexUnitYear, UnitYear(change.submission().unit(),
                                                      change.submission().cluster_year()))});
    case v1::Change::RESOURCE_NOT_SET:
      break;
  }
  return std::nullopt;
}

// Whether `change` tells nothing beyond `stored`, given who writes this generation.
bool IsKnown(const std::optional<Record>& stored, const v1::Change& change,
             std::string_view actor) {
  if (!stored.has_value() || stored->payload.empty() || stored->actor != actor) return false;
  v1::Change known;
  return known.ParseFromString(stored->payload) && known.version() >= change.version();
}

absl::Status ApplyChange(Transaction& transaction, const v1::Change& change,
                         std::string_view actor) {
  std::optional<NewRecord> record = RecordFor(change);
  if (!record.has_value()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::optional<Record> stored, transaction.Get(record->kind, record->name));
  if (IsKnown(stored, change, actor)) return absl::OkStatus();
  v1::Change kept = change;
  kept.clear_commit_time();
  kept.clear_actor();
  kept.clear_ends_commit();
  record->payload = kept.SerializeAsString();
  return transaction.Put(*std::move(record)).status();
}

// Removes the resources of `kind` that no change of this generation told of.
absl::Status SweepKind(Transaction& transaction, std::string_view kind, std::string_view actor) {
  std::string after;
  while (true) {
    ASSIGN_OR_RETURN(const std::vector<Record> page, transaction.List({.kind = std::string(kind),
                                                                       .where = {},
                                                                       .after_name = after,
                                                                       .limit = kRecordsAtOnce}));
    for (const Record& record : page) {
      if (record.actor == actor || record.payload.empty()) continue;
      RETURN_IF_ERROR(transaction.Put(MakeRecord(kind, record.name)).status());
    }
    if (page.size() < static_cast<size_t>(kRecordsAtOnce)) return absl::OkStatus();
    after = page.back().name;
  }
}

absl::Status Sweep(Transaction& transaction, std::string_view actor) {
  for (const std::string_view kind :
       {kProjectedUnit, kProjectedCluster, kProjectedClusterYear, kProjectedIndicator,
        kProjectedForm, kProjectedPact, kProjectedSubmission}) {
    RETURN_IF_ERROR(SweepKind(transaction, kind, actor));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<FeedState> ReadFeedState(Reader& reader) {
  FeedState state;
  ASSIGN_OR_RETURN(const std::optional<std::string> token, reader.GetValue(kResumeToken));
  state.resume_token = token.value_or("");
  ASSIGN_OR_RETURN(state.lag, ReadNumber(reader, kLag, 0));
  ASSIGN_OR_RETURN(state.generation, ReadNumber(reader, kGeneration, 1));
  ASSIGN_OR_RETURN(const int64_t resyncing, ReadNumber(reader, kResyncing, 0));
  state.resyncing = resyncing != 0;
  return state;
}

std::string UnitYear(std::string_view unit, std::string_view cluster_year) {
  return absl::StrCat(common::sv(unit), "|", common::sv(cluster_year));
}

std::string FeedActor(const FeedState& state) { return absl::StrCat("feed/", state.generation); }

absl::StatusOr<FeedState> ApplyFeed(Transaction& transaction, const v1::WatchResponse& response) {
  ASSIGN_OR_RETURN(const FeedState before, ReadFeedState(transaction));
  const std::string actor = FeedActor(before);
  for (const v1::Change& change : response.changes()) {
    RETURN_IF_ERROR(ApplyChange(transaction, change, actor));
  }
  FeedState after = before;
  after.resume_token = response.resume_token();
  after.lag = response.lag();
  if (before.resyncing && response.lag() == 0) {
    RETURN_IF_ERROR(Sweep(transaction, actor));
    after.resyncing = false;
  }
  RETURN_IF_ERROR(WriteFeedState(transaction, before, after));
  return after;
}

absl::StatusOr<FeedState> RestartFeed(Transaction& transaction) {
  ASSIGN_OR_RETURN(const FeedState before, ReadFeedState(transaction));
  const FeedState after{
      .resume_token = "", .lag = 0, .generation = before.generation + 1, .resyncing = true};
  RETURN_IF_ERROR(WriteFeedState(transaction, before, after));
  return after;
}

}  // namespace awards
