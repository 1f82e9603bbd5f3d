#include "tests/services/reporting/model/player.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "tests/services/reporting/model/generator.h"

namespace reporting::model {
namespace {

// The resource that an etag in a request is of: its name, and how many versions it has.
struct Target {
  std::string name{};
  size_t versions = 0;
};

template <typename Resource>
Target TargetNamed(const History& history, const std::string& name) {
  return {.name = name, .versions = history.Versions<Resource>(name).size()};
}

Target TargetOf(const History& history, const v1::UpdateUnitRequest& request) {
  return TargetNamed<v1::Unit>(history, request.unit().name());
}
Target TargetOf(const History& history, const v1::AdvanceClusterYearRequest& request) {
  return TargetNamed<v1::ClusterYear>(history, request.name());
}
Target TargetOf(const History& history, const v1::HandOverClusterYearRequest& request) {
  return TargetNamed<v1::ClusterYear>(history, request.name());
}
Target TargetOf(const History& history, const v1::UpdateIndicatorRequest& request) {
  return TargetNamed<v1::Indicator>(history, request.indicator().name());
}
Target TargetOf(const History& history, const v1::UpdateFormRequest& request) {
  return TargetNamed<v1::Form>(history, request.form().name());
}
Target TargetOf(const History& history, const v1::UpdatePactRequest& request) {
  return TargetNamed<v1::Pact>(history, request.pact().name());
}
Target TargetOf(const History& history, const v1::RevisePactRequest& request) {
  return TargetNamed<v1::Pact>(history, request.name());
}
Target TargetOf(const History& history, const v1::SignPactRequest& request) {
  return TargetNamed<v1::Pact>(history, request.name());
}
Target TargetOf(const History& history, const v1::SaveDraftRequest& request) {
  return TargetNamed<v1::Submission>(history, SubmissionName(request.report()));
}
template <typename Request>
Target TargetOf(const History& history, const Request& request) {
  return TargetNamed<v1::Submission>(history, request.name());
}

// An item's answer as a single call would have it.
absl::StatusOr<v1::ImportSubmissionsResponse> AnswerOf(v1::ImportSubmissionsResponse answer) {
  answer.clear_item();
  if (answer.outcome() != v1::OUTCOME_REJECTED) return answer;
  return common::Error(static_cast<absl::StatusCode>(answer.rejection().code()),
                       answer.rejection().reason(), answer.rejection().message());
}

}  // namespace

Player::Player() : system_(clock_), model_(clock_) {
  for (const Call& call : SharedDefinitions()) {
    const std::string difference = Play(call);
    if (difference.empty()) continue;
    std::cerr << Describe(call) << "\n" << difference;
    std::abort();
  }
}

void Player::Begin(absl::Time time) {
  clock_.Set(std::max(time, clock_.Now()));
  tokens_.clear();
  sent_.clear();
}

std::string Player::Play(const Call& call) {
  return std::visit([&](const auto& request) { return PlayRequest(call, request); }, call.request);
}

std::string Player::PlayRequest(const Call& /*call*/, const Restart& /*restart*/) {
  system_.Restart();
  return "";
}

std::string Player::PlayRequest(const Call& /*call*/, const Wait& wait) {
  clock_.Advance(absl::Seconds(wait.seconds));
  return "";
}

std::string Player::PlayRequest(const Call& /*call*/, const Import& import) {
  const auto answers = system_.Send(import.items);
  if (!answers.ok()) return absl::StrCat("the stream failed: ", answers.status().ToString(), "\n");
  if (answers->size() != import.items.size()) return "not every item has an answer\n";
  std::string difference;
  for (size_t i = 0; i < answers->size(); ++i) {
    auto expected = model_.Answer(import.items[i]);
    Count(import.items[i], AnswerOf((*answers)[i]).status());
    if ((*answers)[i].item() != static_cast<int64_t>(i) + 1) return "an item has another number\n";
    absl::StrAppend(&difference, DifferenceOf(expected, AnswerOf((*answers)[i]), book_));
  }
  return difference;
}

void Player::Count(const google::protobuf::Message& request, const absl::Status& answer) {
  const std::string reason = answer.ok() ? "OK" : common::DetailOf(answer).reason;
  ++tally_[absl::StrCat(absl::StripSuffix(request.GetDescriptor()->name(), "Request"), " ",
                        reason)];
}

template <typename Request>
std::pair<Request, Request> Player::Resolve(const Call& call, const Request& request) const {
  std::pair<Request, Request> both = {request, request};
  if constexpr (requires { request.etag(); }) {
    if (call.etag != Etag::kNone) {
      const Target target = TargetOf(model_.history(), request);
      const size_t version = target.versions - (call.etag == Etag::kStale ? 1 : 0);
      const std::string etag = target.versions == 0 ? "@none" : absl::StrCat("@", version);
      const std::string word = book_.WordFor(target.name, etag, "");
      // An etag that nobody was told cannot be sent.
      both.first.set_etag(word.empty() && call.etag == Etag::kRight ? "" : etag);
      both.second.set_etag(word.empty() && call.etag == Etag::kStale ? "stale" : word);
    }
  }
  if (tokens_.empty()) return both;
  if constexpr (requires { request.min_commit_token(); }) {
    both.second.set_min_commit_token(tokens_.back().second);
  }
  if constexpr (requires { request.known_at_token(); }) {
    if (call.commits_back > 0) {
      const size_t back = std::min(size_t(call.commits_back), tokens_.size());
      const auto& [position, token] = tokens_[tokens_.size() - back];
      both.first.set_known_at_token(absl::StrCat("@", position));
      both.second.set_known_at_token(token);
    }
  }
  return both;
}

template <typename Request>
std::string Player::PlayRequest(const Call& call, const Request& request) {
  auto both = Resolve(call, request);
  const auto earlier = sent_.find(call.resends);
  if (earlier != sent_.end()) {
    both = {std::get<Request>(earlier->second.first), std::get<Request>(earlier->second.second)};
  }
  auto expected = model_.Answer(both.first);
  const auto actual = system_.Send(both.second);
  Count(request, actual.status());
  if constexpr (requires { request.request_id(); }) {
    sent_.insert_or_assign(call.number, std::pair<model::Request, model::Request>(both));
    const std::string& token = expected.response.commit_token();
    if (actual.ok() && !token.empty()) {
      tokens_.emplace_back(std::stoll(token.substr(1)), actual->commit_token());
    }
  }
  return DifferenceOf(expected, actual, book_);
}

std::string Player::CheckChanges(std::string& resume_token, int64_t& position) {
  const auto& log = model_.history().log();
  v1::ListChangesRequest request;
  request.set_page_size(1000);
  while (true) {
    request.set_resume_token(resume_token);
    const auto page = system_.Send(request);
    if (!page.ok()) return absl::StrCat("the feed failed: ", page.status().ToString(), "\n");
    for (const v1::Change& change : page->changes()) {
      if (position == static_cast<int64_t>(log.size())) {
        return absl::StrCat("the feed has a change too many: ", change.ShortDebugString(), "\n");
      }
      v1::Change expected = log[static_cast<size_t>(position)];
      const std::string difference = DifferenceOf(expected, change, book_);
      if (!difference.empty()) return absl::StrCat("in the feed: ", difference);
      ++position;
    }
    resume_token = page->resume_token();
    if (page->lag() == 0) break;
  }
  if (position == static_cast<int64_t>(log.size())) return "";
  return absl::StrCat("the feed ends at ", position, " of ", log.size(), " changes\n");
}

std::string Player::VerifyAudit(v1::AuditPoint& verified) {
  v1::VerifyAuditRequest request;
  while (true) {
    if (verified.position() > 0) *request.mutable_after() = verified;
    const auto answer = system_.Send(request);
    if (!answer.ok()) return absl::StrCat("the audit failed: ", answer.status().ToString(), "\n");
    if (answer->has_fault()) return "the audit found: " + answer->fault().ShortDebugString() + "\n";
    verified = answer->verified();
    if (!answer->complete()) continue;
    if (verified.position() == model_.history().head()) return "";
    return absl::StrCat("the audit ends at ", verified.position(), " of ", model_.history().head(),
                        " events\n");
  }
}

std::string Player::CheckLog() {
  const std::string difference = CheckChanges(resume_token_, position_);
  return difference.empty() ? VerifyAudit(verified_) : difference;
}

std::string Player::CheckWholeLog() {
  std::string resume_token;
  int64_t position = 0;
  const std::string difference = CheckChanges(resume_token, position);
  if (!difference.empty()) return difference;
  v1::AuditPoint verified;
  return VerifyAudit(verified);
}

}  // namespace reporting::model
