// The contract of common/storage/ledger.h in executable form: a suite that every engine passes,
// with no test left out. An engine's own test instantiates it:
//   INSTANTIATE_TEST_SUITE_P(Sqlite, LedgerConformance, ::testing::Values(LedgerBackend{...}),
//                            testkit::CaseName<LedgerBackend>);
#ifndef THIDUA_TESTS_COMMON_STORAGE_LEDGER_CONFORMANCE_H_
#define THIDUA_TESTS_COMMON_STORAGE_LEDGER_CONFORMANCE_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/storage/audit_chain.h"
#include "common/storage/ledger.h"
#include "tests/testkit/fake_clock.h"
#include "tests/testkit/sequential_ids.h"

namespace common::storage {

// Where one ledger's files are. Removed with what it holds.
class LedgerHome {
 public:
  virtual ~LedgerHome() = default;
  // Opens the ledger: empty the first time, then as it was left. One is open at a time.
  virtual absl::StatusOr<std::unique_ptr<Ledger>> Open(Clock& clock, IdSource& ids) = 0;
};

struct LedgerBackend {
  std::string name{};
  // A new home; called once per test.
  std::function<std::unique_ptr<LedgerHome>()> make_home{};
};

// A version of kind `unit` with the index keys `keys`.
NewRecord Unit(std::string name, std::string payload = "", std::vector<IndexKey> keys = {});

// A request id as a service would give it.
RequestKey Request(std::string request_id, std::string fingerprint = "content");

// The names of `records`, in their order.
std::vector<std::string> Names(const std::vector<Record>& records);
std::vector<int64_t> Sequences(const std::vector<Record>& records);

// Matches a report on a whole log whose head is `head`.
::testing::Matcher<const ChainReport&> IsWholeUpTo(int64_t head);

// A work that writes `records` and answers `answer`.
Ledger::Work Puts(std::vector<NewRecord> records, std::string answer = "done");

class LedgerConformance : public ::testing::TestWithParam<LedgerBackend> {
 protected:
  void SetUp() override { Open(); }

  Ledger& ledger() { return *ledger_; }

  // Closes the ledger and opens it again from the same files.
  void Reopen();

  // Writes `records` in one write; a test failure if it is refused.
  WriteResult Write(std::vector<NewRecord> records, WriteOptions options = {});

  // These read on a snapshot of their own; a test failure if they are refused.
  std::optional<Record> Get(std::string_view name, std::string_view kind = "unit");
  std::vector<Record> List(const ListQuery& query);
  std::vector<Record> History(std::string_view name, int64_t after_version = 0, int limit = 100);
  std::optional<Record> GetAt(std::string_view name, int64_t sequence);
  int64_t PositionAt(absl::Time time);
  std::vector<Record> Log(int64_t after_sequence, int limit);
  std::optional<std::string> GetValue(std::string_view key);
  ChainReport Verify(const ChainQuery& query = {.limit = 10000});
  std::vector<Record> Changes(int64_t after_sequence = 0, int limit = 1000);

  testkit::FakeClock clock_{};
  testkit::SequentialIds ids_{};

 private:
  void Open();

  std::unique_ptr<LedgerHome> home_ = GetParam().make_home();
  std::unique_ptr<Ledger> ledger_{};
};

}  // namespace common::storage

#endif  // THIDUA_TESTS_COMMON_STORAGE_LEDGER_CONFORMANCE_H_
