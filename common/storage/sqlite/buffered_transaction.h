// One write while its work runs.
#ifndef THIDUA_COMMON_STORAGE_SQLITE_BUFFERED_TRANSACTION_H_
#define THIDUA_COMMON_STORAGE_SQLITE_BUFFERED_TRANSACTION_H_

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/storage/ledger.h"
#include "common/storage/sqlite/connection.h"
#include "common/storage/sqlite/guard.h"
#include "common/storage/sqlite/record_reader.h"

namespace common::storage::sqlite {

// Keeps what the work writes in memory and lays it over what it reads, so that a work that fails
// leaves nothing and the works that share its commit do not notice.
class BufferedTransaction final : public Transaction {
 public:
  // What the records are written after, and with.
  struct Context {
    // The last sequence written so far, and its hash.
    int64_t head = 0;
    std::string hash{};
    // In whole microseconds.
    absl::Time now{};
    std::string actor{};
    std::string method{};
    std::string trace{};
  };

  // `connection` has a transaction open; it and `report` must outlive this.
  BufferedTransaction(Connection& connection, const ErrorReport& report, Context context);

  absl::StatusOr<std::optional<Record>> Get(std::string_view kind, std::string_view name) override;
  absl::StatusOr<std::optional<Record>> GetAt(std::string_view kind, std::string_view name,
                                              int64_t sequence) override;
  absl::StatusOr<int64_t> PositionAt(absl::Time time) override;
  absl::StatusOr<std::vector<Record>> List(const ListQuery& query) override;
  absl::StatusOr<std::vector<Record>> History(std::string_view kind, std::string_view name,
                                              int64_t after_version, int limit) override;
  absl::StatusOr<std::vector<Record>> Log(int64_t after_sequence, int limit) override;
  absl::StatusOr<std::optional<std::string>> GetValue(std::string_view key) override;
  int64_t Head() override;

  // INTERNAL if the kind is empty or longer than 64 bytes, or the payload is longer than 64 MiB.
  absl::StatusOr<Record> Put(NewRecord record) override;
  absl::Status SetValue(std::string_view key, std::string_view value) override;
  absl::Time Now() override { return context_.now; }

  // Nothing was put or set.
  bool Empty() const { return puts_.empty() && values_.empty(); }

  // Writes the buffer into the connection's transaction, which may be left half-written by an
  // error and must then be rolled back. Errors as of Guard. Called at most once.
  absl::Status Apply();

  // After Apply(): the hash of the last record written.
  const std::string& Hash() const { return context_.hash; }

 private:
  struct PendingPut {
    Record record{};
    std::vector<IndexKey> keys{};
    // Keys of the version before.
    std::vector<IndexKey> old_keys{};
  };

  // The newest version of one name in the buffer; null if there is none.
  const PendingPut* Find(const std::string& kind, const std::string& name) const;

  // Ends the chain of hashes with `record`, whose commit is known now.
  void Chain(Record& record);
  // These throw SQLite::Exception.
  void ApplyPut(const PendingPut& put);
  void ApplyKeys(const PendingPut& put);
  void ApplyValues();

  Connection& connection_;
  const ErrorReport& report_;
  // Of it, only the hash changes.
  Context context_;
  RecordReader below_;
  // In the order of their sequences.
  std::vector<PendingPut> puts_{};
  // Index in puts_ of the newest version of each kind and name.
  std::map<std::pair<std::string, std::string>, size_t> newest_{};
  std::map<std::string, std::string, std::less<>> values_{};
};

}  // namespace common::storage::sqlite

#endif  // THIDUA_COMMON_STORAGE_SQLITE_BUFFERED_TRANSACTION_H_
