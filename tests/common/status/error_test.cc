#include "common/status/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/status/reasons.h"

namespace common {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::Pair;

struct DetailCase {
  std::string name{};
  ErrorDetail detail{};
};

class DetailRoundTrip : public ::testing::TestWithParam<DetailCase> {};

TEST_P(DetailRoundTrip, GivesBackWhatWasPutIn) {
  const ErrorDetail& detail = GetParam().detail;
  Error error(absl::StatusCode::kFailedPrecondition, detail.reason, "not now");
  for (const auto& [key, value] : detail.metadata) error.With(key, value);
  EXPECT_EQ(DetailOf(error.Fields(detail.violations)), detail);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, DetailRoundTrip,
    ::testing::ValuesIn<DetailCase>({
        {"Nothing", {}},
        {"OnlyAReason", {.reason = "ETAG_MISMATCH"}},
        {"Metadata", {.reason = "A", .metadata = {{"allowed", "OPEN,CLOSED"}, {"state", "NEW"}}}},
        {"Violations",
         {.reason = "A", .violations = {{"a.b", "wrong", "B"}, {"c[0]", "wrong too", ""}}}},
        {"Everything",
         {.reason = "A", .metadata = {{"k", "v"}}, .violations = {{"a", "wrong", "B"}}}},
        {"Colons",
         {.reason = "3:abc",
          .metadata = {{"1:", ":1"}, {":", "::"}},
          .violations = {{"5:", "0:0:", ":"}}}},
        {"EmptyTexts", {.reason = "", .metadata = {{"", ""}}, .violations = {{"", "", ""}}}},
        {"DigitsFirst",
         {.reason = "12", .metadata = {{"0", "1"}}, .violations = {{"2", "3", "4"}}}},
        {"LineFeedsAndNuls",
         {.reason = "A",
          .metadata = {{"text", std::string("a\0b\n", 4)}},
          .violations = {{"f", std::string("\0", 1), ""}}}},
        {"Vietnamese", {.reason = "A", .metadata = {{"unit", "Hà Nội"}}}},
    }),
    [](const auto& row) { return row.param.name; });

TEST(ErrorTest, CarriesCodeAndMessage) {
  const absl::Status status = Error(absl::StatusCode::kNotFound, "UNIT_UNKNOWN", "no such unit");
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(status.message(), "no such unit");
}

TEST(ErrorTest, BecomesAStatusOr) {
  const absl::StatusOr<int> result =
      Error(absl::StatusCode::kNotFound, "UNIT_UNKNOWN", "no such unit").With("unit", "units/a");
  const ErrorDetail detail = DetailOf(result.status());
  EXPECT_EQ(detail.reason, "UNIT_UNKNOWN");
  EXPECT_THAT(detail.metadata, ElementsAre(Pair("unit", "units/a")));
}

TEST(ErrorTest, TheLastValueOfAKeyHolds) {
  const absl::Status status =
      Error(absl::StatusCode::kAborted, "A", "again").With("try", "1").With("try", "2");
  EXPECT_THAT(DetailOf(status).metadata, ElementsAre(Pair("try", "2")));
}

TEST(ErrorTest, FieldsFollowThoseAddedBefore) {
  const absl::Status status = Error(absl::StatusCode::kInvalidArgument, "A", "wrong")
                                  .Field("first", "wrong", "B")
                                  .Fields({{"second", "wrong", ""}, {"third", "wrong", ""}});
  EXPECT_THAT(DetailOf(status).violations, ElementsAre(FieldViolation{"first", "wrong", "B"},
                                                       Field(&FieldViolation::field, "second"),
                                                       Field(&FieldViolation::field, "third")));
}

TEST(DetailOfTest, IsEmptyForOkAndForStatusesMadeElsewhere) {
  EXPECT_EQ(DetailOf(absl::OkStatus()), ErrorDetail{});
  EXPECT_EQ(DetailOf(absl::NotFoundError("gone")), ErrorDetail{});
}

TEST(InvalidFieldsTest, OneFieldIsTheWholeMessage) {
  const absl::Status status = InvalidField("unit.name", kInvalidName, "must be lower case");
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(status.message(), "unit.name: must be lower case");
  EXPECT_EQ(DetailOf(status).reason, kInvalidName);
}

TEST(InvalidFieldsTest, MoreFieldsAreCounted) {
  const std::vector<FieldViolation> violations = {
      {"a", "is empty", "REQUIRED_FIELD_MISSING"}, {"b", "is long", ""}, {"c", "is odd", ""}};
  const absl::Status status = InvalidFields(violations);
  EXPECT_EQ(status.message(), "a: is empty (and 2 more)");
  EXPECT_EQ(DetailOf(status).reason, kRequiredFieldMissing);
  EXPECT_EQ(DetailOf(status).violations, violations);
}

TEST(InvalidFieldsTest, TheReasonIsInvalidFieldWhereTheFirstHasNone) {
  const absl::Status status = InvalidFields({{"a", "is odd", ""}, {"b", "is odd", "OTHER"}});
  EXPECT_EQ(DetailOf(status).reason, kInvalidField);
}

TEST(InvalidFieldsTest, WithoutAPathTheMessageIsTheSentence) {
  EXPECT_EQ(InvalidField("", kInvalidText, "the text is too long").message(),
            "the text is too long");
}

struct JoinCase {
  std::string name{};
  std::string prefix{};
  std::string field{};
  std::string joined{};
};

class UnderFieldJoins : public ::testing::TestWithParam<JoinCase> {};

TEST_P(UnderFieldJoins, PrefixAndPath) {
  const JoinCase& row = GetParam();
  const absl::Status status = UnderField(row.prefix, InvalidField(row.field, "A", "is odd"));
  EXPECT_THAT(DetailOf(status).violations, ElementsAre(FieldViolation{row.joined, "is odd", "A"}));
  EXPECT_EQ(status.message(), row.joined + ": is odd");
}

INSTANTIATE_TEST_SUITE_P(
    Paths, UnderFieldJoins,
    ::testing::ValuesIn<JoinCase>({
        {"ByADot", "submission", "period", "submission.period"},
        {"DirectlyBeforeAnIndex", "figures", "[3].number", "figures[3].number"},
        {"DirectlyBeforeNothing", "figures[3].number", "", "figures[3].number"},
    }),
    [](const auto& row) { return row.param.name; });

TEST(UnderFieldTest, MovesEveryField) {
  const absl::Status status =
      UnderField("pact", InvalidFields({{"name", "is odd", ""}, {"[2]", "is odd", "B"}}));
  EXPECT_THAT(DetailOf(status).violations, ElementsAre(Field(&FieldViolation::field, "pact.name"),
                                                       FieldViolation{"pact[2]", "is odd", "B"}));
  EXPECT_EQ(status.message(), "pact.name: is odd (and 1 more)");
}

TEST(UnderFieldTest, CanBeRepeated) {
  const absl::Status status =
      UnderField("submission", UnderField("figures[3]", InvalidField("number", "A", "is odd")));
  EXPECT_EQ(status.message(), "submission.figures[3].number: is odd");
}

TEST(UnderFieldTest, LeavesAStatusWithoutFieldsAlone) {
  const absl::Status plain = absl::NotFoundError("gone");
  EXPECT_EQ(UnderField("a", plain), plain);
  EXPECT_EQ(UnderField("a", absl::OkStatus()), absl::OkStatus());
  const absl::Status without_fields =
      Error(absl::StatusCode::kInvalidArgument, "A", "wrong").With("k", "v");
  EXPECT_EQ(UnderField("a", without_fields), without_fields);
}

TEST(UnderFieldTest, KeepsCodeReasonMetadataAndAMessageOfItsOwn) {
  for (const auto code :
       {absl::StatusCode::kInvalidArgument, absl::StatusCode::kFailedPrecondition}) {
    const absl::Status status =
        UnderField("rubric", Error(code, "RUBRIC_INVALID", "the rubric contradicts itself")
                                 .With("criteria", "3")
                                 .Field("criteria[0]", "has no points"));
    EXPECT_EQ(status.code(), code);
    EXPECT_EQ(status.message(), "the rubric contradicts itself");
    EXPECT_EQ(DetailOf(status).reason, "RUBRIC_INVALID");
    EXPECT_THAT(DetailOf(status).metadata, ElementsAre(Pair("criteria", "3")));
    EXPECT_THAT(DetailOf(status).violations,
                ElementsAre(FieldViolation{"rubric.criteria[0]", "has no points", ""}));
  }
}

}  // namespace
}  // namespace common
