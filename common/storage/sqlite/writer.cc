#include "common/storage/sqlite/writer.h"

#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

#include "SQLiteCpp/Exception.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "common/storage/sqlite/record_reader.h"

namespace common::storage::sqlite {
namespace {

// A checkpoint is due each time this many pages have gathered: 4 MiB.
constexpr int kCheckpointPages = 1024;

constexpr char kBegin[] = "BEGIN IMMEDIATE";
constexpr char kCommit[] = "COMMIT";
constexpr char kSelectAnswer[] =
    "SELECT fingerprint, answer, commit_sequence FROM request"
    " WHERE principal = ? AND method = ? AND request_id = ?";
constexpr char kInsertAnswer[] =
    "INSERT INTO request"
    " (principal, method, request_id, fingerprint, answer, commit_sequence, time_us)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)";
constexpr char kSelectLastTime[] =
    "SELECT time_us FROM change WHERE sequence = (SELECT max(sequence) FROM change)";

absl::Time SelectLastTime(Connection& connection) {
  Query query = connection.Use(kSelectLastTime);
  return query.Step() ? absl::FromUnixMicros(query.IntAt(0)) : absl::InfinitePast();
}

int RememberPages(void* pages, sqlite3* /*handle*/, const char* /*database*/, int count) {
  *static_cast<int*>(pages) = count;
  return SQLITE_OK;
}

}  // namespace

Writer::Writer(std::unique_ptr<Connection> connection, std::string chain_start, Limits limits,
               Clock& clock, HeadWatch& watch, const ErrorReport& report, BatchObserver on_batch)
    : limits_(limits),
      clock_(clock),
      watch_(watch),
      report_(report),
      on_batch_(std::move(on_batch)),
      connection_(std::move(connection)),
      head_(SelectHead(*connection_)),
      hash_(SelectLastHash(*connection_).value_or(std::move(chain_start))),
      last_time_(SelectLastTime(*connection_)) {
  watch_.Advance(head_);
  sqlite3_wal_hook(connection_->handle(), RememberPages, &wal_pages_);
  thread_ = std::thread([this] { Run(); });
}

void Writer::Submit(WriteOptions options, Ledger::Work work, Ledger::Done done) {
  PendingWrite write{
      .options = std::move(options), .work = std::move(work), .done = std::move(done)};
  absl::Status status = Enqueue(write);
  if (!status.ok()) write.done(std::move(status));
}

absl::Status Writer::Enqueue(PendingWrite& write) {
  {
    const std::lock_guard lock(mutex_);
    if (draining_) {
      return Error(absl::StatusCode::kUnavailable, kShuttingDown, "the store is closing");
    }
    if (queue_.size() >= limits_.queue) {
      return Error(absl::StatusCode::kResourceExhausted, kOverloaded, "too many writes wait");
    }
    queue_.push_back(std::move(write));
  }
  queued_.notify_one();
  return absl::OkStatus();
}

size_t Writer::QueueDepth() {
  const std::lock_guard lock(mutex_);
  return queue_.size();
}

void Writer::Drain() {
  {
    const std::lock_guard lock(mutex_);
    draining_ = true;
  }
  queued_.notify_all();
  const std::lock_guard lock(join_mutex_);
  if (thread_.joinable()) thread_.join();
}

void Writer::Run() {
  for (std::vector<PendingWrite> batch = TakeBatch(); !batch.empty(); batch = TakeBatch()) {
    RunBatch(batch);
    CheckpointIfDue();
  }
}

std::vector<Writer::PendingWrite> Writer::TakeBatch() {
  std::unique_lock lock(mutex_);
  queued_.wait(lock, [this] { return draining_ || !queue_.empty(); });
  const auto end =
      queue_.begin() + static_cast<std::ptrdiff_t>(std::min(queue_.size(), limits_.batch));
  std::vector<PendingWrite> batch(std::make_move_iterator(queue_.begin()),
                                  std::make_move_iterator(end));
  queue_.erase(queue_.begin(), end);
  return batch;
}

void Writer::RunBatch(std::vector<PendingWrite>& batch) {
  const int64_t head_before = head_;
  const std::string hash_before = hash_;
  const auto begin = std::chrono::steady_clock::now();
  const absl::Status status = Execute(batch);
  const auto end = std::chrono::steady_clock::now();
  connection_->Rollback();
  if (status.ok()) {
    if (head_ != head_before) watch_.Advance(head_);
  } else {
    head_ = head_before;
    hash_ = hash_before;
    for (PendingWrite& write : batch) write.result = status;
  }
  if (on_batch_) Observe(batch, absl::FromChrono(end - begin), status);
  for (PendingWrite& write : batch) write.done(std::move(write.result));
}

void Writer::Observe(const std::vector<PendingWrite>& batch, absl::Duration duration,
                     const absl::Status& status) {
  const auto replayed = std::count_if(batch.begin(), batch.end(), [](const PendingWrite& write) {
    return write.result.ok() && write.result->replayed;
  });
  on_batch_({.writes = batch.size(),
             .replayed = static_cast<size_t>(replayed),
             .duration = duration,
             .is_commit = dirty_,
             .status = status});
}

absl::Status Writer::Execute(std::vector<PendingWrite>& batch) {
  dirty_ = false;
  RETURN_IF_ERROR(Begin());
  for (PendingWrite& write : batch) RETURN_IF_ERROR(RunOne(write));
  return dirty_ ? Commit() : absl::OkStatus();
}

absl::Status Writer::Begin() {
  return Guard(report_, [this]() -> absl::Status {
    connection_->Use(kBegin).Run();
    return absl::OkStatus();
  });
}

absl::Status Writer::RunOne(PendingWrite& write) {
  if (write.options.request.has_value()) {
    std::optional<absl::StatusOr<WriteResult>> known;
    RETURN_IF_ERROR(Guard(report_, [&]() -> absl::Status {
      known = SelectAnswer(*write.options.request);
      return absl::OkStatus();
    }));
    if (known.has_value()) {
      write.result = *std::move(known);
      return absl::OkStatus();
    }
  }
  BufferedTransaction transaction(*connection_, report_,
                                  {.head = head_,
                                   .hash = hash_,
                                   .now = NextTime(),
                                   .actor = write.options.actor,
                                   .method = write.options.method,
                                   .trace = write.options.trace});
  write.result = RunWork(write, transaction);
  // A read of the work may have met a failing disk, and SQLite then drops the whole batch.
  if (!connection_->InTransaction()) return StorageUnavailable();
  if (!write.result.ok() || write.options.validate_only) return absl::OkStatus();
  return Apply(write.options, transaction, *write.result);
}

absl::StatusOr<WriteResult> Writer::RunWork(PendingWrite& write, BufferedTransaction& transaction) {
  ASSIGN_OR_RETURN(std::string answer, Guard(report_, [&] { return write.work(transaction); }));
  return WriteResult{.answer = std::move(answer),
                     .commit_sequence = write.options.validate_only ? head_ : transaction.Head(),
                     .replayed = false};
}

absl::Status Writer::Apply(const WriteOptions& options, BufferedTransaction& transaction,
                           const WriteResult& result) {
  const bool writes = !transaction.Empty() || options.request.has_value();
  absl::Status status = transaction.Apply();
  if (status.ok() && options.request.has_value()) {
    status = Guard(report_, [&]() -> absl::Status {
      InsertAnswer(*options.request, result, transaction.Now());
      return absl::OkStatus();
    });
  }
  // Whatever it was, the neighbours in the batch are not to blame and may try again.
  if (!status.ok()) return absl::IsDataLoss(status) ? status : StorageUnavailable();
  head_ = result.commit_sequence;
  hash_ = transaction.Hash();
  dirty_ = dirty_ || writes;
  return absl::OkStatus();
}

absl::Status Writer::Commit() {
  try {
    connection_->Use(kCommit).Run();
    return absl::OkStatus();
  } catch (const SQLite::Exception& error) {
    absl::Status status = ToStatus(error, report_);
    // Without space the commit's mark was not written. Any other failure may have come after it,
    // and then a restart would find the commit.
    const int code = error.getErrorCode() & 0xff;
    if (code == SQLITE_FULL || absl::IsDataLoss(status)) return status;
    return Error(absl::StatusCode::kUnavailable, kOutcomeUnknown,
                 "the commit failed half-way; repeat with the same request id");
  }
}

std::optional<absl::StatusOr<WriteResult>> Writer::SelectAnswer(const RequestKey& request) {
  Query query = connection_->Use(kSelectAnswer);
  query.Text(request.principal).Text(request.method).Text(request.request_id);
  if (!query.Step()) return std::nullopt;
  if (query.BytesAt(0) != request.fingerprint) {
    return Error(absl::StatusCode::kAlreadyExists, kRequestIdReused,
                 "the request id was used before for another content")
        .With("request_id", request.request_id)
        .ToStatus();
  }
  return WriteResult{
      .answer = query.BytesAt(1), .commit_sequence = query.IntAt(2), .replayed = true};
}

void Writer::InsertAnswer(const RequestKey& request, const WriteResult& result, absl::Time time) {
  connection_->Use(kInsertAnswer)
      .Text(request.principal)
      .Text(request.method)
      .Text(request.request_id)
      .Blob(request.fingerprint)
      .Blob(result.answer)
      .Int(result.commit_sequence)
      .Int(absl::ToUnixMicros(time))
      .Run();
}

absl::Time Writer::NextTime() {
  const absl::Time now = absl::FromUnixMicros(absl::ToUnixMicros(clock_.Now()));
  last_time_ = std::max(last_time_, now);
  return last_time_;
}

void Writer::CheckpointIfDue() {
  // SQLite begins its log anew by itself once a checkpoint has moved all of it.
  if (wal_pages_ < checkpointed_pages_) checkpointed_pages_ = 0;
  if (wal_pages_ - checkpointed_pages_ < kCheckpointPages) return;
  // Readers or a failing disk may keep a part back. It is safe where it is, and a later
  // checkpoint tries again.
  sqlite3_wal_checkpoint_v2(connection_->handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr,
                            nullptr);
  checkpointed_pages_ = wal_pages_;
}

void Writer::CloseFile() {
  if (connection_ == nullptr) return;
  sqlite3_wal_checkpoint_v2(connection_->handle(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr,
                            nullptr);
  connection_.reset();
}

}  // namespace common::storage::sqlite
