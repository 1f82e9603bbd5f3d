"""The alert rules are valid, fire when they should (promtool), and each is explained in deploy/README.md; the
dashboard is well formed; and neither asks for a metric that no source of ours exposes."""

import json
import pathlib
import re
import subprocess
import sys

root = pathlib.Path(sys.argv[1])
folder = root / "deploy/observability"
problems = []


def run(*command):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        problems.append(f"{' '.join(command)}\n{done.stdout}{done.stderr}")


run("promtool", "check", "rules", "--lint=all", "--lint-fatal", "alerts.yml")
run("promtool", "test", "rules", "alerts_test.yml")
run("promtool", "check", "config", "prometheus.yml")

rules = (folder / "alerts.yml").read_text(encoding="utf-8")
alerts = re.findall(r"- alert: (\w+)", rules)
guide = (root / "deploy/README.md").read_text(encoding="utf-8")
explained = re.findall(r"^\| `(Thidua\w+)` \|", guide, re.MULTILINE)
if alerts != explained:
    problems.append(f"alerts.yml has {alerts}\ndeploy/README.md explains {explained}")

# Names as the sources spell them; those of calls are put together from a side and the rest.
sources = "\n".join(path.read_text(encoding="utf-8") for part in ("common", "services")
                    for path in (root / part).rglob("*.cc"))
exposed = set(re.findall(r"\"([a-z][a-z0-9_]+)\"", sources)) | {"up"}
for side in ("server", "client"):
    exposed |= {f"grpc_{side}_{rest}" for rest in (
        "started_total", "handled_total", "msg_received_total", "msg_sent_total", "handling_seconds") if rest in exposed}
WORDS = {"and", "avg", "by", "histogram_quantile", "increase", "label_values", "or", "rate", "sum", "time", "topk",
         "max", "min", "without", "on", "le", "job", "instance", "consumer"}


def used_in(expression):
    bare = re.sub(r"\{[^}]*\}", "", expression)
    bare = re.sub(r"\[[^\]]*\]", "", bare)
    bare = re.sub(r"\b(by|without|on) *\([^)]*\)", "", bare)
    return {re.sub(r"_(bucket|sum|count)$", "", name)
            for name in re.findall(r"(?<![\w$.])[a-z_]\w*(?![\w(])", bare) if name not in WORDS}


def check(where, expression):
    for name in sorted(used_in(expression) - exposed):
        problems.append(f"{where} asks for {name}, which nobody exposes")


for name, expression in re.findall(r"- alert: (\w+)\n(?:\s+#.*\n)*\s+expr: (?:>-\n)?((?:.|\n)*?)\n\s+(?:for|labels):", rules):
    check(name, expression)

dashboard = json.loads((folder / "dashboard.json").read_text(encoding="utf-8"))
ids, places = set(), set()
for panel in dashboard["panels"]:
    if panel["id"] in ids or not panel["description"] or not panel["targets"]:
        problems.append(f"panel {panel['title']}: a second one with this id, or without description or targets")
    ids.add(panel["id"])
    place = panel["gridPos"]
    cells = {(x, y) for x in range(place["x"], place["x"] + place["w"]) for y in range(place["y"], place["y"] + place["h"])}
    if cells & places or place["x"] + place["w"] > 24:
        problems.append(f"panel {panel['title']} covers another, or leaves the grid")
    places |= cells
    for target in panel["targets"]:
        check(panel["title"], target["expr"])
check("the variable job", re.search(r"\((\w+),", dashboard["templating"]["list"][1]["query"]).group(1))

print("\n".join(problems) or f"{len(alerts)} alerts, {len(ids)} panels")
sys.exit(1 if problems else 0)
