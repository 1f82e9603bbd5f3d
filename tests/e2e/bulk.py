"""A reporting service with many cooperatives, and imports of many small reports into it."""

import os
import pathlib
import shutil
import tempfile
import time
import uuid

import grpc

from pair import Process

from thidua.reporting.v1 import (
    cluster_pb2, definition_service_pb2, definition_service_pb2_grpc, form_pb2, indicator_pb2,
    registry_service_pb2, registry_service_pb2_grpc, submission_pb2, submission_service_pb2,
    submission_service_pb2_grpc, unit_pb2)
from thidua.type.v1 import type_pb2

YEAR = 2022
FIGURES = ("INCOME", "MEMBERS")
KINDS = (submission_pb2.VALUE_KIND_ESTIMATE, submission_pb2.VALUE_KIND_FINAL)
IN_FLIGHT = 64
# Sanitizers make everything several times slower and keep what is freed: less is tried under them, and
# nothing said of memory.
SANITIZED = bool(os.environ.get("THIDUA_SANITIZE"))


def each(call, requests):
    """Makes all calls, a few at a time; returns the answers in order."""
    answers, waiting = [], []
    for request in requests:
        waiting.append(call.future(request))
        if len(waiting) == IN_FLIGHT:
            answers.append(waiting.pop(0).result())
    return answers + [future.result() for future in waiting]


class Bulk:
    """The service, alone, in a folder of its own, with `units` cooperatives that owe `slots` reports each."""

    def __init__(self, units, slots):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="thidua-bulk-"))
        self.process = Process("reporting", self.folder).start()
        self.channel = grpc.insecure_channel(self.process.address)
        self.submissions = submission_service_pb2_grpc.SubmissionServiceStub(self.channel)
        self.units = [f"units/htx-{number:05}" for number in range(units)]
        # Estimate and final of each month of as many forms as it takes.
        self.slots = [(f"forms/monthly-{slot // 24 + 1}", f"{YEAR}-{slot // 2 % 12 + 1:02}", KINDS[slot % 2])
                      for slot in range(slots)]
        self.build_units()
        self.build_definitions()
        self.build_year()

    def close(self):
        self.channel.close()
        code = self.process.stop()
        shutil.rmtree(self.folder)
        return code

    def build_units(self):
        registry = registry_service_pb2_grpc.RegistryServiceStub(self.channel)
        alliance = unit_pb2.Unit(kind=unit_pb2.Unit.KIND_ALLIANCE)
        alliance.titles.add().title.vi = "Liên minh Hợp tác xã tỉnh Bắc Ninh"
        alliance.province_codes.add(code="27")
        registry.CreateUnit(registry_service_pb2.CreateUnitRequest(unit_id="bac-ninh", unit=alliance))

        def requests():
            for name in self.units:
                unit = unit_pb2.Unit(kind=unit_pb2.Unit.KIND_COOPERATIVE, sector=unit_pb2.Unit.SECTOR_AGRICULTURE,
                                     parent="units/bac-ninh", founding_date="2015-03-02")
                unit.titles.add().title.vi = f"Hợp tác xã số {name[-5:]}"
                yield registry_service_pb2.CreateUnitRequest(unit_id=name.removeprefix("units/"), unit=unit)

        each(registry.CreateUnit, requests())

    def build_definitions(self):
        definitions = definition_service_pb2_grpc.DefinitionServiceStub(self.channel)
        for code in FIGURES:
            indicator = indicator_pb2.Indicator(
                title=type_pb2.LocalizedText(vi="Chỉ tiêu"), unit_of_measure=type_pb2.LocalizedText(vi="đồng"),
                scale=2, measure=indicator_pb2.Indicator.MEASURE_FLOW,
                aggregation=indicator_pb2.Indicator.AGGREGATION_SUM)
            definitions.CreateIndicator(definition_service_pb2.CreateIndicatorRequest(
                indicator_id=code, indicator=indicator))
        for name in sorted({form for form, _, _ in self.slots}):
            form = form_pb2.Form(title=type_pb2.LocalizedText(vi="Báo cáo tháng"),
                                 unit_kind=unit_pb2.Unit.KIND_COOPERATIVE,
                                 period_level=type_pb2.PERIOD_LEVEL_MONTH)
            for code in FIGURES:
                form.fields.add(indicator=f"indicators/{code}", required=True)
            definitions.CreateForm(definition_service_pb2.CreateFormRequest(
                form_id=name.removeprefix("forms/"), form=form))

    def build_year(self):
        """A year by the server's clock that is open now and for a long time."""
        registry = registry_service_pb2_grpc.RegistryServiceStub(self.channel)
        cluster = cluster_pb2.Cluster(title=type_pb2.LocalizedText(vi="Cụm Đồng bằng sông Hồng"))
        registry.CreateCluster(registry_service_pb2.CreateClusterRequest(cluster_id="bulk", cluster=cluster))
        year = cluster_pb2.ClusterYear(
            members=["units/bac-ninh"], head="units/bac-ninh", scored_value_kind=submission_pb2.VALUE_KIND_FINAL,
            receipt_basis=cluster_pb2.ClusterYear.RECEIPT_BASIS_SERVER_CLOCK)
        for form, period, kind in self.slots:
            year.calendar.add(form=form, period=period, value_kind=kind, opens=f"{YEAR}-01-01", due="2999-12-31",
                              grace_end="2999-12-31", closes="2999-12-31")
        registry.CreateClusterYear(registry_service_pb2.CreateClusterYearRequest(
            parent="clusters/bulk", cluster_year_id=str(YEAR), cluster_year=year))
        registry.AdvanceClusterYear(registry_service_pb2.AdvanceClusterYearRequest(
            name=f"clusters/bulk/years/{YEAR}", state=cluster_pb2.ClusterYear.STATE_RUNNING))

    def items(self, request_ids=False, validate_only=False):
        """One report of each unit for each slot, always the same."""
        item = submission_service_pb2.ImportSubmissionsRequest(validate_only=validate_only)
        for code in FIGURES:
            item.report.figures.add(indicator=f"indicators/{code}")
        for slot, (form, period, kind) in enumerate(self.slots):
            item.report.form, item.report.period, item.report.value_kind = form, period, kind
            for number, unit in enumerate(self.units):
                item.report.unit = unit
                item.report.figures[0].number = f"{1000 + number}.25"
                item.report.figures[1].number = str(10 + slot)
                if request_ids:
                    item.request_id = str(uuid.UUID(int=(slot << 64) + number))
                yield item

    def stream(self, items):
        """The call of one import; iterate over its answers."""
        return self.submissions.ImportSubmissions(iter(items))

    def cpu_seconds(self):
        """What the service has used of all processors together."""
        fields = pathlib.Path(f"/proc/{self.process.child.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def database_megabytes(self):
        return sum(file.stat().st_size for file in self.folder.glob("reporting.db*")) / 1e6

    def peak_megabytes(self):
        """The most memory that the service ever had."""
        return self.memory("VmHWM")

    def assert_peak_below(self, test, megabytes):
        if not SANITIZED:
            test.assertLess(self.peak_megabytes(), megabytes)

    def memory(self, key):
        for line in pathlib.Path(f"/proc/{self.process.child.pid}/status").read_text().splitlines():
            if line.startswith(key + ":"):
                return int(line.split()[1]) / 1024
        raise RuntimeError(f"no {key}")


def timed(answers, every=0, tell=print):
    """Reads all answers; returns how many of each outcome there were, and the seconds it took."""
    outcomes, began = {}, time.monotonic()
    for count, answer in enumerate(answers, start=1):
        outcomes[answer.outcome] = outcomes.get(answer.outcome, 0) + 1
        if every and count % every == 0:
            tell(f"{count} items, {count / (time.monotonic() - began):.0f}/s")
    return outcomes, time.monotonic() - began
