// Every version of every resource, as the model keeps them: the contract's own messages.
#ifndef THIDUA_TESTS_SERVICES_REPORTING_MODEL_HISTORY_H_
#define THIDUA_TESTS_SERVICES_REPORTING_MODEL_HISTORY_H_

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "thidua/reporting/v1/change_feed_service.pb.h"

namespace reporting::model {

namespace v1 = ::thidua::reporting::v1;

google::protobuf::Timestamp ToTimestamp(absl::Time time);

// Says what a change is about.
void SetResource(v1::Change& change, const v1::Unit& resource);
void SetResource(v1::Change& change, const v1::Cluster& resource);
void SetResource(v1::Change& change, const v1::ClusterYear& resource);
void SetResource(v1::Change& change, const v1::Indicator& resource);
void SetResource(v1::Change& change, const v1::Form& resource);
void SetResource(v1::Change& change, const v1::Pact& resource);
void SetResource(v1::Change& change, const v1::Submission& resource);

// The newest versions and all those before, and the log of all changes. A write is staged first,
// then committed or dropped; reads do not see what is staged.
class History {
 public:
  static constexpr int64_t kNewest = INT64_MAX;

  // All versions of one resource, oldest first.
  template <typename Resource>
  struct Version {
    int64_t position = 0;
    Resource value{};
  };
  template <typename Resource>
  using Table = std::map<std::string, std::vector<Version<Resource>>>;

  // The version known at a position of the log; null if there was none.
  template <typename Resource>
  const Resource* Find(const std::string& name, int64_t position = kNewest) const {
    const Resource* known = nullptr;
    for (const auto& version : Versions<Resource>(name)) {
      if (version.position <= position) known = &version.value;
    }
    return known;
  }

  template <typename Resource>
  const std::vector<Version<Resource>>& Versions(const std::string& name) const {
    static const std::vector<Version<Resource>> kNone;
    const auto& table = All<Resource>();
    const auto found = table.find(name);
    return found == table.end() ? kNone : found->second;
  }

  // By name in byte order.
  template <typename Resource>
  const Table<Resource>& All() const {
    return std::get<Table<Resource>>(tables_);
  }

  // Stages the next version of `resource`, written at `now`, and returns it stamped.
  template <typename Resource>
  Resource Stage(Resource resource, absl::Time now) {
    const auto version = static_cast<int64_t>(Versions<Resource>(resource.name()).size()) + 1;
    resource.set_etag(absl::StrCat("@", version));
    *resource.mutable_update_time() = ToTimestamp(now);
    v1::Change change;
    *change.mutable_commit_time() = ToTimestamp(now);
    change.set_actor("anonymous");
    change.set_version(version);
    SetResource(change, resource);
    staged_.push_back(
        {.change = std::move(change), .keep = [resource](History& history, int64_t position) {
           std::get<Table<Resource>>(history.tables_)[resource.name()].push_back(
               {position, resource});
         }});
    return resource;
  }

  void Commit();
  void Drop() { staged_.clear(); }

  // Every change, oldest first; the first is at position 1.
  const std::vector<v1::Change>& log() const { return log_; }
  int64_t head() const { return static_cast<int64_t>(log_.size()); }

 private:
  struct Staged {
    v1::Change change{};
    std::function<void(History&, int64_t position)> keep{};
  };

  std::tuple<Table<v1::Unit>, Table<v1::Cluster>, Table<v1::ClusterYear>, Table<v1::Indicator>,
             Table<v1::Form>, Table<v1::Pact>, Table<v1::Submission>>
      tables_{};
  std::vector<Staged> staged_{};
  std::vector<v1::Change> log_{};
};

}  // namespace reporting::model

#endif  // THIDUA_TESTS_SERVICES_REPORTING_MODEL_HISTORY_H_
