#include "common/auth/permission.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "library.pb.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace common::auth {
namespace {

namespace v1 = ::thidua::access::v1;
namespace library = ::thidua::test::v1;

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testkit::IsOk;
using ::testkit::IsOkAndHolds;
using ::testkit::StatusIs;

constexpr char kPackage[] = "thidua.test.v1";

// Everything of `shelves/a` lies in `rooms/1`, of which `readers/x` is a member; `shelves/old` is
// settled.
class Library final : public ScopeMap {
 public:
  absl::StatusOr<bool> IsWithin(std::string_view resource, std::string_view scope) override {
    if (resource == "broken") return absl::UnavailableError("the store is away");
    return resource.starts_with(scope) || (resource.starts_with("shelves/a") && scope == "rooms/1");
  }
  absl::StatusOr<bool> TakesPart(std::string_view scope, std::string_view resource) override {
    return scope == "readers/x" &&
           (resource.starts_with("shelves/a") || resource.starts_with("shelves/old"));
  }
  absl::StatusOr<bool> IsSettled(std::string_view resource) override {
    return resource.starts_with("shelves/old");
  }
};

Principal With(v1::Role role, std::string scope) {
  return {.name = "somebody", .grants = {{.role = role, .scope = std::move(scope)}}};
}

library::GetBookRequest Book(const std::string& name) {
  library::GetBookRequest request;
  request.set_name(name);
  return request;
}

TEST(PermissionTable, ReachesAsFarAsEachLetterSays) {
  struct Case {
    Reaches reaches;
    std::string scope;
    std::string resource;
    bool allowed;
  };
  const std::vector<Case> cases = {
      {"-------", "*", "shelves/a", false},
      {"w------", "shelves/a", "shelves/a/books/1", true},
      {"w------", "rooms/1", "shelves/a", true},
      {"w------", "rooms/1", "shelves/b", false},
      {"w------", "readers/x", "shelves/a", false},
      {"w------", "*", "shelves/b", true},
      {"w------", "rooms/1", "", false},
      {"w------", "*", "", true},
      {"p------", "readers/x", "shelves/a", true},
      {"p------", "readers/y", "shelves/a", false},
      {"p------", "readers/x", "", false},
      {"s------", "readers/x", "shelves/a", false},
      {"s------", "readers/x", "shelves/old", true},
      {"s------", "readers/y", "shelves/old", false},
      {"s------", "shelves/a", "shelves/a", true},
      {"*------", "readers/y", "shelves/b", true},
      {"*------", "readers/y", "", true},
      {"-******", "readers/y", "shelves/b", false},
  };
  Library library;
  for (const Case& each : cases) {
    const auto table =
        PermissionTable::Make(kPackage, {}, {{"LibraryService/GetBook", "name", each.reaches}});
    ASSERT_THAT(table, IsOk());
    const Principal reader = With(v1::ROLE_UNIT_REPORTER, each.scope);
    const auto request = Book(each.resource);
    EXPECT_THAT(table->Allows(reader, "thidua.test.v1.LibraryService/GetBook", &request, library),
                IsOkAndHolds(each.allowed))
        << each.scope << " on " << each.resource;
  }
}

class Table : public ::testing::Test {
 protected:
  absl::StatusOr<bool> Allows(const Principal& principal, const std::string& method,
                              const google::protobuf::Message* request) {
    return table_.Allows(principal, "thidua.test.v1.LibraryService/" + method, request, library_);
  }

  Library library_;
  const PermissionTable table_ =
      PermissionTable::Make(kPackage, {"LibraryService"},
                            {{"LibraryService/GetBook", "name", "ww-----"},
                             {"LibraryService/Lend", "book.shelf,readers", "w------"},
                             {"LibraryService/ListBooks", "shelf|room", "w------"},
                             {"SeeNotes", "", "-w-----"}})
          .value();
};

TEST_F(Table, DeniesWithoutAGrantAndWithoutARow) {
  const auto request = Book("shelves/a");
  EXPECT_THAT(Allows({.name = "nobody"}, "GetBook", &request), IsOkAndHolds(false));
  EXPECT_THAT(Allows(With(v1::ROLE_UNIT_REPORTER, "*"), "Burn", &request), IsOkAndHolds(false));
}

TEST_F(Table, AddsGrantsUp) {
  const auto request = Book("shelves/a");
  Principal both = With(v1::ROLE_UNIT_REPORTER, "shelves/b");
  EXPECT_THAT(Allows(both, "GetBook", &request), IsOkAndHolds(false));
  both.grants.push_back({.role = v1::ROLE_CLUSTER_HEAD, .scope = "rooms/1"});
  EXPECT_THAT(Allows(both, "GetBook", &request), IsOkAndHolds(true));
}

TEST_F(Table, AsksForEveryResourceThatIsSet) {
  const Principal reader = With(v1::ROLE_UNIT_REPORTER, "shelves/a");
  library::LendRequest request;
  request.mutable_book()->set_shelf("shelves/a/1");
  EXPECT_THAT(Allows(reader, "Lend", &request), IsOkAndHolds(true));
  request.add_readers("shelves/a/2");
  EXPECT_THAT(Allows(reader, "Lend", &request), IsOkAndHolds(true));
  request.add_readers("readers/x");
  EXPECT_THAT(Allows(reader, "Lend", &request), IsOkAndHolds(false));
}

TEST_F(Table, TakesARequestThatNamesNothingForOneAboutEverything) {
  const library::LendRequest request;
  EXPECT_THAT(Allows(With(v1::ROLE_UNIT_REPORTER, "shelves/a"), "Lend", &request),
              IsOkAndHolds(false));
  EXPECT_THAT(Allows(With(v1::ROLE_UNIT_REPORTER, "*"), "Lend", &request), IsOkAndHolds(true));
}

TEST_F(Table, WithoutARequestAsksWhetherTheRoleEverMayCall) {
  EXPECT_THAT(Allows(With(v1::ROLE_UNIT_REPORTER, "shelves/a"), "Lend", nullptr),
              IsOkAndHolds(true));
  EXPECT_THAT(Allows(With(v1::ROLE_CLUSTER_HEAD, "*"), "Lend", nullptr), IsOkAndHolds(false));
}

TEST_F(Table, KeepsRightsApartFromCalls) {
  const Principal head = With(v1::ROLE_CLUSTER_HEAD, "rooms/1");
  EXPECT_THAT(table_.HasRight(head, "SeeNotes", "shelves/a", library_), IsOkAndHolds(true));
  EXPECT_THAT(table_.HasRight(head, "SeeNotes", "shelves/b", library_), IsOkAndHolds(false));
  EXPECT_THAT(table_.HasRight(head, "SeeNotes", "", library_), IsOkAndHolds(false));
  EXPECT_THAT(table_.HasRight(head, "SeeAll", "shelves/a", library_), IsOkAndHolds(false));
}

TEST_F(Table, AllowsNothingWhenTheStoreFails) {
  const auto request = Book("broken");
  EXPECT_THAT(Allows(With(v1::ROLE_CLUSTER_HEAD, "rooms/1"), "GetBook", &request),
              StatusIs(absl::StatusCode::kUnavailable));
}

TEST(Targets, AreTheFirstThatIsSetOrAll) {
  library::ListBooksRequest request;
  EXPECT_THAT(TargetsOf(request, "shelf|room"), IsEmpty());
  request.set_room("rooms/1");
  EXPECT_THAT(TargetsOf(request, "shelf|room"), ElementsAre("rooms/1"));
  EXPECT_THAT(TargetsOf(request, "*"), IsEmpty());
  library::LendRequest lend;
  lend.mutable_book()->set_shelf("shelves/a");
  lend.add_readers("readers/x");
  lend.add_readers("readers/y");
  EXPECT_THAT(TargetsOf(lend, "book.shelf,readers"),
              ElementsAre("shelves/a", "readers/x", "readers/y"));
  EXPECT_THAT(TargetsOf(lend, "book.shelf|readers"), ElementsAre("shelves/a"));
}

struct MistakeCase {
  std::string name{};
  std::vector<Permission> rows{};
  std::vector<std::string> services{};
  std::string told{};
};

class TableMistake : public ::testing::TestWithParam<MistakeCase> {};

TEST_P(TableMistake, IsTold) {
  const absl::Status status =
      PermissionTable::Make(kPackage, GetParam().services, GetParam().rows).status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInternal));
  EXPECT_THAT(std::string(status.message()), HasSubstr(GetParam().told));
}

INSTANTIATE_TEST_SUITE_P(
    Rows, TableMistake,
    ::testing::ValuesIn<MistakeCase>({
        {"CallWithoutARow",
         {{"LibraryService/GetBook", "name", "w------"}, {"LibraryService/Lend", "*", "w------"}},
         {"LibraryService"},
         "LibraryService/ListBooks: has no row"},
        {"UnknownCall", {{"LibraryService/Burn", "*", "w------"}}, {}, "no such call"},
        {"UnknownService", {}, {"BurningService"}, "no such service"},
        {"Twice",
         {{"LibraryService/Lend", "*", "w------"}, {"LibraryService/Lend", "*", "-------"}},
         {},
         "stands twice"},
        {"UnknownField", {{"LibraryService/GetBook", "title", "w------"}}, {}, "no text at title"},
        {"NumberField", {{"LibraryService/Lend", "book.pages", "w------"}}, {}, "book.pages"},
        {"MessageField", {{"LibraryService/Lend", "book", "w------"}}, {}, "no text at book"},
    }),
    testkit::CaseName<MistakeCase>);

}  // namespace
}  // namespace common::auth
