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
from lines import Unit, fixed, plain
from sheets import score


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
            rubric = dict(ties=[], groups=[], extras={}, tiers=[])
            by_id = {}
            rubrics[rest[0]] = rubric
        elif key == "rounding":
            rubric["scale"], rubric["mode"] = int(rest[0]), rest[1]
        elif key in ("basis", "style"):
            rubric[key] = rest[0]
        elif key == "tie":
            rubric["ties"].append(" ".join(rest))
        elif key == "tier":
            rubric["tiers"].append(rest)
        elif key in ("base_round", "rank_round"):
            rubric[key] = rest
        elif key == "min_data":
            rubric[key] = rest[0]
        elif key == "group":
            group = dict(parse_options(rest[1:]), id=rest[0], lines=[], groups=[])
            by_id[rest[0]], lines = group, group["lines"]
            (by_id[group["in"]]["groups"] if "in" in group else rubric["groups"]).append(group)
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
        elif key == "last":
            units[-1].last[rest[0]] = rest[1]
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


def key_of(step, sheet):
    if step.startswith("group "):
        return sheet["groups"][step.split()[1]]
    if step.startswith("criterion "):
        points = sheet["lines_points"][step.split()[1]]
        return -points if step.split()[1] in sheet["penalty_ids"] else points
    if step == "penalty":
        return -sheet["penalty"]
    return sheet["base" if step == "base_total" else step]


def rank_value(rubric, sheet):
    value = sheet["full_total" if rubric["basis"] == "full_total" else "total"]
    if "rank_round" not in rubric:
        return value
    return Fraction(fixed(value, int(rubric["rank_round"][0]), rubric["rank_round"][1]))


def rank(rubric, sheets):
    """Rows [rank, sheet, decided_by, tie], found by counting who is better."""
    steps = ["total"] + rubric["ties"]
    scored = [s for s in sheets if not s["blocked"]]
    keys = {s["unit"].name: (rank_value(rubric, s), *(key_of(step, s) for step in steps[1:]))
            for s in scored}
    rows = []
    for sheet in scored:
        mine = keys[sheet["unit"].name]
        better = [key for key in keys.values() if key > mine]
        place = 1 + (len(set(better)) if rubric["style"] == "dense" else len(better))
        equal = list(keys.values()).count(mine)
        tie = equal > 1
        mean = plain(fixed(place + Fraction(equal - 1, 2), 1, "down"))
        sheet["rank_text"] = mean if rubric["style"] == "average" else str(place)
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
        members = [unit for unit in units if unit.options["category"] == category["id"]]
        sheets = [score(rubric, unit, members) for unit in members]
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
            out.append(f"  {sheet['rank_text'] or place} {name} decided_by={decided or '-'} tie={'yes' if tie else 'no'} "
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
