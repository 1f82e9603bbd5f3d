// The reading half of the ledger on one connection.
#ifndef THIDUA_COMMON_STORAGE_SQLITE_RECORD_READER_H_
#define THIDUA_COMMON_STORAGE_SQLITE_RECORD_READER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/storage/ledger.h"
#include "common/storage/sqlite/connection.h"
#include "common/storage/sqlite/guard.h"

namespace common::storage::sqlite {

// Reads what the connection's open transaction sees. Lives no longer than that transaction.
class RecordReader final : public Reader {
 public:
  // What the writer must know of the newest version to write the next one.
  struct Newest {
    // 0 if there is none.
    int64_t version = 0;
    std::vector<IndexKey> keys{};
  };

  // `connection` and `report` must outlive this; `head` is the last sequence visible in the
  // transaction.
  RecordReader(Connection& connection, const ErrorReport& report, int64_t head)
      : connection_(connection), report_(report), head_(head) {}

  absl::StatusOr<std::optional<Record>> Get(std::string_view kind, std::string_view name) override;
  absl::StatusOr<std::optional<Record>> GetAt(std::string_view kind, std::string_view name,
                                              int64_t sequence) override;
  absl::StatusOr<int64_t> PositionAt(absl::Time time) override;
  absl::StatusOr<std::vector<Record>> List(const ListQuery& query) override;
  absl::StatusOr<std::vector<Record>> History(std::string_view kind, std::string_view name,
                                              int64_t after_version, int limit) override;
  absl::StatusOr<std::vector<Record>> Log(int64_t after_sequence, int limit) override;
  absl::StatusOr<std::optional<std::string>> GetValue(std::string_view key) override;
  int64_t Head() override { return head_; }

  absl::StatusOr<Newest> GetNewest(const std::string& kind, const std::string& name);

 private:
  // The time of the last record up to `sequence`, which is at least 1. Throws SQLite::Exception.
  absl::Time TimeAt(int64_t sequence);

  Connection& connection_;
  const ErrorReport& report_;
  const int64_t head_;
};

// The last sequence of the log as `connection` sees it; opens the snapshot of a transaction that
// has begun. Throws SQLite::Exception.
int64_t SelectHead(Connection& connection);

// The hash of the last record of the log; nothing if there is none. Throws SQLite::Exception.
std::optional<std::string> SelectLastHash(Connection& connection);

// See Ledger::Changes. Throws SQLite::Exception.
std::vector<Record> SelectChanges(Connection& connection, int64_t after_sequence, int limit);

// The keys of a version as one blob, and back. DecodeKeys takes only what EncodeKeys made, and
// gives nothing for anything else.
std::string EncodeKeys(const std::vector<IndexKey>& keys);
std::optional<std::vector<IndexKey>> DecodeKeys(std::string_view blob);

}  // namespace common::storage::sqlite

#endif  // THIDUA_COMMON_STORAGE_SQLITE_RECORD_READER_H_
