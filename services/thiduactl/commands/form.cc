#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/thiduactl/commands/commands.h"
#include "services/thiduactl/commands/definition.h"
#include "services/thiduactl/names.h"
#include "services/thiduactl/options.h"
#include "services/thiduactl/pages.h"
#include "services/thiduactl/titles.h"
#include "services/thiduactl/writing.h"

namespace thiduactl {
namespace {

namespace reporting = ::thidua::reporting::v1;
using Definitions = reporting::DefinitionService::Stub;

void PrintFields(Session& session, const reporting::Form& form,
                 const std::map<std::string, reporting::Indicator>& indicators) {
  Table table({Text("INDICATOR"), Text("TITLE"), Text("MEASURE"), Text("REQUIRED")});
  for (const reporting::FormField& field : form.fields()) {
    const auto found = indicators.find(field.indicator());
    const reporting::Indicator indicator =
        found == indicators.end() ? reporting::Indicator() : found->second;
    table.AddRow({ShortName(field.indicator()), InLanguage(indicator.title(), session.language()),
                  InLanguage(indicator.unit_of_measure(), session.language()),
                  field.required() ? "yes" : ""});
  }
  table.Print(session.console.out);
}

void PrintRules(Session& session, const reporting::Form& form) {
  if (form.rules().empty()) return;
  Table table({Text("RULE"), Text("SEVERITY"), Text("CONDITION"), Text("MESSAGE")});
  for (const reporting::Rule& rule : form.rules()) {
    table.AddRow({rule.rule(), EnumWord(rule.severity()), rule.condition(),
                  InLanguage(rule.message(), session.language())});
  }
  session.console.out << "\n";
  table.Print(session.console.out);
}

absl::StatusOr<reporting::Form> ReadForm(Session& session, const std::string& name, int version) {
  reporting::GetFormRequest request;
  request.set_name(name);
  request.set_version(version);
  ASSIGN_OR_RETURN(const auto response, session.connection.Call(session.connection.definitions(),
                                                                &Definitions::GetForm, request));
  return response.form();
}

absl::StatusOr<ExitCode> RunShow(Session& session, const DefinitionArguments& arguments) {
  ASSIGN_OR_RETURN(const auto form,
                   ReadForm(session, InCollection("forms", arguments.name), arguments.version));
  std::map<std::string, reporting::Indicator> indicators;
  if (!session.json() && !arguments.text) {
    ASSIGN_OR_RETURN(indicators, ReadIndicators(session.connection));
  }
  return ShowDefinition(session, arguments, form, [&](Session&, const reporting::Form& shown) {
    session.console.out << shown.name() << "  version " << shown.version() << "\n"
                        << InLanguage(shown.title(), session.language()) << "\n"
                        << EnumWord(shown.unit_kind()) << ", " << EnumWord(shown.period_level())
                        << "\netag: " << shown.etag() << "\n\n";
    PrintFields(session, shown, indicators);
    PrintRules(session, shown);
  });
}

absl::StatusOr<ExitCode> RunUpdate(Session& session, const UpdateArguments& arguments) {
  reporting::UpdateFormRequest request;
  ASSIGN_OR_RETURN(*request.mutable_form(), ReadDefinition<reporting::Form>(arguments.file));
  request.set_etag(request.form().etag());
  if (arguments.write.etag.empty() && request.etag().empty()) {
    ASSIGN_OR_RETURN(const auto stored, ReadForm(session, request.form().name(), 0));
    request.set_etag(stored.etag());
  }
  ASSIGN_OR_RETURN(const auto response,
                   Write(session, arguments.write, session.connection.definitions(),
                         &Definitions::UpdateForm, request));
  return PrintAnswer(session, arguments.write, response,
                     absl::StrCat(response.form().name(), "  version ", response.form().version()));
}

struct ListArguments {};

absl::StatusOr<ExitCode> RunList(Session& session, const ListArguments&) {
  ASSIGN_OR_RETURN(const auto forms,
                   ReadAll(session.connection, session.connection.definitions(),
                           &Definitions::ListForms, {}, &reporting::ListFormsResponse::forms));
  PrintList(session, forms, "no forms",
            {Text("FORM"), Text("TITLE"), Text("FOR"), Text("PERIOD"), Number("FIELDS"),
             Number("RULES"), Number("VERSION")},
            [&session](const reporting::Form& form) -> std::vector<std::string> {
              return {
                  ShortName(form.name()),           InLanguage(form.title(), session.language()),
                  EnumWord(form.unit_kind()),       EnumWord(form.period_level()),
                  absl::StrCat(form.fields_size()), absl::StrCat(form.rules_size()),
                  absl::StrCat(form.version())};
            });
  return forms.empty() ? ExitCode::kNegative : ExitCode::kOk;
}

constexpr char kHelp[] = R"(
Its fields and rules: the newest, or an earlier version by --version. JSON is thidua.reporting.v1.Form;
--text prints what `form update` reads.

Examples:
  thiduactl form show alliance-annual
  thiduactl form show alliance-annual --version 1
  thiduactl form show alliance-annual --text > annual.txtpb
  thiduactl form list
)";

constexpr char kUpdateHelp[] = R"(
The file holds the whole new form, a thidua.reporting.v1.Form in text format with its name. If it has
an etag, it is refused once the stored form is another. Submissions made before keep their version.
JSON is thidua.reporting.v1.UpdateFormResponse.

Example:
  thiduactl form show alliance-annual --text > annual.txtpb
  $EDITOR annual.txtpb
  thiduactl form update annual.txtpb
)";

constexpr char kListHelp[] = R"(
In the newest version each. Ends with code 1 if there are none. JSON is an array of
thidua.reporting.v1.Form.

Example:
  thiduactl form list --language vi
)";

}  // namespace

void AddForm(CLI::App& app, Action& chosen) {
  auto* group =
      app.add_subcommand("form", "Which indicators are reported together, by which rules");
  group->footer(kHelp);
  const auto configure = [](CLI::App& command, DefinitionArguments& arguments) {
    return AddDefinitionOptions(command, arguments, "FORM", "Such as alliance-annual");
  };
  AddShow<DefinitionArguments>(*group, chosen, "Its fields and rules", configure, RunShow);
  auto* update = group->add_subcommand("update", "Change title, fields and rules");
  update->footer(kUpdateHelp);
  Choose(*update, chosen, AddUpdateOptions(*update), RunUpdate);
  auto* list = group->add_subcommand("list", "All forms");
  list->footer(kListHelp);
  Choose(*list, chosen, std::make_shared<ListArguments>(), RunList);
}

}  // namespace thiduactl
