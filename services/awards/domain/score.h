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

// One thing that went into a line, as the contract shows it.
struct Input {
  // `indicators/{code}`, `reports`, `events`, `restatements`, `appraisal` or `criteria/{id}`.
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
enum class LineBasis { kFormula, kMissing, kNotApplicable };

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
};

struct GroupScore {
  std::string id{};
  common::Rational max_points{};
  // Sum of the rounded lines; empty if a line blocks the sheet.
  std::optional<common::Rational> points{};
  std::vector<ScoreLine> lines{};
};

struct Totals {
  // Rounded lines of the groups.
  common::Rational base{};
  // Rounded lines of the bonus, at most its cap; the same for the penalty, which is positive.
  common::Rational bonus{};
  common::Rational penalty{};
  // base + bonus - penalty.
  common::Rational total{};
  // The same from exact lines.
  common::Rational full_total{};
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
};

// The sheet of one unit. `rubric` must have passed ValidateRubric. A line's points are kept between
// 0 and its maximum, whatever figures were reported; redistribution comes after that.
ScoreSheet Score(const Rubric& rubric, const UnitInputs& inputs);

// SHA-256 in hex over all pins of all sheets. Equal pins have equal hashes, in whatever order the
// sheets stand; a pin that many sheets share counts once.
std::string SnapshotHash(std::span<const ScoreSheet> sheets);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_DOMAIN_SCORE_H_
