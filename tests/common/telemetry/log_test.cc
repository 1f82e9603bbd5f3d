#include "common/telemetry/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace common::telemetry {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class SettableClock final : public Clock {
 public:
  absl::Time Now() override {
    const std::lock_guard lock(mutex_);
    return now_;
  }
  void Advance(absl::Duration step) {
    const std::lock_guard lock(mutex_);
    now_ += step;
  }

 private:
  std::mutex mutex_;
  absl::Time now_ = absl::FromUnixMicros(1'606'123'456'000'007);
};

class LoggerTest : public ::testing::Test {
 protected:
  LoggerOptions Options() {
    return {.service = "thidua-test",
            .sink = [this](std::string_view line) { lines_.emplace_back(line); }};
  }

  SettableClock clock_;
  std::vector<std::string> lines_;
};

TEST_F(LoggerTest, WritesOneObjectWithTypedFields) {
  Logger logger(Options(), clock_);
  logger.Log(Level::kWarning, "disk nearly full",
             {{"free_bytes", int64_t{1024}},
              {"path", std::string("/db")},
              {"is_writable", true},
              {"duration_ms", absl::Microseconds(12'034)}});
  EXPECT_THAT(lines_, ElementsAre(R"({"ts":"2020-11-23T09:24:16.000007Z","level":"warning",)"
                                  R"("service":"thidua-test","msg":"disk nearly full",)"
                                  R"("free_bytes":1024,"path":"/db","is_writable":true,)"
                                  R"("duration_ms":12.034})"));
}

TEST_F(LoggerTest, EscapesWhatJsonForbidsAndInvalidUtf8) {
  Logger logger(Options(), clock_);
  logger.Log(Level::kInfo, "quote \" backslash \\ newline \n",
             {{"unit", "Hà Nội"}, {"bytes", std::string_view("\xff\0z", 3)}});
  ASSERT_THAT(lines_, SizeIs(1));
  EXPECT_THAT(lines_[0], HasSubstr(R"("msg":"quote \" backslash \\ newline \u000a")"));
  EXPECT_THAT(lines_[0], HasSubstr(R"("unit":"Hà Nội")"));
  EXPECT_THAT(lines_[0], HasSubstr(R"("bytes":"\\xff\u0000z")"));
}

TEST_F(LoggerTest, DropsMessagesBelowTheLevel) {
  Logger logger(Options(), clock_);
  logger.Log(Level::kDebug, "detail");
  EXPECT_THAT(lines_, IsEmpty());
  logger.set_level(Level::kDebug);
  logger.Log(Level::kDebug, "detail");
  EXPECT_THAT(lines_, SizeIs(1));
}

TEST_F(LoggerTest, SaysHowManyRepeatsOfOneSecondWereDropped) {
  Logger logger(Options(), clock_);
  for (int i = 0; i < 25; ++i) logger.Log(Level::kInfo, "again");
  EXPECT_THAT(lines_, SizeIs(10));
  clock_.Advance(absl::Seconds(1));
  logger.Log(Level::kInfo, "something else");
  ASSERT_THAT(lines_, SizeIs(12));
  EXPECT_THAT(lines_[10], HasSubstr(R"("msg":"again","dropped":15})"));
  EXPECT_THAT(lines_[11], HasSubstr(R"("msg":"something else"})"));
}

TEST_F(LoggerTest, CountsRepeatsByLevelAndMessage) {
  Logger logger(Options(), clock_);
  for (int i = 0; i < 11; ++i) logger.Log(Level::kInfo, "again");
  logger.Log(Level::kError, "again");
  logger.Log(Level::kInfo, "other");
  EXPECT_THAT(lines_, SizeIs(12));
}

TEST_F(LoggerTest, LogsAgainInTheNextSecond) {
  Logger logger(Options(), clock_);
  for (int i = 0; i < 10; ++i) logger.Log(Level::kInfo, "again");
  clock_.Advance(absl::Seconds(1));
  logger.Log(Level::kInfo, "again");
  EXPECT_THAT(lines_, SizeIs(11));
}

TEST_F(LoggerTest, AClockSetBackSilencesNothing) {
  Logger logger(Options(), clock_);
  for (int i = 0; i < 11; ++i) logger.Log(Level::kInfo, "again");
  clock_.Advance(-absl::Hours(1));
  logger.Log(Level::kInfo, "again");
  ASSERT_THAT(lines_, SizeIs(12));
  EXPECT_THAT(lines_[10], HasSubstr(R"("dropped":1)"));
}

TEST_F(LoggerTest, ReportsDroppedRepeatsWhenItEnds) {
  {
    Logger logger(Options(), clock_);
    for (int i = 0; i < 13; ++i) logger.Log(Level::kInfo, "again");
  }
  ASSERT_THAT(lines_, SizeIs(11));
  EXPECT_THAT(lines_.back(), HasSubstr(R"("dropped":3)"));
}

TEST_F(LoggerTest, LosesNoLineOfManyThreads) {
  Logger logger(Options(), clock_);
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&logger, message = std::to_string(i)] {
      for (int n = 0; n < 10; ++n) logger.Log(Level::kInfo, message);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(lines_, SizeIs(80));
}

TEST(ParseLevel, KnowsEachName) {
  for (const Level level : {Level::kDebug, Level::kInfo, Level::kWarning, Level::kError}) {
    EXPECT_EQ(ParseLevel(LevelName(level)), level);
  }
  EXPECT_EQ(ParseLevel("INFO"), std::nullopt);
}

}  // namespace
}  // namespace common::telemetry
