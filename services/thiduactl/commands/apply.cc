#include <google/protobuf/struct.pb.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/status/status_macros.h"
#include "services/thiduactl/commands/commands.h"
#include "services/thiduactl/files.h"
#include "services/thiduactl/json.h"
#include "services/thiduactl/names.h"
#include "services/thiduactl/player.h"
#include "services/thiduactl/progress.h"
#include "services/thiduactl/rejection.h"

namespace thiduactl {
namespace {

// What one file did, for its line of output.
class FileSummary {
 public:
  void Add(const std::string& kind, const std::string& summary) {
    if (counts_[kind]++ == 0) order_.push_back(kind);
    last_[kind] = summary;
  }

  // Such as `create_form 3, advance_cluster_year: clusters/x/years/2020 SCORING`.
  std::string ToString() const {
    std::vector<std::string> parts;
    for (const std::string& kind : order_) {
      const int count = counts_.at(kind);
      parts.push_back(count == 1 ? absl::StrCat(kind, ": ", last_.at(kind))
                                 : absl::StrCat(kind, " ", count));
    }
    return parts.empty() ? "no steps" : absl::StrJoin(parts, "; ");
  }

 private:
  std::vector<std::string> order_{};
  std::map<std::string, int> counts_{};
  std::map<std::string, std::string> last_{};
};

google::protobuf::Struct ToStruct(const PlanFile& file, int index, const StepResult& result) {
  google::protobuf::Struct json;
  auto& fields = *json.mutable_fields();
  fields["file"].set_string_value(file.path);
  fields["line"].set_number_value(file.lines[static_cast<size_t>(index)]);
  fields["step"].set_string_value(StepKind(file.plan.step(index)));
  fields["result"].set_string_value(result.summary);
  return json;
}

// One run of `apply`.
class Apply {
 public:
  explicit Apply(Session& session, const std::vector<PlanFile>& files)
      : session_(session),
        files_(files),
        progress_(session.console, CountSteps(files)),
        player_(session.connection, [this](const std::string& path, const ImportedRow& row) {
          progress_.Erase();
          PrintRejection(session_.console.err, path, row);
        }) {}

  absl::StatusOr<ExitCode> Run() {
    JsonArray steps(session_.console.out);
    absl::Status status;
    for (const PlanFile& file : files_) {
      status = PlayFile(file, steps);
      if (!status.ok() || rejected_ > 0) break;
    }
    if (session_.json()) steps.End();
    RETURN_IF_ERROR(status);
    return rejected_ > 0 ? ExitCode::kNegative : ExitCode::kOk;
  }

 private:
  static int64_t CountSteps(const std::vector<PlanFile>& files) {
    int64_t steps = 0;
    for (const PlanFile& file : files) steps += file.plan.step_size();
    return steps;
  }

  // Stops behind a step with rejected rows: later steps would build on what is not there.
  absl::Status PlayFile(const PlanFile& file, JsonArray& steps) {
    FileSummary summary;
    for (int i = 0; i < file.plan.step_size() && rejected_ == 0; ++i) {
      const std::string kind = StepKind(file.plan.step(i));
      const auto result = player_.Play(file, file.plan.step(i));
      if (!result.ok()) {
        progress_.Erase();
        return Within(absl::StrCat(file.PlaceOf(i), ": ", kind), result.status());
      }
      rejected_ += result->rejected;
      summary.Add(kind, result->summary);
      if (session_.json()) steps.Add(ToStruct(file, i, *result));
      progress_.Advance(absl::StrCat(ShortName(file.path), " ", kind));
    }
    progress_.Erase();
    if (!session_.json()) {
      session_.console.out << ShortName(file.path) << "  " << summary.ToString() << std::endl;
    }
    return absl::OkStatus();
  }

  Session& session_;
  const std::vector<PlanFile>& files_;
  Progress progress_;
  Player player_;
  int64_t rejected_ = 0;
};

absl::StatusOr<ExitCode> RunApply(Session& session, const std::vector<std::string>& paths) {
  ASSIGN_OR_RETURN(const std::vector<std::string> names, ExpandFolders(paths, ".txtpb"));
  std::vector<PlanFile> files;
  for (const std::string& name : names) {
    ASSIGN_OR_RETURN(PlanFile file, LoadPlan(name));
    files.push_back(std::move(file));
  }
  return Apply(session, files).Run();
}

constexpr char kHelp[] = R"(
A plan is a text file of steps, each one call of the public API, in protobuf's text format:

  step {
    create_unit {
      unit_id: "ha-noi"
      unit { kind: KIND_ALLIANCE titles { title { vi: "Liên minh Hợp tác xã thành phố Hà Nội" } } }
    }
  }

The format is documented in proto/thidua/ctl/v1/plan.proto. A folder stands for all its files
*.txtpb in the byte order of their names. All files, and the tables they name, are read before the
first call is made. Steps can be played again: what was done answers as the first time.

Examples:
  thiduactl apply deploy/examples/red-river-2020
  thiduactl apply 01-alliances.txtpb 02-cooperatives.txtpb
)";

}  // namespace

void AddApply(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("apply", "Play plans: definitions, pacts, figures, rounds");
  command->footer(kHelp);
  const auto paths = std::make_shared<std::vector<std::string>>();
  command->add_option("FILE_OR_FOLDER", *paths, "Plans, or folders of plans")->required();
  command->callback([paths, &chosen] {
    chosen = [paths](Session& session) { return RunApply(session, *paths); };
  });
}

}  // namespace thiduactl
