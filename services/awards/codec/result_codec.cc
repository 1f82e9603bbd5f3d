#include "services/awards/codec/result_codec.h"

#include <optional>

#include "common/decimal/rational.h"
#include "services/awards/codec/names.h"

namespace awards {
namespace {

namespace v1 = thidua::awards::v1;
using common::Rational;

// Prints points with the places of a rubric. Rounded points and totals have no more places, so
// nothing is rounded here.
class Printer {
 public:
  explicit Printer(const Rubric& rubric) : scale_(rubric.rounding.scale) {}

  std::string Print(const Rational& points) const {
    return points.ToFixed(scale_, common::RoundingMode::kHalfUp);
  }
  // Empty for a line that blocks the sheet.
  std::string Print(const std::optional<Rational>& points) const {
    return points.has_value() ? Print(*points) : "";
  }

 private:
  int scale_;
};

// An exact number as a fraction, another one as a decimal.
std::string Full(const Rational& number, bool is_exact) {
  constexpr int kPlaces = 18;
  return is_exact ? number.ToFraction() : number.ToTrimmed(kPlaces, common::RoundingMode::kHalfUp);
}
// Empty if there is none.
std::string Full(const std::optional<Rational>& number, bool is_exact) {
  return number.has_value() ? Full(*number, is_exact) : "";
}

std::string Fraction(const std::optional<Rational>& number) { return Full(number, true); }

void Write(const Input& input, v1::Input& proto) {
  proto.set_source(input.source);
  proto.set_number(input.number);
  proto.set_not_applicable(input.not_applicable);
  proto.set_target(input.target);
  proto.set_resource(input.from.resource);
  proto.set_revision(input.from.revision);
}

v1::ScoreLine::Basis BasisToProto(LineBasis basis) {
  switch (basis) {
    case LineBasis::kFormula:
      return v1::ScoreLine::BASIS_FORMULA;
    case LineBasis::kMissing:
      return v1::ScoreLine::BASIS_MISSING;
    case LineBasis::kNotApplicable:
      return v1::ScoreLine::BASIS_NOT_APPLICABLE;
    case LineBasis::kUndefined:
      return v1::ScoreLine::BASIS_UNDEFINED;
  }
  return v1::ScoreLine::BASIS_UNSPECIFIED;
}

void Write(const ScoreLine& line, const Printer& printer, v1::ScoreLine& proto) {
  proto.set_criterion(line.criterion);
  proto.set_max_points(line.max_points.ToString());
  proto.set_points(printer.Print(line.points));
  proto.set_full_points(Full(line.full_points, line.is_exact));
  proto.set_basis(BasisToProto(line.basis));
  for (const Input& input : line.inputs) Write(input, *proto.add_inputs());
  proto.set_working(line.working);
  proto.set_redistribution(Fraction(line.redistribution));
  proto.set_approximate(!line.is_exact);
  proto.set_problem(line.problem);
}

void Write(const GroupScore& group, const Printer& printer, v1::GroupScore& proto) {
  proto.set_id(group.id);
  // A sum of decimals with at most six places.
  proto.set_max_points(
      group.max_points.ToTrimmed(common::Decimal::kMaxScale, common::RoundingMode::kHalfUp));
  proto.set_points(printer.Print(group.points));
  for (const ScoreLine& line : group.lines) Write(line, printer, *proto.add_lines());
  for (const GroupScore& child : group.groups) Write(child, printer, *proto.add_groups());
  proto.set_full_points(Full(group.full_points, group.is_exact));
  proto.set_approximate(!group.is_exact);
  proto.set_working(group.working);
  proto.set_redistribution(Fraction(group.redistribution));
}

v1::Blocker::Reason ReasonToProto(Blocker::Reason reason) {
  switch (reason) {
    case Blocker::Reason::kMissing:
      return v1::Blocker::REASON_MISSING;
    case Blocker::Reason::kNotApplicable:
      return v1::Blocker::REASON_NOT_APPLICABLE;
    case Blocker::Reason::kUndefined:
      return v1::Blocker::REASON_UNDEFINED;
    case Blocker::Reason::kTooLittleData:
      return v1::Blocker::REASON_TOO_LITTLE_DATA;
  }
  return v1::Blocker::REASON_UNSPECIFIED;
}

void Write(const Totals& totals, const Printer& printer, v1::ScoreSheet& proto) {
  proto.set_base_total(printer.Print(totals.base));
  proto.set_bonus(printer.Print(totals.bonus));
  proto.set_penalty(printer.Print(totals.penalty));
  proto.set_total(printer.Print(totals.total));
  proto.set_full_total(Full(totals.full_total, totals.is_exact));
  proto.set_approximate(!totals.is_exact);
}

}  // namespace

v1::ScoreSheet ToProto(const Round& round, const Category& category, const Rubric& rubric,
                       const ScoreSheet& sheet) {
  const Printer printer(rubric);
  v1::ScoreSheet proto;
  proto.set_name(ScoreSheetName(round.name, sheet.unit));
  proto.set_unit(sheet.unit);
  proto.set_category(category.id);
  proto.set_rubric(sheet.rubric);
  proto.set_state(sheet.totals ? v1::ScoreSheet::STATE_SCORED : v1::ScoreSheet::STATE_BLOCKED);
  for (const GroupScore& group : sheet.groups) Write(group, printer, *proto.add_groups());
  for (const ScoreLine& line : sheet.bonus_lines) Write(line, printer, *proto.add_bonus_lines());
  for (const ScoreLine& line : sheet.penalty_lines) {
    Write(line, printer, *proto.add_penalty_lines());
  }
  if (sheet.totals) Write(*sheet.totals, printer, proto);
  proto.set_tier(sheet.tier);
  for (const Blocker& blocker : sheet.blockers) {
    v1::Blocker& added = *proto.add_blockers();
    added.set_source(blocker.source);
    added.set_reason(ReasonToProto(blocker.reason));
    added.set_detail(blocker.detail);
  }
  for (const Pin& pin : sheet.pins) {
    v1::Pin& added = *proto.add_pins();
    added.set_resource(pin.resource);
    added.set_revision(pin.revision);
    added.set_content_hash(pin.content_hash);
  }
  return proto;
}

v1::Standing ToProto(const Round& round, const Rubric& rubric, const Standing& standing) {
  const Printer printer(rubric);
  v1::Standing proto;
  proto.set_unit(standing.unit);
  proto.set_rank(standing.rank);
  if (standing.totals) {
    proto.set_base_total(printer.Print(standing.totals->base));
    proto.set_bonus(printer.Print(standing.totals->bonus));
    proto.set_penalty(printer.Print(standing.totals->penalty));
    proto.set_total(printer.Print(standing.totals->total));
  }
  proto.set_decided_by(standing.decided_by);
  proto.set_unresolved_tie(standing.unresolved_tie);
  proto.set_score_sheet(ScoreSheetName(round.name, standing.unit));
  proto.set_rank_text(standing.rank_text);
  proto.set_tier(standing.tier);
  return proto;
}

}  // namespace awards
