#include "tests/services/reporting/model/compare.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/util/message_differencer.h>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/storage/token.h"

namespace reporting::model {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// The service's own word for what `field` says in both messages; what is expected if they do not
// fit.
std::string WordOf(const Message& message, const FieldDescriptor& field,
                   const std::string& expected, const std::string& actual, Book& book) {
  if (field.name() == "commit_token") {
    const auto position = common::storage::DecodePosition(actual);
    const bool fits = position.ok() && absl::StrCat("@", position->sequence) == expected;
    return fits ? actual : expected;
  }
  std::string scope = "content";
  if (field.name() == "etag") {
    const auto* name = message.GetDescriptor()->FindFieldByName("name");
    scope = message.GetReflection()->GetString(message, name);
  }
  return book.Match(scope, expected, actual) ? actual : expected;
}

bool IsOpaque(const FieldDescriptor& field) {
  return field.name() == "etag" || field.name() == "content_hash" || field.name() == "commit_token";
}

// Puts the service's words into `expected`, where the contract leaves them to it.
void Align(Message& expected, const Message& actual, Book& book) {
  const auto* reflection = expected.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(expected, &fields);
  if (expected.GetDescriptor()->name() == "Finding") {
    const auto* message = expected.GetDescriptor()->FindFieldByName("message");
    reflection->MutableMessage(&expected, message)
        ->CopyFrom(reflection->GetMessage(actual, message));
  }
  for (const FieldDescriptor* field : fields) {
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING && IsOpaque(*field)) {
      const std::string word = WordOf(expected, *field, reflection->GetString(expected, field),
                                      reflection->GetString(actual, field), book);
      reflection->SetString(&expected, field, word);
    }
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated()) {
      Align(*reflection->MutableMessage(&expected, field), reflection->GetMessage(actual, field),
            book);
      continue;
    }
    const int size = reflection->FieldSize(expected, field);
    for (int i = 0; i < size && i < reflection->FieldSize(actual, field); ++i) {
      Align(*reflection->MutableRepeatedMessage(&expected, field, i),
            reflection->GetRepeatedMessage(actual, field, i), book);
    }
  }
}

}  // namespace

bool Book::Match(const std::string& scope, const std::string& expected, const std::string& actual) {
  const auto by_expected = actual_.try_emplace({scope, expected}, actual).first;
  const auto by_actual = expected_.try_emplace({scope, actual}, expected).first;
  return by_expected->second == actual && by_actual->second == expected;
}

std::string Book::WordFor(const std::string& scope, const std::string& expected,
                          const std::string& otherwise) const {
  const auto found = actual_.find({scope, expected});
  return found == actual_.end() ? otherwise : found->second;
}

std::string DifferenceOf(Message& expected, const Message& actual, Book& book) {
  Align(expected, actual, book);
  if (expected.SerializeAsString() == actual.SerializeAsString()) return "";
  std::string report;
  google::protobuf::util::MessageDifferencer differencer;
  differencer.ReportDifferencesToString(&report);
  return differencer.Compare(expected, actual) ? "" : report;
}

std::string DifferenceOf(const Faults& faults, const absl::Status& actual) {
  const std::string reason = common::DetailOf(actual).reason;
  std::string wanted = faults.empty() ? "success" : "";
  for (const Fault& fault : faults.all()) {
    if (fault.code == actual.code() && fault.reason == reason) return "";
    absl::StrAppend(&wanted, wanted.empty() ? "" : " or ", absl::StatusCodeToString(fault.code),
                    " ", fault.reason);
  }
  return absl::StrCat("expected ", wanted, "\nanswered ", actual.ToString(), " ", reason, "\n");
}

}  // namespace reporting::model
