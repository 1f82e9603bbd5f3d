"""Measures the reporting service under load; prints a table of ratios and writes the figures as JSON.

Started by tests/bench/run.sh. Every figure stands beside one of the same run on the same machine: the
bare echo of the same message, SQLite inserts of the same bytes, and, where it is installed, etcd's put
of them. The client shares the machine with what it measures.
"""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "e2e"))

from bulk import Bulk, timed

from thidua.reporting.v1 import (
    definition_service_pb2, definition_service_pb2_grpc, finding_pb2, form_pb2, indicator_pb2,
    submission_service_pb2, unit_pb2)
from thidua.type.v1 import type_pb2

BENCH = pathlib.Path(os.environ["THIDUA_BENCH"])
CODES = [f"I{number:02}" for number in range(32)]
RULES = ("I06 <= I07", "I08 + I09 <= I10 * 2", "I11 = 0 or I12 / I13 <= 100",
         "missing(previous(I14)) or I14 >= previous(I14) * 0.5")
# Every rule that CODES and RULES make holds for these.
NUMBERS = {"I00": "20", "I03": "1000"}
IN_FLIGHT = 64
# Submissions of one commit of raw inserts, as the goals say.
ROWS_PER_COMMIT = 64


class World(Bulk):
    """Cooperatives that report 32 figures a month, with rules of every kind on."""

    def build_definitions(self):
        definitions = definition_service_pb2_grpc.DefinitionServiceStub(self.channel)
        # The whole after its parts.
        for code in reversed(CODES):
            definitions.CreateIndicator(definition_service_pb2.CreateIndicatorRequest(
                indicator_id=code, indicator=self.indicator(code)))
        for name in sorted({form for form, _, _ in self.slots}):
            definitions.CreateForm(definition_service_pb2.CreateFormRequest(
                form_id=name.removeprefix("forms/"), form=self.form()))

    @staticmethod
    def indicator(code):
        indicator = indicator_pb2.Indicator(
            title=type_pb2.LocalizedText(vi="Chỉ tiêu"), unit_of_measure=type_pb2.LocalizedText(vi="đồng"), scale=2,
            measure=indicator_pb2.Indicator.MEASURE_FLOW, aggregation=indicator_pb2.Indicator.AGGREGATION_SUM,
            minimum="0", maximum="999999999")
        if code in ("I00", "I03"):
            indicator.measure = indicator_pb2.Indicator.MEASURE_STOCK
            indicator.year_on_year_threshold = "30"
        if code == "I00":
            indicator.breakdowns.add(group="sector", kind=indicator_pb2.BreakdownGroup.KIND_EXHAUSTIVE,
                                     title=type_pb2.LocalizedText(vi="Lĩnh vực"),
                                     parts=["indicators/I01", "indicators/I02"])
        if code == "I03":
            indicator.stock_identity.inflows.append("indicators/I04")
            indicator.stock_identity.outflows.append("indicators/I05")
            indicator.stock_identity.severity = finding_pb2.SEVERITY_ERROR
        return indicator

    @staticmethod
    def form():
        form = form_pb2.Form(title=type_pb2.LocalizedText(vi="Báo cáo tháng"),
                             unit_kind=unit_pb2.Unit.KIND_COOPERATIVE, period_level=type_pb2.PERIOD_LEVEL_MONTH)
        for code in CODES:
            form.fields.add(indicator=f"indicators/{code}", required=True)
        for number, condition in enumerate(RULES):
            form.rules.add(rule=f"rule-{number}", condition=condition, severity=finding_pb2.SEVERITY_ERROR,
                           message=type_pb2.LocalizedText(vi="Số liệu không khớp"))
        return form

    def requests(self):
        """What a unit sends for each slot, but for its name."""
        for form, period, kind in self.slots:
            request = submission_service_pb2.SubmitRequest()
            request.report.form, request.report.period, request.report.value_kind = form, period, kind
            request.report.source = "Phòng Kế hoạch"
            for code in CODES:
                request.report.figures.add(indicator=f"indicators/{code}", number=NUMBERS.get(code, "10"))
            yield request

    def items(self, first_slot=0, slots=1):
        """An import of the reports of all units for some slots."""
        for request in list(self.requests())[first_slot:first_slot + slots]:
            item = submission_service_pb2.ImportSubmissionsRequest(report=request.report)
            for unit in self.units:
                item.report.unit = unit
                yield item


def run(program, *options, **kwargs):
    """The line of JSON that a program of the benchmark prints."""
    done = subprocess.run([BENCH / program, *options], stdout=subprocess.PIPE, check=True, text=True, **kwargs)
    return json.loads(done.stdout)


class Benchmark:
    def __init__(self, options):
        self.options = options
        self.seconds = str(options.seconds)
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="thidua-bench-", dir=options.folder))
        self.world = World(options.units, options.slots)
        self.reports = self.folder / "reports"
        with open(self.reports, "wb") as file:
            for request in self.world.requests():
                content = request.SerializeToString()
                file.write(b"%04x" % len(content) + content)
        self.next = 0  # The first report that was not handed in.
        self.figures = {}

    def close(self):
        self.world.close()
        shutil.rmtree(self.folder)

    def load(self, target, *options):
        return run("thidua-bench-load", f"--target={target}", f"--reports={self.reports}",
                   f"--units={len(self.world.units)}", f"--in-flight={IN_FLIGHT}", f"--seconds={self.seconds}", *options)

    def submit(self, *options):
        figures = self.load(self.world.process.address, f"--first={self.next}", *options)
        self.next += figures["calls"] + figures["failed"]
        return figures

    def echo(self):
        with subprocess.Popen([BENCH / "thidua-bench-echo"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              text=True) as server:
            try:
                return self.load(server.stdout.readline().strip())
            finally:
                server.stdin.close()

    def etcd(self):
        program = shutil.which("etcd")
        if program is None:
            return None
        urls = ["http://127.0.0.1:23790", "http://127.0.0.1:23800"]
        with subprocess.Popen([program, f"--data-dir={self.folder / 'etcd'}", f"--listen-client-urls={urls[0]}",
                               f"--advertise-client-urls={urls[0]}", f"--listen-peer-urls={urls[1]}",
                               f"--initial-advertise-peer-urls={urls[1]}", f"--initial-cluster=default={urls[1]}"],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
            try:
                return self.load(urls[0].removeprefix("http://"), "--call=put")
            finally:
                server.terminate()

    def imported(self):
        """Streamed submissions: as many whole slots as a second's worth of the unary rate times the length."""
        units = len(self.world.units)
        first = -(-self.next // units)
        slots = max(1, round(self.figures["submit"]["per_second"] * float(self.seconds) / units))
        outcomes, seconds = timed(self.world.stream(self.world.items(first, slots)))
        self.next = (first + slots) * units
        created = outcomes.get(submission_service_pb2.OUTCOME_CREATED, 0)
        return {"items": sum(outcomes.values()), "created": created, "per_second": created / seconds}

    def measure(self):
        size = len(next(self.world.requests()).SerializeToString())
        figures = self.figures
        figures["message_bytes"] = size
        figures["echo"] = self.echo()
        figures["etcd"] = self.etcd()
        figures["raw_insert"] = run(
            "thidua-bench-raw-insert", f"--database={self.folder / 'raw.db'}", f"--bytes={size}",
            f"--rows-per-commit={ROWS_PER_COMMIT}", f"--seconds={self.seconds}")
        figures["submit"] = self.submit()
        rate = figures["submit"]["per_second"]
        figures["submit_at_50"] = self.submit(f"--rate={0.5 * rate}")
        figures["submit_at_80"] = self.submit(f"--rate={0.8 * rate}")
        figures["import"] = self.imported()
        figures["memory_mb"] = self.world.peak_megabytes()
        figures["database_mb"] = self.world.database_megabytes()
        figures["submissions"] = self.next
        return figures


def ratio(figures, name, base):
    return None if figures[base] is None else figures[name]["per_second"] / figures[base]["per_second"]


def table(figures):
    """Lines of what was measured, and what it is against."""
    rate = lambda name: f"{figures[name]['per_second']:>10,.0f}/s" if figures[name] else "         -"
    latency = lambda name: "p50 {p50_ms:.1f} ms, p99 {p99_ms:.1f} ms, p99.9 {p999_ms:.1f} ms".format(**figures[name])
    against = lambda name, base, goal: (
        "-" if ratio(figures, name, base) is None else f"{ratio(figures, name, base):.2f} x {base} (goal {goal})")
    yield f"{'echo':<28}{rate('echo')}"
    yield f"{'etcd put':<28}{rate('etcd')}"
    yield f"{'raw insert':<28}{rate('raw_insert')}"
    yield (f"{'submit, 64 in flight':<28}{rate('submit')}  {against('submit', 'etcd', 1.0)}, "
           f"{against('submit', 'echo', 0.45)}; {latency('submit')}")
    yield f"{'submit, open loop at 50 %':<28}{rate('submit_at_50')}  {latency('submit_at_50')}"
    yield f"{'submit, open loop at 80 %':<28}{rate('submit_at_80')}  {latency('submit_at_80')}"
    yield f"{'import stream':<28}{rate('import')}  {against('import', 'raw_insert', 0.8)}"
    yield (f"{figures['submissions']:,} submissions of {figures['message_bytes']} bytes stored; "
           f"the service peaks at {figures['memory_mb']:.0f} MB (goal 150), its file has {figures['database_mb']:.0f} MB")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=10, help="length of each measurement")
    parser.add_argument("--units", type=int, default=10_000, help="cooperatives that report")
    parser.add_argument("--slots", type=int, default=240, help="reports that each owes; enough for the whole run")
    parser.add_argument("--folder", help="where the databases are; a folder on the disk to be measured")
    parser.add_argument("--json", help="where the figures go; default: nowhere")
    options = parser.parse_args()
    benchmark = Benchmark(options)
    try:
        figures = benchmark.measure()
    finally:
        benchmark.close()
    print("\n".join(table(figures)))
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
