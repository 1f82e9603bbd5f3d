#include "common/auth/tls_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "common/auth/certificates.h"
#include "tests/testkit/fake_clock.h"
#include "tests/testkit/status_matchers.h"
#include "tests/testkit/temp_dir.h"

namespace common::auth {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testkit::IsOk;
using ::testkit::StatusIs;

const absl::Time kBegin =
    absl::FromCivil(absl::CivilSecond(2026, 1, 1, 0, 0, 0), absl::UTCTimeZone());

CertificateOrder Order(absl::Duration life) {
  return {.common_name = "thử",
          .alternative_names = {"DNS:localhost", "URI:spiffe://thidua.test/units/a"},
          .not_before = kBegin,
          .not_after = kBegin + life};
}

// Files of a pair and its authority, and what is logged about them.
class TlsFilesTest : public ::testing::Test {
 protected:
  TlsFilesTest() {
    Write("ca.pem", authority_.certificate);
    WritePair(MakePair(absl::Hours(24)));
  }

  CertificatePair MakePair(absl::Duration life) {
    return MakeCertificate(authority_, Order(life)).value();
  }

  void Write(const std::string& name, const std::string& text) {
    std::ofstream(folder_.File(name)) << text;
  }

  void WritePair(const CertificatePair& pair) {
    Write("cert.pem", pair.certificate);
    Write("key.pem", pair.key);
  }

  absl::StatusOr<std::unique_ptr<TlsFiles>> Open() {
    return OpenTlsFiles({.certificate = folder_.File("cert.pem"),
                         .key = folder_.File("key.pem"),
                         .authorities = folder_.File("ca.pem")},
                        "certificates", logger_);
  }

  const CertificatePair authority_ = MakeAuthority(Order(absl::Hours(48))).value();
  testkit::TempDir folder_;
  testkit::FakeClock clock_;
  std::vector<std::string> log_;
  telemetry::Logger logger_{
      {.service = "test", .sink = [this](std::string_view line) { log_.emplace_back(line); }},
      clock_};
};

TEST_F(TlsFilesTest, AreReadWithTheirExpiry) {
  const auto files = Open();
  ASSERT_THAT(files, IsOk());
  EXPECT_EQ((*files)->Get()->authorities, authority_.certificate);
  EXPECT_EQ((*files)->Get()->not_after, kBegin + absl::Hours(24));
}

TEST_F(TlsFilesTest, AreTakenOverWhenBothHaveChanged) {
  const auto files = Open();
  ASSERT_THAT(files, IsOk());
  const CertificatePair next = MakePair(absl::Hours(30));
  WritePair(next);
  (*files)->Refresh(/*is_asked_for=*/false);
  EXPECT_EQ((*files)->Get()->key, next.key);
  EXPECT_EQ((*files)->Get()->not_after, kBegin + absl::Hours(30));
  EXPECT_THAT(log_, Contains(HasSubstr("\"reloaded\"")));
}

TEST_F(TlsFilesTest, StayAsTheyWereWhileThePairDoesNotFit) {
  const auto files = Open();
  ASSERT_THAT(files, IsOk());
  const auto before = (*files)->Get();
  const CertificatePair next = MakePair(absl::Hours(30));
  Write("cert.pem", next.certificate);
  (*files)->Refresh(/*is_asked_for=*/false);
  (*files)->Refresh(/*is_asked_for=*/false);
  EXPECT_EQ((*files)->Get(), before);
  // Said once, not at every look.
  ASSERT_THAT(log_, SizeIs(1));
  EXPECT_THAT(log_[0], HasSubstr("not reloaded"));
  EXPECT_THAT(log_[0], HasSubstr("the key is not that of the certificate"));
  Write("key.pem", next.key);
  (*files)->Refresh(/*is_asked_for=*/false);
  EXPECT_EQ((*files)->Get()->key, next.key);
}

TEST_F(TlsFilesTest, StayAsTheyWereWhileAFileIsGoneOrEmpty) {
  const auto files = Open();
  ASSERT_THAT(files, IsOk());
  const auto before = (*files)->Get();
  Write("ca.pem", "");
  (*files)->Refresh(/*is_asked_for=*/false);
  EXPECT_EQ((*files)->Get(), before);
  std::filesystem::remove(folder_.File("ca.pem"));
  (*files)->Refresh(/*is_asked_for=*/false);
  EXPECT_EQ((*files)->Get(), before);
  EXPECT_THAT(log_, SizeIs(2));
}

TEST_F(TlsFilesTest, SayWhatTheyDidWhenAsked) {
  const auto files = Open();
  ASSERT_THAT(files, IsOk());
  (*files)->Refresh(/*is_asked_for=*/false);
  EXPECT_THAT(log_, SizeIs(0));
  (*files)->Refresh(/*is_asked_for=*/true);
  EXPECT_THAT(log_, SizeIs(1));
}

TEST_F(TlsFilesTest, AreRefusedAtTheStart) {
  Write("key.pem", MakePair(absl::Hours(1)).key);
  EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kInvalidArgument));
  Write("key.pem", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
  EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kInvalidArgument));
  std::filesystem::remove(folder_.File("key.pem"));
  EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(TlsFilesTest, MayBeAuthoritiesAlone) {
  const auto files = OpenTlsFiles({.authorities = folder_.File("ca.pem")}, "x", logger_);
  ASSERT_THAT(files, IsOk());
  EXPECT_EQ((*files)->Get()->certificate, "");
  EXPECT_EQ((*files)->Get()->not_after, absl::InfiniteFuture());
}

}  // namespace
}  // namespace common::auth
