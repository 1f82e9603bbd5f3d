"""The part of reference.py that nominates; the same rules as services/awards/domain/nomination.h,
found in another way: places are given out one rank at a time from explicit sets of claims."""

from fractions import Fraction


def quota(rule, entrants, eligible):
    kind, *rest = rule.split(":")
    if kind == "fixed":
        return int(rest[0]), rest[0]
    count = entrants if rest[1] == "entrants" else eligible
    places = max(1, Fraction(rest[0]) * count // 100)
    return places, f"max(1, floor({count} × {rest[0]} / 100)) = {places}"


def listed(units):
    names = [f"units/{unit}" for unit in sorted(units)]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def nominate(categories, limit):
    out, open_places = [], []
    flags = {}  # province -> number nominated
    kept = {}  # province -> number kept for ballots
    for category in categories:
        places = category["quota"]
        left, passed, closed = places, [], set()
        award, boundary = category["award"], category["boundary"]

        def stays_open(count, reason):
            open_places.append(f"open | {count} of {places} places of {award} "
                               f"{'stays' if count == 1 else 'stay'} open: {reason}.")

        for rank in sorted({row["rank"] for row in category["rows"]} - {0}):
            if left <= 0:
                break
            claims, passed_here = {}, []
            for row in sorted(category["rows"], key=lambda row: row["unit"]):
                if row["rank"] != rank:
                    continue
                obstacle = None
                if row["failed"]:
                    obstacle = "fails " + ", ".join(row["failed"])
                elif limit and flags.get(row["province"], 0) >= limit:
                    obstacle = f"units/{row['province']} has its flags"
                elif row["province"] in closed:
                    obstacle = f"behind a tie for the flags of units/{row['province']}"
                if obstacle:
                    passed_here.append(f"units/{row['unit']} (rank {rank}, {obstacle})")
                else:
                    claims.setdefault(row["province"], []).append(row["unit"])
            may = {province: min(len(units), limit - flags.get(province, 0)) if limit
                   else len(units) for province, units in claims.items()}
            wanted = sum(may.values())
            if wanted > left and boundary != "all_in":
                everyone = [unit for units in claims.values() for unit in units]
                ballot = "; a ballot decides" if boundary == "ballot" else ""
                stays_open(left, f"{listed(everyone)} share rank {rank}{ballot}")
                if ballot:
                    for province in claims:
                        kept[province] = kept.get(province, 0) + min(may[province], left)
                left = 0
                break
            first = places - left + 1
            place = f"place {first}" if wanted == 1 else f"one of places {first} to {first + wanted - 1}"
            chosen = []
            for province in sorted(claims):
                units = claims[province]
                sure = not limit or flags.get(province, 0) + kept.get(province, 0) + len(units) <= limit
                if sure:
                    flags[province] = flags.get(province, 0) + len(units)
                    chosen += [(unit, province) for unit in units]
                elif len(units) > may[province]:
                    ballot = "" if boundary == "all_out" else "; a ballot decides"
                    more = "flag" if may[province] == 1 else "flags"
                    stays_open(may[province],
                               f"{listed(units)} share rank {rank} and units/{province} can have "
                               f"only {may[province]} more {more}{ballot}")
                    if ballot:
                        kept[province] = kept.get(province, 0) + may[province]
                    else:
                        closed.add(province)
                else:
                    verb = "waits" if len(units) == 1 else "wait"
                    stays_open(len(units), f"{listed(units)} {verb} for a ballot that may give "
                                           f"units/{province} its last flag")
                    kept[province] = kept.get(province, 0) + len(units)
            grounds = f", {place} of quota {places}"
            if passed:
                grounds += "; passed over: " + ", ".join(passed)
            for unit, province in sorted(chosen):
                out.append(f"nominee {category['id']} {award} {unit} province={province} "
                           f"rank={rank} | rank {rank} of {len(category['rows'])}{grounds}")
            left = max(0, left - wanted)
            passed += passed_here
        if left > 0:
            stays_open(left, "no further unit can be nominated")
    return out + open_places
