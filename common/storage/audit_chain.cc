#include "common/storage/audit_chain.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "common/status/error.h"
#include "common/status/status_macros.h"
#include "common/text/sha256.h"

namespace common::storage {
namespace {

constexpr std::string_view kChainName = "ledger-chain-1";
constexpr int kPageRecords = 1000;
constexpr size_t kCallBytes = size_t{64} << 20;

void AppendText(std::string& out, std::string_view text) {
  absl::StrAppend(&out, text.size(), ":", sv(text));
}

void AppendNumber(std::string& out, int64_t number) { AppendText(out, absl::StrCat(number)); }

ChainFault Fault(ChainFaultKind kind, int64_t position, std::string description) {
  return {.kind = kind, .position = position, .description = std::move(description)};
}

ChainFault Missing(int64_t position, std::string_view why) {
  return Fault(ChainFaultKind::kMissing, position,
               absl::StrCat("record ", position, " is missing: ", sv(why)));
}

ChainFault Altered(int64_t position, std::string_view what) {
  return Fault(ChainFaultKind::kAltered, position,
               absl::StrCat("record ", position, " was altered: ", sv(what)));
}

ChainFault Replaced(int64_t position) {
  return Fault(
      ChainFaultKind::kReplaced, position,
      absl::StrCat("record ", position,
                   " has another hash than it is known by: the log up to it was replaced"));
}

// One call of VerifyChain.
class ChainWalk {
 public:
  ChainWalk(Reader& reader, std::string_view store_id, const ChainQuery& query)
      : reader_(reader), query_(query) {
    before_.hash = ChainStart(store_id);
    before_.time = absl::InfinitePast();
  }

  absl::StatusOr<ChainReport> Run() {
    RETURN_IF_ERROR(Begin());
    bool is_at_end = false;
    for (size_t bytes = 0; !fault_.has_value() && count_ < query_.limit && bytes < kCallBytes;) {
      ASSIGN_OR_RETURN(
          const std::vector<Record> page,
          reader_.Log(before_.sequence, std::min(kPageRecords, query_.limit - count_)));
      is_at_end = page.empty();
      if (is_at_end) break;
      for (const Record& record : page) bytes += record.payload.size();
      GoThrough(page);
    }
    if (!fault_.has_value()) is_at_end = before_.sequence >= reader_.Head();
    if (!fault_.has_value() && is_at_end) fault_ = FaultAtEnd();
    if (!fault_.has_value()) RETURN_IF_ERROR(CheckNewest());
    return ChainReport{.verified = {.sequence = before_.sequence, .hash = before_.hash},
                       .is_complete = is_at_end && !fault_.has_value(),
                       .fault = std::move(fault_)};
  }

 private:
  // What a name was seen as last.
  struct Seen {
    int64_t version = 0;
    int64_t sequence = 0;
  };

  // Goes to the place to start at.
  absl::Status Begin();
  // The fault if the record at `point` is not there or has another hash. Sets `record`.
  absl::Status CheckPoint(const ChainPoint& point, Record& record);
  // Checks records in order, up to a fault.
  void GoThrough(absl::Span<const Record> page);
  std::optional<ChainFault> Check(const Record& record, absl::Span<const Record> rest);
  std::optional<ChainFault> CheckInvariants(const Record& record);
  // What a record whose hash is wrong suffered; `rest` are those behind it.
  ChainFault Diagnose(const Record& record, absl::Span<const Record> rest) const;
  std::optional<ChainFault> FaultAtEnd() const;
  absl::Status CheckNewest();

  Reader& reader_;
  const ChainQuery& query_;
  // The last record that is whole.
  Record before_{};
  std::map<std::pair<std::string, std::string>, Seen> seen_{};
  int count_ = 0;
  std::optional<ChainFault> fault_{};
};

absl::Status ChainWalk::CheckPoint(const ChainPoint& point, Record& record) {
  ASSIGN_OR_RETURN(std::vector<Record> found, reader_.Log(point.sequence - 1, 1));
  if (found.empty() || found.front().sequence != point.sequence) {
    fault_ = Missing(point.sequence, "it was there when its hash was kept");
  } else if (found.front().hash != point.hash) {
    fault_ = Replaced(point.sequence);
  } else {
    record = std::move(found.front());
  }
  return absl::OkStatus();
}

absl::Status ChainWalk::Begin() {
  if (query_.after.sequence == 0) return absl::OkStatus();
  const std::optional<ChainPoint>& expected = query_.expected;
  if (expected.has_value() && expected->sequence <= query_.after.sequence) {
    Record passed;
    RETURN_IF_ERROR(CheckPoint(*expected, passed));
  }
  if (fault_.has_value()) return absl::OkStatus();
  return CheckPoint(query_.after, before_);
}

void ChainWalk::GoThrough(absl::Span<const Record> page) {
  for (size_t i = 0; i < page.size() && !fault_.has_value(); ++i) {
    ++count_;
    fault_ = Check(page[i], page.subspan(i + 1));
    if (fault_.has_value()) return;
    before_ = page[i];
    seen_[{before_.kind, before_.name}] = {.version = before_.version,
                                           .sequence = before_.sequence};
  }
}

std::optional<ChainFault> ChainWalk::Check(const Record& record, absl::Span<const Record> rest) {
  if (record.sequence != before_.sequence + 1) {
    return Missing(before_.sequence + 1, absl::StrCat("record ", record.sequence, " follows"));
  }
  if (record.hash != ChainHash(before_.hash, record)) return Diagnose(record, rest);
  if (std::optional<ChainFault> fault = CheckInvariants(record)) return fault;
  const std::optional<ChainPoint>& expected = query_.expected;
  if (expected.has_value() && expected->sequence == record.sequence &&
      expected->hash != record.hash) {
    return Replaced(record.sequence);
  }
  return std::nullopt;
}

std::optional<ChainFault> ChainWalk::CheckInvariants(const Record& record) {
  const bool is_in_commit = before_.commit_sequence > before_.sequence;
  if (is_in_commit ? record.commit_sequence != before_.commit_sequence
                   : record.commit_sequence < record.sequence) {
    return Altered(record.sequence, "it does not belong to the commit it is in");
  }
  if (record.time < before_.time) {
    return Altered(record.sequence, "its time is before that of the record before");
  }
  const auto seen = seen_.find({record.kind, record.name});
  if (seen != seen_.end() && record.version != seen->second.version + 1) {
    return Altered(record.sequence, absl::StrCat("its version is ", record.version, " after ",
                                                 seen->second.version));
  }
  return std::nullopt;
}

ChainFault ChainWalk::Diagnose(const Record& record, absl::Span<const Record> rest) const {
  for (Record other : rest) {
    const int64_t found_at = other.sequence;
    other.sequence = record.sequence;
    for (const int64_t commit_sequence : {other.commit_sequence, record.commit_sequence}) {
      other.commit_sequence = commit_sequence;
      if (ChainHash(before_.hash, other) != other.hash) continue;
      return Fault(ChainFaultKind::kReordered, record.sequence,
                   absl::StrCat("records were moved: that of position ", record.sequence,
                                " stands at ", found_at));
    }
  }
  return Altered(record.sequence, "it has not the hash that its content and the one before give");
}

std::optional<ChainFault> ChainWalk::FaultAtEnd() const {
  if (before_.commit_sequence > before_.sequence) {
    return Missing(before_.sequence + 1, "the log ends within a commit");
  }
  if (query_.expected.has_value() && query_.expected->sequence > before_.sequence) {
    return Missing(before_.sequence + 1,
                   absl::StrCat("the log ends before it, but is known to have reached ",
                                query_.expected->sequence));
  }
  return std::nullopt;
}

absl::Status ChainWalk::CheckNewest() {
  for (const auto& [key, seen] : seen_) {
    ASSIGN_OR_RETURN(const std::optional<Record> newest, reader_.Get(key.first, key.second));
    if (newest.has_value() && newest->sequence >= seen.sequence) continue;
    if (fault_.has_value() && fault_->position < seen.sequence) continue;
    fault_ = Fault(
        ChainFaultKind::kHidden, seen.sequence,
        absl::StrCat("record ", seen.sequence, " is hidden: reads give ",
                     newest.has_value() ? absl::StrCat("version ", newest->version) : "nothing",
                     " instead of version ", seen.version, " or later"));
  }
  return absl::OkStatus();
}

}  // namespace

std::string ChainStart(std::string_view store_id) {
  std::string bytes;
  AppendText(bytes, kChainName);
  AppendText(bytes, store_id);
  return Sha256(bytes);
}

std::string ChainHash(std::string_view before, const Record& record) {
  std::string bytes;
  AppendText(bytes, before);
  AppendNumber(bytes, record.sequence);
  AppendNumber(bytes, record.commit_sequence);
  AppendText(bytes, record.kind);
  AppendText(bytes, record.name);
  AppendNumber(bytes, record.version);
  AppendNumber(bytes, absl::ToUnixMicros(record.time));
  AppendText(bytes, record.actor);
  AppendText(bytes, record.method);
  AppendText(bytes, record.payload);
  return Sha256(bytes);
}

absl::StatusOr<ChainReport> VerifyChain(Reader& reader, std::string_view store_id,
                                        const ChainQuery& query) {
  return ChainWalk(reader, store_id, query).Run();
}

}  // namespace common::storage
