#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <map>
#include <memory>
#include <string>

#include "common/status/status_macros.h"
#include "services/thiduactl/commands/commands.h"
#include "services/thiduactl/files.h"
#include "services/thiduactl/json.h"
#include "services/thiduactl/names.h"
#include "services/thiduactl/table.h"
#include "services/thiduactl/text_format.h"

namespace thiduactl {
namespace {

namespace awards = ::thidua::awards::v1;

struct Options {
  std::string round{};
  awards::DocumentKind kind = awards::DOCUMENT_KIND_UNSPECIFIED;
  awards::DocumentFormat format = awards::DOCUMENT_FORMAT_HTML;
  std::string category{};
  bool with_workings = false;
  // A file with a RenderDocumentRequest; empty for none.
  std::string details{};
  // A file, `-` for standard output, empty for the name the service gives.
  std::string to{};
};

absl::StatusOr<awards::RenderDocumentRequest> MakeRequest(const Options& options,
                                                          const std::string& language) {
  awards::RenderDocumentRequest request;
  if (!options.details.empty()) {
    ASSIGN_OR_RETURN(const std::string text, ReadFile(options.details));
    RETURN_IF_ERROR(ParseTextFormat(text, options.details, request));
  }
  request.set_name(InCollection("rounds", options.round));
  request.set_kind(options.kind);
  request.set_format(options.format);
  request.set_language(language == "vi" ? awards::DOCUMENT_LANGUAGE_VI
                                        : awards::DOCUMENT_LANGUAGE_EN);
  if (!options.category.empty()) request.set_category(options.category);
  if (options.with_workings) request.set_with_workings(true);
  return request;
}

absl::StatusOr<ExitCode> RunDocument(Session& session, const Options& options) {
  ASSIGN_OR_RETURN(const auto request, MakeRequest(options, session.language()));
  Connection& connection = session.connection;
  ASSIGN_OR_RETURN(auto response,
                   connection.Call(connection.documents(),
                                   &awards::DocumentService::Stub::RenderDocument, request));
  if (options.to == "-") {
    session.console.out << response.content();
    return ExitCode::kOk;
  }
  if (!options.to.empty()) response.set_file_name(options.to);
  RETURN_IF_ERROR(WriteFile(response.file_name(), response.content()));
  const size_t size = response.content().size();
  response.clear_content();
  if (session.json()) {
    PrintJson(session.console.out, response);
  } else {
    session.console.out << response.file_name() << "  " << response.media_type() << ", "
                        << WithSeparators(std::to_string(size)) << " bytes\n";
  }
  return ExitCode::kOk;
}

constexpr char kHelp[] = R"(
Writes a document of a scored round to a file: in the language of --language, HTML to be printed and
signed, CSV for programs, XLSX for spreadsheets. What stands around it, such as number, day, signatories
and what the minutes tell of the meeting, comes from --details: a file with a
thidua.awards.v1.RenderDocumentRequest in text format, of which `letterhead` and `meeting` are read. What
it leaves out becomes a dotted line.

JSON is thidua.awards.v1.RenderDocumentResponse without the content.

Examples:
  thiduactl document red-river-delta-2020 score-table --language vi
  thiduactl document red-river-delta-2020 minutes --format xlsx --to minutes.xlsx
  thiduactl document red-river-delta-2020 submission-letter --language vi \
    --details deploy/examples/red-river-2020/documents/details.txtpb
  thiduactl document red-river-delta-2020 nomination-list --format csv --to -
)";

}  // namespace

void AddDocument(CLI::App& app, Action& chosen) {
  static const std::map<std::string, awards::DocumentKind> kKinds{
      {"score-table", awards::DOCUMENT_KIND_SCORE_TABLE},
      {"minutes", awards::DOCUMENT_KIND_MINUTES},
      {"nomination-list", awards::DOCUMENT_KIND_NOMINATION_LIST},
      {"submission-letter", awards::DOCUMENT_KIND_SUBMISSION_LETTER}};
  static const std::map<std::string, awards::DocumentFormat> kFormats{
      {"html", awards::DOCUMENT_FORMAT_HTML},
      {"csv", awards::DOCUMENT_FORMAT_CSV},
      {"xlsx", awards::DOCUMENT_FORMAT_XLSX}};
  auto* command =
      app.add_subcommand("document", "Score table, minutes, nominations or letter as a file");
  command->footer(kHelp);
  const auto options = std::make_shared<Options>();
  command->add_option("ROUND", options->round, "Such as red-river-delta-2020")->required();
  command
      ->add_option("KIND", options->kind,
                   "score-table, minutes, nomination-list or submission-letter")
      ->required()
      ->transform(CLI::CheckedTransformer(kKinds).description(""));
  command->add_option("--format", options->format, "html, csv or xlsx; html if not given")
      ->transform(CLI::CheckedTransformer(kFormats).description(""));
  command->add_option("--category", options->category, "Only this category, such as alliances");
  command->add_flag("--workings", options->with_workings,
                    "Score table in HTML: with the arithmetic of every line");
  command->add_option("--details", options->details, "Letterhead and meeting, a file");
  command->add_option("--to", options->to, "The file to write, - for standard output");
  command->callback([options, &chosen] {
    chosen = [options](Session& session) { return RunDocument(session, *options); };
  });
}

}  // namespace thiduactl
