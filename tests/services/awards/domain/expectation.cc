#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "common/decimal/rational.h"
#include "services/awards/domain/nomination.h"
#include "services/awards/domain/ranking.h"
#include "services/awards/domain/score.h"
#include "tests/services/awards/domain/case_file.h"

namespace awards {
namespace {

using common::Rational;
using common::RoundingMode;

std::string Or(std::string_view text, std::string_view otherwise) {
  return std::string(text.empty() ? otherwise : text);
}

std::string WithoutCollection(const std::string& unit) {
  return std::string(absl::StripPrefix(unit, "units/"));
}

// Points of a sheet as it prints them; they are rounded already, so the mode does not matter.
std::string Printed(const std::optional<Rational>& points, int scale) {
  return points.has_value() ? points->ToFixed(scale, RoundingMode::kDown) : "-";
}

// An exact number as a fraction, another one as a decimal.
std::string Full(const std::optional<Rational>& number, bool is_exact) {
  if (!number.has_value()) return "-";
  constexpr int kPlaces = 18;
  return is_exact ? number->ToFraction()
                  : absl::StrCat("~", number->ToTrimmed(kPlaces, RoundingMode::kHalfUp));
}

std::string BasisWord(LineBasis basis) {
  if (basis == LineBasis::kMissing) return "missing";
  if (basis == LineBasis::kUndefined) return "undefined";
  return basis == LineBasis::kNotApplicable ? "not_applicable" : "formula";
}

std::string ReasonWord(Blocker::Reason reason) {
  if (reason == Blocker::Reason::kMissing) return "missing";
  if (reason == Blocker::Reason::kUndefined) return "undefined";
  return reason == Blocker::Reason::kNotApplicable ? "not_applicable" : "too_little_data";
}

void AppendLines(const std::vector<ScoreLine>& lines, int scale, std::string& out) {
  for (const ScoreLine& line : lines) {
    absl::StrAppend(&out, "    ", line.criterion, " points=", Printed(line.points, scale),
                    " full=", Full(line.full_points, line.is_exact),
                    " basis=", BasisWord(line.basis));
    if (line.redistribution.has_value()) {
      absl::StrAppend(&out, " redistribution=", line.redistribution->ToFraction());
    }
    if (!line.problem.empty()) absl::StrAppend(&out, " problem=", line.problem);
    absl::StrAppend(&out, " |", line.working.empty() ? "" : " ", line.working, "\n");
    for (const Input& input : line.inputs) {
      absl::StrAppend(&out, "      in ", input.source, " ",
                      input.not_applicable ? "n/a" : Or(input.number, "-"),
                      input.target.empty() ? "" : " target=", input.target, "\n");
    }
  }
}

void AppendGroups(const std::vector<GroupScore>& groups, int scale, std::string& out) {
  for (const GroupScore& group : groups) {
    absl::StrAppend(&out, "  group ", group.id,
                    " max=", group.max_points.ToTrimmed(6, RoundingMode::kDown),
                    " points=", Printed(group.points, scale),
                    " full=", Full(group.full_points, group.is_exact));
    if (group.redistribution.has_value()) {
      absl::StrAppend(&out, " redistribution=", group.redistribution->ToFraction());
    }
    absl::StrAppend(&out, " |", group.working.empty() ? "" : " ", group.working, "\n");
    AppendLines(group.lines, scale, out);
    AppendGroups(group.groups, scale, out);
  }
}

void AppendSheet(const ScoreSheet& sheet, std::string& out) {
  absl::StrAppend(&out, "sheet ", WithoutCollection(sheet.unit));
  if (sheet.totals.has_value()) {
    const Totals& totals = *sheet.totals;
    absl::StrAppend(&out, " state=SCORED base=", Printed(totals.base, sheet.scale),
                    " bonus=", Printed(totals.bonus, sheet.scale),
                    " penalty=", Printed(totals.penalty, sheet.scale),
                    " total=", Printed(totals.total, sheet.scale),
                    " full=", Full(totals.full_total, totals.is_exact),
                    sheet.tier.empty() ? "" : " tier=", sheet.tier, "\n");
  } else {
    absl::StrAppend(&out, " state=BLOCKED\n");
  }
  for (const Blocker& blocker : sheet.blockers) {
    absl::StrAppend(&out, "  blocked by ", blocker.source, " ", ReasonWord(blocker.reason),
                    blocker.detail.empty() ? "" : " ", blocker.detail, "\n");
  }
  AppendGroups(sheet.groups, sheet.scale, out);
  if (!sheet.bonus_lines.empty()) absl::StrAppend(&out, "  bonus\n");
  AppendLines(sheet.bonus_lines, sheet.scale, out);
  if (!sheet.penalty_lines.empty()) absl::StrAppend(&out, "  penalty\n");
  AppendLines(sheet.penalty_lines, sheet.scale, out);
}

CategoryResult ResultOf(const Category& category, const std::vector<CaseUnit>& units,
                        const std::vector<ScoreSheet>& sheets,
                        const std::vector<Standing>& standings) {
  CategoryResult result{.category = category.id, .award = category.award};
  int64_t eligible = 0;
  for (const Standing& standing : standings) {
    const auto sheet = std::ranges::find(sheets, standing.unit, &ScoreSheet::unit);
    const CaseUnit& unit = units[static_cast<size_t>(sheet - sheets.begin())];
    Candidate candidate{.unit = standing.unit,
                        .province_unit = unit.province_unit,
                        .rank = standing.rank,
                        .failed_gates = FailedGates(category, unit.inputs, *sheet)};
    if (candidate.failed_gates.empty()) ++eligible;
    result.candidates.push_back(std::move(candidate));
  }
  result.quota = ComputeQuota(category.award, static_cast<int64_t>(standings.size()), eligible);
  return result;
}

void AppendStandings(const CategoryResult& result, const std::vector<Standing>& standings,
                     std::string& out) {
  absl::StrAppend(&out, "standings ", result.category, " quota=", result.quota.places, " | ",
                  result.quota.working, "\n");
  for (size_t i = 0; i < standings.size(); ++i) {
    const Standing& standing = standings[i];
    absl::StrAppend(&out, "  ", Or(standing.rank_text, "0"), " ", WithoutCollection(standing.unit),
                    " decided_by=", Or(standing.decided_by, "-"),
                    " tie=", standing.unresolved_tie ? "yes" : "no",
                    " failed=", Or(absl::StrJoin(result.candidates[i].failed_gates, ","), "-"),
                    "\n");
  }
}

void AppendNominations(const NominationResult& result, std::string& out) {
  for (const Nominee& nominee : result.nominees) {
    absl::StrAppend(&out, "nominee ", nominee.category, " ", nominee.award, " ",
                    WithoutCollection(nominee.unit),
                    " province=", WithoutCollection(nominee.province_unit), " rank=", nominee.rank,
                    " | ", nominee.grounds, "\n");
  }
  for (const OpenPlace& open : result.open_places) {
    absl::StrAppend(&out, "open | ", open.description, "\n");
  }
}

}  // namespace

std::string Expectation(const CaseFile& file) {
  std::string out;
  std::vector<ScoreSheet> all_sheets;
  std::vector<CategoryResult> results;
  for (const Category& category : file.categories) {
    const Rubric& rubric = file.rubrics.at(category.rubric);
    const std::vector<CaseUnit>& units = file.units.at(category.id);
    std::vector<const UnitInputs*> inputs;
    for (const CaseUnit& unit : units) inputs.push_back(&unit.inputs);
    const std::vector<ScoreSheet> sheets = ScoreCategory(rubric, inputs);
    for (const ScoreSheet& sheet : sheets) AppendSheet(sheet, out);
    const std::vector<Standing> standings = Rank(rubric, sheets);
    results.push_back(ResultOf(category, units, sheets, standings));
    AppendStandings(results.back(), standings, out);
    all_sheets.insert(all_sheets.end(), sheets.begin(), sheets.end());
  }
  AppendNominations(Nominate(results, file.flags_per_province), out);
  absl::StrAppend(&out, "snapshot ", SnapshotHash(all_sheets), "\n");
  return out;
}

}  // namespace awards
