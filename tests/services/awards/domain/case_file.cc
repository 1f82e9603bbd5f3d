#include "tests/services/awards/domain/case_file.h"

#include <gtest/gtest.h>

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

Bands ReadBands(const Options& options) {
  const bool falls = options.Has("at_least");
  Bands bands{.numerator = Indicators(options.Text("of")), .otherwise = options.Points("else")};
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
    const std::pair<std::string, std::string> parts = absl::StrSplit(condition, ':');
    if (parts.first == "full") {
      all_of.conditions.emplace_back(FullMarks{.criterion = parts.second});
    } else {
      all_of.conditions.emplace_back(
          TargetReached{.indicator = Indicator(parts.first), .percent = Number(parts.second)});
    }
  }
  return all_of;
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
  ADD_FAILURE() << "no formula " << kind;
  std::abort();
}

TieBreak ReadTieBreak(const Words& words) {
  if (words[1] == "group") return ByGroup{.group = words[2]};
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
      rubric_->rounding = {
          .scale = std::stoi(words[1]),
          .mode = OneOf<common::RoundingMode>({{"half_up", common::RoundingMode::kHalfUp},
                                               {"half_even", common::RoundingMode::kHalfEven},
                                               {"down", common::RoundingMode::kDown}},
                                              words[2])};
    } else if (key == "basis") {
      rubric_->rank_basis =
          words[1] == "full_total" ? RankBasis::kFullTotal : RankBasis::kRoundedTotal;
    } else if (key == "style") {
      rubric_->rank_style = words[1] == "dense" ? RankStyle::kDense : RankStyle::kCompetition;
    } else if (key == "tie") {
      rubric_->tie_breaks.push_back(ReadTieBreak(words));
    } else if (key == "group") {
      rubric_->groups.push_back({.id = words[1], .title = {.vi = "Nhóm"}});
      criteria_ = &rubric_->groups.back().criteria;
    } else if (key == "bonus" || key == "penalty") {
      std::optional<Extra>& extra = key == "bonus" ? rubric_->bonus : rubric_->penalty;
      extra = Extra{.cap = Options(words).Points("cap")};
      criteria_ = &extra->criteria;
    } else if (key == "line") {
      const Options options(words);
      criteria_->push_back({.id = words[1],
                            .title = {.vi = "Chỉ tiêu"},
                            .max_points = options.Points("max"),
                            .on_missing = ReadAbsence(options.Text("missing")),
                            .on_not_applicable = ReadAbsence(options.Text("na")),
                            .formula = ReadFormula(words[5], options)});
    } else {
      return false;
    }
    return true;
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
