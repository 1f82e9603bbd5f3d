#include "common/auth/policy.h"

#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/text_format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "common/text/text.h"

namespace common::auth {
namespace {

namespace v1 = ::thidua::access::v1;

constexpr int kCallsPerSecondMax = 1'000'000;
constexpr size_t kIdentityBytesMax = 500;
// What the services call a caller of whom they know nothing.
constexpr std::string_view kAnonymous = "anonymous";

// Keeps the first error; those after it are mostly its consequences.
class FirstError : public google::protobuf::io::ErrorCollector {
 public:
  void AddError(int line, google::protobuf::io::ColumnNumber column,
                const std::string& message) override {
    if (text_.empty()) text_ = absl::StrCat(line + 1, ":", column + 1, ": ", message);
  }

  const std::string& text() const { return text_; }

 private:
  std::string text_{};
};

absl::StatusOr<v1::Policy> ParseText(std::string_view text) {
  FirstError error;
  google::protobuf::TextFormat::Parser parser;
  parser.RecordErrorsTo(&error);
  v1::Policy policy;
  if (parser.ParseFromString(std::string(text), &policy)) return policy;
  return Error(absl::StatusCode::kInvalidArgument, kInvalidField, error.text());
}

// Whether `scope` is `form` with an id in each place of `{id}`.
bool HasForm(std::string_view scope, std::string_view form) {
  const std::vector<absl::string_view> parts = absl::StrSplit(sv(scope), '/');
  const std::vector<absl::string_view> form_parts = absl::StrSplit(sv(form), '/');
  const auto matches = [](absl::string_view part, absl::string_view form_part) {
    if (form_part != "{id}") return part == form_part;
    // With a letter before it, since the last part of the name of a year begins with a digit.
    return !part.empty() && IsResourceId(absl::StrCat("x", part));
  };
  return std::equal(parts.begin(), parts.end(), form_parts.begin(), form_parts.end(), matches);
}

// Finds all that is wrong with a policy.
class Checker {
 public:
  explicit Checker(const v1::Policy& policy) {
    CheckRate("calls_per_second", policy.calls_per_second());
    for (int i = 0; i < policy.principals_size(); ++i) {
      Check(absl::StrCat("principals[", i, "]"), policy.principals(i));
    }
  }

  const std::vector<FieldViolation>& violations() const { return violations_; }

 private:
  void Add(std::string field, std::string description) {
    violations_.push_back({.field = std::move(field), .description = std::move(description)});
  }

  void Check(const std::string& path, const v1::Principal& principal) {
    if (!IsResourceId(principal.name()) || principal.name() == kAnonymous) {
      Add(absl::StrCat(path, ".name"),
          "must be lower-case letters, digits and hyphens, begin with a letter, and not be "
          "`anonymous`");
    } else {
      CheckUnique(absl::StrCat(path, ".name"), principal.name(), names_);
    }
    for (int i = 0; i < principal.certificate_uris_size(); ++i) {
      CheckIdentity(absl::StrCat(path, ".certificate_uris[", i, "]"), principal.certificate_uris(i),
                    certificates_);
    }
    for (int i = 0; i < principal.token_subjects_size(); ++i) {
      CheckIdentity(absl::StrCat(path, ".token_subjects[", i, "]"), principal.token_subjects(i),
                    tokens_);
    }
    if (principal.certificate_uris().empty() && principal.token_subjects().empty()) {
      Add(path, "cannot be recognised: give certificate_uris or token_subjects");
    }
    for (int i = 0; i < principal.grants_size(); ++i) {
      CheckGrant(absl::StrCat(path, ".grants[", i, "]"), principal.grants(i));
    }
    CheckRate(absl::StrCat(path, ".calls_per_second"), principal.calls_per_second());
  }

  void CheckIdentity(const std::string& path, const std::string& identity,
                     std::set<std::string>& known) {
    if (identity.empty() || identity.size() > kIdentityBytesMax) {
      return Add(path, absl::StrCat("must have 1 to ", kIdentityBytesMax, " bytes"));
    }
    CheckUnique(path, identity, known);
  }

  void CheckUnique(const std::string& path, const std::string& value,
                   std::set<std::string>& known) {
    if (!known.insert(value).second) Add(path, absl::StrCat(value, " stands twice"));
  }

  void CheckGrant(const std::string& path, const v1::Grant& grant) {
    const auto* role = v1::Role_descriptor()->FindValueByNumber(grant.role());
    if (role == nullptr || grant.role() == v1::ROLE_UNSPECIFIED) {
      return Add(absl::StrCat(path, ".role"), "is required");
    }
    std::vector<std::string> forms;
    for (int i = 0; i < role->options().ExtensionSize(v1::scope_forms); ++i) {
      forms.push_back(role->options().GetExtension(v1::scope_forms, i));
      if (HasForm(grant.scope(), forms.back())) return;
    }
    Add(absl::StrCat(path, ".scope"),
        absl::StrCat("\"", grant.scope(), "\" is no scope of ", role->name(),
                     ", which has the form ", absl::StrJoin(forms, " or ")));
  }

  void CheckRate(const std::string& path, int calls_per_second) {
    if (calls_per_second >= 0 && calls_per_second <= kCallsPerSecondMax) return;
    Add(path, absl::StrCat("is not between 0 and ", kCallsPerSecondMax));
  }

  std::set<std::string> names_{};
  std::set<std::string> certificates_{};
  std::set<std::string> tokens_{};
  std::vector<FieldViolation> violations_{};
};

Principal ToPrincipal(const v1::Principal& proto, int default_rate) {
  Principal principal{
      .name = proto.name(),
      .grants = {},
      .calls_per_second = proto.calls_per_second() > 0 ? proto.calls_per_second() : default_rate};
  for (const v1::Grant& grant : proto.grants()) {
    principal.grants.push_back({.role = grant.role(), .scope = grant.scope()});
  }
  return principal;
}

template <typename Index>
typename Index::mapped_type Find(const Index& index, std::string_view key) {
  const auto found = index.find(key);
  return found == index.end() ? nullptr : found->second;
}

}  // namespace

absl::StatusOr<Policy> Policy::Parse(std::string_view text) {
  ASSIGN_OR_RETURN(const v1::Policy proto, ParseText(text));
  if (const Checker checker(proto); !checker.violations().empty()) {
    return InvalidFields(checker.violations());
  }
  Policy policy;
  for (const v1::Principal& each : proto.principals()) {
    const auto principal =
        std::make_shared<const Principal>(ToPrincipal(each, proto.calls_per_second()));
    for (const std::string& uri : each.certificate_uris()) policy.by_certificate_[uri] = principal;
    for (const std::string& subject : each.token_subjects()) policy.by_token_[subject] = principal;
    ++policy.size_;
  }
  return policy;
}

std::shared_ptr<const Principal> Policy::FindByCertificate(std::string_view uri) const {
  return Find(by_certificate_, uri);
}

std::shared_ptr<const Principal> Policy::FindByToken(std::string_view subject) const {
  return Find(by_token_, subject);
}

}  // namespace common::auth
