// What scoring a round anew would change.
#ifndef THIDUA_SERVICES_AWARDS_DOMAIN_RESTATEMENT_H_
#define THIDUA_SERVICES_AWARDS_DOMAIN_RESTATEMENT_H_

#include <set>
#include <span>
#include <string>
#include <vector>

namespace awards {

// A line as it is shown.
struct ShownLine {
  std::string criterion{};
  std::string points{};
  std::string working{};
};

// The place of a unit as it is shown.
struct ShownPlace {
  std::string unit{};
  // Empty if it has none.
  std::string total{};
  // 0 if it has none.
  int rank = 0;
  // In the rubric's order.
  std::vector<ShownLine> lines{};
};

struct LineChange {
  // Either may be empty, if the rubric has the line only there.
  ShownLine before{};
  ShownLine after{};
};

// Before or after is empty, but for the unit's name, for a unit that comes or goes.
struct PlaceChange {
  ShownPlace before{};
  ShownPlace after{};
  std::vector<LineChange> lines{};
};

// The units whose total, rank or points of a line differ, in the byte order of their names, and of
// each the lines whose points differ. The order of the arguments does not matter.
std::vector<PlaceChange> ChangedPlaces(std::span<const ShownPlace> before,
                                       std::span<const ShownPlace> after);

// What is in `a` and not in `b`, in byte order.
std::vector<std::string> Without(const std::set<std::string>& a, const std::set<std::string>& b);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_DOMAIN_RESTATEMENT_H_
