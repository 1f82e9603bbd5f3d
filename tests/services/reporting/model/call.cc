#include "tests/services/reporting/model/call.h"

#include <google/protobuf/text_format.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace reporting::model {
namespace {

std::string Text(const google::protobuf::Message& message) {
  google::protobuf::TextFormat::Printer printer;
  printer.SetSingleLineMode(true);
  printer.SetUseUtf8StringEscaping(true);
  std::string text;
  printer.PrintToString(message, &text);
  return absl::StrCat(absl::StripSuffix(message.GetDescriptor()->name(), "Request"), " { ", text,
                      "}");
}

std::string Text(const Restart& /*restart*/) { return "restart"; }

std::string Text(const Wait& wait) {
  return absl::StrCat("wait ", absl::FormatDuration(absl::Seconds(wait.seconds)));
}

std::string Text(const Import& import) {
  std::string text = "one stream of";
  for (const auto& item : import.items) absl::StrAppend(&text, " ", Text(item));
  return text;
}

}  // namespace

std::string Describe(const Call& call) {
  std::string text = absl::StrCat("#", call.number, " ");
  absl::StrAppend(&text,
                  std::visit([](const auto& request) { return Text(request); }, call.request));
  if (call.etag == Etag::kRight) absl::StrAppend(&text, ", right etag");
  if (call.etag == Etag::kStale) absl::StrAppend(&text, ", stale etag");
  if (call.commits_back > 0) absl::StrAppend(&text, ", known ", call.commits_back, " commits ago");
  if (call.resends >= 0) absl::StrAppend(&text, ", resends #", call.resends);
  return text;
}

std::string Describe(const std::vector<Call>& calls) {
  std::string text;
  for (const Call& call : calls) absl::StrAppend(&text, "  ", Describe(call), "\n");
  return text;
}

}  // namespace reporting::model
