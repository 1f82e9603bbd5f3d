"""Reasons in the code and in the contract are the same set, and each has its sentence in both languages."""

import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
proto = (root / "proto/thidua/type/v1/error_reason.proto").read_text(encoding="utf-8")
enum = proto[proto.index("enum ErrorReason"):]
values = re.findall(
    r"ERROR_REASON_([A-Z_]+) = \d+ \[\(text\) = \{\s*vi: \"([^\"]+)\"\s*en: \"([^\"]+)\"\s*\}\];", enum)
declared = {name for name, _, _ in values}
numbered = set(re.findall(r"ERROR_REASON_([A-Z_]+) = \d+", enum))

used = {}
for header in [*root.glob("common/**/reasons.h"), *root.glob("services/**/reasons.h")]:
    for constant, reason in re.findall(r"constexpr std::string_view (k\w+)\s*=\s*\"([A-Z_]+)\"",
                                       header.read_text(encoding="utf-8")):
        used.setdefault(reason, []).append((constant, header))

problems = []
for name in sorted(numbered - declared):
    problems.append(f"{name}: no sentence in Vietnamese and English")
for name in sorted(set(used) - declared):
    problems.append(f"{name}: in {used[name][0][1].relative_to(root)}, not in the contract")
for name in sorted(declared - set(used) - {"UNSPECIFIED"}):
    problems.append(f"{name}: in the contract, in no reasons.h")

sources = [p for folder in ("common", "services") for p in (root / folder).rglob("*.cc")]
sources += [p for folder in ("common", "services") for p in (root / folder).rglob("*.h") if p.name != "reasons.h"]
text = "\n".join(p.read_text(encoding="utf-8") for p in sources)
for reason, places in sorted(used.items()):
    if len(places) > 1:
        problems.append(f"{reason}: declared twice")
    if not re.search(rf"\b{places[0][0]}\b", text):
        problems.append(f"{reason}: no code gives it")

# What the comments of the services promise must exist.
for path in (root / "proto").rglob("*_service.proto"):
    for name in re.findall(r"// - [A-Z_]+, ([A-Z_]{4,})", path.read_text(encoding="utf-8")):
        if name not in declared:
            problems.append(f"{path.relative_to(root)} promises {name}, which the contract does not have")

print("\n".join(problems) or f"{len(declared) - 1} reasons, each declared, worded and given")
sys.exit(1 if problems else 0)
