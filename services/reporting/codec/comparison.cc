#include "services/reporting/codec/comparison.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "common/status/reasons.h"
#include "services/reporting/codec/fields.h"

namespace reporting {
namespace {

namespace v1 = ::thidua::reporting::v1;

Content ParseContent(std::string_view path, const v1::Content& message, Violations& violations) {
  Content content;
  content.submission =
      violations.Take(Join(path, "submission"), SubmissionId::Parse(message.submission()));
  content.revision = message.revision();
  if (content.revision < 0) {
    violations.Add(Join(path, "revision"), common::kInvalidField, "must not be negative");
  }
  return content;
}

void CheckSameForm(const Comparison& comparison, Violations& violations) {
  constexpr std::string_view kPath = "base_content.submission";
  const FormId& form = comparison.content.submission.form;
  if (violations.Has(kPath) || violations.Has("content.submission")) return;
  if (comparison.base.submission.form == form) return;
  violations.Add(kPath, common::kInvalidField,
                 absl::StrCat("must be made with ", form.ToName(), ", as the content is"));
}

}  // namespace

v1::FigureChange ToProto(const FigureChange& change) {
  v1::FigureChange message;
  message.set_indicator(change.indicator.ToName());
  if (change.before.has_value()) *message.mutable_before() = ToProto(*change.before);
  if (change.after.has_value()) *message.mutable_after() = ToProto(*change.after);
  message.set_difference(change.difference);
  message.set_percent(change.percent);
  return message;
}

Comparison ParseComparison(const v1::CompareSubmissionsRequest& request, Violations& violations) {
  Comparison comparison;
  switch (request.base_case()) {
    case v1::CompareSubmissionsRequest::kBaseContent:
      comparison.base = ParseContent("base_content", request.base_content(), violations);
      break;
    case v1::CompareSubmissionsRequest::kLastAccepted:
      comparison.with_last_accepted = request.last_accepted();
      if (!comparison.with_last_accepted) {
        violations.Add("last_accepted", common::kInvalidField,
                       "must be true if present; give a base content instead");
      }
      break;
    case v1::CompareSubmissionsRequest::BASE_NOT_SET:
      violations.Add("base_content", common::kRequiredFieldMissing,
                     "say what to compare with: a base content, or the last accepted one");
      break;
  }
  comparison.content = ParseContent("content", request.content(), violations);
  if (request.has_base_content()) CheckSameForm(comparison, violations);
  return comparison;
}

}  // namespace reporting
