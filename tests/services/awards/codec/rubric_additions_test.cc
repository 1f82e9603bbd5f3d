// Measures, scales, groups in groups, classes: there and back, and what cannot be read.
#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/util/message_differencer.h>

#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "services/awards/codec/rubric_codec.h"
#include "services/awards/codec/rubric_diff.h"
#include "thidua/ctl/v1/plan.pb.h"

namespace awards {
namespace {

namespace v1 = thidua::awards::v1;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

v1::Rubric Parse(const std::string& text) {
  v1::Rubric message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

v1::Rubric Everything() {
  return Parse(R"pb(
    name: "rubrics/all"
    title { vi: "Tất cả" en: "All" }
    legal_basis: "Quyết định 1"
    groups {
      id: "1"
      title { vi: "Nhóm" }
      criteria {
        id: "a"
        title { vi: "a" }
        max_points: "10"
        on_missing: ABSENCE_BLOCK
        on_not_applicable: ABSENCE_FULL
        goalposts {
          measure {
            figures { indicators: "indicators/A" indicators: "indicators/B" }
            precision { scale: 1 mode: MODE_DOWN }
          }
          zero_at: "-1.5"
          full_at: "20"
          scale: SCALE_LOGARITHMIC
          beyond: BEYOND_UNCLIPPED
        }
        weight: "2.5"
        on_undefined: ABSENCE_ZERO
        rounding { scale: 1 mode: MODE_HALF_EVEN }
      }
      criteria {
        id: "b"
        title { vi: "b" }
        max_points: "4"
        piecewise {
          measure { growth { indicators: "indicators/A" base: "indicators/B" } }
          vertices { at: "0" points: "0" }
          vertices { at: "10" points: "4" }
        }
      }
      criteria {
        id: "c"
        title { vi: "c" }
        max_points: "4"
        relative {
          measure { percentage { numerator: "indicators/A" denominator: "indicators/B" } }
          method: METHOD_Z_SCORE
          direction: DIRECTION_LOWER_IS_BETTER
          even: EVEN_NOT_APPLICABLE
          z_span: "2"
        }
      }
      criteria {
        id: "d"
        title { vi: "d" }
        max_points: "4"
        rank_points {
          measure { percent_of_target { indicators: "indicators/A" } }
          direction: DIRECTION_HIGHER_IS_BETTER
          points: "4"
          points: "2.5"
          otherwise: "0"
          ties: TIES_DENSE
        }
      }
      criteria {
        id: "e"
        title { vi: "e" }
        max_points: "4"
        leader_relative { indicators: "indicators/A" direction: DIRECTION_HIGHER_IS_BETTER }
      }
      criteria {
        id: "f"
        title { vi: "f" }
        max_points: "4"
        custom { expression: "A/( target(A) )" }
      }
      criteria {
        id: "g"
        title { vi: "g" }
        max_points: "4"
        bands {
          bands { at_most: "5" points: "4" }
          otherwise: "0"
          measure { restatements: true }
        }
      }
      criteria {
        id: "h"
        title { vi: "h" }
        max_points: "4"
        all_of {
          conditions {
            measure_reached {
              measure { expression: "A * 2" }
              at_least: "5"
            }
          }
          conditions {
            measure_reached {
              measure { events: true }
              at_most: "1"
            }
          }
          conditions { expression: "A > 2 or missing(B)" }
        }
      }
      groups {
        id: "1.1"
        title { vi: "Nhóm con" }
        criteria {
          id: "i"
          title { vi: "i" }
          max_points: "1"
          on_time_share {}
        }
        weight: "1"
      }
      aggregation: AGGREGATION_WEIGHTED_GEOMETRIC_MEAN
      max_points: "20.5"
      rounding { scale: 0 mode: MODE_DOWN }
      minimum_data: "65"
    }
    rounding { scale: 2 mode: MODE_HALF_UP }
    rank_basis: RANK_BASIS_FULL_TOTAL
    tie_breaks { criterion: "a" }
    tie_breaks { bonus: true }
    rank_style: RANK_STYLE_AVERAGE
    predecessor: "rubrics/old"
    legal_documents {
      number: "437/QĐ-LMHTXVN"
      title { vi: "Quy chế" }
      issue_date: "2024-08-15"
      valid_from: "2024-08-16"
      valid_until: "2026-01-01"
    }
    tiers {
      id: "good"
      title { vi: "Tốt" }
      at_least: "80"
    }
    tiers {
      id: "rest"
      title { vi: "Khác" }
    }
    base_rounding { scale: 1 mode: MODE_HALF_UP }
    rank_rounding { scale: 0 mode: MODE_DOWN }
    minimum_data: "50"
  )pb");
}

TEST(RubricAdditionsCodec, ComeThereAndBack) {
  const v1::Rubric proto = Everything();
  Violations violations;
  const Rubric rubric = ParseRubric(proto, violations);
  EXPECT_THAT(violations.list(), IsEmpty());
  const v1::Rubric back = ToProto(rubric);
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(back, proto))
      << back.DebugString();
}

TEST(RubricAdditionsCodec, NameWhatCannotBeRead) {
  v1::Rubric proto = Everything();
  auto& criteria = *proto.mutable_groups(0)->mutable_criteria();
  criteria[0].mutable_goalposts()->set_zero_at("ten");
  criteria[0].set_weight("1,5");
  criteria[1].mutable_piecewise()->mutable_vertices(1)->clear_points();
  criteria[3].mutable_rank_points()->set_points(1, "x");
  criteria[5].mutable_custom()->set_expression("A /");
  criteria[6].mutable_bands()->mutable_measure()->set_restatements(false);
  criteria[7].mutable_all_of()->mutable_conditions(2)->set_expression("A > ");
  proto.mutable_groups(0)->mutable_groups(0)->mutable_criteria(0)->set_max_points("");
  proto.mutable_tiers(0)->set_at_least("80 %");
  Violations violations;
  ParseRubric(proto, violations);
  std::vector<std::string> found;
  for (const auto& violation : violations.list()) {
    found.push_back(violation.field + " " + violation.reason);
  }
  const std::string group = "rubric.groups[0].";
  EXPECT_THAT(found, UnorderedElementsAre(
                         group + "criteria[0].goalposts.zero_at INVALID_DECIMAL",
                         group + "criteria[0].weight INVALID_DECIMAL",
                         group + "criteria[1].piecewise.vertices[1].points REQUIRED_FIELD_MISSING",
                         group + "criteria[3].rank_points.points[1] INVALID_DECIMAL",
                         group + "criteria[5].custom.expression EXPRESSION_INVALID",
                         group + "criteria[6].bands.measure.restatements INVALID_FIELD",
                         group + "criteria[7].all_of.conditions[2].expression EXPRESSION_INVALID",
                         group + "groups[0].criteria[0].max_points REQUIRED_FIELD_MISSING",
                         "rubric.tiers[0].at_least INVALID_DECIMAL"));
}

class ShippedRubric : public ::testing::TestWithParam<const char*> {};

TEST_P(ShippedRubric, IsValidAndComesThereAndBack) {
  const std::string path = std::string(THIDUA_EXAMPLES) + "/rubrics/" + GetParam() + ".txtpb";
  std::ifstream stream(path);
  const std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  thidua::ctl::v1::Plan plan;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &plan)) << path;
  ASSERT_EQ(plan.step_size(), 1);
  const v1::Rubric& proto = plan.step(0).create_rubric().rubric();
  Violations violations;
  const Rubric rubric = ParseRubric(proto, violations);
  violations = ValidateRubric(rubric, std::move(violations));
  for (const auto& violation : violations.list()) {
    ADD_FAILURE() << violation.field << ": " << violation.description;
  }
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(ToProto(rubric), proto));
}

// What the units can get, as the regulations say.
TEST_P(ShippedRubric, AddsUpToItsScale) {
  const std::map<std::string, std::string> scales = {{"default-100", "100"},
                                                     {"default-1000", "1000"},
                                                     {"hue-shape", "950"},
                                                     {"circular-01-2020", "100"}};
  std::ifstream stream(std::string(THIDUA_EXAMPLES) + "/rubrics/" + GetParam() + ".txtpb");
  thidua::ctl::v1::Plan plan;
  google::protobuf::TextFormat::ParseFromString(
      std::string(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()), &plan);
  Violations violations;
  common::Rational sum;
  for (const Group& group : ParseRubric(plan.step(0).create_rubric().rubric(), violations).groups) {
    sum += MaximumOf(group);
  }
  EXPECT_EQ(sum.ToFraction(), scales.at(GetParam()));
}

std::string WithoutHyphens(const ::testing::TestParamInfo<const char*>& info) {
  std::string name = info.param;
  std::erase(name, '-');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Examples, ShippedRubric,
                         ::testing::Values("default-100", "default-1000", "hue-shape",
                                           "circular-01-2020"),
                         WithoutHyphens);

// `KIND source field before after` of each change.
std::vector<std::string> Diff(const v1::Rubric& base, const v1::Rubric& changed) {
  std::vector<std::string> lines;
  for (const v1::RubricChange& change : DiffRubrics(base, changed)) {
    std::string line = v1::RubricChange::Kind_Name(change.kind());
    for (const std::string* part :
         {&change.source(), &change.field(), &change.before(), &change.after()}) {
      if (!part->empty()) line += " " + *part;
    }
    lines.push_back(line);
  }
  return lines;
}

TEST(DiffRubrics, FindsNothingBetweenEquals) {
  v1::Rubric later = Everything();
  later.set_name("rubrics/later");
  later.set_predecessor("rubrics/all");
  later.set_revision(7);
  later.set_etag("v7");
  EXPECT_THAT(Diff(Everything(), later), IsEmpty());
}

TEST(DiffRubrics, NamesEveryField) {
  v1::Rubric later = Everything();
  later.set_rank_style(v1::Rubric::RANK_STYLE_DENSE);
  v1::Group& group = *later.mutable_groups(0);
  group.clear_minimum_data();
  group.mutable_criteria(0)->set_max_points("12");
  group.mutable_criteria(1)->mutable_piecewise()->add_vertices()->set_at("20");
  later.mutable_tiers(0)->set_at_least("75");
  later.mutable_legal_documents(0)->set_number("1/QĐ");
  EXPECT_THAT(
      Diff(Everything(), later),
      ElementsAre(
          "KIND_CHANGED rubric rank_style RANK_STYLE_AVERAGE RANK_STYLE_DENSE",
          "KIND_REMOVED legalDocuments/437/QĐ-LMHTXVN", "KIND_CHANGED tiers/good at_least 80 75",
          "KIND_REMOVED groups/1 minimum_data 65", "KIND_CHANGED criteria/a max_points 10 12",
          "KIND_ADDED criteria/b piecewise.vertices[2].at 20", "KIND_ADDED legalDocuments/1/QĐ"));
}

TEST(DiffRubrics, MatchesPartsByIdWhereverTheyStand) {
  v1::Rubric later = Everything();
  v1::Group& group = *later.mutable_groups(0);
  v1::Criterion moved = group.criteria(7);
  moved.set_max_points("5");
  group.mutable_criteria()->RemoveLast();
  *later.mutable_bonus()->add_criteria() = moved;
  later.mutable_bonus()->set_cap("5");
  v1::Criterion& added = *group.mutable_groups(0)->add_criteria();
  added.set_id("new");
  group.mutable_criteria(6)->mutable_on_time_share();
  EXPECT_THAT(
      Diff(Everything(), later),
      ElementsAre("KIND_ADDED rubric bonus.cap 5",
                  "KIND_REMOVED criteria/g bands.bands[0].points 4",
                  "KIND_REMOVED criteria/g bands.bands[0].at_most 5",
                  "KIND_REMOVED criteria/g bands.otherwise 0",
                  "KIND_REMOVED criteria/g bands.measure.restatements true",
                  "KIND_ADDED criteria/g on_time_share {}", "KIND_MOVED criteria/h groups/1 bonus",
                  "KIND_CHANGED criteria/h max_points 4 5", "KIND_ADDED criteria/new"));
}

}  // namespace
}  // namespace awards
