#include "common/storage/sqlite/schema.h"

#include <optional>
#include <span>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/storage/audit_chain.h"
#include "common/storage/sqlite/migrations.h"

namespace common::storage::sqlite {
namespace {

constexpr char kCountIdentities[] = "SELECT count(*) FROM store";
constexpr char kInsertIdentity[] = "INSERT INTO store (only, store_id, epoch) VALUES (1, ?, 1)";
constexpr char kUpdateEpoch[] = "UPDATE store SET epoch = ?";
constexpr char kSelectIdentity[] = "SELECT store_id, epoch FROM store";
constexpr char kCheckReferences[] = "PRAGMA foreign_key_check";
constexpr char kCountGaps[] =
    "SELECT (SELECT coalesce(max(sequence), 0) FROM change) - (SELECT count(*) FROM change)";
constexpr char kCountOpenCommits[] =
    "SELECT count(*) FROM change"
    " WHERE sequence = (SELECT max(sequence) FROM change) AND commit_sequence <> sequence";

// As schema 2 has it, whatever later schemas add.
constexpr char kSelectUnchained[] =
    "SELECT sequence, commit_sequence, kind, name, version, time_us, actor, method, payload"
    " FROM change WHERE sequence > ? ORDER BY sequence LIMIT 1";
constexpr char kUpdateHash[] = "UPDATE change SET hash = ? WHERE sequence = ?";

absl::Status Corrupt(std::string_view message) {
  return Error(absl::StatusCode::kDataLoss, kDataCorrupt, message);
}

// The first record behind `sequence` with what its hash covers.
std::optional<Record> SelectUnchained(Connection& connection, int64_t sequence) {
  Query query = connection.Use(kSelectUnchained);
  query.Int(sequence);
  if (!query.Step()) return std::nullopt;
  return Record{.kind = query.BytesAt(2),
                .name = query.BytesAt(3),
                .payload = query.BytesAt(8),
                .version = query.IntAt(4),
                .sequence = query.IntAt(0),
                .commit_sequence = query.IntAt(1),
                .time = absl::FromUnixMicros(query.IntAt(5)),
                .actor = query.BytesAt(6),
                .method = query.BytesAt(7)};
}

// Gives the records written before schema 2 their hashes.
void ChainLog(Connection& connection) {
  std::optional<Record> record = SelectUnchained(connection, 0);
  // A new store has no identity yet, and nothing to chain.
  if (!record.has_value()) return;
  std::string hash = ChainStart(SelectIdentity(connection).store_id);
  for (; record.has_value(); record = SelectUnchained(connection, record->sequence)) {
    hash = ChainHash(hash, *record);
    connection.Use(kUpdateHash).Blob(hash).Int(record->sequence).Run();
  }
}

// The part of the step to `version` that SQL cannot do.
void FinishStep(Connection& connection, size_t version) {
  if (version == 2) ChainLog(connection);
}

}  // namespace

StoreIdentity SelectIdentity(Connection& connection) {
  Query query = connection.Use(kSelectIdentity);
  query.Step();
  return {.store_id = query.BytesAt(0), .epoch = query.IntAt(1)};
}

absl::Status CheckFile(Connection& connection, int32_t application_id) {
  if (connection.SelectInt("SELECT count(*) FROM sqlite_schema") == 0) return absl::OkStatus();
  if (connection.SelectInt("PRAGMA application_id") != application_id) {
    return absl::FailedPreconditionError("the file is not a store of this service");
  }
  const int64_t version = connection.SelectInt("PRAGMA user_version");
  const auto known = static_cast<int64_t>(Migrations().size());
  if (version > known) {
    return absl::FailedPreconditionError(
        absl::StrCat("the store has schema version ", version, " and this program knows only ",
                     known, "; start the newer program or restore a backup"));
  }
  if (connection.SelectText("PRAGMA quick_check(1)") != "ok") {
    return Corrupt("the store is damaged: it fails SQLite's quick_check");
  }
  return absl::OkStatus();
}

void Migrate(Connection& connection, int32_t application_id) {
  const auto applied = static_cast<size_t>(connection.SelectInt("PRAGMA user_version"));
  for (size_t i = applied; i < Migrations().size(); ++i) {
    // If a statement fails, the open transaction ends with the connection and leaves nothing.
    const std::string script = absl::StrCat("BEGIN IMMEDIATE;\n", Migrations()[i]);
    connection.Execute(script.c_str());
    FinishStep(connection, i + 1);
    const std::string end = absl::StrCat("PRAGMA application_id = ", application_id,
                                         ";\nPRAGMA user_version = ", i + 1, ";\nCOMMIT;");
    connection.Execute(end.c_str());
  }
}

StoreIdentity EnsureIdentity(Connection& connection, IdSource& ids) {
  if (connection.SelectInt(kCountIdentities) == 0) {
    const std::string store_id = ids.NewUuid();
    connection.Use(kInsertIdentity).Text(store_id).Run();
  }
  return SelectIdentity(connection);
}

void RaiseEpoch(Connection& connection, int64_t epoch) {
  connection.Use(kUpdateEpoch).Int(epoch).Run();
}

absl::Status CheckLog(Connection& connection) {
  if (connection.SelectInt(kCountGaps) != 0) return Corrupt("the store's log has a gap");
  if (connection.SelectInt(kCountOpenCommits) != 0) {
    return Corrupt("the store's log ends within a commit");
  }
  if (connection.Use(kCheckReferences).Step()) {
    return Corrupt("a record of the store points at a version that is not there");
  }
  return absl::OkStatus();
}

}  // namespace common::storage::sqlite
