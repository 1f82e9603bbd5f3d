#include "tests/services/awards/documents/sample.h"

#include <string>
#include <utility>

namespace awards::documents {
namespace {

Line MakeLine(const std::string& id, const std::string& max_points, const std::string& points) {
  return {
      .id = id,
      .max_points = max_points,
      .points = points,
      .full_points = points,
      .inputs = {{.source = "indicators/COOP_NEW",
                  .number = "1234.5",
                  .target = "2000",
                  .from = {.resource = "units/x/submissions/annual.2020.estimate", .revision = 2}}},
      .working = "60 × min(1, 1234.5 / 2000)"};
}

Contender Tay() {
  return {.unit = "units/tay",
          .title = {.vi = "Liên minh Hợp tác xã tỉnh Tây", .en = "Cooperative Alliance of Tây"},
          .province_unit = "units/tay",
          .rank = 1,
          .rank_text = "1",
          .base_total = "88.50",
          .bonus = "3.00",
          .penalty = "1.00",
          .total = "90.50",
          .full_total = "181/2",
          .groups = {{.id = "1",
                      .max_points = "60",
                      .points = "60.00",
                      .lines = {MakeLine("1.1", "60", "60.00")}},
                     {.id = "2",
                      .max_points = "40",
                      .points = "28.50",
                      .lines = {MakeLine("2.1", "20", "18.50"), MakeLine("2.2", "20", "10.00")}}},
          .bonus_lines = {MakeLine("B1", "5", "3.00")},
          .penalty_lines = {MakeLine("P1", "10", "1.00")}};
}

Contender Dong() {
  Contender unit = Tay();
  unit.unit = "units/dong";
  unit.title = {.vi = "Liên minh Hợp tác xã tỉnh Đông", .en = "Cooperative Alliance of Đông"};
  unit.province_unit = "units/dong";
  unit.rank = 2;
  unit.rank_text = "2";
  unit.base_total = "70.25";
  unit.bonus = "0.00";
  unit.penalty = "0.00";
  unit.total = "70.25";
  unit.full_total = "281/4";
  unit.decided_by = "total";
  unit.groups[0].points = "50.25";
  unit.groups[0].lines[0].points = "50.25";
  unit.groups[0].lines[0].basis = LineBasis::kMissing;
  unit.groups[1].points = "20.00";
  unit.groups[1].lines[0].points = "20.00";
  unit.groups[1].lines[0].redistribution = "2";
  unit.groups[1].lines[1].points = "0.00";
  unit.groups[1].lines[1].basis = LineBasis::kNotApplicable;
  unit.bonus_lines[0].points = "0.00";
  unit.penalty_lines[0].points = "0.00";
  return unit;
}

Contender Nam() {
  Contender unit = Tay();
  unit.unit = "units/nam";
  unit.title = {.vi = "Liên minh Hợp tác xã tỉnh Nam", .en = ""};
  unit.province_unit = "units/nam";
  unit.rank = 0;
  unit.rank_text = "";
  for (std::string* figure :
       {&unit.base_total, &unit.bonus, &unit.penalty, &unit.total, &unit.full_total}) {
    figure->clear();
  }
  for (Group& group : unit.groups) {
    group.points.clear();
    for (Line& line : group.lines) line.points.clear();
  }
  unit.bonus_lines[0].points.clear();
  unit.penalty_lines[0].points.clear();
  return unit;
}

Contender Cooperative(const std::string& id, const std::string& province, int rank,
                      const std::string& points) {
  return {.unit = "units/htx-" + id,
          .title = {.vi = "HTX " + id, .en = "Cooperative " + id},
          .province_unit = "units/" + province,
          .rank = rank,
          .rank_text = std::to_string(rank),
          .base_total = points,
          .bonus = "0.00",
          .penalty = "0.00",
          .total = points,
          .full_total = points,
          .decided_by = rank == 1 ? "" : "total",
          .groups = {{.id = "A",
                      .max_points = "100",
                      .points = points,
                      .lines = {MakeLine("C1", "100", points)}}}};
}

Category Alliances() {
  return {.id = "alliances",
          .title = {.vi = "Liên minh", .en = "Alliances"},
          .award_title = {.vi = "Cờ xuất sắc", .en = "Flag of excellence"},
          .rubric_title = {.vi = "Thang điểm", .en = "Rubric"},
          .legal_basis = "Quyết định 429",
          .quota = 1,
          .quota_working = "max(1, floor(3 × 20 / 100)) = 1",
          .bonus_cap = "5",
          .penalty_cap = "10",
          .group_titles = {{"1", {.vi = "Phát triển", .en = "Growth"}},
                           {"2", {.vi = "Tổ chức", .en = "Organisation"}}},
          .criterion_titles = {{"1.1", {.vi = "HTX mới", .en = "New cooperatives"}},
                               {"2.1", {.vi = "Phong trào", .en = "Movement"}},
                               {"2.2", {.vi = "Đối ngoại", .en = "Abroad"}},
                               {"B1", {.vi = "Mô hình", .en = "Model"}},
                               {"P1", {.vi = "Chậm", .en = "Late"}}},
          .gate_titles = {},
          .contenders = {Tay(), Dong(), Nam()},
          .nominees = {{.award = "flag",
                        .award_title = {.vi = "Cờ xuất sắc", .en = "Flag of excellence"},
                        .unit = "units/tay",
                        .title = Tay().title,
                        .province_unit = "units/tay",
                        .province_title = Tay().title,
                        .rank = 1,
                        .total = "90.50",
                        .state = "PROPOSED",
                        .grounds = "rank 1 of 3, place 1 of quota 1"}}};
}

Category Cooperatives() {
  Category category{
      .id = "agri",
      .title = {.vi = "HTX nông nghiệp", .en = "Cooperatives"},
      .award_title = {.vi = "Cờ HTX", .en = "Flag"},
      .rubric_title = {.vi = "Thông tư 01", .en = "Circular 01"},
      .legal_basis = "Thông tư 01/2020",
      .quota = 2,
      .quota_working = "2",
      .group_titles = {{"A", {.vi = "Tài chính", .en = "Finance"}}},
      .criterion_titles = {{"C1", {.vi = "Vốn", .en = "Capital"}}},
      .gate_titles = {{"old", {.vi = "Đủ 12 tháng", .en = "12 months old"}}},
      .contenders = {Cooperative("một", "bac", 1, "97.00"), Cooperative("hai", "tay", 2, "96.00"),
                     Cooperative("ba", "dong", 3, "95.00")},
      .nominees = {}};
  category.contenders[0].failed_gates = {"old"};
  category.nominees.push_back({.award = "flag-agri",
                               .award_title = {.vi = "Cờ HTX", .en = "Flag"},
                               .unit = "units/htx-ba",
                               .title = {.vi = "HTX ba", .en = "Cooperative ba"},
                               .province_unit = "units/dong",
                               .province_title = Dong().title,
                               .rank = 3,
                               .total = "95.00",
                               .state = "PROPOSED",
                               .grounds = "rank 3 of 3, place 1 of quota 2"});
  return category;
}

}  // namespace

RoundResult SampleResult() {
  return {.name = "rounds/r",
          .title = {.vi = "Bình xét năm 2020", .en = "Review of 2020"},
          .cluster_title = {.vi = "Cụm thi đua số 1", .en = "Cluster 1"},
          .year = "2020",
          .head_title = Tay().title,
          .vice_head_titles = {Dong().title},
          .member_titles = {Tay().title, Dong().title, Nam().title},
          .flags_per_province = 1,
          .flags_by_province = {{"units/tay", 1}, {"units/dong", 1}},
          .is_nominated = true,
          .snapshot_hash = "0123456789abcdef",
          .score_day = absl::CivilDay(2020, 12, 5),
          .categories = {Alliances(), Cooperatives()}};
}

Order SampleOrder(Kind kind, Language language, Format format) {
  return {.kind = kind, .format = format, .language = language};
}

}  // namespace awards::documents
