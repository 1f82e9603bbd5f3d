#include "tests/services/reporting/store/store_conformance.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "common/status/status_macros.h"
#include "services/reporting/store/definitions.h"
#include "tests/testkit/status_matchers.h"

namespace reporting {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::IsEmpty;
using testkit::HasReason;
using testkit::IsOk;
using testkit::IsOkAndHolds;
using testkit::StatusIs;

UnitId UnitNamed(std::string_view id) { return UnitId::FromId(id).value(); }
ClusterYearId YearNamed(std::string_view name) { return ClusterYearId::Parse(name).value(); }

Unit Alliance(std::string_view id, std::string_view title = "Liên minh") {
  return {.id = UnitNamed(id),
          .kind = UnitKind::kAlliance,
          .titles = {{.title = {.vi = std::string(title)}}}};
}

Unit Cooperative(std::string_view id, std::string_view parent) {
  return {.id = UnitNamed(id),
          .kind = UnitKind::kCooperative,
          .sector = Sector::kAgriculture,
          .parent = UnitNamed(parent),
          .titles = {{.title = {.vi = "HTX"}}}};
}

ClusterYear Year(std::string_view name, const std::vector<std::string_view>& members) {
  ClusterYear year{.id = YearNamed(name), .state = ClusterState::kPlanned};
  for (const std::string_view member : members) year.members.push_back(UnitNamed(member));
  year.head = year.members.front();
  return year;
}

Submission SubmissionOf(std::string_view name, std::string_view year) {
  return {.id = SubmissionId::Parse(name).value(),
          .cluster_year = YearNamed(year),
          .state = SubmissionState::kSubmitted,
          .revision = 1};
}

template <typename Resource>
std::vector<std::string> Names(const std::vector<Versioned<Resource>>& resources) {
  std::vector<std::string> names;
  for (const auto& resource : resources) names.push_back(resource.value.id.ToName());
  return names;
}

// Names of the resources of `listing`.
template <typename Resource>
std::function<absl::StatusOr<std::vector<std::string>>(StoreView& view)> Listed(Listing listing) {
  return
      [listing = std::move(listing)](StoreView& view) -> absl::StatusOr<std::vector<std::string>> {
        ASSIGN_OR_RETURN(const auto found, view.List<Resource>(listing));
        return Names(found);
      };
}

}  // namespace

absl::Status StoreConformance::Write(
    const std::function<absl::Status(StoreTransaction& transaction)>& work) {
  return ledger_
      ->Write({.actor = "test"},
              [&work](common::storage::Transaction& ledger) -> absl::StatusOr<std::string> {
                StoreTransaction transaction(ledger);
                RETURN_IF_ERROR(work(transaction));
                return "";
              })
      .status();
}

namespace {

TEST_P(StoreConformance, WhatIsNotThereIsNotFound) {
  EXPECT_THAT(Read<std::optional<Versioned<Unit>>>(
                  [](StoreView& view) { return view.Find<Unit>(UnitNamed("ha-nam")); }),
              IsOkAndHolds(Eq(std::nullopt)));
  const auto missing = Read<Versioned<Pact>>(
      [](StoreView& view) { return view.Get<Pact>(YearNamed("clusters/c/years/2020")); });
  EXPECT_THAT(missing, StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(missing, HasReason("RESOURCE_NOT_FOUND"));
  EXPECT_EQ(common::DetailOf(missing.status()).metadata.at("name"), "clusters/c/years/2020/pact");
}

TEST_P(StoreConformance, AResourceIsReadAsItWasPutAlsoAfterReopening) {
  const Unit unit = Cooperative("htx", "ha-nam");
  ASSERT_THAT(Write([&](StoreTransaction& t) { return t.Create(unit).status(); }), IsOk());
  const absl::Time first = clock_.Now();
  clock_.Advance(absl::Minutes(1));
  Unit renamed = unit;
  renamed.titles.push_back({.title = {.vi = "HTX mới"}, .valid_from = absl::CivilDay(2025, 7, 1)});
  ASSERT_THAT(Write([&](StoreTransaction& t) { return t.Put(renamed).status(); }), IsOk());
  Reopen();
  EXPECT_THAT(
      Read<Versioned<Unit>>([&](StoreView& view) { return view.Get<Unit>(unit.id); }),
      IsOkAndHolds(Versioned<Unit>{.value = renamed, .version = 2, .update_time = clock_.Now()}));
  EXPECT_THAT(Read<std::vector<Versioned<Unit>>>(
                  [&](StoreView& view) { return view.History<Unit>(unit.id, 0, 10); }),
              IsOkAndHolds(ElementsAre(
                  Versioned<Unit>{.value = unit, .version = 1, .update_time = first},
                  Versioned<Unit>{.value = renamed, .version = 2, .update_time = clock_.Now()})));
}

TEST_P(StoreConformance, AnIdIsTakenOnce) {
  ASSERT_THAT(Write([](StoreTransaction& t) { return t.Create(Alliance("ha-nam")).status(); }),
              IsOk());
  const absl::Status again =
      Write([](StoreTransaction& t) { return t.Create(Alliance("ha-nam", "Khác")).status(); });
  EXPECT_THAT(again, StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_THAT(again, HasReason("RESOURCE_ALREADY_EXISTS"));
}

TEST_P(StoreConformance, KindsDoNotShareNames) {
  const Cluster cluster{.id = ClusterId::FromId("a").value(), .title = {.vi = "Cụm"}};
  ASSERT_THAT(Write([&](StoreTransaction& t) -> absl::Status {
                RETURN_IF_ERROR(t.Create(Alliance("a")).status());
                return t.Create(cluster).status();
              }),
              IsOk());
  EXPECT_THAT(Read<Versioned<Cluster>>([&](StoreView& v) { return v.Get<Cluster>(cluster.id); }),
              IsOk());
}

TEST_P(StoreConformance, UnchangedResourcesGetNoVersion) {
  ASSERT_THAT(Write([](StoreTransaction& t) -> absl::Status {
                ASSIGN_OR_RETURN(const auto stored, t.Create(Alliance("a")));
                ASSIGN_OR_RETURN(const auto same, t.PutIfChanged(stored, stored.value));
                EXPECT_EQ(same.version, 1);
                ASSIGN_OR_RETURN(const auto other, t.PutIfChanged(same, Alliance("a", "Khác")));
                EXPECT_EQ(other.version, 2);
                return absl::OkStatus();
              }),
              IsOk());
  EXPECT_EQ(ledger_->Head(), 2);
}

TEST_P(StoreConformance, AFailedWriteLeavesNothing) {
  EXPECT_THAT(Write([](StoreTransaction& t) -> absl::Status {
                RETURN_IF_ERROR(t.Create(Alliance("a")).status());
                EXPECT_THAT(t.Get<Unit>(UnitNamed("a")), IsOk());
                return absl::FailedPreconditionError("no");
              }),
              StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(Read<std::vector<std::string>>(Listed<Unit>({.limit = 10})), IsOkAndHolds(IsEmpty()));
}

TEST_P(StoreConformance, UnitsAreListedByKindAndParentInByteOrder) {
  ASSERT_THAT(Write([](StoreTransaction& t) -> absl::Status {
                RETURN_IF_ERROR(t.Create(Alliance("b")).status());
                RETURN_IF_ERROR(t.Create(Cooperative("b-1", "b")).status());
                RETURN_IF_ERROR(t.Create(Cooperative("a-1", "a")).status());
                return t.Create(Alliance("a")).status();
              }),
              IsOk());
  const auto names = [this](Listing listing) {
    return Read<std::vector<std::string>>(Listed<Unit>(std::move(listing)));
  };
  EXPECT_THAT(names({.limit = 10}),
              IsOkAndHolds(ElementsAre("units/a", "units/a-1", "units/b", "units/b-1")));
  EXPECT_THAT(names({.after_name = "units/a-1", .limit = 1}), IsOkAndHolds(ElementsAre("units/b")));
  EXPECT_THAT(names({.where = UnitsOfKind(UnitKind::kCooperative), .limit = 10}),
              IsOkAndHolds(ElementsAre("units/a-1", "units/b-1")));
  EXPECT_THAT(names({.where = UnitsOfParent(UnitNamed("b")), .limit = 10}),
              IsOkAndHolds(ElementsAre("units/b-1")));
}

TEST_P(StoreConformance, AYearIsFoundByClusterAndByMemberAndYear) {
  ASSERT_THAT(Write([](StoreTransaction& t) -> absl::Status {
                RETURN_IF_ERROR(t.Create(Year("clusters/c/years/2020", {"a", "b"})).status());
                RETURN_IF_ERROR(t.Create(Year("clusters/c/years/2021", {"a"})).status());
                return t.Create(Year("clusters/d/years/2020", {"a"})).status();
              }),
              IsOk());
  const auto names = [this](common::storage::IndexKey where) {
    return Read<std::vector<std::string>>(
        Listed<ClusterYear>({.where = std::move(where), .limit = 10}));
  };
  EXPECT_THAT(names(YearsOfCluster(ClusterId::FromId("c").value())),
              IsOkAndHolds(ElementsAre("clusters/c/years/2020", "clusters/c/years/2021")));
  EXPECT_THAT(names(YearsOfMember(UnitNamed("a"), 2020)),
              IsOkAndHolds(ElementsAre("clusters/c/years/2020", "clusters/d/years/2020")));
  EXPECT_THAT(names(YearsOfMember(UnitNamed("b"), 2021)), IsOkAndHolds(IsEmpty()));
}

TEST_P(StoreConformance, AYearIsNoLongerFoundByAMemberThatLeft) {
  ASSERT_THAT(Write([](StoreTransaction& t) -> absl::Status {
                RETURN_IF_ERROR(t.Create(Year("clusters/c/years/2020", {"a", "b"})).status());
                return t.Put(Year("clusters/c/years/2020", {"a"})).status();
              }),
              IsOk());
  EXPECT_THAT(Read<std::vector<std::string>>(
                  Listed<ClusterYear>({.where = YearsOfMember(UnitNamed("b"), 2020), .limit = 10})),
              IsOkAndHolds(IsEmpty()));
}

TEST_P(StoreConformance, SubmissionsAreFoundByYearAndByUnit) {
  const std::string first = "units/a/submissions/f.2020.final";
  const std::string second = "units/b/submissions/f.2020.final";
  ASSERT_THAT(Write([&](StoreTransaction& t) -> absl::Status {
                RETURN_IF_ERROR(t.Create(SubmissionOf(second, "clusters/c/years/2020")).status());
                return t.Create(SubmissionOf(first, "clusters/c/years/2020")).status();
              }),
              IsOk());
  EXPECT_THAT(Read<std::vector<std::string>>(Listed<Submission>(
                  {.where = SubmissionsOfYear(YearNamed("clusters/c/years/2020")), .limit = 10})),
              IsOkAndHolds(ElementsAre(first, second)));
  EXPECT_THAT(Read<std::vector<std::string>>(
                  Listed<Submission>({.where = SubmissionsOfUnit(UnitNamed("b")), .limit = 10})),
              IsOkAndHolds(ElementsAre(second)));
}

TEST_P(StoreConformance, AViewDoesNotMoveWhileItIsRead) {
  ASSERT_THAT(Write([](StoreTransaction& t) { return t.Create(Alliance("a")).status(); }), IsOk());
  EXPECT_THAT(Read<int64_t>([this](StoreView& view) -> absl::StatusOr<int64_t> {
                const int64_t head = view.Head();
                EXPECT_THAT(
                    Write([](StoreTransaction& t) { return t.Create(Alliance("b")).status(); }),
                    IsOk());
                ASSIGN_OR_RETURN(const auto units, view.List<Unit>({.limit = 10}));
                EXPECT_THAT(Names(units), ElementsAre("units/a"));
                EXPECT_EQ(view.Head(), head);
                return head;
              }),
              IsOkAndHolds(1));
}

// What `read` returns of the store as it was at `position`.
template <typename T>
absl::StatusOr<T> ReadAt(common::storage::Ledger& ledger, int64_t position,
                         const std::function<absl::StatusOr<T>(StoreView& view)>& read) {
  absl::StatusOr<T> result = absl::UnknownError("the read did not run");
  const absl::Status status = ReadStoreAt(ledger, position, [&](StoreView& view) {
    result = read(view);
    return result.status();
  });
  if (!status.ok()) return status;
  return result;
}

TEST_P(StoreConformance, AnEarlierStateIsReadAsItWas) {
  const auto put = [this](std::string_view id, std::string_view title) {
    ASSERT_THAT(Write([&](StoreTransaction& t) { return t.Put(Alliance(id, title)).status(); }),
                IsOk());
  };
  put("a", "1");
  put("b", "2");
  put("a", "3");
  put("a", "4");
  put("c", "5");
  Reopen();
  const auto title = [this](int64_t position) {
    return ReadAt<std::string>(
        *ledger_, position, [](StoreView& view) -> absl::StatusOr<std::string> {
          ASSIGN_OR_RETURN(const auto found, view.Find<Unit>(UnitNamed("a")));
          return found.has_value() ? found->value.titles[0].title.vi : "";
        });
  };
  EXPECT_THAT(title(0), IsOkAndHolds(Eq("")));
  EXPECT_THAT(title(1), IsOkAndHolds(Eq("1")));
  EXPECT_THAT(title(2), IsOkAndHolds(Eq("1")));
  EXPECT_THAT(title(3), IsOkAndHolds(Eq("3")));
  EXPECT_THAT(title(4), IsOkAndHolds(Eq("4")));
  EXPECT_THAT(title(99), IsOkAndHolds(Eq("4")));
  const auto names = [this](int64_t position, const Listing& listing) {
    return ReadAt<std::vector<std::string>>(*ledger_, position, Listed<Unit>(listing));
  };
  EXPECT_THAT(names(0, {.limit = 10}), IsOkAndHolds(IsEmpty()));
  EXPECT_THAT(names(1, {.limit = 10}), IsOkAndHolds(ElementsAre("units/a")));
  EXPECT_THAT(names(4, {.where = UnitsOfKind(UnitKind::kAlliance), .limit = 10}),
              IsOkAndHolds(ElementsAre("units/a", "units/b")));
  EXPECT_THAT(names(5, {.after_name = "units/a", .limit = 1}),
              IsOkAndHolds(ElementsAre("units/b")));
  EXPECT_THAT(
      ReadAt<std::vector<Versioned<Unit>>>(
          *ledger_, 3, [](StoreView& view) { return view.History<Unit>(UnitNamed("a"), 0, 10); }),
      IsOkAndHolds(::testing::SizeIs(2)));
  EXPECT_THAT(
      ReadAt<int64_t>(*ledger_, 3,
                      [](StoreView& view) -> absl::StatusOr<int64_t> { return view.Head(); }),
      IsOkAndHolds(Eq(3)));
}

// A list goes on until it has as many as were asked for.
TEST_P(StoreConformance, WhatCameLaterLeavesNoGapsInAnEarlierList) {
  for (const char* id : {"b", "d", "f", "a", "c", "e"}) {
    ASSERT_THAT(Write([&](StoreTransaction& t) { return t.Create(Alliance(id)).status(); }),
                IsOk());
  }
  EXPECT_THAT(ReadAt<std::vector<std::string>>(*ledger_, 3, Listed<Unit>({.limit = 3})),
              IsOkAndHolds(ElementsAre("units/b", "units/d", "units/f")));
  EXPECT_THAT(ReadAt<std::vector<std::string>>(*ledger_, 3, Listed<Unit>({.limit = 2})),
              IsOkAndHolds(ElementsAre("units/b", "units/d")));
}

TEST_P(StoreConformance, AVersionBehindManyOthersIsFound) {
  for (int i = 0; i < 250; ++i) {
    ASSERT_THAT(Write([&](StoreTransaction& t) {
                  return t.Put(Alliance("a", std::to_string(i))).status();
                }),
                IsOk());
  }
  for (const int64_t position : {1, 100, 101, 200, 249}) {
    EXPECT_THAT(
        ReadAt<Versioned<Unit>>(*ledger_, position,
                                [](StoreView& view) { return view.Get<Unit>(UnitNamed("a")); }),
        IsOkAndHolds(::testing::Field(&Versioned<Unit>::version, position)));
  }
}

TEST_P(StoreConformance, APositionIsFoundByTime) {
  const auto position_at = [this](absl::Time time) {
    return Read<int64_t>([time](StoreView& view) { return view.PositionAt(time); });
  };
  EXPECT_THAT(position_at(clock_.Now()), IsOkAndHolds(Eq(0)));
  const absl::Time start = clock_.Now();
  for (int i = 0; i < 5; ++i) {
    ASSERT_THAT(Write([&](StoreTransaction& t) -> absl::Status {
                  RETURN_IF_ERROR(t.Put(Alliance("a", std::to_string(i))).status());
                  return t.Put(Alliance("b", std::to_string(i))).status();
                }),
                IsOk());
    clock_.Advance(absl::Minutes(1));
  }
  EXPECT_THAT(position_at(start - absl::Seconds(1)), IsOkAndHolds(Eq(0)));
  EXPECT_THAT(position_at(start), IsOkAndHolds(Eq(2)));
  EXPECT_THAT(position_at(start + absl::Seconds(59)), IsOkAndHolds(Eq(2)));
  EXPECT_THAT(position_at(start + absl::Minutes(3)), IsOkAndHolds(Eq(8)));
  EXPECT_THAT(position_at(absl::InfiniteFuture()), IsOkAndHolds(Eq(10)));
}

TEST_P(StoreConformance, OfManyCreatorsOneWins) {
  constexpr int kCreators = 8;
  std::vector<absl::Status> results(kCreators);
  {
    std::vector<std::jthread> creators;
    creators.reserve(kCreators);
    for (absl::Status& result : results) {
      creators.emplace_back([this, &result] {
        result = Write([](StoreTransaction& t) { return t.Create(Alliance("a")).status(); });
      });
    }
  }
  EXPECT_EQ(std::count_if(results.begin(), results.end(),
                          [](const absl::Status& status) { return status.ok(); }),
            1);
}

TEST_P(StoreConformance, AFormIsReadWithItsIndicators) {
  const auto id = IndicatorId::FromId("COOP_NEW").value();
  const Indicator indicator{.id = id, .title = {.vi = "Mới"}, .unit_of_measure = {.vi = "HTX"}};
  const Form form{.id = FormId::FromId("f").value(),
                  .title = {.vi = "Biểu"},
                  .fields = {{.indicator = id, .required = true}}};
  ASSERT_THAT(Write([&](StoreTransaction& t) -> absl::Status {
                RETURN_IF_ERROR(t.Create(indicator).status());
                return t.Create(form).status();
              }),
              IsOk());
  using Definition = std::shared_ptr<const FormDefinition>;
  const auto found =
      Read<Definition>([&](StoreView& view) { return FindDefinition(view, form.id); });
  ASSERT_THAT(found, IsOk());
  ASSERT_NE(*found, nullptr);
  EXPECT_EQ((*found)->form(), form);
  ASSERT_NE((*found)->Find(id), nullptr);
  EXPECT_EQ((*found)->Find(id)->indicator, indicator);
  EXPECT_THAT(Read<Definition>([](StoreView& view) {
                return FindDefinition(view, FormId::FromId("none").value());
              }),
              IsOkAndHolds(Eq(nullptr)));
}

TEST_P(StoreConformance, ADerivedIndicatorIsReadWithWhatItIsComputedFrom) {
  const auto code = [](std::string_view text) { return IndicatorId::FromId(text).value(); };
  const auto expression = [](std::string_view text) {
    return common::expression::Expression::Parse(text).value();
  };
  ASSERT_THAT(
      Write([&](StoreTransaction& t) -> absl::Status {
        RETURN_IF_ERROR(t.Create(Indicator{.id = code("A")}).status());
        RETURN_IF_ERROR(t.Create(Indicator{.id = code("OTHER")}).status());
        RETURN_IF_ERROR(
            t.Create(Indicator{.id = code("D"), .expression = expression("A + 1")}).status());
        return t.Create(Indicator{.id = code("E"), .expression = expression("D * D")}).status();
      }),
      IsOk());
  const auto found = Read<Indicators>([&](StoreView& view) {
    return FindIndicators(view, {code("E"), code("NONE")});
  });
  ASSERT_THAT(found, IsOk());
  std::vector<std::string> codes;
  for (const auto& [id, indicator] : *found) codes.push_back(id.value());
  EXPECT_THAT(codes, ElementsAre("A", "D", "E"));
}

TEST_P(StoreConformance, AnyVersionOfAResourceIsRead) {
  Form form{.id = FormId::FromId("f").value(), .title = {.vi = "Biểu"}};
  const auto put = [&](int version) {
    form.version = version;
    return Write([&](StoreTransaction& t) { return t.Put(form).status(); });
  };
  ASSERT_THAT(put(1), IsOk());
  ASSERT_THAT(put(2), IsOk());
  const auto version_of = [&](int64_t version) {
    return Read<int>([&](StoreView& view) -> absl::StatusOr<int> {
      ASSIGN_OR_RETURN(const auto found, view.GetVersion<Form>(form.id, version));
      return found.value.version;
    });
  };
  EXPECT_THAT(version_of(1), IsOkAndHolds(1));
  EXPECT_THAT(version_of(2), IsOkAndHolds(2));
  for (const int64_t none : {int64_t{-1}, int64_t{0}, int64_t{3}}) {
    EXPECT_THAT(version_of(none), HasReason("RESOURCE_NOT_FOUND")) << none;
  }
}

TEST_P(StoreConformance, DefinitionsHaveAGenerationForEveryWriteOfOne) {
  const auto generation = [&] {
    return Read<int64_t>([](StoreView& view) { return view.DefinitionsGeneration(); }).value();
  };
  const int64_t first = generation();
  ASSERT_THAT(Write([](StoreTransaction& t) { return t.Create(Alliance("a")).status(); }), IsOk());
  EXPECT_EQ(generation(), first);
  const Form form{.id = FormId::FromId("f").value(), .title = {.vi = "Biểu"}};
  ASSERT_THAT(Write([&](StoreTransaction& t) -> absl::Status {
                RETURN_IF_ERROR(t.Create(form).status());
                // What the same transaction reads is of the new one.
                EXPECT_NE(t.DefinitionsGeneration().value(), first);
                return absl::OkStatus();
              }),
              IsOk());
  const int64_t second = generation();
  EXPECT_NE(second, first);
  // A write that fails leaves no trace.
  ASSERT_FALSE(Write([&](StoreTransaction& t) -> absl::Status {
                 RETURN_IF_ERROR(t.Put(form).status());
                 return absl::InternalError("no");
               }).ok());
  EXPECT_EQ(generation(), second);
  ASSERT_THAT(Write([](StoreTransaction& t) {
                return t.Create(Indicator{.id = IndicatorId::FromId("A").value()}).status();
              }),
              IsOk());
  Reopen();
  const int64_t third = generation();
  EXPECT_NE(third, second);
  ASSERT_THAT(Write([](StoreTransaction& t) {
                return t.Create(Year("clusters/c/years/2020", {"a"})).status();
              }),
              IsOk());
  EXPECT_NE(generation(), third);
}

}  // namespace
}  // namespace reporting
