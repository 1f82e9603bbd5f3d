#include "services/awards/reporting_client/submission_facts.h"

#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "common/decimal/decimal.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/text/sha256.h"
#include "services/awards/codec/names.h"

namespace awards {
namespace {

namespace v1 = thidua::reporting::v1;
using common::sv;

bool IsAccepted(const v1::Submission& submission) {
  return submission.state() == v1::Submission::STATE_ACCEPTED ||
         submission.state() == v1::Submission::STATE_LOCKED;
}

// How far a submission counts. Locking changes nothing about it.
std::string_view Standing(const v1::Submission& submission) {
  if (IsAccepted(submission)) return "accepted";
  return submission.state() == v1::Submission::STATE_RETURNED ? "returned" : "received";
}

}  // namespace

std::string SubmissionName(std::string_view unit, std::string_view form, std::string_view period,
                           v1::ValueKind value_kind) {
  const std::string_view kind = value_kind == v1::VALUE_KIND_ESTIMATE ? ".estimate" : ".final";
  return absl::StrCat(sv(unit), "/submissions/", sv(LastPart(form)), ".", sv(period), sv(kind));
}

std::string HashOf(std::initializer_list<std::string_view> parts) {
  std::string content;
  for (const std::string_view part : parts) absl::StrAppend(&content, sv(part), "\n");
  return common::Sha256Hex(content);
}

bool IsHandedIn(const v1::Submission& submission) {
  return submission.state() != v1::Submission::STATE_DRAFT &&
         submission.state() != v1::Submission::STATE_WITHDRAWN;
}

Pin PinOf(const std::string& name, const v1::Submission* submission) {
  if (submission == nullptr) return {.resource = name, .revision = 0, .content_hash = ""};
  return {.resource = name,
          .revision = submission->revision(),
          .content_hash = HashOf({Standing(*submission), submission->content_hash(),
                                  v1::Timeliness_Name(submission->timeliness()),
                                  absl::StrCat(submission->restatements_size())})};
}

void CountReport(const v1::Submission* submission, ReportCounts& counts) {
  ++counts.required;
  if (submission == nullptr || submission->state() == v1::Submission::STATE_RETURNED) {
    ++counts.missing;
  } else if (submission->timeliness() == v1::TIMELINESS_ON_TIME) {
    ++counts.on_time;
  } else if (submission->timeliness() == v1::TIMELINESS_IN_GRACE) {
    ++counts.in_grace;
  } else {
    ++counts.late;
  }
}

absl::Status TakeFigures(const v1::Submission& submission, UnitInputs& inputs) {
  if (!IsAccepted(submission)) return absl::OkStatus();
  for (const thidua::type::v1::Figure& figure : submission.figures()) {
    Figure taken{.number = {},
                 .source = {.resource = submission.name(), .revision = submission.revision()}};
    if (figure.state_case() == thidua::type::v1::Figure::kNumber) {
      absl::StatusOr<common::Decimal> number = common::Decimal::Parse(figure.number());
      if (!number.ok()) {
        return common::Error(absl::StatusCode::kDataLoss, common::kDataCorrupt,
                             "a figure cannot be read")
            .With("name", submission.name())
            .With("indicator", figure.indicator());
      }
      taken.number = *std::move(number);
    }
    inputs.figures.insert_or_assign(figure.indicator(), std::move(taken));
  }
  return absl::OkStatus();
}

}  // namespace awards
