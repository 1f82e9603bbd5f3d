#include "services/awards/documents/charts.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/decimal/decimal.h"
#include "common/decimal/rational.h"
#include "common/status/error.h"
#include "services/awards/documents/readings.h"

namespace awards::documents {
namespace {

using common::Rational;
using common::sv;

// Lengths are in the user units of the drawing.
constexpr size_t kUnitsPerFigure = 30;
constexpr int kRow = 21;
constexpr int kBar = 14;
constexpr int kAxis = 26;
constexpr int kValueRoom = 78;
constexpr int kLegendRow = 19;
// An average letter of the labels, in tenths.
constexpr int kLetterTenths = 62;

struct Frame {
  int width = 0;
  // Where bars begin.
  int left = 0;
  int legend_columns = 0;

  int bar_room() const { return width - left - kValueRoom; }
};

Frame FrameFor(Orientation orientation) {
  if (orientation == Orientation::kLandscape) {
    return {.width = 1080, .left = 320, .legend_columns = 3};
  }
  return {.width = 720, .left = 262, .legend_columns = 2};
}

// Ink on paper, apart in brightness as well as in hue.
struct Colour {
  std::string_view fill{};
  std::string_view ink{};
};
constexpr std::array<Colour, 8> kColours{{{"#1d3557", "#fff"},
                                          {"#8ecae6", "#111"},
                                          {"#2a6f6b", "#fff"},
                                          {"#f2cc8f", "#111"},
                                          {"#8d5a2b", "#fff"},
                                          {"#c9d6a3", "#111"},
                                          {"#7b4b94", "#fff"},
                                          {"#d9d9d9", "#111"}}};
constexpr Colour kBonusColour{"#e07a5f", "#111"};

const Colour& ColourOf(size_t index) { return kColours[index % kColours.size()]; }

// Points to draw: none for what is empty or below zero.
Rational Amount(const std::string& points) {
  const auto decimal = common::Decimal::Parse(points);
  if (!decimal.ok() || decimal->is_negative()) return 0;
  return *decimal;
}

std::string Length(const Rational& length) {
  return length.ToTrimmed(2, common::RoundingMode::kHalfUp);
}

// The scale of the points: from 0 to `top` in steps that a person counts by.
struct Scale {
  int64_t top = 1;
  int64_t step = 1;
  int room = 0;

  Rational ToLength(const Rational& points) const {
    return *(points * room).DividedBy(Rational(top));
  }
};

Scale ScaleFor(const Rational& most, int room) {
  constexpr int64_t kSteps = 6;
  const int64_t ceiling = std::max<int64_t>(1, (-(-most).Floor()).ToInteger().value_or(1));
  int64_t step = 1;
  for (int64_t power = 1; ceiling > step * kSteps; power *= 10) {
    for (const int64_t digit : {1, 2, 5}) {
      step = digit * power;
      if (ceiling <= step * kSteps) break;
    }
  }
  return {.top = (ceiling + step - 1) / step * step, .step = step, .room = room};
}

// `text` cut to what fits into `room`, by code points.
std::string Fit(std::string_view text, int room) {
  const size_t most = static_cast<size_t>(std::max(1, room * 10 / kLetterTenths));
  size_t letters = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool begins_letter = (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80;
    if (begins_letter && ++letters > most) return absl::StrCat(sv(text.substr(0, i)), "…");
  }
  return std::string(text);
}

std::string Text(int x, int y, std::string_view attributes, std::string_view text) {
  return TextElement("text", absl::StrCat("x=\"", x, "\" y=\"", y, "\" ", sv(attributes)), text);
}

std::string Rect(const Rational& x, int y, const Rational& width, int height,
                 std::string_view fill) {
  return absl::StrCat("<rect x=\"", Length(x), "\" y=\"", y, "\" width=\"", Length(width),
                      "\" height=\"", height, "\" fill=\"", sv(fill), "\"/>");
}

std::string Grid(const Scale& scale, const Frame& frame, int top, int bottom, const Voice& voice) {
  std::string svg;
  for (int64_t points = 0; points <= scale.top; points += scale.step) {
    const std::string x = Length(scale.ToLength(Rational(points)) + frame.left);
    absl::StrAppend(&svg, "<line x1=\"", x, "\" x2=\"", x, "\" y1=\"", top, "\" y2=\"", bottom,
                    "\" stroke=\"", points == 0 ? "#111" : "#c8c8c8", "\" stroke-width=\"",
                    points == 0 ? "1" : ".7", "\"/><text x=\"", x, "\" y=\"", bottom + 15,
                    "\" text-anchor=\"middle\" font-size=\"11\" fill=\"#333\">",
                    voice.Number(absl::StrCat(points)), "</text>");
  }
  return svg;
}

std::string Label(const Frame& frame, int y, std::string_view title, bool stands_out) {
  return Text(frame.left - 8, y + 12,
              absl::StrCat("text-anchor=\"end\" font-size=\"12\" fill=\"#111\"",
                           stands_out ? " font-weight=\"bold\"" : ""),
              Fit(title, frame.left - 12));
}

// A drawing with its caption. `id` is unique in the document.
std::string Drawing(const std::string& id, const Frame& frame, int height, std::string_view caption,
                    std::string_view description, std::string_view drawing_svg) {
  const std::string svg =
      Element("svg",
              absl::StrCat("xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ", frame.width, " ",
                           height, "\" role=\"img\" aria-labelledby=\"", id, "-t ", id, "-d\""),
              absl::StrCat(TextElement("title", absl::StrCat("id=\"", id, "-t\""), caption),
                           TextElement("desc", absl::StrCat("id=\"", id, "-d\""), description),
                           sv(drawing_svg)));
  return absl::StrCat(
      Element("figure", "", absl::StrCat(TextElement("figcaption", "", caption), "\n", svg)), "\n");
}

// Ranked units in portions that fit one figure, with their labels.
struct Portion {
  std::span<const Contender> units{};
  std::span<const std::string> labels{};
  // From 0 on.
  size_t number = 0;
};

std::vector<Portion> Portions(const Category& category, std::span<const std::string> labels) {
  const size_t ranked =
      static_cast<size_t>(std::count_if(category.contenders.begin(), category.contenders.end(),
                                        [](const Contender& unit) { return unit.rank > 0; }));
  std::vector<Portion> portions;
  for (size_t first = 0; first < ranked; first += kUnitsPerFigure) {
    const size_t count = std::min(kUnitsPerFigure, ranked - first);
    portions.push_back({.units = std::span(category.contenders).subspan(first, count),
                        .labels = labels.subspan(first, count),
                        .number = portions.size()});
  }
  return portions;
}

std::string FigureId(const Category& category, std::string_view kind, size_t number) {
  return absl::StrCat(sv(kind), "-", category.id, "-", number + 1);
}

Rational MostOf(const Category& category, Rational (*amount)(const Contender&)) {
  Rational most = 0;
  for (const Contender& unit : category.contenders) most = std::max(most, amount(unit));
  return most;
}

// One stack of the breakdown.
class Stack {
 public:
  Stack(const Frame& frame, const Scale& scale, int y, const Voice& voice)
      : scale_(scale), y_(y), voice_(voice), x_(frame.left) {}

  void Add(const std::string& points, const Colour& colour) {
    const Rational width = scale_.ToLength(Amount(points));
    if (width.is_zero()) return;
    svg_.append(Rect(x_, y_, width, kBar, colour.fill));
    const std::string text = voice_.Number(points);
    // Digits are a little wider than letters.
    if (width > Rational(static_cast<int64_t>(text.size() * 6 + 4))) {
      const Rational middle = x_ + *width.DividedBy(2);
      absl::StrAppend(&svg_, "<text x=\"", Length(middle), "\" y=\"", y_ + 11,
                      "\" text-anchor=\"middle\" font-size=\"9.5\" fill=\"", sv(colour.ink), "\">",
                      text, "</text>");
    }
    x_ += width;
    absl::StrAppend(&svg_, "<line x1=\"", Length(x_), "\" x2=\"", Length(x_), "\" y1=\"", y_,
                    "\" y2=\"", y_ + kBar, "\" stroke=\"#fff\" stroke-width=\"1\"/>");
  }

  // Strikes `points` off the end.
  void StrikeOff(const std::string& points, const std::string& pattern) {
    const Rational width = scale_.ToLength(Amount(points));
    if (width.is_zero()) return;
    absl::StrAppend(&svg_, Rect(x_ - width, y_, width, kBar, "#fff"),
                    Rect(x_ - width, y_, width, kBar, absl::StrCat("url(#", pattern, ")")));
  }

  void Finish(const std::string& total) {
    absl::StrAppend(&svg_, "<text x=\"", Length(x_ + 6), "\" y=\"", y_ + 12,
                    "\" font-size=\"12\" font-weight=\"bold\" fill=\"#111\" stroke=\"#fff\" "
                    "stroke-width=\"3\" paint-order=\"stroke\">",
                    Escape(voice_.Number(total)), "</text>");
  }

  const std::string& svg() const { return svg_; }

 private:
  const Scale& scale_;
  const int y_;
  const Voice& voice_;
  Rational x_;
  std::string svg_{};
};

struct LegendEntry {
  std::string title{};
  std::string fill{};
};

std::vector<LegendEntry> Legend(const Category& category, const std::string& pattern,
                                const Voice& voice) {
  std::vector<LegendEntry> entries;
  const Contender& layout = category.contenders.front();
  for (const Group& group : layout.groups) {
    if (group.depth > 0) continue;
    entries.push_back(
        {.title = absl::StrCat(group.id, ". ", TitleOf(category.group_titles, group.id, voice)),
         .fill = std::string(ColourOf(entries.size()).fill)});
  }
  if (!layout.bonus_lines.empty()) {
    entries.push_back(
        {.title = voice("Điểm thưởng", "Bonus"), .fill = std::string(kBonusColour.fill)});
  }
  if (!layout.penalty_lines.empty()) {
    entries.push_back(
        {.title = voice("Điểm trừ (trừ vào cuối thanh)", "Penalty (struck off the end)"),
         .fill = absl::StrCat("url(#", pattern, ")")});
  }
  return entries;
}

std::string DrawLegend(const std::vector<LegendEntry>& entries, const Frame& frame) {
  std::string svg;
  const int column_width = frame.width / frame.legend_columns;
  for (size_t i = 0; i < entries.size(); ++i) {
    const int x = static_cast<int>(i) % frame.legend_columns * column_width;
    const int y = static_cast<int>(i) / frame.legend_columns * kLegendRow;
    absl::StrAppend(&svg, "<rect x=\"", x + 1, "\" y=\"", y + 2,
                    "\" width=\"13\" height=\"11\" stroke=\"#111\" stroke-width=\".5\" fill=\"",
                    entries[i].fill, "\"/>",
                    Text(x + 20, y + 12, "font-size=\"11.5\" fill=\"#111\"",
                         Fit(entries[i].title, column_width - 26)));
  }
  return svg;
}

std::string Hatch(const std::string& id) {
  return absl::StrCat(
      "<defs><pattern id=\"", id,
      "\" width=\"4\" height=\"4\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
      "<rect width=\"4\" height=\"4\" fill=\"#fff\"/><line x1=\"0\" y1=\"0\" x2=\"0\" y2=\"4\" "
      "stroke=\"#a4161a\" stroke-width=\"2.4\"/></pattern></defs>");
}

std::string DrawBreakdown(const Category& category, const Portion& portion, const Frame& frame,
                          const Scale& scale, const std::string& pattern, const Voice& voice) {
  const std::vector<LegendEntry> legend = Legend(category, pattern, voice);
  const int columns = frame.legend_columns;
  const int top = (static_cast<int>(legend.size()) + columns - 1) / columns * kLegendRow + 8;
  const int bottom = top + static_cast<int>(portion.units.size()) * kRow;
  std::string svg = absl::StrCat(Hatch(pattern), DrawLegend(legend, frame),
                                 Grid(scale, frame, top, bottom, voice));
  for (size_t i = 0; i < portion.units.size(); ++i) {
    const Contender& unit = portion.units[i];
    const int y = top + static_cast<int>(i) * kRow + (kRow - kBar) / 2;
    Stack stack(frame, scale, y, voice);
    size_t colour = 0;
    for (const Group& group : unit.groups) {
      if (group.depth == 0) stack.Add(group.points, ColourOf(colour++));
    }
    stack.Add(unit.bonus, kBonusColour);
    stack.StrikeOff(unit.penalty, pattern);
    stack.Finish(unit.total);
    absl::StrAppend(
        &svg,
        Label(frame, y, absl::StrCat(voice.Number(unit.rank_text), ". ", portion.labels[i]), false),
        stack.svg());
  }
  return svg;
}

std::string DrawStandings(const Category& category, const Portion& portion, const Frame& frame,
                          const Scale& scale, const Voice& voice) {
  const int top = 4;
  const int bottom = top + static_cast<int>(portion.units.size()) * kRow;
  std::string svg = Grid(scale, frame, top, bottom, voice);
  for (size_t i = 0; i < portion.units.size(); ++i) {
    const Contender& unit = portion.units[i];
    const bool is_nominated = FindNominee(category, unit.unit) != nullptr;
    const int y = top + static_cast<int>(i) * kRow + (kRow - kBar) / 2;
    const Rational length = scale.ToLength(Amount(unit.total));
    absl::StrAppend(
        &svg,
        Label(frame, y, absl::StrCat(voice.Number(unit.rank_text), ". ", portion.labels[i]),
              is_nominated),
        Rect(frame.left, y, length, kBar, is_nominated ? "#1d3557" : "#9fb3c8"), "<text x=\"",
        Length(length + frame.left + 6), "\" y=\"", y + 12,
        "\" font-size=\"12\" font-weight=\"bold\" fill=\"#111\" stroke=\"#fff\" "
        "stroke-width=\"3\" paint-order=\"stroke\">",
        Escape(voice.Number(unit.total)), is_nominated ? " ★" : "", "</text>");
  }
  return svg;
}

// Ranks, names and totals in one sentence for each unit.
std::string Describe(const Portion& portion, const Voice& voice) {
  std::string text;
  for (size_t i = 0; i < portion.units.size(); ++i) {
    absl::StrAppend(&text, i == 0 ? "" : "; ", voice.Number(portion.units[i].rank_text), ". ",
                    portion.labels[i], ": ", voice.Number(portion.units[i].total));
  }
  return text;
}

}  // namespace

std::string StandingsChart(const Category& category, Orientation orientation, const Voice& voice) {
  const Frame frame = FrameFor(orientation);
  const Scale scale = ScaleFor(
      MostOf(category, [](const Contender& unit) { return Amount(unit.total); }), frame.bar_room());
  const std::vector<std::string> labels = ShortTitles(category.contenders, voice);
  std::string html;
  for (const Portion& portion : Portions(category, labels)) {
    const int height = 4 + static_cast<int>(portion.units.size()) * kRow + kAxis;
    const std::string caption =
        absl::StrCat(voice("Biểu đồ xếp hạng theo tổng điểm: ", "Standings by total: "),
                     voice(category.title), voice(" (★ được đề nghị)", " (★ nominated)"));
    html.append(Drawing(FigureId(category, "standings", portion.number), frame, height, caption,
                        Describe(portion, voice),
                        DrawStandings(category, portion, frame, scale, voice)));
  }
  return html;
}

std::string BreakdownChart(const Category& category, Orientation orientation, const Voice& voice) {
  const Frame frame = FrameFor(orientation);
  const Scale scale = ScaleFor(
      MostOf(category,
             [](const Contender& unit) { return Amount(unit.base_total) + Amount(unit.bonus); }),
      frame.bar_room());
  const std::vector<std::string> labels = ShortTitles(category.contenders, voice);
  std::string html;
  for (const Portion& portion : Portions(category, labels)) {
    const std::string id = FigureId(category, "breakdown", portion.number);
    const std::string pattern = absl::StrCat(id, "-h");
    const int entries = static_cast<int>(Legend(category, pattern, voice).size());
    const int legend = (entries + frame.legend_columns - 1) / frame.legend_columns * kLegendRow + 8;
    const int height = legend + static_cast<int>(portion.units.size()) * kRow + kAxis;
    const std::string caption =
        absl::StrCat(voice("Cơ cấu điểm theo nhóm tiêu chí: ", "What the totals are made of: "),
                     voice(category.title));
    html.append(Drawing(id, frame, height, caption, Describe(portion, voice),
                        DrawBreakdown(category, portion, frame, scale, pattern, voice)));
  }
  return html;
}

}  // namespace awards::documents
