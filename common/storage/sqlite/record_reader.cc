#include "common/storage/sqlite/record_reader.h"

#include <charconv>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/reasons.h"

namespace common::storage::sqlite {
namespace {

// An answer of Changes or Log stops growing at this many bytes of payload.
constexpr size_t kLogBytes = size_t{1} << 20;

// In the order of RowToRecord.
#define RECORD_COLUMNS                                                                 \
  "change.kind, change.name, change.version, change.sequence, change.commit_sequence," \
  " change.time_us, change.actor, change.method, change.hash, change.trace, change.payload "

constexpr char kSelectNewest[] = "SELECT version, keys FROM current WHERE kind = ? AND name = ?";
constexpr char kSelectCurrent[] = "SELECT " RECORD_COLUMNS
                                  "FROM current JOIN change USING (sequence)"
                                  " WHERE current.kind = ? AND current.name = ?";
// The plus keeps SQLite on the index of names, whose entries hold the sequence: no version is read
// but the one that is found.
constexpr char kSelectAt[] = "SELECT " RECORD_COLUMNS
                             "FROM change WHERE kind = ? AND name = ? AND +sequence <= ?"
                             " ORDER BY version DESC LIMIT 1";
constexpr char kSelectTimeAt[] =
    "SELECT time_us FROM change WHERE sequence <= ? ORDER BY sequence DESC LIMIT 1";
constexpr char kListAll[] = "SELECT " RECORD_COLUMNS
                            "FROM current JOIN change USING (sequence)"
                            " WHERE current.kind = ? AND current.name > ?"
                            " ORDER BY current.name LIMIT ?";
// CROSS JOIN keeps the order of the tables, so that the index gives the rows sorted.
constexpr char kListByKey[] = "SELECT " RECORD_COLUMNS
                              "FROM index_key CROSS JOIN current USING (kind, name)"
                              " CROSS JOIN change USING (sequence)"
                              " WHERE index_key.kind = ? AND index_key.index_name = ?"
                              " AND index_key.value = ? AND index_key.name > ?"
                              " ORDER BY index_key.name LIMIT ?";
constexpr char kSelectHistory[] = "SELECT " RECORD_COLUMNS
                                  "FROM change WHERE kind = ? AND name = ? AND version > ?"
                                  " ORDER BY version LIMIT ?";
constexpr char kSelectLog[] =
    "SELECT " RECORD_COLUMNS "FROM change WHERE sequence > ? ORDER BY sequence";
constexpr char kSelectHead[] = "SELECT coalesce(max(sequence), 0) FROM change";
constexpr char kSelectLastHash[] = "SELECT hash FROM change ORDER BY sequence DESC LIMIT 1";
constexpr char kSelectValue[] = "SELECT value FROM value WHERE key = ?";

Record RowToRecord(const Query& row) {
  return {.kind = row.BytesAt(0),
          .name = row.BytesAt(1),
          .payload = row.BytesAt(10),
          .version = row.IntAt(2),
          .sequence = row.IntAt(3),
          .commit_sequence = row.IntAt(4),
          .time = absl::FromUnixMicros(row.IntAt(5)),
          .actor = row.BytesAt(6),
          .method = row.BytesAt(7),
          .hash = row.BytesAt(8),
          .trace = row.BytesAt(9)};
}

std::vector<Record> AllRows(Query& query) {
  std::vector<Record> records;
  while (query.Step()) records.push_back(RowToRecord(query));
  return records;
}

// Takes records of the log until `is_end` says that one is the last, or there are no more.
// `is_full`: there are `limit` of them, or they are large.
std::vector<Record> SelectLog(Connection& connection, int64_t after_sequence, int limit,
                              absl::FunctionRef<bool(const Record& last, bool is_full)> is_end) {
  Query query = connection.Use(kSelectLog);
  query.Int(after_sequence);
  std::vector<Record> records;
  size_t bytes = 0;
  while (query.Step()) {
    records.push_back(RowToRecord(query));
    bytes += records.back().payload.size();
    const bool is_full = bytes >= kLogBytes || std::cmp_greater_equal(records.size(), limit);
    if (is_end(records.back(), is_full)) break;
  }
  return records;
}

// Takes one text, written as its length, a colon and its bytes.
bool TakeText(std::string_view& in, std::string& text) {
  size_t size = 0;
  const auto [end, error] = std::from_chars(in.data(), in.data() + in.size(), size);
  if (error != std::errc()) return false;
  in.remove_prefix(static_cast<size_t>(end - in.data()));
  if (in.empty() || in.front() != ':' || in.size() - 1 < size) return false;
  text = in.substr(1, size);
  in.remove_prefix(1 + size);
  return true;
}

}  // namespace

std::string EncodeKeys(const std::vector<IndexKey>& keys) {
  std::string blob;
  for (const IndexKey& key : keys) {
    absl::StrAppend(&blob, key.index.size(), ":", key.index, key.value.size(), ":", key.value);
  }
  return blob;
}

std::optional<std::vector<IndexKey>> DecodeKeys(std::string_view blob) {
  std::vector<IndexKey> keys;
  while (!blob.empty()) {
    IndexKey key;
    if (!TakeText(blob, key.index) || !TakeText(blob, key.value)) return std::nullopt;
    keys.push_back(std::move(key));
  }
  return keys;
}

absl::StatusOr<RecordReader::Newest> RecordReader::GetNewest(const std::string& kind,
                                                             const std::string& name) {
  return Guard(report_, [&]() -> absl::StatusOr<Newest> {
    Query query = connection_.Use(kSelectNewest);
    query.Text(kind).Text(name);
    if (!query.Step()) return Newest{};
    std::optional<std::vector<IndexKey>> keys = DecodeKeys(query.BytesAt(1));
    if (!keys.has_value()) {
      return Error(absl::StatusCode::kDataLoss, kDataCorrupt, "the store is damaged");
    }
    return Newest{.version = query.IntAt(0), .keys = *std::move(keys)};
  });
}

absl::StatusOr<std::optional<Record>> RecordReader::Get(std::string_view kind,
                                                        std::string_view name) {
  return Guard(report_, [&]() -> absl::StatusOr<std::optional<Record>> {
    const std::string kind_text(kind);
    const std::string name_text(name);
    Query query = connection_.Use(kSelectCurrent);
    query.Text(kind_text).Text(name_text);
    if (!query.Step()) return std::nullopt;
    return RowToRecord(query);
  });
}

absl::StatusOr<std::optional<Record>> RecordReader::GetAt(std::string_view kind,
                                                          std::string_view name, int64_t sequence) {
  return Guard(report_, [&]() -> absl::StatusOr<std::optional<Record>> {
    const std::string kind_text(kind);
    const std::string name_text(name);
    Query query = connection_.Use(kSelectAt);
    query.Text(kind_text).Text(name_text).Int(sequence);
    if (!query.Step()) return std::nullopt;
    return RowToRecord(query);
  });
}

absl::Time RecordReader::TimeAt(int64_t sequence) {
  Query query = connection_.Use(kSelectTimeAt);
  query.Int(sequence);
  return query.Step() ? absl::FromUnixMicros(query.IntAt(0)) : absl::InfinitePast();
}

absl::StatusOr<int64_t> RecordReader::PositionAt(absl::Time time) {
  return Guard(report_, [&]() -> absl::StatusOr<int64_t> {
    // Times grow with the sequence; the position is one of `first` to `last`.
    int64_t first = 0;
    int64_t last = head_;
    while (first < last) {
      const int64_t middle = last - (last - first) / 2;
      if (TimeAt(middle) <= time) {
        first = middle;
      } else {
        last = middle - 1;
      }
    }
    return first;
  });
}

absl::StatusOr<std::vector<Record>> RecordReader::List(const ListQuery& list) {
  return Guard(report_, [&]() -> absl::StatusOr<std::vector<Record>> {
    Query query = connection_.Use(list.where.has_value() ? kListByKey : kListAll);
    query.Text(list.kind);
    if (list.where.has_value()) query.Text(list.where->index).Text(list.where->value);
    query.Text(list.after_name).Int(list.limit);
    return AllRows(query);
  });
}

absl::StatusOr<std::vector<Record>> RecordReader::History(std::string_view kind,
                                                          std::string_view name,
                                                          int64_t after_version, int limit) {
  return Guard(report_, [&]() -> absl::StatusOr<std::vector<Record>> {
    const std::string kind_text(kind);
    const std::string name_text(name);
    Query query = connection_.Use(kSelectHistory);
    query.Text(kind_text).Text(name_text).Int(after_version).Int(limit);
    return AllRows(query);
  });
}

absl::StatusOr<std::vector<Record>> RecordReader::Log(int64_t after_sequence, int limit) {
  return Guard(report_, [&]() -> absl::StatusOr<std::vector<Record>> {
    return SelectLog(connection_, after_sequence, limit,
                     [](const Record& /*last*/, bool is_full) { return is_full; });
  });
}

absl::StatusOr<std::optional<std::string>> RecordReader::GetValue(std::string_view key) {
  return Guard(report_, [&]() -> absl::StatusOr<std::optional<std::string>> {
    const std::string key_text(key);
    Query query = connection_.Use(kSelectValue);
    query.Text(key_text);
    if (!query.Step()) return std::nullopt;
    return query.BytesAt(0);
  });
}

int64_t SelectHead(Connection& connection) {
  Query query = connection.Use(kSelectHead);
  return query.Step() ? query.IntAt(0) : 0;
}

std::optional<std::string> SelectLastHash(Connection& connection) {
  Query query = connection.Use(kSelectLastHash);
  if (!query.Step()) return std::nullopt;
  return query.BytesAt(0);
}

std::vector<Record> SelectChanges(Connection& connection, int64_t after_sequence, int limit) {
  return SelectLog(connection, after_sequence, limit, [](const Record& last, bool is_full) {
    return is_full && last.sequence == last.commit_sequence;
  });
}

}  // namespace common::storage::sqlite
