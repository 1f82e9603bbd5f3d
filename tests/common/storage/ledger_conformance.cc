#include "tests/common/storage/ledger_conformance.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <utility>

#include "common/status/status_macros.h"
#include "tests/testkit/status_matchers.h"

namespace common::storage {

using ::testkit::IsOk;

NewRecord Unit(std::string name, std::string payload, std::vector<IndexKey> keys) {
  return {.kind = "unit",
          .name = std::move(name),
          .payload = std::move(payload),
          .keys = std::move(keys)};
}

RequestKey Request(std::string request_id, std::string fingerprint) {
  return {.principal = "unit-reporter",
          .method = "CreateUnit",
          .request_id = std::move(request_id),
          .fingerprint = std::move(fingerprint)};
}

std::vector<std::string> Names(const std::vector<Record>& records) {
  std::vector<std::string> names;
  std::transform(records.begin(), records.end(), std::back_inserter(names),
                 [](const Record& record) { return record.name; });
  return names;
}

std::vector<int64_t> Sequences(const std::vector<Record>& records) {
  std::vector<int64_t> sequences;
  std::transform(records.begin(), records.end(), std::back_inserter(sequences),
                 [](const Record& record) { return record.sequence; });
  return sequences;
}

::testing::Matcher<const ChainReport&> IsWholeUpTo(int64_t head) {
  return ::testing::AllOf(
      ::testing::Field(&ChainReport::fault, std::nullopt),
      ::testing::Field(&ChainReport::is_complete, true),
      ::testing::Field(&ChainReport::verified, ::testing::Field(&ChainPoint::sequence, head)));
}

Ledger::Work Puts(std::vector<NewRecord> records, std::string answer) {
  return [records = std::move(records),
          answer = std::move(answer)](Transaction& transaction) -> absl::StatusOr<std::string> {
    for (const NewRecord& record : records) RETURN_IF_ERROR(transaction.Put(record).status());
    return answer;
  };
}

void LedgerConformance::Open() {
  absl::StatusOr<std::unique_ptr<Ledger>> opened = home_->Open(clock_, ids_);
  if (!opened.ok()) {
    // Nothing below can run without a ledger.
    std::cerr << "the ledger does not open: " << opened.status() << std::endl;
    std::abort();
  }
  ledger_ = *std::move(opened);
}

void LedgerConformance::Reopen() {
  ledger_.reset();
  Open();
}

WriteResult LedgerConformance::Write(std::vector<NewRecord> records, WriteOptions options) {
  absl::StatusOr<WriteResult> result = ledger().Write(std::move(options), Puts(std::move(records)));
  EXPECT_THAT(result, IsOk());
  return result.value_or(WriteResult{});
}

std::optional<Record> LedgerConformance::Get(std::string_view name, std::string_view kind) {
  std::optional<Record> record;
  EXPECT_THAT(ledger().Read([&](Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(record, reader.Get(kind, name));
    return absl::OkStatus();
  }),
              IsOk());
  return record;
}

std::vector<Record> LedgerConformance::List(const ListQuery& query) {
  std::vector<Record> records;
  EXPECT_THAT(ledger().Read([&](Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(records, reader.List(query));
    return absl::OkStatus();
  }),
              IsOk());
  return records;
}

std::vector<Record> LedgerConformance::History(std::string_view name, int64_t after_version,
                                               int limit) {
  std::vector<Record> records;
  EXPECT_THAT(ledger().Read([&](Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(records, reader.History("unit", name, after_version, limit));
    return absl::OkStatus();
  }),
              IsOk());
  return records;
}

std::optional<Record> LedgerConformance::GetAt(std::string_view name, int64_t sequence) {
  std::optional<Record> record{};
  EXPECT_THAT(ledger().Read([&](Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(record, reader.GetAt("unit", name, sequence));
    return absl::OkStatus();
  }),
              IsOk());
  return record;
}

int64_t LedgerConformance::PositionAt(absl::Time time) {
  int64_t position{};
  EXPECT_THAT(ledger().Read([&](Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(position, reader.PositionAt(time));
    return absl::OkStatus();
  }),
              IsOk());
  return position;
}

std::vector<Record> LedgerConformance::Log(int64_t after_sequence, int limit) {
  std::vector<Record> records{};
  EXPECT_THAT(ledger().Read([&](Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(records, reader.Log(after_sequence, limit));
    return absl::OkStatus();
  }),
              IsOk());
  return records;
}

ChainReport LedgerConformance::Verify(const ChainQuery& query) {
  ChainReport report{};
  EXPECT_THAT(ledger().Read([&](Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(report, VerifyChain(reader, ledger().Identity().store_id, query));
    return absl::OkStatus();
  }),
              IsOk());
  return report;
}

std::optional<std::string> LedgerConformance::GetValue(std::string_view key) {
  std::optional<std::string> value;
  EXPECT_THAT(ledger().Read([&](Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(value, reader.GetValue(key));
    return absl::OkStatus();
  }),
              IsOk());
  return value;
}

std::vector<Record> LedgerConformance::Changes(int64_t after_sequence, int limit) {
  absl::StatusOr<std::vector<Record>> records = ledger().Changes(after_sequence, limit);
  EXPECT_THAT(records, IsOk());
  return records.value_or(std::vector<Record>{});
}

}  // namespace common::storage
