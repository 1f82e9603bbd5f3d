#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "common/seams/id_source.h"
#include "common/status/status_macros.h"
#include "services/thiduactl/commands/commands.h"
#include "services/thiduactl/importer.h"
#include "services/thiduactl/json.h"
#include "services/thiduactl/names.h"
#include "services/thiduactl/options.h"
#include "services/thiduactl/progress.h"
#include "services/thiduactl/rejection.h"

namespace thiduactl {
namespace {

namespace reporting = ::thidua::reporting::v1;

struct ImportArguments {
  std::string file{};
  std::string form{};
  std::string period{};
  std::string kind{};
  bool validate_only = false;
  std::string report{};
  bool only_rejected = false;
  // Names the import; the ids of its rows are made from it. Empty for a name no other run has.
  std::string name{};
};

// As a cell of CSV, quoted where it must be.
std::string Quoted(const std::string& cell) {
  if (cell.find_first_of("\",\r\n;") == std::string::npos) return cell;
  return absl::StrCat("\"", absl::StrReplaceAll(cell, {{"\"", "\"\""}}), "\"");
}

// The file of `--report`: a line for each row of the import.
class ReportFile {
 public:
  static absl::StatusOr<ReportFile> Open(const std::string& path) {
    ReportFile report;
    report.file_.open(path, std::ios::trunc);
    if (!report.file_) return LocalProblem(absl::StrCat(path, ": cannot be written"));
    report.file_ << "line,unit,outcome,revision,submission,reason,field,message\n";
    return report;
  }

  void Add(const ImportedRow& row) {
    const bool rejected = row.answer.outcome() == reporting::OUTCOME_REJECTED;
    file_ << row.line << "," << Quoted(ShortName(row.report.unit())) << ","
          << EnumWord(row.answer.outcome()) << "," << row.answer.revision() << ","
          << row.answer.submission() << "," << row.answer.rejection().reason() << ","
          << Quoted(absl::StrJoin(RejectedColumns(row), ";")) << ","
          << (rejected ? Quoted(RejectionText(row)) : "") << "\n";
  }

  bool Close() {
    file_.close();
    return !file_.fail();
  }

 private:
  std::ofstream file_{};
};

// One run of `import`.
class Import {
 public:
  Import(Session& session, const ImportArguments& arguments, int64_t row_count)
      : session_(session),
        arguments_(arguments),
        progress_(session.console, row_count),
        json_(session.console.out) {}

  absl::StatusOr<ExitCode> Run(FigureTable table) {
    if (!arguments_.report.empty()) {
      ASSIGN_OR_RETURN(report_, ReportFile::Open(arguments_.report));
    }
    // Without a name, ids of this run alone: figures that are set back to what they were are a new
    // revision.
    RequestIds ids(arguments_.name.empty() ? common::RandomIdSource().NewUuid()
                                           : absl::StrCat("import ", arguments_.name));
    const ImportOptions options{.key = {.form = InCollection("forms", arguments_.form),
                                        .period = arguments_.period,
                                        .value_kind = ParseKind(arguments_.kind)},
                                .validate_only = arguments_.validate_only};
    const auto counts = ImportFigures(session_.connection, std::move(table), options, ids,
                                      [this](const ImportedRow& row) { Show(row); });
    progress_.Erase();
    if (session_.json()) json_.End();
    if (report_.has_value() && !report_->Close()) {
      return LocalProblem(absl::StrCat(arguments_.report, ": cannot be written"));
    }
    RETURN_IF_ERROR(counts.status());
    std::ostream& summary = session_.json() ? session_.console.err : session_.console.out;
    summary << counts->Summary()
            << (arguments_.validate_only ? " (validated only, nothing stored)" : "") << "\n";
    return counts->rejected > 0 ? ExitCode::kNegative : ExitCode::kOk;
  }

 private:
  void Show(const ImportedRow& row) {
    const bool rejected = row.answer.outcome() == reporting::OUTCOME_REJECTED;
    if (rejected || !arguments_.only_rejected) Print(row, rejected);
    progress_.Advance(ShortName(row.report.unit()));
  }

  void Print(const ImportedRow& row, bool rejected) {
    if (report_.has_value()) report_->Add(row);
    if (session_.json()) {
      json_.Add(row.answer);
    } else if (!session_.console.is_terminal || rejected) {
      progress_.Erase();
      session_.console.out << "line " << row.line << "  " << ShortName(row.report.unit()) << "  "
                           << absl::AsciiStrToLower(EnumWord(row.answer.outcome()));
      if (!rejected) session_.console.out << "  revision " << row.answer.revision();
      session_.console.out << "\n";
    }
    if (rejected) PrintRejection(session_.console.err, arguments_.file, row);
  }

  Session& session_;
  const ImportArguments& arguments_;
  Progress progress_;
  JsonArray json_;
  std::optional<ReportFile> report_{};
};

absl::StatusOr<ExitCode> RunImport(Session& session, const ImportArguments& arguments) {
  ASSIGN_OR_RETURN(FigureTable table, FigureTable::OpenReports(arguments.file));
  const int64_t rows = table.row_count();
  return Import(session, arguments, rows).Run(std::move(table));
}

constexpr char kHelp[] = R"(
The table is CSV in UTF-8 with a line of column names: `unit`, then one column per indicator code.
An empty cell is a missing figure, `n/a` one that does not apply. Decimals have a point. Optional
columns: `received` (YYYY-MM-DD, for years transcribed from paper), `source`, `author`. Lines that
begin with # are comments. A column `explain:FINDING` says why a rule that warns is broken.

  unit,COOP_TOTAL,COOP_NEW,MEMBERS,explain:year-on-year/COOP_NEW
  bac-ninh,662,48,215000,Nghị quyết mới của tỉnh
  ha-nam,233,n/a,,

The whole table is checked before the first row is sent. Each row is stored by itself; a row again
with the same figures is unchanged, so a table whose import broke off is simply sent again. With
--name, rows that were answered under this name before answer as they did the first time. At a
terminal only rejected rows are printed, else all are.

The --report is CSV with a line for each row: line, unit, outcome (CREATED, REVISED, UNCHANGED or
REJECTED), revision, submission, reason, field (the columns at fault, with semicolons between) and
message.

Examples:
  thiduactl import annual.csv --form alliance-annual --period 2020 --kind estimate
  thiduactl import q3.csv --form alliance-quarter --period 2020-Q3 --kind final --validate-only
  thiduactl import annual.csv --form alliance-annual --period 2020 --kind final \
      --report rejected.csv --only-rejected
  export-figures | thiduactl import /dev/stdin --form alliance-annual --period 2020 --kind final
)";

}  // namespace

void AddImport(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("import", "Import a table of figures");
  command->footer(kHelp);
  const auto arguments = std::make_shared<ImportArguments>();
  command->add_option("FILE", arguments->file, "The table; /dev/stdin to read a pipe")->required();
  command->add_option("--form", arguments->form, "The form, such as alliance-annual")->required();
  command->add_option("--period", arguments->period, "Such as 2020, 2020-H1, 2020-Q3 or 2020-07")
      ->required();
  AddKindOption(*command, arguments->kind)->required();
  command->add_flag("--validate-only", arguments->validate_only, "Check, and store nothing");
  command->add_option("--report", arguments->report,
                      "Write what became of each row to this CSV file");
  command->add_flag("--only-rejected", arguments->only_rejected,
                    "Print and write rejected rows only");
  command->add_option(
      "--name", arguments->name,
      "Names the import: the same rows under it are sent with the same request ids");
  Choose(*command, chosen, arguments, RunImport);
}

}  // namespace thiduactl
