#include "tests/services/reporting/model/system.h"

#include <grpcpp/client_context.h>
#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

#include "common/rpc/grpc_status.h"

namespace reporting::model {

ScratchFolder::ScratchFolder() {
  std::error_code ignored;
  const bool has_memory = std::filesystem::is_directory("/dev/shm", ignored);
  const auto parent = has_memory ? std::filesystem::path("/dev/shm")
                                 : std::filesystem::temp_directory_path(ignored);
  path_ = (parent / "thidua-model-XXXXXX").string();
  if (mkdtemp(path_.data()) == nullptr) std::abort();
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void System::Open() {
  auto ledger = common::storage::sqlite::SqliteLedger::Open(
      {.path = folder_.path() + "/model.db", .application_id = 1, .clock = &clock_, .ids = &ids_});
  ASSERT_TRUE(ledger.ok()) << ledger.status();
  ledger_ = *std::move(ledger);
  on_ = std::make_unique<Services>(ServiceResources{.rpc = rpc_, .ledger = *ledger_});
}

void System::Close() {
  stub_.reset();
  channel_.reset();
  if (server_ != nullptr) server_->Shutdown();
  server_.reset();
  if (ledger_ != nullptr) ledger_->Close();
  on_.reset();
  ledger_.reset();
}

v1::SubmissionService::Stub& System::Submissions() {
  if (server_ == nullptr) {
    grpc::ServerBuilder builder;
    builder.RegisterService(&on_->submissions);
    server_ = builder.BuildAndStart();
    channel_ = server_->InProcessChannel(grpc::ChannelArguments());
    stub_ = v1::SubmissionService::NewStub(channel_);
  }
  return *stub_;
}

absl::StatusOr<v1::SubmitResponse> System::Send(const v1::SubmitRequest& request) {
  grpc::ClientContext context;
  v1::SubmitResponse answer;
  const grpc::Status status = Submissions().Submit(&context, request, &answer);
  if (!status.ok()) return common::rpc::FromGrpcStatus(status);
  return answer;
}

absl::StatusOr<std::vector<v1::ImportSubmissionsResponse>> System::Send(
    const std::vector<v1::ImportSubmissionsRequest>& items) {
  grpc::ClientContext context;
  const auto stream = Submissions().ImportSubmissions(&context);
  for (const auto& item : items) stream->Write(item);
  stream->WritesDone();
  std::vector<v1::ImportSubmissionsResponse> answers;
  v1::ImportSubmissionsResponse answer;
  while (stream->Read(&answer)) answers.push_back(answer);
  const grpc::Status status = stream->Finish();
  if (!status.ok()) return common::rpc::FromGrpcStatus(status);
  return answers;
}

}  // namespace reporting::model
