#include "services/thiduactl/submission_text.h"

#include "absl/strings/str_cat.h"
#include "services/thiduactl/findings.h"
#include "services/thiduactl/names.h"
#include "services/thiduactl/table.h"
#include "services/thiduactl/times.h"

namespace thiduactl {
namespace {

namespace reporting = ::thidua::reporting::v1;

// A line `label: text`; none where there is no text.
void PrintFact(std::ostream& out, const char* label, const std::string& text) {
  if (!text.empty()) out << label << ": " << text << "\n";
}

std::string ReceiptText(const reporting::Submission& submission) {
  if (!submission.has_receive_time()) return "";
  return absl::StrCat(TimeText(submission.receive_time()), ", ",
                      EnumWord(submission.timeliness()),
                      submission.transcribed() ? ", transcribed" : "");
}

void PrintReturnReason(std::ostream& out, const reporting::ReturnReason& reason) {
  out << "returned by " << reason.reviewer() << ": " << reason.reason() << "\n";
  for (const reporting::FigureReason& figure : reason.figures()) {
    out << "  " << ShortName(figure.indicator()) << ": " << figure.reason() << "\n";
  }
}

void PrintFigures(std::ostream& out, const reporting::Submission& submission) {
  if (submission.figures().empty()) return;
  Table table({Text("INDICATOR"), Number("FIGURE"), Text("NOTE").Optional()});
  for (const thidua::type::v1::Figure& figure : submission.figures()) {
    table.AddRow({ShortName(figure.indicator()), FigureText(figure), figure.note()});
  }
  out << "\n";
  table.Print(out);
}

}  // namespace

std::string SubmissionLine(const reporting::Submission& submission) {
  std::string line = absl::StrCat(submission.name(), "  ", EnumWord(submission.state()));
  if (submission.revision() > 0) absl::StrAppend(&line, "  revision ", submission.revision());
  return line;
}

std::string VerdictText(const reporting::Submission& submission) {
  if (submission.has_return_reason()) {
    return absl::StrCat("returned by ", submission.return_reason().reviewer(), ": ",
                        submission.return_reason().reason());
  }
  for (const reporting::Restatement& restatement : submission.restatements()) {
    if (restatement.revision() == submission.revision()) {
      return absl::StrCat("restated, approved by ", restatement.approver(), ": ",
                          restatement.reason());
    }
  }
  return "";
}

void PrintSubmission(Session& session, const reporting::Submission& submission) {
  std::ostream& out = session.console.out;
  out << SubmissionLine(submission);
  if (submission.accepted_revision() > 0) {
    out << "  accepted revision " << submission.accepted_revision();
  }
  out << "\n";
  PrintFact(out, "received", ReceiptText(submission));
  PrintFact(out, "author", submission.author());
  PrintFact(out, "source", submission.source());
  PrintFact(out, "cluster year", submission.cluster_year());
  if (submission.form_version() > 0) {
    out << "form version: " << submission.form_version() << "\n";
  }
  PrintFact(out, "content", submission.content_hash());
  PrintFact(out, "etag", submission.etag());
  if (submission.has_return_reason()) PrintReturnReason(out, submission.return_reason());
  for (const reporting::Restatement& restatement : submission.restatements()) {
    out << "restated " << TimeText(restatement.time()) << " as revision " << restatement.revision()
        << ", approved by " << restatement.approver() << ": " << restatement.reason() << "\n";
  }
  PrintFigures(out, submission);
  PrintDerivedFigures(session, submission.derived_figures());
  PrintFindings(session, submission.findings());
}

}  // namespace thiduactl
