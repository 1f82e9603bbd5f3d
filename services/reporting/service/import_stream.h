// One call of ImportSubmissions: many reports, each committed by itself, answered in the order
// sent.
#ifndef THIDUA_SERVICES_REPORTING_SERVICE_IMPORT_STREAM_H_
#define THIDUA_SERVICES_REPORTING_SERVICE_IMPORT_STREAM_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <set>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/rpc/guard.h"
#include "common/storage/ledger.h"
#include "services/reporting/store/definitions.h"
#include "thidua/reporting/v1/submission_service.pb.h"

namespace reporting {

class ImportStream;

// The imports under way, so that they can be ended. Thread-safe.
class ImportStreams {
 public:
  // Ends these imports and those to come.
  void Drain();

 private:
  friend class ImportStream;

  void Add(ImportStream* stream);
  void Remove(ImportStream* stream);

  std::mutex mutex_;
  std::set<ImportStream*> streams_;
  bool is_draining_ = false;
};

// What an import works with; all outlive it.
struct ImportResources {
  common::storage::Ledger& ledger;
  common::rpc::RpcEnvironment& rpc;
  ReceptionCache& cache;
  ImportStreams& streams;
};

// At most one read and one write are under way; what arrives is queued until it is committed and
// all before it are answered. Reading pauses while 256 items or 1 MiB of them wait, so a client
// that does not read its answers is not read either, and large items take no more memory than small
// ones. Nothing blocks: commits are answered on the ledger's writer thread.
class ImportStream final : public grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  static constexpr size_t kInFlightMax = 256;
  static constexpr size_t kInFlightBytesMax = size_t{1} << 20;

  // A stream that lives until the call is over and its last commit is known.
  static ImportStream* Begin(const ImportResources& resources,
                             const grpc::CallbackServerContext& context);

  // Ends the stream once what was read is answered.
  void Drain();

  void OnReadDone(bool ok) override;
  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  using Response = thidua::reporting::v1::ImportSubmissionsResponse;

  // One report that was read.
  struct Item {
    int64_t number = 0;
    // Its size as it was sent.
    size_t bytes = 0;
    // Set once it is known; an error ends the stream.
    std::optional<absl::StatusOr<Response>> answer{};
  };

  ImportStream(const ImportResources& resources, const grpc::CallbackServerContext& context);

  // Sends the report in `incoming_` to the ledger.
  void StartItem(const std::shared_ptr<Item>& item);
  void FinishItem(Item& item, absl::StatusOr<Response> answer);

  // Does whatever can be done next. These need `mutex_`.
  void Proceed();
  bool MayRead() const;
  void WriteNextAnswer();
  void End(const absl::Status& status);

  const ImportResources resources_;
  common::rpc::GuardedCall call_;
  // Keeps this object while the call is under way; commits under way keep it, too.
  std::shared_ptr<ImportStream> self_;

  std::mutex mutex_;
  std::deque<std::shared_ptr<Item>> items_;
  // Of all `items_` together.
  size_t bytes_ = 0;
  int64_t read_count_ = 0;
  grpc::ByteBuffer incoming_;
  grpc::ByteBuffer outgoing_;
  bool is_reading_ = false;
  bool is_writing_ = false;
  bool is_read_out_ = false;
  bool is_draining_ = false;
  bool is_finishing_ = false;
  // Why the stream ends before its time.
  std::optional<absl::Status> failure_;
};

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_SERVICE_IMPORT_STREAM_H_
