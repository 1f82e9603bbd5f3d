// Everything wrong with one request, gathered over parsing and checking, so that a caller learns
// all of it at once.
//
// How a request is read: the codec parses each field into a Violations, at the path the field has
// in the request; a field that cannot be parsed keeps its empty value. The domain's function gets
// the values together with the Violations, checks on, and fails with all of it. A path is reported
// once, by whoever saw it first, so an empty value that stands for a field already reported does no
// harm.
#ifndef THIDUA_SERVICES_REPORTING_DOMAIN_VIOLATIONS_H_
#define THIDUA_SERVICES_REPORTING_DOMAIN_VIOLATIONS_H_

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/status/error.h"

namespace reporting {

class Violations {
 public:
  // Adds a field at fault, unless `path` has been reported. `reason` is a value of
  // `thidua.type.v1.ErrorReason` without its prefix.
  void Add(std::string_view path, std::string_view reason, std::string_view description);

  // Adds one thing wrong with a field that may have several, each of which is to be told.
  void AddAnother(std::string_view path, std::string_view reason, std::string_view description);

  // Adds what is wrong with the part of the request at `path`: an INVALID_ARGUMENT made by
  // common::InvalidField, or any other error under its own reason. OK adds nothing.
  void AddError(std::string_view path, const absl::Status& status);

  // The parsed value; if it failed, adds why and returns an empty value.
  //   unit.parent = violations.Take("unit.parent", UnitId::Parse(message.parent()));
  template <typename T>
  T Take(std::string_view path, absl::StatusOr<T> parsed) {
    if (parsed.ok()) return *std::move(parsed);
    AddError(path, parsed.status());
    return T{};
  }

  // Adds everything of `other` that is not reported yet.
  void Append(const Violations& other);

  // Whether `path` or anything below it has been reported.
  bool Has(std::string_view path) const;

  bool empty() const { return list_.empty(); }
  const std::vector<common::FieldViolation>& list() const { return list_; }

  // INVALID_ARGUMENT for all of it, under the first violation's reason; OK if there is none.
  absl::Status ToStatus() const;

 private:
  std::vector<common::FieldViolation> list_;
  std::set<std::string, std::less<>> paths_;
};

// `root` and `field` as a path, and `list[index]`.
std::string Join(std::string_view root, std::string_view field);
std::string Item(std::string_view list, size_t index);

// `text` in quotation marks for a message, cut off after 64 bytes.
std::string Quote(std::string_view text);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_DOMAIN_VIOLATIONS_H_
