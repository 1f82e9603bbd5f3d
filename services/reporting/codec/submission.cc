#include "services/reporting/codec/submission.h"

#include "services/reporting/codec/enums.h"
#include "services/reporting/codec/fields.h"
#include "services/reporting/codec/stored.h"

namespace reporting {
namespace {

namespace v1 = ::thidua::reporting::v1;

v1::ReturnReason ToProto(const ReturnReason& reason) {
  v1::ReturnReason message;
  message.set_reviewer(reason.reviewer);
  message.set_reason(reason.reason);
  for (const FigureReason& figure : reason.figures) {
    v1::FigureReason& added = *message.add_figures();
    added.set_indicator(figure.indicator.ToName());
    added.set_reason(figure.reason);
  }
  return message;
}

v1::Restatement ToProto(const Restatement& restatement) {
  v1::Restatement message;
  message.set_revision(restatement.revision);
  message.set_reason(restatement.reason);
  message.set_approver(restatement.approver);
  *message.mutable_time() = ToTimestamp(restatement.time);
  return message;
}

Restatement DecodeRestatement(const v1::Restatement& message, Violations& violations) {
  Restatement restatement;
  restatement.revision = message.revision();
  restatement.reason = message.reason();
  restatement.approver = message.approver();
  restatement.time = violations.Take("restatements.time", ParseTimestamp(message.time()));
  return restatement;
}

}  // namespace

v1::Submission ToProto(const Submission& submission) {
  v1::Submission message;
  message.set_name(submission.id.ToName());
  message.set_unit(submission.id.unit.ToName());
  message.set_form(submission.id.form.ToName());
  message.set_period(submission.id.period.ToString());
  message.set_value_kind(ToProto(submission.id.value_kind));
  message.set_cluster_year(submission.cluster_year.ToName());
  message.set_state(ToProto(submission.state));
  message.set_revision(submission.revision);
  for (const Figure& figure : submission.figures) *message.add_figures() = ToProto(figure);
  message.set_content_hash(submission.content_hash);
  message.set_source(submission.source);
  message.set_author(submission.author);
  if (submission.receive_time.has_value()) {
    *message.mutable_receive_time() = ToTimestamp(*submission.receive_time);
  }
  message.set_transcribed(submission.transcribed);
  message.set_timeliness(ToProto(submission.timeliness));
  if (submission.return_reason.has_value()) {
    *message.mutable_return_reason() = ToProto(*submission.return_reason);
  }
  for (const Restatement& restatement : submission.restatements) {
    *message.add_restatements() = ToProto(restatement);
  }
  message.set_accepted_revision(submission.accepted_revision);
  return message;
}

Report ParseReport(std::string_view path, const v1::Report& message, Violations& violations) {
  Report report;
  report.unit = violations.Take(Join(path, "unit"), UnitId::Parse(message.unit()));
  report.form = violations.Take(Join(path, "form"), FormId::Parse(message.form()));
  report.period = violations.Take(Join(path, "period"), Period::Parse(message.period()));
  report.value_kind =
      ParseEnum<ValueKind>(Join(path, "value_kind"), message.value_kind(), violations);
  report.figures = ParseFigures(Join(path, "figures"), message.figures(), violations);
  report.source = message.source();
  report.author = message.author();
  if (message.has_receive_time()) {
    report.receive_time =
        violations.Take(Join(path, "receive_time"), ParseTimestamp(message.receive_time()));
  }
  return report;
}

ReturnReason ParseReturnReason(std::string_view path, const v1::ReturnReason& message,
                               Violations& violations) {
  const std::string list = Join(path, "figures");
  ReturnReason reason;
  reason.reviewer = message.reviewer();
  reason.reason = message.reason();
  for (const v1::FigureReason& figure : message.figures()) {
    const std::string indicator = Join(Item(list, reason.figures.size()), "indicator");
    reason.figures.push_back(
        {.indicator = violations.Take(indicator, IndicatorId::Parse(figure.indicator())),
         .reason = figure.reason()});
  }
  return reason;
}

Submission Decode(const v1::Submission& message, Violations& violations) {
  Submission submission;
  submission.id = violations.Take("name", SubmissionId::Parse(message.name()));
  submission.cluster_year =
      violations.Take("cluster_year", ClusterYearId::Parse(message.cluster_year()));
  submission.state = ParseEnum<SubmissionState>("state", message.state(), violations);
  submission.revision = message.revision();
  submission.figures = ParseFigures("figures", message.figures(), violations);
  submission.content_hash = message.content_hash();
  submission.source = message.source();
  submission.author = message.author();
  if (message.has_receive_time()) {
    submission.receive_time =
        violations.Take("receive_time", ParseTimestamp(message.receive_time()));
  }
  submission.transcribed = message.transcribed();
  submission.timeliness = ParseEnum<Timeliness>("timeliness", message.timeliness(), violations);
  if (message.has_return_reason()) {
    submission.return_reason =
        ParseReturnReason("return_reason", message.return_reason(), violations);
  }
  for (const v1::Restatement& restatement : message.restatements()) {
    submission.restatements.push_back(DecodeRestatement(restatement, violations));
  }
  submission.accepted_revision = message.accepted_revision();
  return submission;
}

}  // namespace reporting
