// Plans as files: read, with the place of every step.
#ifndef THIDUA_SERVICES_THIDUACTL_PLAN_H_
#define THIDUA_SERVICES_THIDUACTL_PLAN_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "thidua/ctl/v1/plan.pb.h"

namespace thiduactl {

// One file of steps.
struct PlanFile {
  std::string path{};
  thidua::ctl::v1::Plan plan{};
  // The line each step begins on, counted from 1.
  std::vector<int> lines{};

  // Such as `07-reports.txtpb:9`, for messages about a step.
  std::string PlaceOf(int step) const;

  // A path of a plan, which is relative to the plan's folder.
  std::string Resolve(const std::string& file) const;
};

// Parses a plan in text format. A local problem that begins with `path:line:column`: a mistake in
// the format, or a step without a call.
absl::StatusOr<PlanFile> ParsePlan(std::string_view text, const std::string& path);

// Reads and parses the file, and the tables of figures that it names, so that mistakes in files
// come out before anything is sent. Local problems, as of ParsePlan and FigureTable::Open.
absl::StatusOr<PlanFile> LoadPlan(const std::string& path);

// The name of the step's call, such as `create_unit`.
std::string StepKind(const thidua::ctl::v1::Step& step);

// Request ids that are a function of what is sent: the n-th equal request of one sequence has the
// same id each time the sequence is played. Not thread-safe.
class RequestIds {
 public:
  // Sequences with different seeds have different ids.
  explicit RequestIds(std::string_view seed) : seed_(seed) {}

  // The id of `request`, which is a part of the `kind` of call.
  std::string Next(std::string_view kind, const google::protobuf::Message& request);

 private:
  std::string seed_;
  // How many requests of this content there were, by the content's id.
  std::map<std::string, int> seen_{};
};

// Gives `request` its id, unless it has one.
template <typename Request>
void SetRequestId(Request& request, RequestIds& ids) {
  if (!request.request_id().empty()) return;
  request.set_request_id(ids.Next(Request::descriptor()->full_name(), request));
}

}  // namespace thiduactl

#endif  // THIDUA_SERVICES_THIDUACTL_PLAN_H_
