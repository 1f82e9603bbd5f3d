#include "common/storage/sqlite/buffered_transaction.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <tuple>

#include "common/status/status_macros.h"
#include "common/storage/audit_chain.h"

namespace common::storage::sqlite {
namespace {

constexpr size_t kMaxKindBytes = 64;
constexpr size_t kMaxPayloadBytes = size_t{64} << 20;

constexpr char kInsertChange[] =
    "INSERT INTO change (sequence, commit_sequence, kind, name, version, time_us, actor, method,"
    " hash, trace, payload) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr char kUpsertCurrent[] =
    "INSERT INTO current (kind, name, sequence, version, keys) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (kind, name) DO UPDATE SET"
    " sequence = excluded.sequence, version = excluded.version, keys = excluded.keys";
constexpr char kInsertKey[] =
    "INSERT INTO index_key (kind, index_name, value, name) VALUES (?, ?, ?, ?)";
constexpr char kDeleteKey[] =
    "DELETE FROM index_key WHERE kind = ? AND index_name = ? AND value = ? AND name = ?";
constexpr char kUpsertValue[] =
    "INSERT INTO value (key, value) VALUES (?, ?)"
    " ON CONFLICT (key) DO UPDATE SET value = excluded.value";

bool KeyLess(const IndexKey& a, const IndexKey& b) {
  return std::tie(a.index, a.value) < std::tie(b.index, b.value);
}

void SortAndDropDuplicates(std::vector<IndexKey>& keys) {
  std::sort(keys.begin(), keys.end(), KeyLess);
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
}

// The keys of `a` that are not in `b`; both sorted.
std::vector<IndexKey> Without(const std::vector<IndexKey>& a, const std::vector<IndexKey>& b) {
  std::vector<IndexKey> rest;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(rest), KeyLess);
  return rest;
}

}  // namespace

BufferedTransaction::BufferedTransaction(Connection& connection, const ErrorReport& report,
                                         Context context)
    : connection_(connection),
      report_(report),
      context_(std::move(context)),
      below_(connection, report, context_.head) {}

const BufferedTransaction::PendingPut* BufferedTransaction::Find(const std::string& kind,
                                                                 const std::string& name) const {
  const auto found = newest_.find({kind, name});
  return found == newest_.end() ? nullptr : &puts_[found->second];
}

int64_t BufferedTransaction::Head() { return below_.Head() + static_cast<int64_t>(puts_.size()); }

absl::StatusOr<std::optional<Record>> BufferedTransaction::Get(std::string_view kind,
                                                               std::string_view name) {
  const PendingPut* put = Find(std::string(kind), std::string(name));
  if (put != nullptr) return put->record;
  return below_.Get(kind, name);
}

absl::StatusOr<std::optional<Record>> BufferedTransaction::GetAt(std::string_view kind,
                                                                 std::string_view name,
                                                                 int64_t sequence) {
  const auto found = std::find_if(puts_.rbegin(), puts_.rend(), [&](const PendingPut& put) {
    return put.record.sequence <= sequence && put.record.kind == kind && put.record.name == name;
  });
  if (found != puts_.rend()) return found->record;
  return below_.GetAt(kind, name, sequence);
}

absl::StatusOr<int64_t> BufferedTransaction::PositionAt(absl::Time time) {
  if (time >= context_.now) return Head();
  return below_.PositionAt(time);
}

absl::StatusOr<std::vector<Record>> BufferedTransaction::List(const ListQuery& query) {
  std::vector<Record> own;
  int hidden = 0;
  for (auto it = newest_.upper_bound({query.kind, query.after_name});
       it != newest_.end() && it->first.first == query.kind; ++it) {
    const PendingPut& put = puts_[it->second];
    ++hidden;
    const bool matches = !query.where.has_value() || std::find(put.keys.begin(), put.keys.end(),
                                                               *query.where) != put.keys.end();
    if (matches) own.push_back(put.record);
  }
  // At most `hidden` of the rows below are replaced by newer versions, so enough remain.
  ListQuery wider = query;
  wider.limit =
      query.limit > std::numeric_limits<int>::max() - hidden ? query.limit : query.limit + hidden;
  ASSIGN_OR_RETURN(std::vector<Record> records, below_.List(wider));
  std::erase_if(records,
                [this](const Record& record) { return Find(record.kind, record.name) != nullptr; });
  records.insert(records.end(), std::make_move_iterator(own.begin()),
                 std::make_move_iterator(own.end()));
  std::sort(records.begin(), records.end(),
            [](const Record& a, const Record& b) { return a.name < b.name; });
  if (std::cmp_greater(records.size(), query.limit)) {
    records.resize(static_cast<size_t>(std::max(query.limit, 0)));
  }
  return records;
}

absl::StatusOr<std::vector<Record>> BufferedTransaction::History(std::string_view kind,
                                                                 std::string_view name,
                                                                 int64_t after_version, int limit) {
  ASSIGN_OR_RETURN(std::vector<Record> records, below_.History(kind, name, after_version, limit));
  for (const PendingPut& put : puts_) {
    if (std::cmp_greater_equal(records.size(), limit)) break;
    const Record& record = put.record;
    if (record.kind == kind && record.name == name && record.version > after_version) {
      records.push_back(record);
    }
  }
  return records;
}

absl::StatusOr<std::vector<Record>> BufferedTransaction::Log(int64_t after_sequence, int limit) {
  ASSIGN_OR_RETURN(std::vector<Record> records, below_.Log(after_sequence, limit));
  const int64_t last = records.empty() ? after_sequence : records.back().sequence;
  if (last < below_.Head()) return records;
  for (const PendingPut& put : puts_) {
    if (std::cmp_greater_equal(records.size(), limit)) break;
    if (put.record.sequence > after_sequence) records.push_back(put.record);
  }
  return records;
}

absl::StatusOr<std::optional<std::string>> BufferedTransaction::GetValue(std::string_view key) {
  const auto found = values_.find(key);
  if (found != values_.end()) return found->second;
  return below_.GetValue(key);
}

absl::StatusOr<Record> BufferedTransaction::Put(NewRecord record) {
  if (record.kind.empty() || record.kind.size() > kMaxKindBytes) {
    return absl::InternalError("a record's kind must have 1 to 64 bytes");
  }
  if (record.payload.size() > kMaxPayloadBytes) {
    return absl::InternalError("a record's payload must not exceed 64 MiB");
  }
  PendingPut put;
  int64_t version = 0;
  if (const PendingPut* before = Find(record.kind, record.name); before != nullptr) {
    version = before->record.version;
    put.old_keys = before->keys;
  } else {
    ASSIGN_OR_RETURN(RecordReader::Newest newest, below_.GetNewest(record.kind, record.name));
    version = newest.version;
    put.old_keys = std::move(newest.keys);
  }
  put.keys = std::move(record.keys);
  SortAndDropDuplicates(put.keys);
  put.record = {.kind = std::move(record.kind),
                .name = std::move(record.name),
                .payload = std::move(record.payload),
                .version = version + 1,
                .sequence = Head() + 1,
                .commit_sequence = 0,
                .time = context_.now,
                .actor = context_.actor,
                .method = context_.method,
                .trace = context_.trace};
  newest_[{put.record.kind, put.record.name}] = puts_.size();
  puts_.push_back(std::move(put));
  return puts_.back().record;
}

absl::Status BufferedTransaction::SetValue(std::string_view key, std::string_view value) {
  values_.insert_or_assign(std::string(key), std::string(value));
  return absl::OkStatus();
}

absl::Status BufferedTransaction::Apply() {
  return Guard(report_, [this]() -> absl::Status {
    for (PendingPut& put : puts_) {
      Chain(put.record);
      ApplyPut(put);
      ApplyKeys(put);
    }
    ApplyValues();
    return absl::OkStatus();
  });
}

void BufferedTransaction::Chain(Record& record) {
  record.commit_sequence = Head();
  record.hash = ChainHash(context_.hash, record);
  context_.hash = record.hash;
}

void BufferedTransaction::ApplyPut(const PendingPut& put) {
  const Record& record = put.record;
  connection_.Use(kInsertChange)
      .Int(record.sequence)
      .Int(record.commit_sequence)
      .Text(record.kind)
      .Text(record.name)
      .Int(record.version)
      .Int(absl::ToUnixMicros(record.time))
      .Text(record.actor)
      .Text(record.method)
      .Blob(record.hash)
      .Text(record.trace)
      .Blob(record.payload)
      .Run();
  const std::string keys = EncodeKeys(put.keys);
  connection_.Use(kUpsertCurrent)
      .Text(record.kind)
      .Text(record.name)
      .Int(record.sequence)
      .Int(record.version)
      .Blob(keys)
      .Run();
}

void BufferedTransaction::ApplyKeys(const PendingPut& put) {
  const Record& record = put.record;
  for (const IndexKey& key : Without(put.old_keys, put.keys)) {
    Query query = connection_.Use(kDeleteKey);
    query.Text(record.kind).Text(key.index).Text(key.value).Text(record.name).Run();
  }
  for (const IndexKey& key : Without(put.keys, put.old_keys)) {
    Query query = connection_.Use(kInsertKey);
    query.Text(record.kind).Text(key.index).Text(key.value).Text(record.name).Run();
  }
}

void BufferedTransaction::ApplyValues() {
  for (const auto& [key, value] : values_) {
    connection_.Use(kUpsertValue).Text(key).Blob(value).Run();
  }
}

}  // namespace common::storage::sqlite
