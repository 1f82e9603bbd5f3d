#include "services/reporting/service/audit_trail.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/reporting/codec/audit.h"
#include "services/reporting/codec/kinds.h"
#include "services/reporting/service/listing.h"

namespace reporting {
namespace {

namespace v1 = ::thidua::reporting::v1;
using common::storage::Reader;
using common::storage::Record;

constexpr int kRecordsAtOnce = 100;

// Records in the order of the log, a chunk at a time: all of them, or those of one resource.
class Source {
 public:
  Source(Reader& reader, int64_t after) : reader_(reader), after_(after) {}

  // Only the records of this resource.
  // NOT_FOUND, reason RESOURCE_NOT_FOUND.
  absl::Status Restrict(const std::string& name) {
    for (const std::string_view kind : kRecordKinds) {
      ASSIGN_OR_RETURN(const std::optional<Record> newest, reader_.Get(kind, name));
      if (!newest.has_value()) continue;
      kind_ = kind;
      name_ = name;
      ASSIGN_OR_RETURN(const std::optional<Record> last, reader_.GetAt(kind, name, after_));
      if (last.has_value()) after_version_ = last->version;
      return absl::OkStatus();
    }
    return common::Error(absl::StatusCode::kNotFound, common::kResourceNotFound,
                         absl::StrCat("nothing was ever stored under the name ", name))
        .With("name", name);
  }

  // None at the end.
  absl::StatusOr<std::vector<Record>> Next() {
    ASSIGN_OR_RETURN(std::vector<Record> records,
                     name_.empty() ? reader_.Log(after_, kRecordsAtOnce)
                                   : reader_.History(kind_, name_, after_version_, kRecordsAtOnce));
    if (!records.empty()) {
      after_ = records.back().sequence;
      after_version_ = records.back().version;
    }
    return records;
  }

 private:
  Reader& reader_;
  // Of the last record given.
  int64_t after_;
  int64_t after_version_ = 0;
  std::string_view kind_{};
  std::string name_{};
};

// The last position before `time`.
absl::StatusOr<int64_t> PositionBefore(Reader& reader, absl::Time time) {
  return reader.PositionAt(time - absl::Nanoseconds(1));
}

absl::StatusOr<v1::AuditEvent> ReadEvent(Reader& reader, const Record& record) {
  std::optional<Record> before;
  if (record.version > 1) {
    ASSIGN_OR_RETURN(before, reader.GetAt(record.kind, record.name, record.sequence - 1));
  }
  return ToAuditEvent(record, before);
}

}  // namespace

absl::StatusOr<AuditPage> ReadAuditPage(Reader& reader, const AuditFilter& filter, int64_t after,
                                        int limit) {
  ASSIGN_OR_RETURN(const int64_t before_first, PositionBefore(reader, filter.from));
  ASSIGN_OR_RETURN(const int64_t last, PositionBefore(reader, filter.to));
  after = std::max(after, before_first);
  Source source(reader, after);
  if (!filter.resource.empty()) RETURN_IF_ERROR(source.Restrict(filter.resource));
  AuditPage page;
  size_t bytes = 0;
  for (int scanned = 0; scanned < kPageScanned;) {
    ASSIGN_OR_RETURN(const std::vector<Record> chunk, source.Next());
    if (chunk.empty()) return page;
    for (const Record& record : chunk) {
      if (record.sequence > last) return page;
      if (std::cmp_equal(page.events.size(), limit)) {
        page.next = after;
        return page;
      }
      const int64_t before = after;
      after = record.sequence;
      ++scanned;
      if (!filter.actor.empty() && record.actor != filter.actor) continue;
      ASSIGN_OR_RETURN(page.events.emplace_back(), ReadEvent(reader, record));
      bytes += page.events.back().ByteSizeLong();
      if (bytes > kPageBytes && page.events.size() > 1) {
        page.events.pop_back();
        page.next = before;
        return page;
      }
    }
  }
  page.next = after;
  return page;
}

}  // namespace reporting
