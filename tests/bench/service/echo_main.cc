// The least that a server can do: answers every Submit with the same message, from a reactor, and
// stores nothing. Prints its address; ends at the end of its input.
#include <grpcpp/grpcpp.h>

#include <iostream>
#include <string>

#include "absl/strings/str_cat.h"
#include "thidua/reporting/v1/submission_service.grpc.pb.h"

namespace bench {
namespace {

namespace v1 = ::thidua::reporting::v1;

class Echo final
    : public v1::SubmissionService::WithCallbackMethod_Submit<v1::SubmissionService::Service> {
 public:
  // Answers as the service does: with what was sent, as a submission.
  grpc::ServerUnaryReactor* Submit(grpc::CallbackServerContext* context,
                                   const v1::SubmitRequest* request,
                                   v1::SubmitResponse* response) override {
    v1::Submission& submission = *response->mutable_submission();
    submission.set_unit(request->report().unit());
    submission.set_form(request->report().form());
    submission.set_period(request->report().period());
    *submission.mutable_figures() = request->report().figures();
    response->set_outcome(v1::OUTCOME_CREATED);
    grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }
};

int Main() {
  Echo echo;
  int port = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&echo);
  const auto server = builder.BuildAndStart();
  if (server == nullptr) return 1;
  std::cout << absl::StrCat("127.0.0.1:", port) << std::endl;
  for (std::string line; std::getline(std::cin, line);) {
  }
  server->Shutdown();
  return 0;
}

}  // namespace
}  // namespace bench

int main() { return bench::Main(); }
