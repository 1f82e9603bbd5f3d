#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "common/status/error.h"
#include "tests/services/thiduactl/run_program.h"
#include "tests/testkit/temp_dir.h"
#include "thidua/awards/v1/document_service.pb.h"

namespace thiduactl {
namespace {

using ::testing::HasSubstr;
namespace awards = ::thidua::awards::v1;

class DocumentCommand : public ::testing::Test {
 protected:
  DocumentCommand() {
    awards::RenderDocumentResponse response;
    response.set_content("a\r\n\xEF\xBB\xBF");
    response.set_media_type("text/csv");
    response.set_file_name(folder_.File("r.minutes.vi.csv"));
    response.set_snapshot_hash("abc");
    server_.Answer<awards::RenderDocumentRequest>(response);
  }

  // The one request that was sent.
  awards::RenderDocumentRequest Sent() {
    const auto requests = server_.Received<awards::RenderDocumentRequest>();
    EXPECT_EQ(requests.size(), 1U);
    return requests.empty() ? awards::RenderDocumentRequest() : requests.front();
  }

  testkit::TempDir folder_;
  ScriptedServer server_;
};

TEST_F(DocumentCommand, WritesTheFileThatTheServiceNames) {
  const RunResult run = RunAgainst(server_, {"document", "r", "minutes", "--format", "csv",
                                             "--language", "vi", "--category", "alliances"});
  EXPECT_EQ(run.code, ExitCode::kOk) << run.err;
  EXPECT_EQ(ReadText(folder_.File("r.minutes.vi.csv")), "a\r\n\xEF\xBB\xBF");
  EXPECT_EQ(run.out, folder_.File("r.minutes.vi.csv") + "  text/csv, 6 bytes\n");
  const awards::RenderDocumentRequest sent = Sent();
  EXPECT_EQ(sent.name(), "rounds/r");
  EXPECT_EQ(sent.kind(), awards::DOCUMENT_KIND_MINUTES);
  EXPECT_EQ(sent.format(), awards::DOCUMENT_FORMAT_CSV);
  EXPECT_EQ(sent.language(), awards::DOCUMENT_LANGUAGE_VI);
  EXPECT_EQ(sent.category(), "alliances");
  EXPECT_FALSE(sent.with_workings());
}

TEST_F(DocumentCommand, ReplacesTheFileThatIsNamed) {
  WriteFile(folder_.File("to"), "what was there before, and longer");
  const RunResult run = RunAgainst(server_, {"document", "rounds/r", "score-table", "--workings",
                                             "--to", folder_.File("to"), "--output", "json"});
  EXPECT_EQ(run.code, ExitCode::kOk) << run.err;
  EXPECT_EQ(ReadText(folder_.File("to")), "a\r\n\xEF\xBB\xBF");
  EXPECT_THAT(run.out, HasSubstr("\"snapshot_hash\": \"abc\""));
  EXPECT_EQ(Sent().format(), awards::DOCUMENT_FORMAT_HTML);
  EXPECT_EQ(Sent().language(), awards::DOCUMENT_LANGUAGE_EN);
  EXPECT_TRUE(Sent().with_workings());
}

TEST_F(DocumentCommand, WritesNothingButTheDocumentToStandardOutput) {
  const RunResult run =
      RunAgainst(server_, {"document", "r", "nomination-list", "--format", "xlsx", "--to", "-"});
  EXPECT_EQ(run.code, ExitCode::kOk) << run.err;
  EXPECT_EQ(run.out, "a\r\n\xEF\xBB\xBF");
}

TEST_F(DocumentCommand, TakesLetterheadAndMeetingFromAFile) {
  WriteFile(folder_.File("details.txtpb"),
            "name: 'rounds/other' letterhead { place: 'Bắc Ninh' } meeting { chair: 'Bà Hai' }");
  const RunResult run = RunAgainst(server_, {"document", "r", "submission-letter", "--details",
                                             folder_.File("details.txtpb"), "--to", "-"});
  EXPECT_EQ(run.code, ExitCode::kOk) << run.err;
  EXPECT_EQ(Sent().name(), "rounds/r");
  EXPECT_EQ(Sent().letterhead().place(), "Bắc Ninh");
  EXPECT_EQ(Sent().meeting().chair(), "Bà Hai");
}

TEST_F(DocumentCommand, NamesThePlaceOfAMistakeInTheFile) {
  WriteFile(folder_.File("details.txtpb"), "letterhead {\n  colour: 'red'\n}");
  const RunResult run =
      RunAgainst(server_, {"document", "r", "minutes", "--details", folder_.File("details.txtpb")});
  EXPECT_EQ(run.code, ExitCode::kUsage);
  EXPECT_THAT(run.err, HasSubstr("details.txtpb:2:"));
  EXPECT_TRUE(server_.Calls().empty());
}

TEST_F(DocumentCommand, KnowsTheKindsAndFormats) {
  EXPECT_EQ(RunAgainst(server_, {"document", "r", "poster"}).code, ExitCode::kUsage);
  EXPECT_EQ(RunAgainst(server_, {"document", "r", "minutes", "--format", "pdf"}).code,
            ExitCode::kUsage);
  EXPECT_TRUE(server_.Calls().empty());
}

TEST_F(DocumentCommand, LeavesNothingBehindWhereItCannotWrite) {
  const std::string nowhere = folder_.File("no/such/folder");
  const RunResult run = RunAgainst(server_, {"document", "r", "minutes", "--to", nowhere});
  EXPECT_EQ(run.code, ExitCode::kUsage);
  EXPECT_THAT(run.err, HasSubstr(nowhere + ": cannot be written"));
  std::filesystem::create_directory(folder_.File("folder"));
  const RunResult onto =
      RunAgainst(server_, {"document", "r", "minutes", "--to", folder_.File("folder")});
  EXPECT_EQ(onto.code, ExitCode::kUsage);
  EXPECT_FALSE(std::filesystem::exists(folder_.File("folder.part")));
}

TEST_F(DocumentCommand, PassesARefusalOn) {
  server_.On<awards::RenderDocumentRequest, awards::RenderDocumentResponse>(
      [](const awards::RenderDocumentRequest&) {
        return common::Error(absl::StatusCode::kFailedPrecondition, "ROUND_NOT_SCORED", "not yet")
            .ToStatus();
      });
  const RunResult run = RunAgainst(server_, {"document", "r", "minutes"});
  EXPECT_EQ(run.code, ExitCode::kRefused);
  EXPECT_THAT(run.err, HasSubstr("ROUND_NOT_SCORED"));
}

}  // namespace
}  // namespace thiduactl
