#include "services/thiduactl/text_format.h"

#include <google/protobuf/io/tokenizer.h>

#include "absl/strings/str_cat.h"
#include "services/thiduactl/problem.h"

namespace thiduactl {
namespace {

using ::google::protobuf::TextFormat;

// Keeps the first error; those after it are mostly its consequences.
class FirstError : public google::protobuf::io::ErrorCollector {
 public:
  void AddError(int line, google::protobuf::io::ColumnNumber column,
                const std::string& message) override {
    if (!text_.empty()) return;
    text_ = absl::StrCat(line + 1, ":", column + 1, ": ", message);
  }

  const std::string& text() const { return text_; }

 private:
  std::string text_{};
};

}  // namespace

absl::Status ParseTextFormat(std::string_view text, const std::string& path,
                             google::protobuf::Message& message,
                             TextFormat::ParseInfoTree* places) {
  FirstError error;
  TextFormat::Parser parser;
  parser.RecordErrorsTo(&error);
  parser.WriteLocationsTo(places);
  if (parser.ParseFromString(std::string(text), &message)) return absl::OkStatus();
  return LocalProblem(absl::StrCat(path, ":", error.text()));
}

}  // namespace thiduactl
