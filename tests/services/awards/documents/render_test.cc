#include "services/awards/documents/render.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "services/awards/documents/xlsx.h"
#include "services/awards/domain/reasons.h"
#include "tests/services/awards/documents/sample.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace awards::documents {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testkit::HasReason;
using testkit::IsOk;
using testkit::StatusIs;

constexpr Language kVi = Language::kVietnamese;
constexpr Language kEn = Language::kEnglish;

std::string Html(const RoundResult& result, const Order& order) {
  const auto document = Render(result, order);
  EXPECT_THAT(document, IsOk());
  return document.ok() ? document->content : "";
}

struct DocumentCase {
  std::string name;
  Kind kind;
  Language language;
  // What must be found, each.
  std::vector<std::string> texts;
};

class PageRendered : public ::testing::TestWithParam<DocumentCase> {};

TEST_P(PageRendered, SaysWhatADocumentOfItsKindSays) {
  const std::string html = Html(SampleResult(), SampleOrder(GetParam().kind, GetParam().language));
  for (const std::string& text : GetParam().texts) EXPECT_THAT(html, HasSubstr(text));
  EXPECT_THAT(html, HasSubstr("0123456789abcdef"));
  EXPECT_THAT(html, Not(HasSubstr("class=\"notice\"")));
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, PageRendered,
    ::testing::ValuesIn<DocumentCase>({
        {"ScoreTableVi",
         Kind::kScoreTable,
         kVi,
         {"Bảng tổng hợp điểm thi đua", "Cộng hòa xã hội chủ nghĩa Việt Nam",
          "Độc lập - Tự do - Hạnh phúc", "Cụm thi đua số 1", "Số: …………/BTHĐ-CTĐ", "I. Liên minh",
          "II. HTX nông nghiệp", "chỉ tiêu 01 (max(1; floor(3 × 20 / 100)) = 1)", "Thiếu số liệu",
          "Không áp dụng", "<svg"}},
        {"ScoreTableEn",
         Kind::kScoreTable,
         kEn,
         {"Score table", "Socialist Republic of Viet Nam", "Cluster 1", "I. Alliances",
          "quota 1 (max(1, floor(3 × 20 / 100)) = 1)", "Figures are missing"}},
        {"MinutesVi",
         Kind::kMinutes,
         kVi,
         {"Biên bản", "Hôm nay, vào hồi …… giờ ……, ngày …… tháng …… năm ………", "(Cụm trưởng)",
          "3. Tham dự: 03 đơn vị thành viên của cụm:",
          "Mỗi tỉnh, thành phố được đề nghị không quá 01", "Chỉ tiêu còn để trống: 01.",
          "Không đạt điều kiện: Đủ 12 tháng", "Thư ký", "Chủ trì"}},
        {"MinutesEn",
         Kind::kMinutes,
         kEn,
         {"Minutes", "(cluster head)", "3 members of the cluster", "Places left open: 1.",
          "Its province has its flags"}},
        {"ListVi",
         Kind::kNominationList,
         kVi,
         {"Danh sách đề nghị khen thưởng", "Cờ HTX: chỉ tiêu 02, đề nghị 01",
          "Tổng số: 02 tập thể."}},
        {"ListEn", Kind::kNominationList, kEn, {"List of nominations", "In all: 2 collectives."}},
        {"LetterVi",
         Kind::kSubmissionLetter,
         kVi,
         {"Tờ trình", "Kính gửi: Liên minh Hợp tác xã Việt Nam.", "Căn cứ Quyết định 429;",
          "cho 02 tập thể", "Nơi nhận:", "- Như trên;", "- Lưu: VT.",
          "TM. Cụm thi đua - Cụm trưởng"}},
        {"LetterEn",
         Kind::kSubmissionLetter,
         kEn,
         {"Submission", "To: the Viet Nam Cooperative Alliance", "Pursuant to Thông tư 01/2020;"}},
    }),
    testkit::CaseName<DocumentCase>);

TEST(Render, WritesWhatTheLetterheadGives) {
  Order order = SampleOrder(Kind::kSubmissionLetter);
  order.letterhead = {.superior = "Liên minh HTX Việt Nam",
                      .issuer = "Cụm ĐBSH",
                      .number = "12",
                      .place = "Bắc Ninh",
                      .date = absl::CivilDay(2020, 12, 15),
                      .addressee = "Hội đồng",
                      .recipients = {"Các thành viên"},
                      .signatories = {{.office = "Cụm phó", .person = "Nguyễn Văn A"}}};
  const std::string html = Html(SampleResult(), order);
  EXPECT_THAT(html, HasSubstr("Liên minh HTX Việt Nam"));
  EXPECT_THAT(html, HasSubstr("<b>Cụm ĐBSH</b>"));
  EXPECT_THAT(html, HasSubstr("Số: 12/TTr-CTĐ"));
  EXPECT_THAT(html, HasSubstr("Bắc Ninh, ngày 15 tháng 12 năm 2020"));
  EXPECT_THAT(html, HasSubstr("Kính gửi: Hội đồng."));
  EXPECT_THAT(html, HasSubstr("- Các thành viên;"));
  EXPECT_THAT(html, HasSubstr("Nguyễn Văn A"));
  EXPECT_THAT(html, Not(HasSubstr("Cụm trưởng")));
  order.letterhead.number = "12/A-B";
  EXPECT_THAT(Html(SampleResult(), order), HasSubstr("Số: 12/A-B<"));
}

TEST(Render, WritesWhatTheMeetingWas) {
  Order order = SampleOrder(Kind::kMinutes);
  order.letterhead.date = absl::CivilDay(2020, 12, 16);
  order.meeting = {.place = "hội trường",
                   .start_time = "08:00",
                   .end_time = "11:30",
                   .date = absl::CivilDay(2020, 12, 15),
                   .chair = "Bà Chủ tịch",
                   .secretary = "Ông Thư ký",
                   .attendees = {"Ông Một", "Bà Hai"},
                   .conclusions = {"Thống nhất <tất cả>."}};
  const std::string html = Html(SampleResult(), order);
  EXPECT_THAT(html, HasSubstr("vào hồi 08 giờ 00, ngày 15 tháng 12 năm 2020, tại hội trường"));
  EXPECT_THAT(html, HasSubstr("3. Tham dự: 02 đại biểu:"));
  EXPECT_THAT(html, HasSubstr("<li>Bà Hai</li>"));
  EXPECT_THAT(html, HasSubstr("IV. Kết luận"));
  EXPECT_THAT(html, HasSubstr("Thống nhất &lt;tất cả&gt;."));
  EXPECT_THAT(html, HasSubstr("kết thúc vào hồi 11 giờ 30"));
  EXPECT_THAT(html, HasSubstr("<p class=\"person\">Bà Chủ tịch</p>"));
}

TEST(Render, AddsTheWorkingsIfTheyAreWanted) {
  Order order = SampleOrder(Kind::kScoreTable);
  EXPECT_THAT(Html(SampleResult(), order), Not(HasSubstr("Cách tính điểm")));
  order.with_workings = true;
  const std::string html = Html(SampleResult(), order);
  EXPECT_THAT(html, HasSubstr("Cách tính điểm: Liên minh Hợp tác xã tỉnh Tây"));
  EXPECT_THAT(html, HasSubstr("60 × min(1; 1234,5 / 2000)"));
  EXPECT_THAT(html, HasSubstr("COOP_NEW 1.234,5 (chỉ tiêu 2.000)"));
  EXPECT_THAT(html, HasSubstr("chưa làm tròn: 181/2"));
}

TEST(Render, SaysThatScoresAreOlderThanTheirInputs) {
  RoundResult result = SampleResult();
  result.stale_count = 3;
  EXPECT_THAT(Html(result, SampleOrder(Kind::kMinutes)), HasSubstr("thay đổi ở 03 nguồn số liệu"));
  EXPECT_THAT(Html(result, SampleOrder(Kind::kMinutes, kEn)), HasSubstr("changes in 3 sources"));
}

TEST(Render, MarksAScoreTableBeforeTheNominationsAsADraft) {
  RoundResult result = SampleResult();
  result.is_nominated = false;
  EXPECT_THAT(Html(result, SampleOrder(Kind::kScoreTable)), HasSubstr("Dự thảo"));
}

TEST(Render, TellsOfNominationsOnlyOnceTheyAreIssued) {
  RoundResult result = SampleResult();
  result.is_nominated = false;
  for (const Kind kind : {Kind::kMinutes, Kind::kNominationList, Kind::kSubmissionLetter}) {
    const auto refused = Render(result, SampleOrder(kind));
    EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition));
    EXPECT_THAT(refused, HasReason(kNominationsNotIssued));
  }
}

TEST(Render, RefusesTooManyLinesBeforeAndTooManyBytesAfter) {
  RoundResult result = SampleResult();
  // Eight lines, groups and the total of each alliance.
  result.categories[0].contenders.assign(kLinesMax / 8 + 1, result.categories[0].contenders[0]);
  EXPECT_THAT(Render(result, SampleOrder(Kind::kNominationList)), HasReason(kDocumentTooLarge));
  // More than three and a half kilobytes of HTML for each unit.
  result.categories[0].contenders.resize(kLinesMax / 40);
  Order order = SampleOrder(Kind::kScoreTable);
  order.with_workings = true;
  EXPECT_THAT(Render(result, order), HasReason(kDocumentTooLarge));
  EXPECT_THAT(Render(result, SampleOrder(Kind::kNominationList)), IsOk());
}

TEST(Render, NamesFilesAndMediaTypes) {
  Order order = SampleOrder(Kind::kScoreTable, kEn, Format::kCsv);
  auto document = Render(SampleResult(), order);
  ASSERT_THAT(document, IsOk());
  EXPECT_EQ(document->file_name, "r.score-table.en.csv");
  EXPECT_EQ(document->media_type, "text/csv; charset=utf-8; header=present");
  order = SampleOrder(Kind::kSubmissionLetter, kVi, Format::kHtml);
  order.category = "agri";
  document = Render(SampleResult(), order);
  ASSERT_THAT(document, IsOk());
  EXPECT_EQ(document->file_name, "r.agri.submission-letter.vi.html");
  EXPECT_EQ(document->media_type, "text/html; charset=utf-8");
}

TEST(Render, EscapesWhatPeopleEntered) {
  RoundResult result = SampleResult();
  const std::string evil = "<script>alert(1)</script>\"'&";
  result.title.vi = evil;
  result.cluster_title.vi = evil;
  result.head_title.vi = evil;
  result.member_titles[0].vi = evil;
  for (Category& category : result.categories) {
    category.title.vi = category.award_title.vi = category.rubric_title.vi = evil;
    category.legal_basis = category.quota_working = evil;
    for (auto* titles :
         {&category.group_titles, &category.criterion_titles, &category.gate_titles}) {
      for (auto& [id, title] : *titles) title.vi = evil;
    }
    for (Contender& unit : category.contenders) {
      unit.title.vi = unit.total = unit.decided_by = evil;
      for (Group& group : unit.groups) group.lines[0].working = group.points = evil;
    }
    for (Nominee& nominee : category.nominees) {
      nominee.title.vi = nominee.award_title.vi = nominee.province_title.vi = evil;
    }
  }
  for (const Kind kind :
       {Kind::kScoreTable, Kind::kMinutes, Kind::kNominationList, Kind::kSubmissionLetter}) {
    Order order = SampleOrder(kind);
    order.with_workings = true;
    order.letterhead = {.superior = evil,
                        .issuer = evil,
                        .number = evil,
                        .place = evil,
                        .addressee = evil,
                        .recipients = {evil},
                        .signatories = {{.office = evil, .person = evil}}};
    order.meeting = {.place = evil,
                     .chair = evil,
                     .secretary = evil,
                     .attendees = {evil},
                     .conclusions = {evil}};
    const std::string html = Html(result, order);
    EXPECT_THAT(html, Not(HasSubstr("<script")));
    EXPECT_THAT(html, Not(HasSubstr("\"'&")));
    EXPECT_THAT(html, HasSubstr("&lt;script&gt;"));
  }
}

TEST(Render, MakesTheSameWorkbookInEveryThread) {
  const Order order = SampleOrder(Kind::kScoreTable, kVi, Format::kXlsx);
  std::vector<std::string> contents(4);
  std::vector<std::thread> threads;
  for (std::string& content : contents) {
    threads.emplace_back([&content, &order] {
      const auto document = Render(SampleResult(), order);
      if (document.ok()) content = document->content;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(contents[0], ::testing::StartsWith("PK"));
  EXPECT_THAT(contents, ::testing::Each(contents[0]));
}

struct SpreadsheetNumber {
  std::string name;
  std::string decimal;
  bool fits;
};

class SpreadsheetHolds : public ::testing::TestWithParam<SpreadsheetNumber> {};

TEST_P(SpreadsheetHolds, FifteenDigits) {
  EXPECT_EQ(FitsSpreadsheetNumber(GetParam().decimal), GetParam().fits);
}

INSTANTIATE_TEST_SUITE_P(Decimals, SpreadsheetHolds,
                         ::testing::ValuesIn<SpreadsheetNumber>({
                             {"Points", "100.78", true},
                             {"Zero", "0.00", true},
                             {"FifteenDigits", "123456789.012345", true},
                             {"SixteenDigits", "1234567890.123456", false},
                             {"SixteenDigitsWithATrailingZero", "1234567890.123450", true},
                             {"LeadingZerosDoNotCount", "0.000000000012345", true},
                             {"LargeButRound", "100000000000000000", true},
                             {"Negative", "-1234567890.123456", false},
                             {"Fraction", "22/5", false},
                             {"Empty", "", false},
                         }),
                         testkit::CaseName<SpreadsheetNumber>);

}  // namespace
}  // namespace awards::documents
