#include "common/auth/rate_limiter.h"

#include <gtest/gtest.h>

#include "tests/testkit/fake_clock.h"

namespace common::auth {
namespace {

// How many of `attempts` calls are let through now.
int Taken(RateLimiter& limiter, std::string_view principal, int rate, int attempts) {
  int taken = 0;
  for (int i = 0; i < attempts; ++i) taken += limiter.Take(principal, rate) ? 1 : 0;
  return taken;
}

TEST(RateLimiter, LetsOneSecondOfCallsThroughAtOnce) {
  testkit::FakeClock clock;
  RateLimiter limiter(clock);
  EXPECT_EQ(Taken(limiter, "a", 4, 10), 4);
}

TEST(RateLimiter, FillsUpEvenly) {
  testkit::FakeClock clock;
  RateLimiter limiter(clock);
  EXPECT_EQ(Taken(limiter, "a", 4, 10), 4);
  clock.Advance(absl::Milliseconds(249));
  EXPECT_EQ(Taken(limiter, "a", 4, 10), 0);
  clock.Advance(absl::Milliseconds(1));
  EXPECT_EQ(Taken(limiter, "a", 4, 10), 1);
  clock.Advance(absl::Milliseconds(500));
  EXPECT_EQ(Taken(limiter, "a", 4, 10), 2);
}

TEST(RateLimiter, SavesUpNoMoreThanOneSecond) {
  testkit::FakeClock clock;
  RateLimiter limiter(clock);
  EXPECT_EQ(Taken(limiter, "a", 4, 10), 4);
  clock.Advance(absl::Hours(1));
  EXPECT_EQ(Taken(limiter, "a", 4, 10), 4);
}

TEST(RateLimiter, CountsEachPrincipalForItself) {
  testkit::FakeClock clock;
  RateLimiter limiter(clock);
  EXPECT_EQ(Taken(limiter, "a", 1, 5), 1);
  EXPECT_EQ(Taken(limiter, "b", 1, 5), 1);
}

TEST(RateLimiter, HasNoLimitAtZero) {
  testkit::FakeClock clock;
  RateLimiter limiter(clock);
  EXPECT_EQ(Taken(limiter, "a", 0, 1000), 1000);
}

TEST(RateLimiter, DoesNotPunishForAClockThatGoesBack) {
  testkit::FakeClock clock;
  RateLimiter limiter(clock);
  EXPECT_EQ(Taken(limiter, "a", 4, 10), 4);
  clock.Advance(-absl::Hours(1));
  EXPECT_EQ(Taken(limiter, "a", 4, 10), 4);
  EXPECT_EQ(Taken(limiter, "a", 4, 10), 0);
}

}  // namespace
}  // namespace common::auth
