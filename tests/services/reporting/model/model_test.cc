// The service against the model: 10,000 sequences of some 35 calls at random, restarts among them.
//
// A sequence that fails is shortened and printed. To play it again:
//   THIDUA_MODEL_SEED=... THIDUA_MODEL_SEQUENCE=... reporting_model_test
// THIDUA_MODEL_SEQUENCES sets how many are played; under sanitizers, which make them ten times
// slower, they are fewer. With THIDUA_MODEL_TALLY it prints how often each answer was given.
#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "tests/services/reporting/model/call.h"
#include "tests/services/reporting/model/generator.h"
#include "tests/services/reporting/model/player.h"
#include "tests/services/reporting/model/shrink.h"

namespace reporting::model {
namespace {

// Cases run beside each other.
constexpr int kCases = 8;
constexpr int kCallsAtRandom = 26;
// Sequences that share a store: few enough that a restart, which reads all of it, is fast.
constexpr int kPerStore = 50;

std::optional<int64_t> NumberFromEnvironment(const char* name) {
  const char* text = std::getenv(name);
  int64_t number = 0;
  if (text == nullptr || !absl::SimpleAtoi(text, &number)) return std::nullopt;
  return number;
}

int SequenceCount() {
  return static_cast<int>(
      NumberFromEnvironment("THIDUA_MODEL_SEQUENCES").value_or(THIDUA_MODEL_SEQUENCES));
}

uint64_t Seed() {
  static const uint64_t kSeed = static_cast<uint64_t>(
      NumberFromEnvironment("THIDUA_MODEL_SEED").value_or(std::random_device()()));
  return kSeed;
}

// When a sequence begins: 08:00 in Hà Nội, long after the one before in the same store.
absl::Time BeginningOf(int sequence) {
  const absl::CivilSecond first(2026, 1, 5, 1, 0, 0);
  return absl::FromCivil(first, absl::UTCTimeZone()) +
         absl::Hours(24) * 400 * (sequence % kPerStore);
}

// A sequence as far as it was played, and what was wrong.
struct Played {
  std::vector<Call> calls{};
  std::string difference{};
};

// Makes a sequence and plays it.
Played PlayNew(Player& player, int sequence) {
  player.Begin(BeginningOf(sequence));
  Generator generator(player.model(), Seed(), sequence, player.Now());
  Played played{.calls = generator.Beginning()};
  for (const Call& call : played.calls) {
    played.difference = player.Play(call);
    if (!played.difference.empty()) return played;
  }
  for (int i = 0; i < kCallsAtRandom; ++i) {
    played.calls.push_back(generator.Next(player.Now()));
    played.difference = player.Play(played.calls.back());
    if (!played.difference.empty()) return played;
  }
  played.difference = player.CheckLog();
  return played;
}

// Plays calls in a new store.
std::string Replay(const std::vector<Call>& calls, int sequence) {
  Player player;
  player.Begin(BeginningOf(sequence));
  for (const Call& call : calls) {
    std::string difference = player.Play(call);
    if (!difference.empty()) return difference;
  }
  return player.CheckLog();
}

// What to print of a sequence that failed.
std::string Report(const Played& played, int sequence) {
  std::string report =
      absl::StrCat("THIDUA_MODEL_SEED=", Seed(), " THIDUA_MODEL_SEQUENCE=", sequence, "\n");
  if (Replay(played.calls, sequence).empty()) {
    return absl::StrCat(report, "only after others in the same store:\n", Describe(played.calls),
                        played.difference);
  }
  const std::vector<Call> calls = Shrink<Call>(played.calls, [&](const std::vector<Call>& shorter) {
    return !Replay(shorter, sequence).empty();
  });
  return absl::StrCat(report, calls.size(), " of ", played.calls.size(), " calls:\n",
                      Describe(calls), Replay(calls, sequence));
}

class ModelTest : public ::testing::TestWithParam<int> {};

TEST_P(ModelTest, AgreesWithTheService) {
  std::cout << "THIDUA_MODEL_SEED=" << Seed() << std::endl;
  const std::optional<int64_t> only = NumberFromEnvironment("THIDUA_MODEL_SEQUENCE");
  if (only.has_value() && GetParam() > 0) GTEST_SKIP() << "one sequence is played again";
  const int begin = static_cast<int>(only.value_or(SequenceCount() * GetParam() / kCases));
  const int end = only.has_value() ? begin + 1 : SequenceCount() * (GetParam() + 1) / kCases;
  std::unique_ptr<Player> player;
  std::map<std::string, int> tally;
  for (int sequence = begin; sequence < end; ++sequence) {
    if (player == nullptr || sequence % kPerStore == 0) player = std::make_unique<Player>();
    const Played played = PlayNew(*player, sequence);
    ASSERT_EQ(played.difference, "") << Report(played, sequence);
    if (sequence + 1 == end || (sequence + 1) % kPerStore == 0) {
      ASSERT_EQ(player->CheckWholeLog(), "") << "in the store that ends with " << sequence;
      for (const auto& [answer, count] : player->tally()) tally[answer] += count;
    }
  }
  if (std::getenv("THIDUA_MODEL_TALLY") == nullptr) return;
  for (const auto& [answer, count] : tally) std::cout << count << " " << answer << "\n";
}

INSTANTIATE_TEST_SUITE_P(Sequences, ModelTest, ::testing::Range(0, kCases));

}  // namespace
}  // namespace reporting::model
