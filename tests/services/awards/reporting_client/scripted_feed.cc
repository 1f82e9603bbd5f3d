#include "tests/services/awards/reporting_client/scripted_feed.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/rpc/grpc_status.h"
#include "common/storage/token.h"
#include "tests/services/awards/reporting_client/changes.h"

namespace awards {

namespace v1 = thidua::reporting::v1;
using common::storage::StoreIdentity;

ScriptedFeed::ScriptedFeed(const std::string& address) {
  int port = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort(address, grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(this);
  server_ = builder.BuildAndStart();
  target_ = address.starts_with("unix:") ? address : absl::StrCat("127.0.0.1:", port);
}

ScriptedFeed::~ScriptedFeed() {
  EndEachStreamAfter(1);
  EndStreams();
  server_->Shutdown(std::chrono::system_clock::now());
}

std::shared_ptr<grpc::Channel> ScriptedFeed::OpenChannel() const {
  return grpc::CreateChannel(target_, grpc::InsecureChannelCredentials());
}

std::string ScriptedFeed::Commit(std::vector<v1::Change> changes) {
  const std::lock_guard lock(mutex_);
  for (v1::Change& change : changes) change.set_version(++versions_[NameOf(change)]);
  changes.back().set_ends_commit(true);
  commits_.push_back(std::move(changes));
  changed_.notify_all();
  return TokenAfter(commits_.size());
}

void ScriptedFeed::BecomeStore(const StoreIdentity& identity) {
  const std::lock_guard lock(mutex_);
  identity_ = identity;
  commits_.clear();
  versions_.clear();
}

void ScriptedFeed::EndStreams() {
  const std::lock_guard lock(mutex_);
  ++generation_;
  changed_.notify_all();
}

void ScriptedFeed::EndEachStreamAfter(int responses) {
  const std::lock_guard lock(mutex_);
  stream_limit_ = responses;
}

void ScriptedFeed::RepeatCommits() {
  const std::lock_guard lock(mutex_);
  repeat_ = true;
}

void ScriptedFeed::TellOnly(size_t commits) {
  const std::lock_guard lock(mutex_);
  tell_only_ = commits;
  changed_.notify_all();
}

int ScriptedFeed::checkpoints() const {
  const std::lock_guard lock(mutex_);
  return checkpoints_;
}

int ScriptedFeed::streams() const {
  const std::lock_guard lock(mutex_);
  return streams_;
}

void ScriptedFeed::WaitForCheckpoints(int count) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return checkpoints_ >= count; });
}

std::string ScriptedFeed::TokenAfter(size_t commits) const {
  return common::storage::EncodePosition(
      {.store = identity_, .sequence = static_cast<int64_t>(commits), .filter = ""});
}

size_t ScriptedFeed::Told() const { return std::min(commits_.size(), tell_only_); }

v1::WatchResponse ScriptedFeed::NextResponse(size_t& position) {
  v1::WatchResponse response;
  if (position < Told()) {
    if (repeat_ && position > 0) {
      for (const v1::Change& change : commits_[position - 1]) *response.add_changes() = change;
    }
    for (const v1::Change& change : commits_[position]) *response.add_changes() = change;
    ++position;
  } else {
    response.set_checkpoint(true);
    ++checkpoints_;
    changed_.notify_all();
  }
  response.set_resume_token(TokenAfter(position));
  response.set_lag(static_cast<int64_t>(commits_.size() - position));
  return response;
}

grpc::Status ScriptedFeed::Watch(grpc::ServerContext* context, const v1::WatchRequest* request,
                                 grpc::ServerWriter<v1::WatchResponse>* writer) {
  std::unique_lock lock(mutex_);
  ++streams_;
  const int generation = generation_;
  size_t position = 0;
  if (!request->resume_token().empty()) {
    const auto resolved = common::storage::ResolvePosition(request->resume_token(), identity_, "",
                                                           static_cast<int64_t>(commits_.size()));
    if (!resolved.ok()) {
      return common::rpc::ToGrpcStatus(resolved.status(), {.domain = "reporting.thidua"});
    }
    position = static_cast<size_t>(*resolved);
  }
  for (int sent = 0; stream_limit_ == 0 || sent < stream_limit_; ++sent) {
    const v1::WatchResponse response = NextResponse(position);
    lock.unlock();
    if (!writer->Write(response) || context->IsCancelled()) return grpc::Status::CANCELLED;
    lock.lock();
    // Until there is something to tell, or a checkpoint is due.
    changed_.wait_for(lock, std::chrono::milliseconds(request->checkpoint_interval_ms()),
                      [&] { return generation_ != generation || position < Told(); });
    if (generation_ != generation) break;
  }
  return {grpc::StatusCode::UNAVAILABLE, "the stream ends here"};
}

}  // namespace awards
