#include "services/thiduactl/findings.h"

#include "services/thiduactl/names.h"

namespace thiduactl {

using ::google::protobuf::RepeatedPtrField;
using ::thidua::reporting::v1::Finding;
using ::thidua::type::v1::Figure;

std::string FigureText(const Figure& figure) {
  return figure.not_applicable() ? "n/a" : WithSeparators(figure.number());
}

std::vector<Column> FindingColumns() {
  return {Text("SEVERITY"),   Text("FINDING"), Number("ACTUAL").Optional(),
          Number("EXPECTED").Optional(), Text("MESSAGE"),
          Text("EXPLANATION").Optional()};
}

std::vector<std::string> FindingRow(const Session& session, const Finding& finding) {
  return {EnumWord(finding.severity()),
          finding.finding(),
          WithSeparators(finding.actual()),
          WithSeparators(finding.expected()),
          InLanguage(finding.message(), session.language()),
          finding.explanation()};
}

void PrintFindings(Session& session, const RepeatedPtrField<Finding>& findings) {
  if (findings.empty()) return;
  Table table(FindingColumns());
  for (const Finding& finding : findings) table.AddRow(FindingRow(session, finding));
  session.console.out << "\n";
  table.Print(session.console.out);
}

void PrintDerivedFigures(Session& session, const RepeatedPtrField<Figure>& figures) {
  if (figures.empty()) return;
  Table table({Text("DERIVED"), Number("FIGURE")});
  for (const Figure& figure : figures) {
    table.AddRow({ShortName(figure.indicator()), FigureText(figure)});
  }
  session.console.out << "\n";
  table.Print(session.console.out);
}

}  // namespace thiduactl
