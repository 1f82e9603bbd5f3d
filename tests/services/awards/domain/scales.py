"""The formulas over measures, and groups that are no plain sums: the part of reference.py for them.

Exact numbers are Fractions. A root or logarithm that is no rational number is an Approximate, made with
more digits than needed and rounded to 36, as proto/thidua/awards/v1/scale.proto says.
"""

import decimal
import re
from fractions import Fraction

decimal.getcontext().prec = 120
decimal.getcontext().Emax, decimal.getcontext().Emin = 10**9, -10**9


class Approximate(Fraction):
    """A Fraction that is not the true value; only made here, and found by `approximate`."""


def approximate(*values):
    return any(isinstance(value, Approximate) for value in values)


def as_decimal(value):
    return decimal.Decimal(value.numerator) / decimal.Decimal(value.denominator)


def to_36_digits(number):
    with decimal.localcontext() as context:
        context.prec, context.rounding = 36, decimal.ROUND_HALF_UP
        return Approximate(+number)


class Undefined(Exception):
    """The formula cannot be computed."""


def integer_root(number, degree):
    low, high = 0, 1 << (number.bit_length() // degree + 1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle**degree <= number else (low, middle - 1)
    return low if low**degree == number else None


def root(value, degree):
    if value == 0:
        return Fraction(0)
    top, bottom = (integer_root(part, degree) for part in (value.numerator, value.denominator))
    if top is not None and bottom is not None:
        return Fraction(top, bottom)
    return to_36_digits((as_decimal(value).ln() / degree).exp())


def square_root(value):
    if value < 0:
        raise Undefined("sqrt")
    return root(value, 2)


def logarithm(value):
    return Fraction(0) if value == 1 else to_36_digits(as_decimal(value).ln())


class Known:
    """A number of an expression, or None for one that is missing."""

    def __init__(self, value):
        self.value = value

    def combine(self, other, operation):
        a, b = self.value, other.value
        return Known(None if a is None or b is None else operation(a, b))

    def __add__(self, other): return self.combine(other, lambda a, b: a + b)
    def __sub__(self, other): return self.combine(other, lambda a, b: a - b)
    def __mul__(self, other): return self.combine(other, lambda a, b: a * b)
    def __truediv__(self, other): return self.combine(other, lambda a, b: a / b)
    def __pow__(self, other): return self.combine(other, lambda a, b: a**int(b))
    def __ge__(self, other): return self.combine(other, lambda a, b: a >= b)
    def __lt__(self, other): return self.combine(other, lambda a, b: a < b)


def canonical(text):
    text = re.sub(r"\s+", "", text)
    text = re.sub(r"(>=|<=|!=|[-+*/^=<>](?!=))", r" \1 ", text)
    return re.sub(r",", ", ", re.sub(r"\s+", " ", text))


def references(text):
    found = []
    for kind, code in re.findall(r"(?:\b(target|last_year)\()?([A-Z][A-Z0-9_]*)", text):
        if (kind, code) not in found and code != "MAX_POINTS":
            found.append((kind, code))
    return found


def expression(text, top, unit, show_figure):
    """(basis or "", value, inputs, problem) of an expression."""
    absent = []

    def look(kind, code):
        reserved = {"MAX_POINTS": Fraction(top), "RESTATEMENTS": Fraction(unit.restatements),
                    "REPORTS_REQUIRED": Fraction(unit.reports["required"]),
                    "REPORTS_ON_TIME": Fraction(unit.reports["on_time"])}
        if code in reserved:
            return Known(reserved[code])
        table = {"": unit.figures, "target": unit.targets, "last_year": unit.last}[kind]
        value = table.get(code)
        if value in (None, "n/a"):
            absent.append("missing" if value is None else "not_applicable")
            return Known(None)
        return Known(Fraction(value))

    inputs = []
    for kind, code in references(text):
        if code == "RESTATEMENTS":
            inputs.append(f"restatements {unit.restatements}")
        elif code in ("REPORTS_REQUIRED", "REPORTS_ON_TIME"):
            inputs.append(f"reports {unit.reports[code.removeprefix('REPORTS_').lower()]}")
        elif kind == "target":
            goal = f" target={unit.targets[code]}" if code in unit.targets else ""
            inputs.append(f"indicators/{code} -{goal}")
        elif kind == "last_year":
            inputs.append(f"indicators/{code}/lastYear {show_figure(unit.last.get(code))}")
        else:
            inputs.append(f"indicators/{code} {show_figure(unit.figures.get(code))}")
    source = re.sub(r"\b(target|last_year)\(([A-Z][A-Z0-9_]*)\)", r"look('\1',#\2#)", text)
    source = re.sub(r"(?<![#\w'])([A-Z][A-Z0-9_]*)(?![#\w])", r"look('',#\1#)", source)
    source = re.sub(r"(?<![\w#.])(\d+(?:\.\d+)?)", r"Known(Fraction('\1'))", source)
    source = source.replace("#", "'").replace("^", "**")
    names = dict(
        look=look, Known=Known, Fraction=Fraction,
        min=lambda *all: Known(None if None in [k.value for k in all] else min(k.value for k in all)),
        max=lambda *all: Known(None if None in [k.value for k in all] else max(k.value for k in all)),
        coalesce=lambda *all: next((k for k in all if k.value is not None), Known(None)),
        sqrt=lambda one: Known(None if one.value is None else square_root(one.value)))
    try:
        value = eval(source, {"__builtins__": {}}, names).value
    except ZeroDivisionError:
        return "undefined", None, inputs, f"division by zero at column {text.index('/') + 1}"
    except Undefined as undefined:
        column = text.index(str(undefined)) + 1
        return ("undefined", None, inputs,
                f"a function of a number for which it is not defined at column {column}")
    if value is None:
        return ("missing" if "missing" in absent else "not_applicable"), None, inputs, ""
    return "", value, inputs, ""


class Scales:
    """The formulas, with what reference.py lends them."""

    def __init__(self, tools):
        self.t = tools

    def brief(self, value):
        return self.t.plain(self.t.fixed(value, 4, "half_up"))

    def measure(self, line, unit):
        """(basis or "", value, text, brief, inputs, problem) of the measure of `line`."""
        kind, _, rest = line["m"].partition(":")
        problem = ""
        if kind == "expr":
            why, value, inputs, problem = expression(line["expr"], line["max"], unit, self.figure)
            text = None if why else f"{canonical(line['expr'])} {self.t.shown(value)}"
            short = None if why else self.brief(value)
        elif kind in ("events", "restatements"):
            why, value, text, inputs = self.t.counted(dict(line, count=kind), unit)
            short = text
        else:
            first, _, second = rest.partition("/")
            why, value, text, short, inputs = self.figures(kind, first.split(","), second, unit)
        if not why and "prec" in line:
            places, mode = line["prec"].split(":")
            rounded = Fraction(self.t.fixed(value, int(places), mode))
            if rounded != value:
                short = self.t.plain(self.t.fixed(value, int(places), mode))
                value, text = rounded, f"{text} ↦ {short}"
        return why, value, text, short, inputs, problem

    def figure(self, value):
        return "-" if value is None else value

    def past(self, codes, unit):
        now, unit.figures = unit.figures, unit.last
        why, value, text, _, _, inputs = self.t.gather(codes, unit)
        unit.figures = now
        return why, value, text, [re.sub(r" ", "/lastYear ", line, count=1) for line in inputs]

    def figures(self, kind, codes, second, unit):
        with_target = kind == "target"
        why, a, a_text, goal, goal_text, inputs = self.t.gather(codes, unit, with_target)
        if kind == "fig":
            if why:
                return why, None, None, None, inputs
            text = a_text if len(codes) == 1 else f"{a_text} {self.t.shown(a)}"
            return "", a, text, a_text if len(codes) == 1 else self.brief(a), inputs
        if with_target:
            if why or goal is None or goal == 0:
                why = why or ("missing" if goal is None else "not_applicable")
                return why, None, None, None, inputs
            value, text = a * 100 / goal, f"{a_text} / {goal_text}"
        else:
            if kind == "growth" and not second:
                why_b, b, b_text, more = self.past(codes, unit)
            else:
                why_b, b, b_text, _, _, more = self.t.gather(second.split(","), unit)
            inputs = inputs + more
            both = (why, why_b)
            if any(both) or b == 0:
                why = "missing" if "missing" in both else "not_applicable"
                return why, None, None, None, inputs
            if kind == "share":
                value, text = a * 100 / b, f"{a_text} / {b_text}"
            else:
                value, text = (a - b) * 100 / abs(b), f"({a_text} - {b_text}) / |{b_text}|"
        return "", value, f"{text} × 100 {self.t.shown(value)}", self.brief(value), inputs

    # --- The category ---

    def field(self, line, units):
        values = []
        for unit in units:
            why, value, *_ = self.measure(line, unit)
            if not why:
                values.append(self.compared(line, value))
        return values

    def compared(self, line, value):
        if line.get("method") in ("sum", "vector", "z_score"):
            return Fraction(self.t.fixed(value, 12, "half_up"))
        return value

    def evaluate(self, line, unit, units):
        """A Line of reference.py, by the formula of `line`."""
        kind = line["kind"]
        if kind == "leader":
            return self.leader(line, unit, units)
        if kind == "custom":
            return self.custom(line, unit)
        why, value, text, short, inputs, problem = self.measure(line, unit)
        if why:
            return self.t.Line(None, why, inputs, problem=problem)
        try:
            points, working = getattr(self, kind)(line, value, short, units)
        except Undefined as undefined:
            return self.t.Line(None, "undefined", inputs, problem=str(undefined))
        if points is None:
            return self.t.Line(None, "not_applicable", inputs)
        top = Fraction(line["max"])
        if not line.get("beyond") == "open":
            if points < 0:
                points, working = Fraction(0), f"max(0, {working})"
            elif points > top:
                points, working = top, f"min({line['max']}, {working})"
        prefix = "" if text == short else f"{text}; "
        return self.t.Line(points, inputs=inputs, working=prefix + working)

    def goalposts(self, line, x, short, units):
        top, zero, full = (Fraction(line[key]) for key in ("max", "zero", "full"))
        if line["scale"] == "linear":
            return (top * (x - zero) / (full - zero),
                    f"{line['max']} × ({short} - {line['zero']}) / ({line['full']} - {line['zero']})")
        low, high = min(zero, full), max(zero, full)
        if line["beyond"] == "clip" and (x <= low or x >= high):
            edge, sign = (low, "≤") if x <= low else (high, "≥")
            points = top if edge == full else Fraction(0)
            return points, f"{short} {sign} {self.brief(edge)} → {self.brief(points)}"
        if x <= 0:
            raise Undefined("logarithm of 0 or less")
        above, below = logarithm(x / zero), logarithm(full / zero)
        points = top * Fraction(above) / Fraction(below)
        if approximate(above):
            points = Approximate(points)
        return points, (f"{line['max']} × ln({short} / {line['zero']}) / "
                        f"ln({line['full']} / {line['zero']})")

    def piecewise(self, line, x, short, units):
        vertices = [tuple(vertex.split(":")) for vertex in line["at"].split(",")]
        for (at, points), sign in ((vertices[0], "≤"), (vertices[-1], "≥")):
            if x <= Fraction(at) if sign == "≤" else x >= Fraction(at):
                return Fraction(points), f"{short} {sign} {at} → {points}"
        for (x0, y0), (x1, y1) in zip(vertices, vertices[1:]):
            if x <= Fraction(x1):
                a, b, c, d = map(Fraction, (x0, y0, x1, y1))
                return (b + (x - a) / (c - a) * (d - b),
                        f"{y0} + ({short} - {x0}) / ({x1} - {x0}) × ({y1} - {y0})")

    def relative(self, line, x, short, units):
        method, up, top = line["method"], line["dir"] == "up", Fraction(line["max"])
        values = self.field(line, units)
        x, n, total = self.compared(line, x), len(values), sum(values)
        squares = sum(value * value for value in values)
        even = {"min_max": ("min = max", min(values) == max(values)),
                "z_score": ("min = max", min(values) == max(values)),
                "sum": ("Σ ≤ 0", total <= 0), "vector": ("Σ² = 0", squares == 0),
                "rank": ("n = 1", n == 1), "leader": ("max ≤ 0", up and max(values) <= 0)}[method]
        if even[1]:
            points = {"full": top, "half": top / 2, "zero": Fraction(0), "na": None}[line["even"]]
            return points, "" if points is None else f"{even[0]} → {self.brief(points)}"
        most = line["max"]
        if method == "min_max":
            bad, good = (min(values), max(values)) if up else (max(values), min(values))
            texts = self.brief(bad), self.brief(good)
            return (top * (x - bad) / (good - bad),
                    f"{most} × ({short} - {texts[0]}) / ({texts[1]} - {texts[0]})")
        if method in ("sum", "vector"):
            whole = total if method == "sum" else root(squares, 2)
            text = self.brief(total) if method == "sum" else f"√{self.brief(squares)}"
            share = x / Fraction(whole)
            points = top * (share if up else 1 - share)
            points = Approximate(points) if approximate(whole) else points
            quotient = f"{short} / {text}"
            return points, f"{most} × {quotient}" if up else f"{most} × (1 - {quotient})"
        if method == "z_score":
            mean, span = total / n, Fraction(line["span"])
            spread = root(sum((value - mean)**2 for value in values) / n, 2)
            z = (x - mean if up else mean - x) / Fraction(spread)
            points = top * (Fraction(1, 2) + z / (2 * span))
            points = Approximate(points) if approximate(spread) else points
            pair = (short, self.brief(mean)) if up else (self.brief(mean), short)
            return points, (f"{most} × (1/2 + ({pair[0]} - {pair[1]}) / {self.brief(spread)} / "
                            f"(2 × {line['span']}))")
        if method == "rank":
            better = sum(1 for value in values if (value > x if up else value < x))
            rank = better + Fraction(values.count(x) + 1, 2)
            return top * (n - rank) / (n - 1), f"{most} × ({n} - {self.brief(rank)}) / ({n} - 1)"
        if up:
            return top * x / max(values), f"{most} × {short} / {self.brief(max(values))}"
        if x <= 0:
            return top, f"{short} ≤ 0 → {most}"
        return top * min(values) / x, f"{most} × {self.brief(min(values))} / {short}"

    def rank_points(self, line, x, short, units):
        values, up = self.field(line, units), line["dir"] == "up"
        places = [Fraction(points) for points in line["places"].split(",")]

        def at(place):
            return places[place] if place < len(places) else Fraction(line["else"])

        pool = set(values) if line["ties"] == "dense" else values
        better = sum(1 for value in pool if (value > x if up else value < x))
        equal = values.count(x)
        if line["ties"] == "average" and equal > 1:
            taken = [at(place) for place in range(better, better + equal)]
            terms = " + ".join(map(self.brief, taken))
            return (sum(taken) / equal,
                    f"#{better + 1}–{better + equal} / {len(values)} → ({terms}) / {equal}")
        return at(better), f"#{better + 1} / {len(values)} → {self.brief(at(better))}"

    def leader(self, line, unit, units):
        codes, up, most = line["of"].split(","), line["dir"] == "up", line["max"]
        top = Fraction(most)

        def look(one):
            why, a, a_text, goal, goal_text, inputs = self.t.gather(codes, one, True)
            return why, a, a_text, goal if goal is not None and goal > 0 else None, goal_text, inputs

        others = [entry for entry in map(look, units) if not entry[0]]
        excesses = [(a - goal if up else goal - a) / goal for _, a, _, goal, *_ in others if goal]
        free = [a for _, a, _, goal, *_ in others if not goal and a > 0]
        why, a, a_text, goal, goal_text, inputs = look(unit)
        if why:
            return self.t.Line(None, why, inputs)
        if not goal:
            if a <= 0:
                points = Fraction(0) if up else top
                return self.t.Line(points, inputs=inputs, working=f"{a_text} ≤ 0 → {self.brief(points)}")
            best = max(free) if up else min(free)
            pair = (a_text, self.brief(best)) if up else (self.brief(best), a_text)
            return self.t.Line(top * (a / best if up else best / a), inputs=inputs,
                               working=f"{most} × {pair[0]} / {pair[1]}")
        excess, half = (a - goal if up else goal - a) / goal, f"{most} / 2"
        pair = (a_text, goal_text) if up else (goal_text, a_text)
        if excess < 0:
            points = top / 2 * (a / goal if up else goal / a)
            working = f"{half} × {pair[0]} / {pair[1]}"
            if points < 0:
                points, working = Fraction(0), f"max(0, {working})"
            return self.t.Line(points, inputs=inputs, working=working)
        if max(excesses) <= 0:
            return self.t.Line(top / 2, inputs=inputs, working=half)
        return self.t.Line(
            top / 2 + top / 2 * excess / max(excesses), inputs=inputs,
            working=f"{half} + {half} × ({pair[0]} - {pair[1]}) / {goal_text} / "
                    f"{self.brief(max(excesses))}")

    def custom(self, line, unit):
        why, value, inputs, problem = expression(line["expr"], line["max"], unit, self.figure)
        if why:
            return self.t.Line(None, why, inputs, problem=problem)
        kept = min(max(value, Fraction(0)), Fraction(line["max"]))
        if approximate(value) and kept == value:
            kept = Approximate(kept)
        working = f"{canonical(line['expr'])} {self.t.shown(value)}"
        if kept != value:
            working += f" → {self.brief(kept)}"
        return self.t.Line(kept, inputs=inputs, working=working)

    def condition(self, what, rest, unit, top):
        """(holds, text, inputs) of `ge:A:5`, `le:A:5` or `expr:A>=5`."""
        if what == "expr":
            why, value, inputs, problem = expression(rest, top, unit, self.figure)
            sign = problem or {"missing": "–", "not_applicable": "n/a"}.get(why, "✓" if value else "✗")
            return bool(value) and not why, f"({canonical(rest)}) {sign}", inputs
        code, number = rest.split(":")
        why, value, text, _, _, inputs = self.t.gather([code], unit)
        if why:
            return False, "–" if why == "missing" else "n/a", inputs
        holds = value >= Fraction(number) if what == "ge" else value <= Fraction(number)
        sign = {("ge", True): "≥", ("ge", False): "<", ("le", True): "≤", ("le", False): ">"}[what, holds]
        return holds, f"{text} {sign} {number}", inputs


def aggregate(kind, most, parts, trimmed):
    """(points, working) of the children [(points, maximum, weight text)] of a group."""
    if not parts:
        return Fraction(0), ""
    top = Fraction(most)
    shares = [points / maximum for points, maximum, _ in parts]
    texts = [f"{trimmed(points)} / {trimmed(maximum)}" for points, maximum, _ in parts]
    head = trimmed(top)
    if kind in ("min", "max"):
        return top * (min if kind == "min" else max)(shares), f"{head} × {kind}({', '.join(texts)})"
    weights = [Fraction(weight) for _, _, weight in parts]
    total = " + ".join(weight for _, _, weight in parts)
    if kind == "mean":
        terms = " + ".join(f"{weight} × {text}" for (_, _, weight), text in zip(parts, texts))
        mean = sum(share * weight for share, weight in zip(shares, weights)) / sum(weights)
        return top * mean, f"{head} × ({terms}) / ({total})"
    unit = weights[0]
    for weight in weights[1:]:
        while weight:
            unit, weight = weight, unit % weight
    product = Fraction(1)
    for share, weight in zip(shares, weights):
        product *= Fraction(share)**int(weight / unit)
    mean = root(product, int(sum(weights) / unit))
    terms = " × ".join(f"({text})^{weight}" for (_, _, weight), text in zip(parts, texts))
    points = top * Fraction(mean)
    if approximate(mean) or approximate(*(points for points, _, _ in parts)):
        points = Approximate(points)
    return points, f"{head} × ({terms})^(1 / ({total}))"
