// The points of one unit, line by line. Mirrors proto/thidua/awards/v1/score_sheet.proto.
//
// Everything is exact; nothing depends on time or on the order of inputs.
#ifndef THIDUA_SERVICES_AWARDS_DOMAIN_SCORE_H_
#define THIDUA_SERVICES_AWARDS_DOMAIN_SCORE_H_

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "common/decimal/decimal.h"
#include "common/decimal/rational.h"
#include "services/awards/domain/inputs.h"
#include "services/awards/domain/rubric.h"

namespace awards {

struct CategoryField;

// One thing that went into a line, as the contract shows it.
struct Input {
  // `indicators/{code}`, `indicators/{code}/lastYear`, `reports`, `events`, `restatements`,
  // `appraisal` or `criteria/{id}`.
  std::string source{};
  // A decimal; empty if missing or not applicable.
  std::string number{};
  bool not_applicable = false;
  // A decimal; empty if the formula compares with none or there is none.
  std::string target{};
  // Where `number` was read from, or `target` if there is no figure.
  Source from{};

  bool operator==(const Input&) const = default;
};

// How a line came to its points.
enum class LineBasis { kFormula, kMissing, kNotApplicable, kUndefined };

// How much a sheet tells. Points are the same.
enum class Detail {
  // Points and what they are based on; no inputs and no texts, and no exact sums of groups and
  // totals unless the rubric ranks by them: adding up dozens of fractions takes longer than all the
  // rest. For many units at once.
  kPoints,
  // Everything.
  kExplained,
};

struct ScoreLine {
  std::string criterion{};
  common::Decimal max_points{};
  // Rounded; empty if the line blocks the sheet.
  std::optional<common::Rational> points{};
  // Exact; empty if the line blocks the sheet.
  std::optional<common::Rational> full_points{};
  LineBasis basis = LineBasis::kFormula;
  // In the order of the formula.
  std::vector<Input> inputs{};
  // The arithmetic before redistribution, such as `10 × min(1, 18 / 20)`.
  std::string working{};
  // What the line's points were multiplied by because others of the group dropped out.
  std::optional<common::Rational> redistribution{};
  // False if `full_points` holds a logarithm or root rounded to 36 digits.
  bool is_exact = true;
  // Why the formula cannot be computed, for kUndefined.
  std::string problem{};
};

struct GroupScore {
  std::string id{};
  common::Rational max_points{};
  // Rounded; empty if a line in it blocks the sheet.
  std::optional<common::Rational> points{};
  std::vector<ScoreLine> lines{};
  std::vector<GroupScore> groups{};
  // From exact children; empty with `points`, and where Detail::kPoints leaves it out.
  std::optional<common::Rational> full_points{};
  bool is_exact = true;
  // The arithmetic with rounded children, before redistribution; empty for a sum that is not
  // capped.
  std::string working{};
  std::optional<common::Rational> redistribution{};
};

// Why a sheet is BLOCKED.
struct Blocker {
  enum class Reason { kMissing, kNotApplicable, kUndefined, kTooLittleData };

  // `criteria/{id}`, `groups/{id}`, or `rubric`.
  std::string source{};
  Reason reason = Reason::kMissing;
  std::string detail{};

  bool operator==(const Blocker&) const = default;
};

struct Totals {
  // Rounded lines of the groups.
  common::Rational base{};
  // Rounded lines of the bonus, at most its cap; the same for the penalty, which is positive.
  common::Rational bonus{};
  common::Rational penalty{};
  // base + bonus - penalty.
  common::Rational total{};
  // The same from exact lines; 0 where Detail::kPoints leaves it out.
  common::Rational full_total{};
  // False if a logarithm or root is in `full_total`.
  bool is_exact = true;
};

struct ScoreSheet {
  std::string unit{};
  // `rubrics/{rubric}`.
  std::string rubric{};
  // Places after the point with which rounded points are printed.
  int scale = 0;
  std::vector<GroupScore> groups{};
  std::vector<ScoreLine> bonus_lines{};
  std::vector<ScoreLine> penalty_lines{};
  // Empty if the sheet is BLOCKED.
  std::optional<Totals> totals{};
  // Sorted, each once.
  std::vector<Pin> pins{};
  // The id of the class; empty if there is none.
  std::string tier{};
  // In the order of the rubric; empty unless the sheet is BLOCKED.
  std::vector<Blocker> blockers{};
};

// The sheet of one unit of a category that `field` describes (see field.h). `rubric` must have
// passed ValidateRubric. A line's points are kept between 0 and its maximum, whatever figures were
// reported, but for goalposts that do not clip; redistribution comes after that.
ScoreSheet Score(const Rubric& rubric, const UnitInputs& inputs, const CategoryField& field,
                 Detail detail = Detail::kExplained);

// The same if the unit is the only one of its category.
ScoreSheet Score(const Rubric& rubric, const UnitInputs& inputs);

// The sheets of all units of one category, in their order, on which nothing else depends.
std::vector<ScoreSheet> ScoreCategory(const Rubric& rubric,
                                      std::span<const UnitInputs* const> units,
                                      Detail detail = Detail::kExplained);

// SHA-256 in hex over all pins of all sheets. Equal pins have equal hashes, in whatever order the
// sheets stand; a pin that many sheets share counts once.
std::string SnapshotHash(std::span<const ScoreSheet> sheets);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_DOMAIN_SCORE_H_
