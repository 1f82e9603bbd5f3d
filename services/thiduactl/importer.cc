#include "services/thiduactl/importer.h"

#include <deque>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/status/status_macros.h"

namespace thiduactl {
namespace {

namespace v1 = ::thidua::reporting::v1;

// Rows without an answer at a time. Fewer than the service takes, so that writing never waits for
// a service that waits for its answers to be read.
constexpr size_t kWindow = 128;

struct PendingRow {
  int line = 0;
  v1::ImportSubmissionsRequest request{};
};

void Count(const v1::ImportSubmissionsResponse& answer, ImportCounts& counts) {
  switch (answer.outcome()) {
    case v1::OUTCOME_CREATED:
      ++counts.created;
      break;
    case v1::OUTCOME_REVISED:
      ++counts.revised;
      break;
    case v1::OUTCOME_UNCHANGED:
      ++counts.unchanged;
      break;
    default:
      ++counts.rejected;
  }
  if (!answer.commit_token().empty()) counts.commit_token = answer.commit_token();
}

// One import, over as many streams as it takes.
class Importer {
 public:
  Importer(Connection& connection, FigureTable table, const ImportOptions& options, RequestIds& ids,
           const std::function<void(const ImportedRow&)>& on_row)
      : connection_(connection),
        table_(std::move(table)),
        options_(options),
        ids_(ids),
        on_row_(on_row),
        backoff_(connection.options().timeout) {}

  absl::StatusOr<ImportCounts> Run() {
    while (true) {
      const int64_t answered_before = counts_.total();
      const absl::Status status = RunStream();
      if (status.ok()) return counts_;
      const bool progress = counts_.total() > answered_before;
      // A stream has a deadline; one that got answers meanwhile was only long.
      const bool again =
          Connection::IsWorthARetry(status) || (absl::IsDeadlineExceeded(status) && progress);
      if (!again) return status;
      if (progress) backoff_.Reset();
      if (!backoff_.Wait()) return status;
    }
  }

 private:
  // Sends what has no answer yet. OK when all rows of the table have their answers.
  absl::Status RunStream() {
    grpc::ClientContext context;
    connection_.Prepare(context);
    context.set_deadline(absl::ToChronoTime(backoff_.deadline()));
    const auto stream = connection_.submissions().ImportSubmissions(&context);
    absl::Status order = Exchange(*stream);
    if (!order.ok()) context.TryCancel();
    stream->WritesDone();
    const grpc::Status status = stream->Finish();
    if (!order.ok()) return order;
    RETURN_IF_ERROR(connection_.ToStatus(status));
    if (pending_.empty()) return absl::OkStatus();
    return absl::UnavailableError("the stream ended before every row had its answer");
  }

  // Writes and reads until all is answered or the stream breaks, which Finish will explain. Answers
  // that came before a break are read in any case.
  absl::Status Exchange(grpc::ClientReaderWriter<v1::ImportSubmissionsRequest,
                                                 v1::ImportSubmissionsResponse>& stream) {
    size_t written = 0;
    int64_t item = 0;
    bool writable = true;
    while (true) {
      while (writable && written < kWindow && (written < pending_.size() || TakeRow())) {
        writable = stream.Write(pending_[written].request);
        if (writable) ++written;
      }
      v1::ImportSubmissionsResponse answer;
      if (written == 0 || !stream.Read(&answer)) return absl::OkStatus();
      if (answer.item() != ++item) {
        return absl::InternalError(
            absl::StrCat("the service answered item ", answer.item(), " where ", item, " was due"));
      }
      Settle(answer);
      --written;
    }
  }

  // Moves the next row of the table to those that wait; false if there is none.
  bool TakeRow() {
    const std::optional<FigureRow> row = table_.Next();
    if (!row.has_value()) return false;
    PendingRow& pending = pending_.emplace_back();
    pending.line = row->line;
    *pending.request.mutable_report() = ToReport(*row, options_.key);
    pending.request.set_request_id(ids_.Next("import", pending.request.report()));
    pending.request.set_validate_only(options_.validate_only);
    return true;
  }

  void Settle(const v1::ImportSubmissionsResponse& answer) {
    PendingRow row = std::move(pending_.front());
    pending_.pop_front();
    Count(answer, counts_);
    on_row_(
        {.line = row.line, .report = std::move(*row.request.mutable_report()), .answer = answer});
  }

  Connection& connection_;
  FigureTable table_;
  const ImportOptions& options_;
  RequestIds& ids_;
  const std::function<void(const ImportedRow&)>& on_row_;
  Backoff backoff_;
  // Rows without an answer, in order; the first of them are in the current stream.
  std::deque<PendingRow> pending_{};
  ImportCounts counts_{};
};

}  // namespace

std::string ImportCounts::Summary() const {
  std::vector<std::string> parts;
  const auto add = [&parts](int64_t count, const char* what) {
    if (count > 0) parts.push_back(absl::StrCat(count, " ", what));
  };
  add(created, "created");
  add(revised, "revised");
  add(unchanged, "unchanged");
  add(rejected, "rejected");
  return absl::StrCat(total(), total() == 1 ? " row: " : " rows: ",
                      parts.empty() ? "nothing to do" : absl::StrJoin(parts, ", "));
}

absl::StatusOr<ImportCounts> ImportFigures(Connection& connection, FigureTable table,
                                           const ImportOptions& options, RequestIds& ids,
                                           const std::function<void(const ImportedRow&)>& on_row) {
  return Importer(connection, std::move(table), options, ids, on_row).Run();
}

}  // namespace thiduactl
