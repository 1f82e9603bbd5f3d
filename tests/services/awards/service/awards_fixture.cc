#include "tests/services/awards/service/awards_fixture.h"

#include <google/protobuf/text_format.h>
#include <grpcpp/server_builder.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

namespace awards {

namespace v1 = thidua::awards::v1;
namespace reporting_v1 = thidua::reporting::v1;
using common::storage::sqlite::SqliteLedger;
using testkit::IsOk;

namespace {

template <typename Message>
Message FromText(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

}  // namespace

std::vector<reporting_v1::Change> Story() {
  std::vector<reporting_v1::Change> story{
      Alliance("a"),
      Alliance("b"),
      Alliance("c"),
      Cooperative("rice", "a", reporting_v1::Unit::SECTOR_AGRICULTURE),
      Cooperative("fruit", "b", reporting_v1::Unit::SECTOR_AGRICULTURE),
      Form(kAnnualForm, reporting_v1::Unit::KIND_ALLIANCE),
      Form(kQuarterForm, reporting_v1::Unit::KIND_ALLIANCE),
      Form(kCooperativeForm, reporting_v1::Unit::KIND_COOPERATIVE),
      ClusterYear({"a", "b", "c"}),
      Pact({{"a", "20"}, {"b", "20"}, {"c", "20"}}, {"a", "b", "c"}),
  };
  for (const auto& [unit, number] :
       {std::pair("a", "18"), std::pair("b", "15"), std::pair("c", "12")}) {
    story.push_back(Submission({.unit = unit, .figures = {{"COOP_NEW", number}}}));
    story.push_back(Submission(Quarter(unit)));
  }
  for (const auto& [unit, points] : {std::pair("rice", "90"), std::pair("fruit", "70")}) {
    story.push_back(
        Submission({.unit = unit, .form = kCooperativeForm, .figures = {{"POINTS", points}}}));
  }
  return story;
}

v1::CreateRubricRequest AllianceRubric() {
  return FromText<v1::CreateRubricRequest>(R"pb(
    rubric_id: "alliances"
    rubric {
      title { vi: "Thang điểm" }
      legal_basis: "Quyết định 1"
      groups {
        id: "1"
        title { vi: "Phát triển" }
        criteria {
          id: "1.1"
          title { vi: "HTX thành lập mới" }
          max_points: "10"
          on_missing: ABSENCE_ZERO
          on_not_applicable: ABSENCE_ZERO
          ratio { indicators: "indicators/COOP_NEW" zero_target: ZERO_TARGET_NOT_APPLICABLE }
        }
        criteria {
          id: "1.2"
          title { vi: "Báo cáo đúng hạn" }
          max_points: "5"
          on_missing: ABSENCE_ZERO
          on_not_applicable: ABSENCE_ZERO
          on_time_share {}
        }
      }
      groups {
        id: "2"
        title { vi: "Tổ chức" }
        criteria {
          id: "2.1"
          title { vi: "Thẩm định" }
          max_points: "4"
          on_missing: ABSENCE_ZERO
          on_not_applicable: ABSENCE_FULL
          manual { step: "0.5" }
        }
      }
      bonus {
        criteria {
          id: "B1"
          title { vi: "Mô hình mới" }
          max_points: "2"
          on_missing: ABSENCE_ZERO
          on_not_applicable: ABSENCE_ZERO
          per_item {
            count { events: true }
            points: "1"
          }
        }
        cap: "2"
      }
      rounding { scale: 2 mode: MODE_HALF_UP }
      rank_basis: RANK_BASIS_ROUNDED_TOTAL
      tie_breaks { base_total: true }
      rank_style: RANK_STYLE_COMPETITION
    }
  )pb");
}

v1::CreateRubricRequest CooperativeRubric() {
  return FromText<v1::CreateRubricRequest>(R"pb(
    rubric_id: "cooperatives"
    rubric {
      title { vi: "Thang điểm HTX" }
      legal_basis: "Thông tư 01/2020"
      groups {
        id: "1"
        title { vi: "Điểm" }
        criteria {
          id: "1.1"
          title { vi: "Điểm tự chấm" }
          max_points: "100"
          on_missing: ABSENCE_BLOCK
          on_not_applicable: ABSENCE_BLOCK
          reported_points { indicator: "indicators/POINTS" }
        }
      }
      rounding { scale: 2 mode: MODE_HALF_UP }
      rank_basis: RANK_BASIS_ROUNDED_TOTAL
      rank_style: RANK_STYLE_COMPETITION
    }
  )pb");
}

v1::CreateRoundRequest SomeRound() {
  return FromText<v1::CreateRoundRequest>(R"pb(
    round_id: "r"
    round {
      title { vi: "Bình xét 2020" }
      cluster_year: "clusters/delta/years/2020"
      categories {
        id: "alliances"
        title { vi: "Liên minh" }
        entrants: ENTRANTS_MEMBERS
        rubric: "rubrics/alliances"
        form: "forms/annual"
        period: "2020"
        award {
          id: "flag"
          title { vi: "Cờ thi đua" }
          fixed: 1
          boundary: BOUNDARY_BALLOT
        }
        gates {
          id: "pact"
          title { vi: "Đã ký" }
          pact_signed: true
        }
      }
      categories {
        id: "agri"
        title { vi: "HTX nông nghiệp" }
        entrants: ENTRANTS_AGRICULTURAL_COOPERATIVES
        rubric: "rubrics/cooperatives"
        form: "forms/cooperative"
        period: "2020"
        award {
          id: "agri-flag"
          title { vi: "Cờ HTX" }
          share { percent: "20" basis: BASIS_ENTRANTS }
          boundary: BOUNDARY_ALL_IN
        }
        gates {
          id: "good"
          title { vi: "Tốt" }
          minimum_total: "60"
        }
      }
      flags_per_province: 1
    }
  )pb");
}

AwardsFixture::AwardsFixture()
    : ledger_(SqliteLedger::Open({.path = folder_.File("awards.db"),
                                  .application_id = 1,
                                  .clock = &clock_,
                                  .ids = &ids_})
                  .value()),
      consumer_(std::make_unique<FeedConsumer>(
          FeedConsumerOptions{.channel = feed_.OpenChannel(),
                              .checkpoint_interval_ms = 100,
                              .pause = [](int) { return absl::ZeroDuration(); }},
          *ledger_, progress_, logger_)) {
  const ServiceResources resources{.rpc = rpc_, .ledger = *ledger_, .feed = progress_};
  rubric_service_ = std::make_unique<RubricService>(resources);
  round_service_ = std::make_unique<RoundService>(resources);
  document_service_ = std::make_unique<DocumentService>(resources);
  grpc::ServerBuilder builder;
  builder.RegisterService(rubric_service_.get());
  builder.RegisterService(round_service_.get());
  builder.RegisterService(document_service_.get());
  server_ = builder.BuildAndStart();
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_MAX_METADATA_SIZE, 16 * 1024);
  const auto channel = server_->InProcessChannel(arguments);
  rubrics_ = v1::RubricService::NewStub(channel);
  rounds_ = v1::RoundService::NewStub(channel);
  documents_ = v1::DocumentService::NewStub(channel);
  EXPECT_THAT(consumer_->Start(), IsOk());
}

AwardsFixture::~AwardsFixture() {
  consumer_->Stop();
  server_->Shutdown();
}

void AwardsFixture::Tell(const std::vector<reporting_v1::Change>& changes) {
  std::string token;
  for (const reporting_v1::Change& change : changes) token = feed_.Commit({change});
  ASSERT_THAT(progress_.WaitUntilConsumed(token, absl::Now() + absl::Seconds(30)), IsOk());
}

void AwardsFixture::CreateRubrics() {
  ASSERT_THAT(Call(&RubricStub::CreateRubric, AllianceRubric()), IsOk());
  ASSERT_THAT(Call(&RubricStub::CreateRubric, CooperativeRubric()), IsOk());
}

void AwardsFixture::CreateRound() {
  ASSERT_THAT(Call(&RoundStub::CreateRound, SomeRound()), IsOk());
}

void AwardsFixture::SetUpRound() {
  Tell(Story());
  CreateRubrics();
  CreateRound();
}

v1::ScoreRoundResponse AwardsFixture::Score() {
  v1::ScoreRoundRequest request;
  request.set_name("rounds/r");
  const auto response = Call(&RoundStub::ScoreRound, request);
  EXPECT_THAT(response, IsOk());
  return response.ok() ? *response : v1::ScoreRoundResponse();
}

v1::Standings AwardsFixture::Standings(const std::string& category) {
  v1::GetStandingsRequest request;
  request.set_name("rounds/r/standings/" + category);
  const auto response = Call(&RoundStub::GetStandings, request);
  EXPECT_THAT(response, IsOk());
  return response.ok() ? response->standings() : v1::Standings();
}

absl::StatusOr<v1::RecordAppraisalResponse> AwardsFixture::Appraise(const std::string& unit,
                                                                    const std::string& points) {
  v1::RecordAppraisalRequest request;
  request.set_parent("rounds/r");
  v1::Appraisal& appraisal = *request.mutable_appraisal();
  appraisal.set_unit("units/" + unit);
  appraisal.set_criterion("2.1");
  appraisal.set_points(points);
  appraisal.set_appraiser("Chủ tịch");
  appraisal.set_appraiser_unit(unit == "c" ? "units/a" : "units/c");
  appraisal.set_reason("Thẩm định");
  appraisal.set_evidence("Hồ sơ");
  return Call(&RoundStub::RecordAppraisal, request);
}

absl::StatusOr<v1::RecordEventResponse> AwardsFixture::Happen(const std::string& unit,
                                                              const std::string& id) {
  v1::RecordEventRequest request;
  request.set_parent("rounds/r");
  request.set_event_id(id);
  v1::Event& event = *request.mutable_event();
  event.set_unit("units/" + unit);
  event.set_criterion("B1");
  event.set_count(1);
  event.set_date("2020-05-01");
  event.set_description("Mô hình mới");
  event.set_evidence("Quyết định");
  return Call(&RoundStub::RecordEvent, request);
}

}  // namespace awards
