"""The points of one line: the part of reference.py for figures, targets, counts and conditions."""

from fractions import Fraction

import scales


class Unit:
    def __init__(self, name):
        self.name = name
        self.figures, self.targets, self.appraisals, self.events = {}, {}, {}, {}
        self.last = {}
        self.reports = dict(required=0, on_time=0, in_grace=0, late=0, missing=0)
        self.restatements = 0
        self.options, self.pins = {}, set()


class Line:
    """What one criterion gives: `points` is None if it is absent, and `why` says how."""

    def __init__(self, points=None, why="formula", inputs=(), working="", problem=""):
        self.points, self.why, self.inputs, self.working = points, why, list(inputs), working
        self.problem = problem


def plain(text):
    """A decimal as the contract prints it: no zeros at the end."""
    return text.rstrip("0").rstrip(".") if "." in text else text


def fixed(value, places, mode):
    """`value` rounded to `places`, as text; done on integers, digit by digit."""
    sign = "-" if value < 0 else ""
    scaled = abs(value) * 10**places
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    double = 2 * rest
    if mode == "half_up" and double >= scaled.denominator:
        whole += 1
    if mode == "half_even":
        if double > scaled.denominator or (double == scaled.denominator and whole % 2 == 1):
            whole += 1
    digits = str(whole).rjust(places + 1, "0")
    text = digits if places == 0 else digits[:-places] + "." + digits[-places:]
    return text if whole == 0 else sign + text


def shown(value):
    text = fixed(value, 4, "half_up")
    return ("= " if Fraction(text) == value else "≈ ") + plain(text)


def in_sum(texts):
    return texts[0] if len(texts) == 1 else "(" + " + ".join(texts) + ")" if texts else ""


def gather(codes, unit, with_target=False):
    """Figures of `codes`: (absence or "", sum, its text, targets or None, their text, inputs)."""
    figures = [unit.figures.get(code) for code in codes]
    why = "missing" if None in figures else "not_applicable" if "n/a" in figures else ""
    known = [figure for figure in figures if figure not in (None, "n/a")]
    targets = [unit.targets[code] for code in codes if code in unit.targets] if with_target else []
    inputs = []
    for code, figure in zip(codes, figures):
        value = "-" if figure is None else figure
        goal = f" target={unit.targets[code]}" if with_target and code in unit.targets else ""
        inputs.append(f"indicators/{code} {value}{goal}")
    return (why, sum(map(Fraction, known), Fraction(0)), in_sum(known),
            sum(map(Fraction, targets)) if targets else None, in_sum(targets), inputs)


def counted(line, unit):
    what = line["count"]
    if what == "restatements":
        text = str(unit.restatements)
        return "", Fraction(unit.restatements), text, [f"restatements {text}"]
    if what == "events":
        events = sorted(unit.events.get(line["id"], []))
        total = sum(count for _, count in events)
        inputs = [f"events {count}" for _, count in events] or ["events 0"]
        return "", Fraction(total), str(total), inputs
    why, total, text, _, _, inputs = gather([what], unit)
    return why, total, text, inputs


def against_target(line, unit, top):
    """Ratio and inverse ratio."""
    codes = line["of"].split(",")
    why, actual, actual_text, target, target_text, inputs = gather(codes, unit, True)
    if why:
        return Line(None, why, inputs)
    if target is None:
        return Line(None, "missing", inputs)
    if line["kind"] == "ratio":
        above, below, texts = actual, target, (actual_text, target_text)
        if target == 0:
            if line["zero"] == "na":
                return Line(None, "not_applicable", inputs)
            points = Fraction(top) if line["zero"] == "full" else Fraction(0)
            result = top if points else "0"
            return Line(points, inputs=inputs, working=f"{texts[0]} / {texts[1]} → {result}")
    else:
        above, below, texts = target, actual, (target_text, actual_text)
        if actual <= 0:
            return Line(Fraction(top), inputs=inputs,
                        working=f"{texts[0]} / {texts[1]} → {top}")
    working = f"min(1, {texts[0]} / {texts[1]})"
    if above / below < 0:
        return Line(Fraction(0), inputs=inputs, working=f"{top} × max(0, {working})")
    return Line(Fraction(top) * min(Fraction(1), above / below), inputs=inputs,
                working=f"{top} × {working}")


def by_bands(line, unit):
    parts = line["of"].split(",")
    wholes = line["per"].split(",") if "per" in line else []
    why, part, part_text, _, _, inputs = gather(parts, unit)
    why_whole, whole, whole_text, _, _, more = gather(wholes, unit)
    inputs = inputs + more
    if "missing" in (why, why_whole):
        return Line(None, "missing", inputs)
    if "not_applicable" in (why, why_whole) or (wholes and whole == 0):
        return Line(None, "not_applicable", inputs)
    value, working = part, part_text
    if wholes:
        value = part * 100 / whole
        working = f"{part_text} / {whole_text} × 100 {shown(value)}"
    elif len(parts) > 1:
        working = f"{part_text} {shown(value)}"
    falling = "at_least" in line
    for band in line["at_least" if falling else "at_most"].split(","):
        threshold, points = band.split(":")
        reached = value >= Fraction(threshold) if falling else value <= Fraction(threshold)
        if reached:
            return Line(Fraction(points), inputs=inputs,
                        working=f"{working} {'≥' if falling else '≤'} {threshold} → {points}")
    return Line(Fraction(line["else"]), inputs=inputs,
                working=f"{working} {'<' if falling else '>'} {threshold} → {line['else']}")


def all_of(line, unit, top, marks):
    holds, texts, inputs = True, [], []
    for condition in line["if"].split(","):
        what, number = condition.split(":", 1)
        if what in ("ge", "le", "expr"):
            reached, text, more = SCALES.condition(what, number, unit, top)
            holds, texts, inputs = holds and reached, texts + [text], inputs + more
            continue
        if what == "full":
            points, most, printed = marks[number]
            full = points == Fraction(most)
            holds = holds and full
            inputs.append(f"criteria/{number} {printed or '-'}")
            sign = "" if points is None else " = " if full else " < "
            texts.append(f"[{number}] " + (f"{points}{sign}{most}" if sign else "–"))
            continue
        why, actual, actual_text, target, target_text, more = gather([what], unit, True)
        inputs += more
        if why or not target:
            holds = False
            left = "n/a" if why == "not_applicable" else actual_text or "–"
            texts.append(f"{left} / {target_text or '–'}")
            continue
        percent = actual * 100 / target
        reached = percent >= Fraction(number)
        holds = holds and reached
        texts.append(f"{actual_text} / {target_text} × 100 {shown(percent)} "
                     f"{'≥' if reached else '<'} {number}")
    result = top if holds else "0"
    return Line(Fraction(result), inputs=inputs, working=" ∧ ".join(texts) + f" → {result}")


def bands_of_measure(line, unit):
    why, value, text, _, inputs, problem = SCALES.measure(line, unit)
    if why:
        return Line(None, why, inputs, problem=problem)
    falling = "at_least" in line
    for band in line["at_least" if falling else "at_most"].split(","):
        threshold, points = band.split(":")
        if value >= Fraction(threshold) if falling else value <= Fraction(threshold):
            return Line(Fraction(points), inputs=inputs,
                        working=f"{text} {'≥' if falling else '≤'} {threshold} → {points}")
    return Line(Fraction(line["else"]), inputs=inputs,
                working=f"{text} {'<' if falling else '>'} {threshold} → {line['else']}")


def evaluate(line, unit, marks, units):
    top, kind = line["max"], line["kind"]
    if kind in ("goalposts", "piecewise", "relative", "rank_points", "leader", "custom"):
        return SCALES.evaluate(line, unit, units)
    if kind == "bands" and "m" in line:
        return bands_of_measure(line, unit)
    if kind in ("ratio", "inverse"):
        return against_target(line, unit, top)
    if kind == "bands":
        return by_bands(line, unit)
    if kind == "all_of":
        return all_of(line, unit, top, marks)
    if kind == "manual":
        given = unit.appraisals.get(line["id"])
        if given in (None, "n/a"):
            return Line(None, "missing" if given is None else "not_applicable",
                        [f"appraisal {given or '-'}"])
        return Line(Fraction(given), inputs=[f"appraisal {given}"], working=given)
    if kind == "on_time":
        on_time, required = unit.reports["on_time"], unit.reports["required"]
        inputs = [f"reports {on_time} target={required}"]
        if required == 0:
            return Line(None, "not_applicable", inputs)
        return Line(Fraction(top) * on_time / required, inputs=inputs,
                    working=f"{top} × {on_time} / {required}")
    if kind == "delays":
        names = (("in_grace", "grace"), ("late", "late"), ("missing", "absent"))
        total = sum(unit.reports[count] * Fraction(line[points]) for count, points in names)
        terms = " + ".join(f"{unit.reports[count]} × {line[points]}" for count, points in names)
        return Line(min(Fraction(top), total), working=f"min({top}, {terms})",
                    inputs=[f"reports {unit.reports[count]}" for count, _ in names])
    if kind == "reported":
        why, value, text, _, _, inputs = gather([line["of"]], unit)
    else:
        why, value, text, inputs = counted(line, unit)
        if kind == "per_item":
            value, text = value * Fraction(line["points"]), f"{text} × {line['points']}"
        else:
            value = Fraction(line["start"]) + value * Fraction(line["points"])
            text = f"{line['start']} + {text} × {line['points']}"
    if why:
        return Line(None, why, inputs)
    working = f"min({top}, {text})"
    if kind == "delta" or value < 0:
        working = f"max(0, {working})"
    return Line(sorted((Fraction(0), value, Fraction(top)))[1], inputs=inputs, working=working)


class Tools:
    """What scales.py needs of this file."""

    Line = Line
    plain, fixed, shown = staticmethod(plain), staticmethod(fixed), staticmethod(shown)
    gather, counted = staticmethod(gather), staticmethod(counted)


SCALES = scales.Scales(Tools)
