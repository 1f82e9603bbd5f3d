#include "tests/services/reporting/model/generator.h"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"
#include "tests/services/reporting/model/shared_definitions.h"

namespace reporting::model {
namespace {

// Whether a call is refused without an etag.
template <typename Request>
constexpr bool kNeedsEtag = std::is_same_v<Request, v1::UpdateUnitRequest> ||
                            std::is_same_v<Request, v1::UpdatePactRequest> ||
                            std::is_same_v<Request, v1::UpdateFormRequest> ||
                            std::is_same_v<Request, v1::UpdateIndicatorRequest>;

}  // namespace

std::vector<Call> SharedDefinitions() {
  std::vector<Call> calls;
  for (auto& indicator : NewIndicators("")) calls.push_back({.request = std::move(indicator)});
  calls.push_back({.request = NewAnnualForm("annual", "")});
  calls.push_back({.request = NewCooperativeForm()});
  return calls;
}

Generator::Generator(const Model& model, uint64_t seed, int sequence, absl::Time now)
    : model_(model),
      random_(seed * 1'000'003 + static_cast<uint64_t>(sequence)),
      sequence_(sequence),
      tag_(absl::StrCat("s", sequence)),
      begin_(now) {
  has_own_ = random_.Percent(12);
  if (has_own_) {
    prefix_ = absl::AsciiStrToUpper(tag_) + "_";
    form_ = absl::StrCat("forms/", tag_, "-annual");
  }
  focus_ = random_.OneOf<size_t>({100, 300, 500, 600, 700, 780, 880, 900});
  if (random_.Percent(12)) basis_ = v1::ClusterYear::RECEIPT_BASIS_TRANSCRIBED;
}

std::string Generator::Day(int offset) const {
  const absl::CivilDay day = absl::ToCivilDay(begin_, absl::FixedTimeZone(7 * 3600)) +
                             static_cast<absl::civil_diff_t>(offset);
  return absl::StrFormat("%04d-%02d-%02d", day.year(), day.month(), day.day());
}

std::string Generator::SomeAlliance() {
  return Unit(random_.OneOf<const char*>({"a", "a", "b", "b", "c", "c", "d", "x"}));
}

std::vector<std::string> Generator::Submissions() const {
  std::vector<std::string> names;
  const auto& all = model_.history().All<v1::Submission>();
  const std::string mine = Unit("");
  for (auto it = all.lower_bound(mine); it != all.end(); ++it) {
    if (it->first.rfind(mine, 0) != 0) break;
    names.push_back(it->first);
  }
  return names;
}

std::string Generator::SomeSubmission(std::initializer_list<v1::Submission::State> states) {
  std::vector<std::string> names = Submissions();
  std::vector<std::string> wanted;
  for (const std::string& name : names) {
    const auto state = model_.history().Find<v1::Submission>(name)->state();
    if (std::find(states.begin(), states.end(), state) != states.end()) wanted.push_back(name);
  }
  if (!wanted.empty() && random_.Percent(75)) names = wanted;
  if (!names.empty() && !random_.Percent(3)) return random_.OneOf(names);
  return absl::StrCat(Unit("a"), "/submissions/annual.2026.estimate");
}

Call Generator::Make(Request request) {
  Call call{.number = static_cast<int>(made_.size()), .request = std::move(request)};
  made_.push_back(call);
  return call;
}

std::vector<Call> Generator::Beginning() {
  std::vector<Request> requests;
  for (const std::string id : {"a", "b", "c"}) requests.emplace_back(NewAlliance(id));
  if (random_.Percent(30)) requests.emplace_back(NewAlliance("d"));
  if (random_.Percent(80)) requests.emplace_back(NewCooperative("h"));
  if (has_own_) {
    for (auto& indicator : NewIndicators(prefix_)) requests.emplace_back(std::move(indicator));
    requests.emplace_back(NewAnnualForm(tag_ + "-annual", prefix_));
  }
  v1::CreateClusterRequest cluster;
  cluster.set_cluster_id(tag_);
  cluster.mutable_cluster()->mutable_title()->set_vi("Cụm thi đua");
  requests.emplace_back(cluster);
  requests.emplace_back(NewYear());
  if (random_.Percent(92)) {
    v1::AdvanceClusterYearRequest advance;
    advance.set_name(Year());
    advance.set_state(v1::ClusterYear::STATE_REGISTRATION);
    requests.emplace_back(advance);
  }
  std::vector<Call> calls;
  for (Request& request : requests) {
    if (random_.Percent(1)) continue;
    calls.push_back(Make(std::move(request)));
  }
  return calls;
}

Call Generator::Next(absl::Time now) {
  if (random_.Percent(5) && !made_.empty()) {
    const Call& earlier = random_.OneOf(made_);
    const bool is_write = std::visit(
        [](const auto& request) {
          return requires { request.request_id(); };
        },
        earlier.request);
    if (is_write) {
      Call again = earlier;
      again.number = static_cast<int>(made_.size());
      again.resends = earlier.number;
      made_.push_back(again);
      return again;
    }
  }
  Call call = Make(Pick(now));
  Dress(call);
  made_.back() = call;
  return call;
}

template <typename Write>
void Generator::AddRequestId(const Call& call, Write& request) {
  if (random_.Percent(40)) {
    request.set_request_id(absl::StrFormat("%08x-0000-4000-8000-%012x", sequence_, call.number));
  }
  // An id that was used for something else.
  for (const Call& earlier : made_) {
    if (earlier.number == call.number || !random_.Percent(2)) continue;
    const auto* same = std::get_if<Write>(&earlier.request);
    if (same != nullptr && !same->request_id().empty()) request.set_request_id(same->request_id());
  }
}

void Generator::Dress(Call& call) {
  const auto dress = [&](auto& request) {
    using This = std::decay_t<decltype(request)>;
    if constexpr (requires { request.request_id(); }) {
      AddRequestId(call, request);
      request.set_validate_only(random_.Percent(6));
    }
    if constexpr (requires { request.etag(); }) {
      if (random_.Percent(kNeedsEtag<This> ? 88 : 30)) {
        call.etag = Etag::kRight;
      } else if (random_.Percent(kNeedsEtag<This> ? 60 : 8)) {
        call.etag = Etag::kStale;
      }
    }
    if constexpr (requires { request.known_at_token(); }) {
      if (random_.Percent(25)) call.commits_back = 1 + static_cast<int>(random_.Below(12));
    }
  };
  std::visit(dress, call.request);
}

Request Generator::Pick(absl::Time now) {
  size_t die = random_.Below(1000);
  // A part of a sequence is about one thing.
  if (random_.Percent(35)) die = focus_ + die % 100;
  if (die < 4) return Restart{};
  if (die < 60) {
    return Wait{3600 * random_.OneOf<int64_t>({1, 3, 5, 10, 14, 24, 30, 48, 72})};
  }
  if (die < 70) {
    Import import;
    const size_t size = 2 + random_.Below(4);
    for (size_t i = 0; i < size; ++i) {
      *import.items.emplace_back().mutable_report() = SomeReport(now);
    }
    return import;
  }
  if (die < 290) {
    v1::SubmitRequest request;
    *request.mutable_report() = SomeReport(now);
    return request;
  }
  if (die < 320) {
    v1::CheckReportRequest request;
    *request.mutable_report() = SomeReport(now);
    return request;
  }
  if (die < 400) {
    v1::SaveDraftRequest request;
    *request.mutable_report() = SomeReport(now);
    return request;
  }
  if (die < 640 && !Submissions().empty()) return PickReview();
  if (die < 770) return PickRead();
  if (die < 860) return PickRegistry();
  if (die < 970 || !has_own_) return PickPact();
  return PickDefinition();
}

}  // namespace reporting::model
