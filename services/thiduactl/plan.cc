#include "services/thiduactl/plan.h"

#include <google/protobuf/text_format.h>

#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/status_macros.h"
#include "common/text/sha256.h"
#include "services/thiduactl/figures.h"
#include "services/thiduactl/files.h"
#include "services/thiduactl/problem.h"
#include "services/thiduactl/text_format.h"

namespace thiduactl {
namespace {

using ::common::sv;
using ::google::protobuf::TextFormat;
using ::thidua::ctl::v1::Plan;
using ::thidua::ctl::v1::Step;

absl::Status CheckFigures(const PlanFile& file, int index) {
  const Step& step = file.plan.step(index);
  if (step.has_import_csv()) {
    return FigureTable::Open(file.Resolve(step.import_csv().file())).status();
  }
  if (step.has_create_pact_from_csv()) {
    ASSIGN_OR_RETURN(FigureTable table,
                     FigureTable::Open(file.Resolve(step.create_pact_from_csv().file())));
    return ReadTargets(std::move(table)).status();
  }
  return absl::OkStatus();
}

}  // namespace

std::string PlanFile::PlaceOf(int step) const {
  return absl::StrCat(path, ":", lines[static_cast<size_t>(step)]);
}

std::string PlanFile::Resolve(const std::string& file) const {
  return (std::filesystem::path(path).parent_path() / file).string();
}

absl::StatusOr<PlanFile> ParsePlan(std::string_view text, const std::string& path) {
  PlanFile file{.path = path};
  TextFormat::ParseInfoTree places;
  RETURN_IF_ERROR(ParseTextFormat(text, path, file.plan, &places));
  const auto* field = Plan::descriptor()->FindFieldByNumber(Plan::kStepFieldNumber);
  for (int i = 0; i < file.plan.step_size(); ++i) {
    const TextFormat::ParseLocation place = places.GetLocation(field, i);
    file.lines.push_back(place.line + 1);
    if (file.plan.step(i).call_case() == Step::CALL_NOT_SET) {
      return LocalProblem(absl::StrCat(path, ":", place.line + 1, ":", place.column + 1,
                                       ": the step has no call, such as create_unit { ... }"));
    }
  }
  return file;
}

absl::StatusOr<PlanFile> LoadPlan(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  ASSIGN_OR_RETURN(PlanFile file, ParsePlan(text, path));
  for (int i = 0; i < file.plan.step_size(); ++i) {
    const absl::Status status = CheckFigures(file, i);
    if (!status.ok()) return Within(file.PlaceOf(i), status);
  }
  return file;
}

std::string StepKind(const Step& step) {
  const auto* call = Step::descriptor()->FindFieldByNumber(step.call_case());
  return call == nullptr ? "" : call->name();
}

std::string RequestIds::Next(std::string_view kind, const google::protobuf::Message& request) {
  // Equal requests have equal bytes, because the contract has no maps.
  const std::string content =
      common::NameUuid(absl::StrCat(seed_, "\n", sv(kind), "\n", request.SerializeAsString()));
  const int before = seen_[content]++;
  return common::NameUuid(absl::StrCat(content, "\n", before));
}

}  // namespace thiduactl
