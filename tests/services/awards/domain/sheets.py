"""The sheet of one unit, level by level: the part of reference.py for groups and totals."""

from fractions import Fraction

import scales
from lines import evaluate, fixed, plain


def settle(line, unit, marks, units):
    """The line by its formula, or by the rubric's rule for absence: (Line, dropped out)."""
    result = evaluate(line, unit, marks, units)
    if result.why == "formula":
        return result, False
    rule = {"missing": line["missing"], "undefined": line.get("undef", "block")}.get(
        result.why, line["na"])
    if rule == "full":
        result.points, result.working = Fraction(line["max"]), line["max"]
    elif rule in ("zero", "redistribute"):
        result.points, result.working = Fraction(0), "0"
    return result, rule == "redistribute"


def trimmed(value):
    return plain(fixed(value, 6, "half_up"))


def exact(value):
    """An exact number as a fraction, an approximate one as a decimal."""
    if value is None:
        return "-"
    return "~" + plain(fixed(value, 18, "half_up")) if scales.approximate(value) else str(value)


def is_sum(group):
    return group.get("agg", "sum") == "sum"


def total_of(values):
    total = sum(values, Fraction(0))
    return scales.Approximate(total) if scales.approximate(*values) else total


def maximum(group):
    if "max" in group:
        return Fraction(group["max"])
    return sum((Fraction(line["max"]) for line in group["lines"]), Fraction(0)) + sum(
        (maximum(child) for child in group["groups"]), Fraction(0))


class Sheet:
    """Scores one unit, level by level."""

    def __init__(self, rubric, unit, units):
        self.rubric, self.unit, self.units = rubric, unit, units
        self.marks, self.blockers, self.groups, self.points = {}, [], {}, {}
        self.find_marks(rubric["groups"])

    def rounded(self, value, rule=None):
        places, mode = rule.split(":") if rule else (self.rubric["scale"], self.rubric["mode"])
        return Fraction(fixed(value, int(places), mode))

    def printed(self, value):
        return "-" if value is None else fixed(value, self.rubric["scale"], "down")

    def find_marks(self, groups):
        for group in groups:
            for line in group["lines"]:
                if line["kind"] == "all_of" and "full:" in line["if"]:
                    continue
                result, dropped = settle(line, self.unit, {}, self.units)
                points = None if dropped else result.points
                text = None if points is None else fixed(
                    points, self.rubric["scale"], self.rubric["mode"])
                self.marks[line["id"]] = (points, line["max"], text)
            self.find_marks(group["groups"])

    def show(self, line, result, points, factor):
        more = f" redistribution={factor}" if factor is not None else ""
        more += f" problem={result.problem}" if result.problem else ""
        working = f" {result.working}" if result.working else ""
        out = [f"    {line['id']} points={self.printed(points)} full={exact(result.points)} "
               f"basis={result.why}{more} |{working}"]
        return out + [f"      in {text}" for text in result.inputs]

    def line(self, line, factor, dropped, result):
        """Rounded points and the text of a line."""
        if result.points is None:
            self.points[line["id"]] = None
            return None, self.show(line, result, None, None)
        if factor is not None and not dropped:
            was = result.points
            result.points = was * factor
            if scales.approximate(was):
                result.points = scales.Approximate(result.points)
        points = self.rounded(result.points, line.get("round"))
        self.points[line["id"]] = points
        return points, self.show(line, result, points, None if dropped else factor)

    def data(self, group):
        """Maxima of all lines, and of those from figures."""
        pairs = [(Fraction(line["max"]),
                  settle(line, self.unit, self.marks, self.units)[0].why == "formula")
                 for line in group["lines"]]
        all_points = sum((most for most, _ in pairs), Fraction(0))
        known = sum((most for most, is_known in pairs if is_known), Fraction(0))
        for child in group["groups"]:
            more, more_known = self.data(child)
            all_points, known = all_points + more, known + more_known
        return all_points, known

    def check_data(self, minimum, all_points, known, source):
        percent = known * 100 / all_points
        if minimum is not None and percent < Fraction(minimum):
            short = plain(fixed(percent, 4, "half_up"))
            self.blockers.append(f"{source} too_little_data {short} % < {minimum} %")

    def group(self, group):
        """(aggregate of rounded children, of exact ones, working, text below, dropped out)."""
        before = len(self.blockers)
        settled = [settle(line, self.unit, self.marks, self.units) for line in group["lines"]]
        for line, (result, _) in zip(group["lines"], settled):
            if result.points is None:
                self.blockers.append(f"criteria/{line['id']} {result.why}"
                                     + (f" {result.problem}" if result.problem else ""))
        inner = [self.group(child) for child in group["groups"]]
        self.check_data(group.get("min_data"), *self.data(group), f"groups/{group['id']}")
        maxima = ([Fraction(line["max"]) for line in group["lines"]]
                  + [maximum(child) for child in group["groups"]])
        gone = [dropped for _, dropped in settled] + [child[4] for child in inner]
        left = sum(most for most, dropped in zip(maxima, gone) if not dropped)
        factor = sum(maxima) / left if is_sum(group) and any(gone) and left else None
        text, rounded, full = [], [], []
        for line, (result, dropped) in zip(group["lines"], settled):
            points, shown_line = self.line(line, factor, dropped, result)
            text += shown_line
            rounded.append(points)
            full.append(result.points)
        for child, (some, most, working, below, dropped) in zip(group["groups"], inner):
            points, value, shown_group = self.finish(
                child, some, most, working, below, None if dropped else factor)
            text += shown_group
            rounded.append(points)
            full.append(value)
        blocked = len(self.blockers) > before
        if blocked:
            return None, None, "", text, all(gone)
        weights = ([line.get("w") for line in group["lines"]]
                   + [child.get("w") for child in group["groups"]])
        rows = [row for row, dropped in zip(zip(rounded, full, maxima, weights), gone)
                if not dropped]
        if is_sum(group):
            some, most, working = total_of([r[0] for r in rows]), total_of([r[1] for r in rows]), ""
            if "max" in group and some > Fraction(group["max"]):
                working = f"min({group['max']}, {' + '.join(trimmed(r[0]) for r in rows)})"
            if "max" in group:
                some, most = min(some, maximum(group)), (
                    maximum(group) if most > maximum(group) else most)
        else:
            some, working = scales.aggregate(group["agg"], maximum(group),
                                             [(r[0], r[2], r[3]) for r in rows], trimmed)
            most, _ = scales.aggregate(group["agg"], maximum(group),
                                       [(r[1], r[2], r[3]) for r in rows], trimmed)
            if scales.approximate(*(r[1] for r in rows)):
                most = scales.Approximate(most)
        return some, most, working, text, all(gone)

    def finish(self, group, some, most, working, below, factor):
        """Rounded and exact points of a group, and its text."""
        more = ""
        if some is not None and factor is not None:
            was, some, most = most, some * factor, most * factor
            most = scales.Approximate(most) if scales.approximate(was) else most
            more = f" redistribution={factor}"
        points = None if some is None else self.rounded(some, group.get("round"))
        self.groups[group["id"]] = points
        head = (f"  group {group['id']} max={trimmed(maximum(group))} points={self.printed(points)} "
                f"full={exact(most)}{more} |" + (f" {working}" if working else ""))
        return points, most, [head] + below

    def run(self):
        out, base, full = [], [], []
        counts = [Fraction(0), Fraction(0)]
        for group in self.rubric["groups"]:
            some, most, working, below, _ = self.group(group)
            points, value, text = self.finish(group, some, most, working, below, None)
            out, base, full = out + text, base + [points], full + [value]
            counts = [a + b for a, b in zip(counts, self.data(group))]
        self.check_data(self.rubric.get("min_data"), *counts, "rubric")
        extras = {}
        for name in ("bonus", "penalty"):
            cap, lines = self.rubric["extras"].get(name, ("0", []))
            if lines:
                out.append(f"  {name}")
            sums, totals = [], []
            for line in lines:
                result, _ = settle(line, self.unit, self.marks, self.units)
                if result.points is None:
                    self.blockers.append(f"criteria/{line['id']} {result.why}")
                points, text = self.line(line, None, False, result)
                out += text
                sums.append(points or Fraction(0))
                totals.append(result.points or Fraction(0))
            extras[name] = (min(Fraction(cap), total_of(sums)), min(Fraction(cap), total_of(totals)))
        sheet = dict(unit=self.unit, groups=self.groups, lines_points=self.points,
                     blocked=bool(self.blockers), penalty_ids=[
                         line["id"] for line in self.rubric["extras"].get("penalty", ("", []))[1]],
                     tier="", lines=out, rank_text="")
        state = "state=BLOCKED"
        if not self.blockers:
            state = self.totals(sheet, total_of(base), total_of(full), extras)
        sheet["head"] = f"sheet {self.unit.name} {state}"
        sheet["lines"] = [f"  blocked by {blocker}" for blocker in self.blockers] + out
        return sheet

    def totals(self, sheet, base, full, extras):
        if "base_round" in self.rubric:
            base = self.rounded(base, ":".join(self.rubric["base_round"]))
        (bonus, bonus_full), (penalty, penalty_full) = extras["bonus"], extras["penalty"]
        total, full_total = base + bonus - penalty, full + bonus_full - penalty_full
        if scales.approximate(full):
            full_total = scales.Approximate(full_total)
        sheet.update(base=base, bonus=bonus, penalty=penalty, total=total, full_total=full_total)
        for tier, least in self.rubric["tiers"]:
            if not sheet["tier"] and (least == "-" or total >= Fraction(least)):
                sheet["tier"] = tier
        tier = f" tier={sheet['tier']}" if sheet["tier"] else ""
        return ("state=SCORED " + " ".join(
            f"{key}={self.printed(sheet[key])}" for key in ("base", "bonus", "penalty", "total"))
            + f" full={exact(full_total)}{tier}")


def score(rubric, unit, units):
    return Sheet(rubric, unit, units).run()
