// Everything wrong with one request, gathered over parsing and checking, so that a caller learns
// all of it at once.
//
// How a request is read: the codec parses each field and adds what cannot be parsed, at the path
// the field has in the request; such a field keeps its empty value. The domain's check gets the
// values together with these violations and adds its own. A path is reported once, by whoever saw
// it first, so an empty value that stands for a field already reported does no harm.
#ifndef THIDUA_SERVICES_AWARDS_DOMAIN_VIOLATIONS_H_
#define THIDUA_SERVICES_AWARDS_DOMAIN_VIOLATIONS_H_

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/status/error.h"

namespace awards {

class Violations {
 public:
  // Adds a field at fault, unless `path` has been reported. `reason` is a value of
  // `thidua.type.v1.ErrorReason` without its prefix.
  void Add(std::string_view path, std::string_view reason, std::string_view description);

  // The parsed value; if it failed, adds why and returns an empty value.
  //   criterion.max_points = violations.Take(path + ".max_points", Decimal::Parse(text));
  template <typename T>
  T Take(std::string_view path, absl::StatusOr<T> parsed) {
    if (parsed.ok()) return *std::move(parsed);
    AddError(path, parsed.status());
    return T{};
  }

  // Adds what is wrong with the part of the request at `path`, with the reason `error` has.
  void AddError(std::string_view path, const absl::Status& error);

  // Whether exactly this path has been reported.
  bool Has(std::string_view path) const;

  bool empty() const { return list_.empty(); }
  // In the order they were found.
  const std::vector<common::FieldViolation>& list() const { return list_; }

  // INVALID_ARGUMENT for all of it, under the first violation's reason; OK if there is none.
  absl::Status ToStatus() const;

  // INVALID_ARGUMENT for all of it, under `reason`; OK if there is none.
  absl::Status ToStatus(std::string_view reason) const;

 private:
  std::vector<common::FieldViolation> list_{};
  std::set<std::string, std::less<>> paths_{};
};

// `root`.`field`, and `list`[`index`].
std::string Join(std::string_view root, std::string_view field);
std::string Item(std::string_view list, size_t index);

// Whether `name` is `collection`/{id} with an id formed like common::IsResourceId, or, for the
// second, like common::IsCode.
bool IsNameIn(std::string_view collection, std::string_view name);
bool IsIndicatorName(std::string_view name);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_DOMAIN_VIOLATIONS_H_
