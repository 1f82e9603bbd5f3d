#include "tests/services/awards/domain/case_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <sstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/decimal/decimal.h"

namespace awards {
namespace {

using common::Decimal;

using Words = std::vector<std::string>;

Decimal Number(const std::string& text) { return Decimal::Parse(text).value(); }

// `key=value` words, from the second on.
class Options {
 public:
  explicit Options(const Words& words) {
    for (const std::string& word : words) {
      const size_t equals = word.find('=');
      if (equals != std::string::npos) {
        values_[word.substr(0, equals)] = word.substr(equals + 1);
      }
    }
  }

  bool Has(const std::string& key) const { return values_.contains(key); }
  const std::string& Text(const std::string& key) const { return values_.at(key); }
  Decimal Points(const std::string& key) const { return Number(Text(key)); }
  int64_t Count(const std::string& key) const { return Has(key) ? std::stoll(Text(key)) : 0; }

 private:
  std::map<std::string, std::string> values_{};
};

template <typename T>
T OneOf(const std::map<std::string, T>& words, const std::string& word) {
  return words.at(word);
}

Absence ReadAbsence(const std::string& word) {
  return OneOf<Absence>({{"zero", Absence::kZero},
                         {"full", Absence::kFull},
                         {"redistribute", Absence::kRedistribute},
                         {"block", Absence::kBlock}},
                        word);
}

std::string Indicator(const std::string& code) { return absl::StrCat("indicators/", code); }

std::vector<std::string> Indicators(const std::string& codes) {
  std::vector<std::string> indicators;
  for (const std::string& code : Words(absl::StrSplit(codes, ','))) {
    indicators.push_back(Indicator(code));
  }
  return indicators;
}

Count ReadCount(const std::string& word) {
  if (word == "events") return EventCount{};
  if (word == "restatements") return RestatementCount{};
  return IndicatorCount{.indicator = Indicator(word)};
}

WrittenExpression ReadExpression(const std::string& text) {
  return {.text = text, .parsed = common::expression::Expression::Parse(text).value()};
}

// `2:half_up`.
Rounding ReadRounding(const std::string& text) {
  const std::pair<std::string, std::string> parts = absl::StrSplit(text, ':');
  return {.scale = std::stoi(parts.first),
          .mode = OneOf<common::RoundingMode>({{"half_up", common::RoundingMode::kHalfUp},
                                               {"half_even", common::RoundingMode::kHalfEven},
                                               {"down", common::RoundingMode::kDown}},
                                              parts.second)};
}

Direction ReadDirection(const Options& options) {
  return OneOf<Direction>({{"up", Direction::kHigherIsBetter}, {"down", Direction::kLowerIsBetter}},
                          options.Text("dir"));
}

// `m=share:A,B/C`.
MeasureSource ReadSource(const Options& options) {
  const std::pair<std::string, std::string> parts =
      absl::StrSplit(options.Text("m"), absl::MaxSplits(':', 1));
  const std::pair<std::string, std::string> sides =
      absl::StrSplit(parts.second, absl::MaxSplits('/', 1));
  if (parts.first == "expr") return ReadExpression(options.Text("expr"));
  if (parts.first == "events") return RecordedEvents{};
  if (parts.first == "restatements") return CountedRestatements{};
  if (parts.first == "fig") return FigureSum{.indicators = Indicators(sides.first)};
  if (parts.first == "target") return PercentOfTarget{.indicators = Indicators(sides.first)};
  if (parts.first == "share") {
    return Percentage{.numerator = Indicators(sides.first),
                      .denominator = Indicators(sides.second)};
  }
  return Growth{
      .indicators = Indicators(sides.first),
      .base = sides.second.empty() ? std::vector<std::string>() : Indicators(sides.second)};
}

Measure ReadMeasure(const Options& options) {
  Measure measure{.of = ReadSource(options)};
  if (options.Has("prec")) measure.precision = ReadRounding(options.Text("prec"));
  return measure;
}

Bands ReadBands(const Options& options) {
  const bool falls = options.Has("at_least");
  Bands bands{.otherwise = options.Points("else")};
  if (options.Has("m")) {
    bands.measure = ReadMeasure(options);
  } else {
    bands.numerator = Indicators(options.Text("of"));
  }
  if (options.Has("per")) bands.denominator = Indicators(options.Text("per"));
  const std::string& list = options.Text(falls ? "at_least" : "at_most");
  for (const std::string& band : Words(absl::StrSplit(list, ','))) {
    const std::pair<std::string, std::string> parts = absl::StrSplit(band, ':');
    bands.bands.push_back({.limit = falls ? BandLimit::kAtLeast : BandLimit::kAtMost,
                           .threshold = Number(parts.first),
                           .points = Number(parts.second)});
  }
  return bands;
}

AllOf ReadAllOf(const std::string& list) {
  AllOf all_of;
  for (const std::string& condition : Words(absl::StrSplit(list, ','))) {
    const std::pair<std::string, std::string> parts =
        absl::StrSplit(condition, absl::MaxSplits(':', 1));
    if (parts.first == "ge" || parts.first == "le") {
      const std::pair<std::string, std::string> sides = absl::StrSplit(parts.second, ':');
      all_of.conditions.emplace_back(
          MeasureReached{.measure = {.of = FigureSum{.indicators = Indicators(sides.first)}},
                         .limit = parts.first == "ge" ? BandLimit::kAtLeast : BandLimit::kAtMost,
                         .threshold = Number(sides.second)});
    } else if (parts.first == "expr") {
      all_of.conditions.emplace_back(ReadExpression(parts.second));
    } else if (parts.first == "full") {
      all_of.conditions.emplace_back(FullMarks{.criterion = parts.second});
    } else {
      all_of.conditions.emplace_back(
          TargetReached{.indicator = Indicator(parts.first), .percent = Number(parts.second)});
    }
  }
  return all_of;
}

Goalposts ReadGoalposts(const Options& options) {
  return {.measure = ReadMeasure(options),
          .zero_at = options.Points("zero"),
          .full_at = options.Points("full"),
          .scale = options.Text("scale") == "log" ? Goalposts::Scale::kLogarithmic
                                                  : Goalposts::Scale::kLinear,
          .beyond = options.Text("beyond") == "clip" ? Goalposts::Beyond::kClipped
                                                     : Goalposts::Beyond::kUnclipped};
}

Piecewise ReadPiecewise(const Options& options) {
  Piecewise piecewise{.measure = ReadMeasure(options)};
  for (const std::string& vertex : Words(absl::StrSplit(options.Text("at"), ','))) {
    const std::pair<std::string, std::string> parts = absl::StrSplit(vertex, ':');
    piecewise.vertices.push_back({.at = Number(parts.first), .points = Number(parts.second)});
  }
  return piecewise;
}

Relative ReadRelative(const Options& options) {
  using Method = Relative::Method;
  using Even = Relative::Even;
  Relative relative{.measure = ReadMeasure(options),
                    .method = OneOf<Method>({{"min_max", Method::kMinMax},
                                             {"sum", Method::kSum},
                                             {"vector", Method::kVector},
                                             {"z_score", Method::kZScore},
                                             {"rank", Method::kRank},
                                             {"leader", Method::kLeader}},
                                            options.Text("method")),
                    .direction = ReadDirection(options),
                    .even = OneOf<Even>({{"full", Even::kFull},
                                         {"half", Even::kHalf},
                                         {"zero", Even::kZero},
                                         {"na", Even::kNotApplicable}},
                                        options.Text("even"))};
  if (options.Has("span")) relative.z_span = options.Points("span");
  return relative;
}

RankPoints ReadRankPoints(const Options& options) {
  using Ties = RankPoints::Ties;
  RankPoints ranked{
      .measure = ReadMeasure(options),
      .direction = ReadDirection(options),
      .otherwise = options.Points("else"),
      .ties =
          OneOf<Ties>({{"best", Ties::kBest}, {"average", Ties::kAverage}, {"dense", Ties::kDense}},
                      options.Text("ties"))};
  for (const std::string& points : Words(absl::StrSplit(options.Text("places"), ','))) {
    ranked.points.push_back(Number(points));
  }
  return ranked;
}

Formula ReadScale(const std::string& kind, const Options& options) {
  if (kind == "goalposts") return ReadGoalposts(options);
  if (kind == "piecewise") return ReadPiecewise(options);
  if (kind == "relative") return ReadRelative(options);
  if (kind == "rank_points") return ReadRankPoints(options);
  if (kind == "leader") {
    return LeaderRelative{.indicators = Indicators(options.Text("of")),
                          .direction = ReadDirection(options)};
  }
  if (kind == "custom") {
    return CustomExpression{.expression = ReadExpression(options.Text("expr"))};
  }
  ADD_FAILURE() << "no formula " << kind;
  std::abort();
}

// The word of a `line` that names its formula: the first without an equals sign after the id.
std::string KindOf(const Words& words) {
  const auto kind = std::find_if(words.begin() + 2, words.end(), [](const std::string& word) {
    return word.find('=') == std::string::npos;
  });
  return kind == words.end() ? "" : *kind;
}

Formula ReadFormula(const std::string& kind, const Options& options) {
  if (kind == "ratio") {
    return Ratio{.indicators = Indicators(options.Text("of")),
                 .zero_target = OneOf<ZeroTarget>({{"na", ZeroTarget::kNotApplicable},
                                                   {"full", ZeroTarget::kFull},
                                                   {"zero", ZeroTarget::kZero}},
                                                  options.Text("zero"))};
  }
  if (kind == "inverse") return InverseRatio{.indicators = Indicators(options.Text("of"))};
  if (kind == "bands") return ReadBands(options);
  if (kind == "per_item") {
    return PerItem{.count = ReadCount(options.Text("count")), .points = options.Points("points")};
  }
  if (kind == "manual") return Manual{.step = options.Points("step")};
  if (kind == "on_time") return OnTimeShare{};
  if (kind == "delta") {
    return DeltaEvents{.start = options.Points("start"),
                       .count = ReadCount(options.Text("count")),
                       .points = options.Points("points")};
  }
  if (kind == "delays") {
    return ReportDelays{.in_grace = options.Points("grace"),
                        .late = options.Points("late"),
                        .missing = options.Points("absent")};
  }
  if (kind == "all_of") return ReadAllOf(options.Text("if"));
  if (kind == "reported") return ReportedPoints{.indicator = Indicator(options.Text("of"))};
  return ReadScale(kind, options);
}

TieBreak ReadTieBreak(const Words& words) {
  if (words[1] == "group") return ByGroup{.group = words[2]};
  if (words[1] == "criterion") return ByCriterion{.criterion = words[2]};
  if (words[1] == "bonus") return ByBonus{};
  return OneOf<TieBreak>(
      {{"base_total", ByBaseTotal{}}, {"full_total", ByFullTotal{}}, {"penalty", ByPenalty{}}},
      words[1]);
}

QuotaRule ReadQuota(const std::string& text) {
  const Words parts = absl::StrSplit(text, ':');
  if (parts[0] == "fixed") return FixedQuota{.places = std::stoi(parts[1])};
  return ShareQuota{
      .percent = Number(parts[1]),
      .basis = OneOf<ShareBasis>(
          {{"entrants", ShareBasis::kEntrants}, {"eligible", ShareBasis::kEligible}}, parts[2])};
}

GateCondition ReadGate(const Words& words) {
  if (words[2] == "pact_signed") return PactSigned{};
  if (words[2] == "reports_complete") return ReportsComplete{};
  if (words[2] == "minimum_total") return MinimumTotal{.points = Number(words[3])};
  if (words[2] == "minimum_age") {
    return MinimumAge{.months = std::stoi(words[3]), .date = words[4]};
  }
  return FigureAtMost{.indicator = Indicator(words[3]), .number = Number(words[4])};
}

class Reader {
 public:
  CaseFile Read(std::string_view text) {
    std::istringstream lines{std::string(text)};
    for (std::string line; std::getline(lines, line);) {
      std::istringstream stream(line.substr(0, line.find('#')));
      Words words;
      for (std::string word; stream >> word;) words.push_back(word);
      if (words.empty()) continue;
      if (!ReadRubricLine(words) && !ReadRoundLine(words) && !ReadUnitLine(words)) {
        ADD_FAILURE() << "no such line: " << line;
        std::abort();
      }
    }
    return std::move(file_);
  }

 private:
  bool ReadRubricLine(const Words& words) {
    const std::string& key = words[0];
    if (key == "rubric") {
      rubric_ = &file_.rubrics[words[1]];
      rubric_->name = absl::StrCat("rubrics/", words[1]);
      rubric_->title.vi = "Thang điểm";
      rubric_->legal_basis = "429/QĐ-LMHTXVN";
    } else if (key == "rounding") {
      rubric_->rounding = ReadRounding(absl::StrCat(words[1], ":", words[2]));
    } else if (key == "base_round") {
      rubric_->base_rounding = ReadRounding(absl::StrCat(words[1], ":", words[2]));
    } else if (key == "rank_round") {
      rubric_->rank_rounding = ReadRounding(absl::StrCat(words[1], ":", words[2]));
    } else if (key == "min_data") {
      rubric_->minimum_data = Number(words[1]);
    } else if (key == "tier") {
      rubric_->tiers.push_back({.id = words[1], .title = {.vi = "Loại"}});
      if (words[2] != "-") rubric_->tiers.back().at_least = Number(words[2]);
    } else if (key == "basis") {
      rubric_->rank_basis =
          words[1] == "full_total" ? RankBasis::kFullTotal : RankBasis::kRoundedTotal;
    } else if (key == "style") {
      rubric_->rank_style = OneOf<RankStyle>({{"dense", RankStyle::kDense},
                                              {"average", RankStyle::kAverage},
                                              {"competition", RankStyle::kCompetition}},
                                             words[1]);
    } else if (key == "tie") {
      rubric_->tie_breaks.push_back(ReadTieBreak(words));
    } else if (key == "group") {
      criteria_ = &AddGroup(words).criteria;
    } else if (key == "bonus" || key == "penalty") {
      std::optional<Extra>& extra = key == "bonus" ? rubric_->bonus : rubric_->penalty;
      extra = Extra{.cap = Options(words).Points("cap")};
      criteria_ = &extra->criteria;
    } else if (key == "line") {
      const Options options(words);
      Criterion criterion{.id = words[1],
                          .title = {.vi = "Chỉ tiêu"},
                          .max_points = options.Points("max"),
                          .on_missing = ReadAbsence(options.Text("missing")),
                          .on_not_applicable = ReadAbsence(options.Text("na")),
                          .formula = ReadFormula(KindOf(words), options)};
      if (options.Has("w")) criterion.weight = options.Points("w");
      if (options.Has("undef")) criterion.on_undefined = ReadAbsence(options.Text("undef"));
      if (options.Has("round")) criterion.rounding = ReadRounding(options.Text("round"));
      criteria_->push_back(std::move(criterion));
    } else {
      return false;
    }
    return true;
  }

  // The group of a `group` line, at its place. Groups of a group are listed before the next group
  // of the same level, so that none moves while lines are added to it.
  Group& AddGroup(const Words& words) {
    const Options options(words);
    std::vector<Group>* siblings = &rubric_->groups;
    if (options.Has("in")) {
      siblings = &const_cast<Group*>(FindGroup(*rubric_, options.Text("in")))->groups;
    }
    Group group{.id = words[1], .title = {.vi = "Nhóm"}};
    if (options.Has("agg")) {
      group.aggregation = OneOf<Aggregation>({{"sum", Aggregation::kSum},
                                              {"mean", Aggregation::kWeightedMean},
                                              {"geometric", Aggregation::kGeometricMean},
                                              {"min", Aggregation::kMinimum},
                                              {"max", Aggregation::kMaximum}},
                                             options.Text("agg"));
    }
    if (options.Has("max")) group.max_points = options.Points("max");
    if (options.Has("w")) group.weight = options.Points("w");
    if (options.Has("round")) group.rounding = ReadRounding(options.Text("round"));
    if (options.Has("min_data")) group.minimum_data = options.Points("min_data");
    siblings->push_back(std::move(group));
    return siblings->back();
  }

  bool ReadRoundLine(const Words& words) {
    const Options options(words);
    if (words[0] == "category") {
      file_.categories.push_back(
          {.id = words[1],
           .rubric = options.Text("rubric"),
           .award = {.id = options.Text("award"),
                     .quota = ReadQuota(options.Text("quota")),
                     .boundary = OneOf<Boundary>({{"all_in", Boundary::kAllIn},
                                                  {"all_out", Boundary::kAllOut},
                                                  {"ballot", Boundary::kBallot}},
                                                 options.Text("boundary"))}});
    } else if (words[0] == "gate") {
      file_.categories.back().gates.push_back({.id = words[1], .condition = ReadGate(words)});
    } else if (words[0] == "flags_per_province") {
      file_.flags_per_province = std::stoi(words[1]);
    } else if (words[0] == "unit") {
      std::vector<CaseUnit>& units = file_.units[options.Text("category")];
      const std::string& province = options.Has("province") ? options.Text("province") : words[1];
      units.push_back({.province_unit = absl::StrCat("units/", province)});
      unit_ = &units.back().inputs;
      unit_->unit = absl::StrCat("units/", words[1]);
      unit_->pact_signed = options.Has("pact");
      if (options.Has("founded")) unit_->founding_date = options.Text("founded");
    } else {
      return false;
    }
    return true;
  }

  bool ReadUnitLine(const Words& words) {
    const std::string& key = words[0];
    const Options options(words);
    if (key == "figure") {
      unit_->figures[Indicator(words[1])].number = NumberOrNone(words[2]);
    } else if (key == "last") {
      unit_->last_year[Indicator(words[1])].number = NumberOrNone(words[2]);
    } else if (key == "target") {
      unit_->targets[Indicator(words[1])].number = Number(words[2]);
    } else if (key == "appraisal") {
      unit_->appraisals[words[1]].points = NumberOrNone(words[2]);
    } else if (key == "event") {
      unit_->events[words[1]].push_back(
          {.count = std::stoll(words[3]), .source = {.resource = words[2], .revision = 1}});
    } else if (key == "reports") {
      unit_->reports = {.required = options.Count("required"),
                        .on_time = options.Count("on_time"),
                        .in_grace = options.Count("in_grace"),
                        .late = options.Count("late"),
                        .missing = options.Count("missing")};
    } else if (key == "restatements") {
      unit_->restatements = std::stoll(words[1]);
    } else if (key == "pin") {
      unit_->pins.push_back(
          {.resource = words[1], .revision = std::stoi(words[2]), .content_hash = words[3]});
    } else {
      return false;
    }
    return true;
  }

  static std::optional<Decimal> NumberOrNone(const std::string& text) {
    if (text == "n/a") return std::nullopt;
    return Number(text);
  }

  CaseFile file_{};
  Rubric* rubric_ = nullptr;
  std::vector<Criterion>* criteria_ = nullptr;
  UnitInputs* unit_ = nullptr;
};

}  // namespace

CaseFile ReadCase(std::string_view text) { return Reader().Read(text); }

}  // namespace awards
