#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "common/status/reasons.h"
#include "services/awards/domain/reasons.h"
#include "tests/services/awards/service/awards_fixture.h"

namespace awards {
namespace {

namespace v1 = thidua::awards::v1;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using testkit::HasReason;
using testkit::HasViolation;
using testkit::IsOk;
using testkit::StatusIs;

v1::RenderDocumentRequest Request(v1::DocumentKind kind = v1::DOCUMENT_KIND_SCORE_TABLE,
                                  v1::DocumentFormat format = v1::DOCUMENT_FORMAT_HTML) {
  v1::RenderDocumentRequest request;
  request.set_name("rounds/r");
  request.set_kind(kind);
  request.set_format(format);
  request.set_language(v1::DOCUMENT_LANGUAGE_VI);
  return request;
}

class DocumentServiceTest : public AwardsFixture {
 protected:
  absl::StatusOr<v1::RenderDocumentResponse> Render(const v1::RenderDocumentRequest& request) {
    return Call(&DocumentStub::RenderDocument, request);
  }
  void Nominate() {
    v1::IssueNominationsRequest request;
    request.set_name("rounds/r");
    ASSERT_THAT(Call(&RoundStub::IssueNominations, request), IsOk());
  }
};

TEST_F(DocumentServiceTest, RendersWhatTheRoundCameTo) {
  SetUpRound();
  const v1::ScoreRoundResponse scored = Score();
  Nominate();
  const auto document = Render(Request(v1::DOCUMENT_KIND_MINUTES));
  ASSERT_THAT(document, IsOk());
  EXPECT_EQ(document->media_type(), "text/html; charset=utf-8");
  EXPECT_EQ(document->file_name(), "r.minutes.vi.html");
  EXPECT_EQ(document->snapshot_hash(), scored.round().snapshot_hash());
  EXPECT_THAT(document->content(), HasSubstr(document->snapshot_hash()));
  // 10 x 18 / 20 + 5 for alliance a, nothing appraised.
  EXPECT_THAT(document->content(), HasSubstr("<data value=\"14.00\">14,00</data>"));
  EXPECT_THAT(document->content(), HasSubstr("Liên minh a"));
  EXPECT_THAT(document->content(), HasSubstr("Đề nghị: Cờ thi đua"));
  EXPECT_THAT(document->content(), Not(HasSubstr("class=\"notice\"")));
}

TEST_F(DocumentServiceTest, GivesTheSameBytesForTheSameRequest) {
  SetUpRound();
  Score();
  Nominate();
  for (const auto format :
       {v1::DOCUMENT_FORMAT_HTML, v1::DOCUMENT_FORMAT_CSV, v1::DOCUMENT_FORMAT_XLSX}) {
    const auto first = Render(Request(v1::DOCUMENT_KIND_SCORE_TABLE, format));
    const auto second = Render(Request(v1::DOCUMENT_KIND_SCORE_TABLE, format));
    ASSERT_THAT(first, IsOk());
    ASSERT_THAT(second, IsOk());
    EXPECT_EQ(first->content(), second->content());
  }
}

TEST_F(DocumentServiceTest, RendersOneCategoryIfOneIsAskedFor) {
  SetUpRound();
  Score();
  Nominate();
  v1::RenderDocumentRequest request = Request(v1::DOCUMENT_KIND_MINUTES, v1::DOCUMENT_FORMAT_CSV);
  request.set_category("agri");
  const auto document = Render(request);
  ASSERT_THAT(document, IsOk());
  EXPECT_THAT(document->content(), HasSubstr("\r\nagri,units/rice,HTX rice,1,90.00"));
  EXPECT_THAT(document->content(), Not(HasSubstr("alliances")));
  EXPECT_EQ(document->file_name(), "r.agri.minutes.vi.csv");
  request.set_category("other");
  EXPECT_THAT(Render(request), HasReason(common::kResourceNotFound));
}

TEST_F(DocumentServiceTest, KnowsNoDocumentsOfARoundThatIsNotThere) {
  const auto refused = Render(Request());
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(refused, HasReason(common::kResourceNotFound));
}

TEST_F(DocumentServiceTest, WantsScoresAndForMostKindsNominations) {
  SetUpRound();
  EXPECT_THAT(Render(Request()), HasReason(kRoundNotScored));
  Score();
  const auto draft = Render(Request());
  ASSERT_THAT(draft, IsOk());
  EXPECT_THAT(draft->content(), HasSubstr("Dự thảo"));
  const auto refused = Render(Request(v1::DOCUMENT_KIND_SUBMISSION_LETTER));
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(refused, HasReason(kNominationsNotIssued));
}

TEST_F(DocumentServiceTest, SaysThatInputsHaveChangedSince) {
  SetUpRound();
  Score();
  ASSERT_THAT(Appraise("a", "1.5"), IsOk());
  const auto document = Render(Request());
  ASSERT_THAT(document, IsOk());
  EXPECT_THAT(document->content(), HasSubstr("đã có thay đổi ở 01 nguồn số liệu"));
}

TEST_F(DocumentServiceTest, NamesAllFieldsAtFault) {
  v1::RenderDocumentRequest request;
  request.set_name("rounds/r");
  request.set_format(static_cast<v1::DocumentFormat>(77));
  v1::Letterhead& letterhead = *request.mutable_letterhead();
  letterhead.set_issuer(std::string(201, 'x'));
  letterhead.set_date("2020-02-30");
  letterhead.add_signatories()->set_person("A");
  for (int i = 0; i < 21; ++i) letterhead.add_recipients("x");
  v1::Meeting& meeting = *request.mutable_meeting();
  meeting.set_start_time("24:00");
  meeting.set_end_time("8:00");
  meeting.set_date("15/12/2020");
  meeting.add_attendees("A");
  meeting.add_attendees("\x01");
  for (int i = 0; i < 51; ++i) meeting.add_conclusions("x");
  const auto refused = Render(request);
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kInvalidArgument));
  for (const std::string field :
       {"kind", "format", "language", "letterhead.issuer", "letterhead.date",
        "letterhead.signatories[0].office", "letterhead.recipients", "meeting.start_time",
        "meeting.end_time", "meeting.date", "meeting.attendees[1]", "meeting.conclusions"}) {
    EXPECT_THAT(refused, HasViolation(field));
  }
}

TEST_F(DocumentServiceTest, TakesTimesOfTheWholeDay) {
  SetUpRound();
  Score();
  Nominate();
  v1::RenderDocumentRequest request = Request(v1::DOCUMENT_KIND_MINUTES);
  request.mutable_meeting()->set_start_time("00:00");
  request.mutable_meeting()->set_end_time("23:59");
  const auto document = Render(request);
  ASSERT_THAT(document, IsOk());
  EXPECT_THAT(document->content(), HasSubstr("vào hồi 00 giờ 00"));
  EXPECT_THAT(document->content(), HasSubstr("kết thúc vào hồi 23 giờ 59"));
}

TEST_F(DocumentServiceTest, RefusesATokenOfAnotherStore) {
  v1::RenderDocumentRequest request = Request();
  request.set_min_commit_token("nonsense");
  EXPECT_THAT(Render(request), HasViolation("min_commit_token"));
}

}  // namespace
}  // namespace awards
