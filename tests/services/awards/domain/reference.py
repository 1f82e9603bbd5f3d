"""A second implementation of scoring, ranking and nominating, independent of the C++ one.

It reads a case file of golden/ and writes what must come out, as the contract
(proto/thidua/awards/v1) says it; the expected files are made by it alone.

  reference.py golden/a.case              prints the expectation
  reference.py --check golden/*.case      compares with golden/a.expected, fails on a difference
  reference.py --write golden/*.case      writes golden/a.expected

The format of a case is described in golden/README.md.
"""

import datetime
import hashlib
import pathlib
import sys
from fractions import Fraction

import nominate


class Unit:
    def __init__(self, name):
        self.name = name
        self.figures, self.targets, self.appraisals, self.events = {}, {}, {}, {}
        self.reports = dict(required=0, on_time=0, in_grace=0, late=0, missing=0)
        self.restatements = 0
        self.options, self.pins = {}, set()


class Line:
    """What one criterion gives: `points` is None if it is absent, and `why` says how."""

    def __init__(self, points=None, why="formula", inputs=(), working=""):
        self.points, self.why, self.inputs, self.working = points, why, list(inputs), working


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


def parse_options(words):
    return dict(word.split("=", 1) for word in words)


def read_case(path):
    rubrics, categories, units, settings = {}, [], [], {"flags_per_province": 0}
    rubric = lines = None
    for raw in pathlib.Path(path).read_text(encoding="utf-8").splitlines():
        words = raw.split("#")[0].split()
        if not words:
            continue
        key, *rest = words
        if key == "rubric":
            rubric = dict(ties=[], groups=[], extras={})
            rubrics[rest[0]] = rubric
        elif key == "rounding":
            rubric["scale"], rubric["mode"] = int(rest[0]), rest[1]
        elif key in ("basis", "style"):
            rubric[key] = rest[0]
        elif key == "tie":
            rubric["ties"].append(" ".join(rest))
        elif key == "group":
            lines = []
            rubric["groups"].append((rest[0], lines))
        elif key in ("bonus", "penalty"):
            lines = []
            rubric["extras"][key] = (parse_options(rest)["cap"], lines)
        elif key == "line":
            flags = [word for word in rest[1:] if "=" in word]
            kind = [word for word in rest[1:] if "=" not in word][0]
            lines.append(dict(parse_options(flags), id=rest[0], kind=kind))
        elif key == "category":
            categories.append(dict(parse_options(rest[1:]), id=rest[0], gates=[]))
        elif key == "gate":
            categories[-1]["gates"].append(rest)
        elif key == "flags_per_province":
            settings[key] = int(rest[0])
        elif key == "unit":
            units.append(Unit(rest[0]))
            units[-1].options = parse_options(rest[1:])
        elif key == "figure":
            units[-1].figures[rest[0]] = rest[1]
        elif key == "target":
            units[-1].targets[rest[0]] = rest[1]
        elif key == "appraisal":
            units[-1].appraisals[rest[0]] = rest[1]
        elif key == "event":
            units[-1].events.setdefault(rest[0], []).append((rest[1], int(rest[2])))
        elif key == "reports":
            units[-1].reports.update({k: int(v) for k, v in parse_options(rest).items()})
        elif key == "restatements":
            units[-1].restatements = int(rest[0])
        elif key == "pin":
            units[-1].pins.add((rest[0], int(rest[1]), rest[2]))
        else:
            raise ValueError(f"{path}: {raw}")
    return rubrics, categories, units, settings


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
        what, number = condition.split(":")
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


def evaluate(line, unit, marks):
    top, kind = line["max"], line["kind"]
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


def settle(line, unit, marks):
    """The line by its formula, or by the rubric's rule for absence: (Line, dropped out)."""
    result = evaluate(line, unit, marks)
    if result.why == "formula":
        return result, False
    rule = line["missing" if result.why == "missing" else "na"]
    if rule == "full":
        result.points, result.working = Fraction(line["max"]), line["max"]
    elif rule in ("zero", "redistribute"):
        result.points, result.working = Fraction(0), "0"
    return result, rule == "redistribute"


def score(rubric, unit):
    scale, mode = rubric["scale"], rubric["mode"]

    def rounded(value):
        return Fraction(fixed(value, scale, mode))

    marks = {}
    for _, lines in rubric["groups"]:
        for line in lines:
            if line["kind"] == "all_of" and "full:" in line["if"]:
                continue
            result, dropped = settle(line, unit, {})
            points = None if dropped else result.points
            printed = None if points is None else fixed(points, scale, mode)
            marks[line["id"]] = (points, line["max"], printed)

    out, base, exact, groups, blocked = [], Fraction(0), Fraction(0), {}, False

    def show(line, result, factor=None):
        nonlocal blocked
        if result.points is None:
            blocked = True
            out.append(f"    {line['id']} points=- full=- basis={result.why} |")
        else:
            extra = f" redistribution={factor}" if factor is not None else ""
            out.append(f"    {line['id']} points={fixed(result.points, scale, mode)} "
                       f"full={result.points} basis={result.why}{extra} | {result.working}")
        out.extend(f"      in {text}" for text in result.inputs)

    for group, lines in rubric["groups"]:
        settled = [settle(line, unit, marks) for line in lines]
        most = sum(Fraction(line["max"]) for line in lines)
        left = sum(Fraction(line["max"]) for line, (_, dropped) in zip(lines, settled)
                   if not dropped)
        factor = most / left if left not in (0, most) else None
        if factor is not None:
            for result, dropped in settled:
                if not dropped and result.points is not None:
                    result.points *= factor
        points = [result.points for result, _ in settled]
        groups[group] = None if None in points else sum(map(rounded, points))
        printed = "-" if None in points else fixed(groups[group], scale, mode)
        out.append(f"  group {group} max={plain(fixed(most, 6, 'down'))} points={printed}")
        for line, (result, dropped) in zip(lines, settled):
            show(line, result, None if dropped or result.points is None else factor)
        if None not in points:
            base, exact = base + groups[group], exact + sum(points)

    extras = {}
    for name in ("bonus", "penalty"):
        cap, lines = rubric["extras"].get(name, ("0", []))
        if lines:
            out.append(f"  {name}")
        sums = [Fraction(0), Fraction(0)]
        for line in lines:
            result, _ = settle(line, unit, marks)
            show(line, result)
            if result.points is not None:
                sums = [sums[0] + rounded(result.points), sums[1] + result.points]
        extras[name] = [min(Fraction(cap), value) for value in sums]

    sheet = dict(unit=unit, groups=groups, blocked=blocked, base=base, bonus=extras["bonus"][0],
                 penalty=extras["penalty"][0], lines=out)
    sheet["total"] = base + extras["bonus"][0] - extras["penalty"][0]
    sheet["full_total"] = exact + extras["bonus"][1] - extras["penalty"][1]
    totals = "state=BLOCKED"
    if not blocked:
        totals = "state=SCORED " + " ".join(
            f"{key}={fixed(sheet[key], scale, mode)}"
            for key in ("base", "bonus", "penalty", "total")) + f" full={sheet['full_total']}"
    sheet["head"] = f"sheet {unit.name} {totals}"
    return sheet


def key_of(step, sheet):
    if step.startswith("group "):
        return sheet["groups"][step.split()[1]]
    if step == "penalty":
        return -sheet["penalty"]
    return sheet["base" if step == "base_total" else step]


def rank(rubric, sheets):
    """Rows [rank, sheet, decided_by, tie], found by counting who is better."""
    basis = "full_total" if rubric["basis"] == "full_total" else "total"
    steps = [basis] + rubric["ties"]
    scored = [s for s in sheets if not s["blocked"]]
    keys = {s["unit"].name: tuple(key_of(step, s) for step in steps) for s in scored}
    rows = []
    for sheet in scored:
        mine = keys[sheet["unit"].name]
        better = [key for key in keys.values() if key > mine]
        place = 1 + (len(set(better)) if rubric["style"] == "dense" else len(better))
        tie = list(keys.values()).count(mine) > 1
        rows.append([place, sheet, "", tie])
    rows.sort(key=lambda row: (row[0], row[1]["unit"].name))
    for before, row in zip(rows, rows[1:]):
        if before[0] == row[0]:
            continue
        a, b = keys[before[1]["unit"].name], keys[row[1]["unit"].name]
        first = next(i for i, (x, y) in enumerate(zip(a, b)) if x != y)
        row[2] = "total" if first == 0 else steps[first]
    blocked = sorted((s for s in sheets if s["blocked"]), key=lambda s: s["unit"].name)
    return rows + [[0, sheet, "", False] for sheet in blocked]


def months_later(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in (day.day, 30, 29, 28):
        try:
            return datetime.date(year, month + 1, number)
        except ValueError:
            continue


def passes(gate, sheet):
    unit, what = sheet["unit"], gate[1]
    if what == "pact_signed":
        return unit.options.get("pact") == "yes"
    if what == "reports_complete":
        return unit.reports["missing"] == 0
    if what == "minimum_total":
        return not sheet["blocked"] and sheet["total"] >= Fraction(gate[2])
    if what == "minimum_age":
        founded = unit.options.get("founded")
        return founded is not None and months_later(
            datetime.date.fromisoformat(founded), int(gate[2])) <= datetime.date.fromisoformat(gate[3])
    figure = unit.figures.get(gate[2])
    return figure not in (None, "n/a") and Fraction(figure) <= Fraction(gate[3])


def expectation(path):
    rubrics, categories, units, settings = read_case(path)
    out, results, pins = [], [], set()
    for category in categories:
        rubric = rubrics[category["rubric"]]
        sheets = [score(rubric, unit) for unit in units
                  if unit.options["category"] == category["id"]]
        for sheet in sheets:
            out += [sheet["head"]] + sheet["lines"]
            pins |= sheet["unit"].pins
        rows = rank(rubric, sheets)
        failed = {s["unit"].name: [g[0] for g in category["gates"] if not passes(g, s)]
                  for s in sheets}
        eligible = sum(1 for gates in failed.values() if not gates)
        quota, working = nominate.quota(category["quota"], len(sheets), eligible)
        out.append(f"standings {category['id']} quota={quota} | {working}")
        for place, sheet, decided, tie in rows:
            name = sheet["unit"].name
            out.append(f"  {place} {name} decided_by={decided or '-'} tie={'yes' if tie else 'no'} "
                       f"failed={','.join(failed[name]) or '-'}")
        results.append(dict(category, quota=quota, rows=[
            dict(unit=sheet["unit"].name, rank=place, failed=failed[sheet["unit"].name],
                 province=sheet["unit"].options.get("province", sheet["unit"].name))
            for place, sheet, _, _ in rows]))
    out += nominate.nominate(results, settings["flags_per_province"])
    text = "".join(f"{name}\n{revision}\n{digest}\n" for name, revision, digest in sorted(pins))
    out.append("snapshot " + hashlib.sha256(text.encode()).hexdigest())
    return "\n".join(out) + "\n"


def main(arguments):
    mode = arguments.pop(0) if arguments and arguments[0].startswith("--") else "--print"
    failures = 0
    for path in map(pathlib.Path, arguments):
        text, expected = expectation(path), path.with_suffix(".expected")
        if mode == "--write":
            expected.write_text(text, encoding="utf-8")
        elif mode == "--print":
            print(text, end="")
        elif expected.read_text(encoding="utf-8") != text:
            print(f"{expected} is not what reference.py makes of {path.name}")
            failures += 1
    return 1 if failures or not arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
