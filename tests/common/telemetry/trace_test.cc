#include "common/telemetry/trace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>

#include "tests/testkit/case_name.h"

namespace common::telemetry {
namespace {

using ::testing::Optional;

// The example of the specification.
constexpr char kTrace[] = "4bf92f3577b34da6a3ce929d0e0e4736";
constexpr char kSpan[] = "00f067aa0ba902b7";

TEST(ParseTraceparent, ReadsWhatToTraceparentWrites) {
  const TraceContext context{.trace_id = kTrace, .span_id = kSpan, .is_sampled = true};
  const std::string text = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  EXPECT_EQ(ToTraceparent(context), text);
  EXPECT_THAT(ParseTraceparent(text), Optional(context));
}

struct TraceparentCase {
  std::string name;
  std::string text;
  // 0 malformed, 1 not sampled, 2 sampled.
  int expected = 0;
};

class Traceparent : public ::testing::TestWithParam<TraceparentCase> {};

TEST_P(Traceparent, IsReadAsTheSpecificationSays) {
  const auto context = ParseTraceparent(GetParam().text);
  EXPECT_EQ(context.has_value() ? (context->is_sampled ? 2 : 1) : 0, GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, Traceparent,
    ::testing::ValuesIn<TraceparentCase>({
        {"NotSampled", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00", 1},
        {"OtherFlags", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-fe", 1},
        {"AllFlags", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-ff", 2},
        {"LaterVersion", "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", 2},
        {"LaterVersionWithMore", "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what", 2},
        {"LaterVersionRunningOn", "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01x", 0},
        {"Empty", "", 0},
        {"Longer", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x", 0},
        {"Shorter", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0", 0},
        {"VersionFf", "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", 0},
        {"VersionNoNumber", "0x-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", 0},
        {"UpperCase", "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01", 0},
        {"NoTrace", "00-00000000000000000000000000000000-00f067aa0ba902b7-01", 0},
        {"NoSpan", "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01", 0},
        {"BadFlags", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0g", 0},
        {"OtherDashes", "00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01", 0},
    }),
    testkit::CaseName<TraceparentCase>);

TEST(BeginSpan, GoesOnWithTheTraceOfTheCaller) {
  const TraceContext span = BeginSpan("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
  EXPECT_EQ(span.trace_id, kTrace);
  EXPECT_NE(span.span_id, kSpan);
  EXPECT_TRUE(span.is_sampled);
  EXPECT_THAT(ParseTraceparent(ToTraceparent(span)), Optional(span));
}

TEST(BeginSpan, BeginsATraceWithoutAnUsableOne) {
  const TraceContext first = BeginSpan("rubbish");
  const TraceContext second = BeginSpan("");
  EXPECT_NE(first.trace_id, second.trace_id);
  EXPECT_FALSE(first.is_sampled);
  EXPECT_THAT(ParseTraceparent(ToTraceparent(first)), Optional(first));
}

TEST(TraceScope, LastsAndNests) {
  EXPECT_EQ(CurrentTraceparent(), "");
  {
    const TraceScope outer("outer");
    {
      const TraceScope inner("inner");
      EXPECT_EQ(CurrentTraceparent(), "inner");
    }
    EXPECT_EQ(CurrentTraceparent(), "outer");
    std::thread([] { EXPECT_EQ(CurrentTraceparent(), ""); }).join();
  }
  EXPECT_EQ(CurrentTraceparent(), "");
}

}  // namespace
}  // namespace common::telemetry
