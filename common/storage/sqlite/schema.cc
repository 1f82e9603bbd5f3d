#include "common/storage/sqlite/schema.h"

#include <span>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/storage/sqlite/migrations.h"

namespace common::storage::sqlite {
namespace {

constexpr char kCountIdentities[] = "SELECT count(*) FROM store";
constexpr char kInsertIdentity[] = "INSERT INTO store (only, store_id, epoch) VALUES (1, ?, 1)";
constexpr char kSelectIdentity[] = "SELECT store_id, epoch FROM store";
constexpr char kCheckReferences[] = "PRAGMA foreign_key_check";
constexpr char kCountGaps[] =
    "SELECT (SELECT coalesce(max(sequence), 0) FROM change) - (SELECT count(*) FROM change)";
constexpr char kCountOpenCommits[] =
    "SELECT count(*) FROM change"
    " WHERE sequence = (SELECT max(sequence) FROM change) AND commit_sequence <> sequence";

absl::Status Corrupt(std::string_view message) {
  return Error(absl::StatusCode::kDataLoss, kDataCorrupt, message);
}

}  // namespace

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
    const std::string script = absl::StrCat("BEGIN IMMEDIATE;\n", Migrations()[i],
                                            "PRAGMA application_id = ", application_id,
                                            ";\nPRAGMA user_version = ", i + 1, ";\nCOMMIT;");
    connection.Execute(script.c_str());
  }
}

StoreIdentity EnsureIdentity(Connection& connection, IdSource& ids) {
  if (connection.SelectInt(kCountIdentities) == 0) {
    const std::string store_id = ids.NewUuid();
    connection.Use(kInsertIdentity).Text(store_id).Run();
  }
  Query query = connection.Use(kSelectIdentity);
  query.Step();
  return {.store_id = query.BytesAt(0), .epoch = query.IntAt(1)};
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
