// Finding the figures and targets of many units by the indicators of one rubric.
//
// A rubric asks each unit for the same few dozen indicators, some of them more than once. So they
// are numbered once, a unit's figures and targets are put in that order in one pass, and a formula
// finds them by number.
#ifndef THIDUA_SERVICES_AWARDS_DOMAIN_COLUMNS_H_
#define THIDUA_SERVICES_AWARDS_DOMAIN_COLUMNS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "services/awards/domain/inputs.h"
#include "services/awards/domain/rubric.h"

namespace awards {

// The indicators of a rubric, numbered in the byte order of their names.
class IndicatorColumns {
 public:
  IndicatorColumns() = default;
  explicit IndicatorColumns(const Rubric& rubric);
  IndicatorColumns(IndicatorColumns&&) = default;
  IndicatorColumns& operator=(IndicatorColumns&&) = default;

  const std::vector<std::string>& names() const { return names_; }

  // The number of an indicator; names().size() if the rubric does not have it.
  size_t Find(std::string_view indicator) const;

 private:
  std::vector<std::string> names_{};
  // Keys point into `names_`.
  std::unordered_map<std::string_view, size_t> numbers_{};
};

// One unit's inputs, with its figures and targets in columns. Valid as long as both arguments.
class UnitColumns {
 public:
  UnitColumns(const UnitInputs& inputs, const IndicatorColumns& columns);

  const UnitInputs& inputs() const { return inputs_; }

  // The figure, or target, of `indicators/{code}`; null if there is none. Indicators that are not
  // in the columns are looked up one by one.
  const Figure* FindFigure(const std::string& indicator) const;
  const Target* FindTarget(const std::string& indicator) const;

 private:
  const UnitInputs& inputs_;
  const IndicatorColumns& columns_;
  // By number.
  std::vector<const Figure*> figures_;
  std::vector<const Target*> targets_;
};

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_DOMAIN_COLUMNS_H_
