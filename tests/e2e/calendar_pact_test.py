"""A year by its calendar: what is due, later days for one, closed and opened again, and what the pact comes to."""

import datetime
import pathlib
import shutil
import tempfile
import unittest

import grpc

from pair import Process

from thidua.reporting.v1 import (
    audit_service_pb2, audit_service_pb2_grpc, calendar_service_pb2, calendar_service_pb2_grpc, cluster_pb2,
    definition_service_pb2, definition_service_pb2_grpc, form_pb2, indicator_pb2, pact_pb2, pact_service_pb2,
    pact_service_pb2_grpc, registry_service_pb2, registry_service_pb2_grpc, submission_pb2, submission_service_pb2,
    submission_service_pb2_grpc, unit_pb2)
from thidua.type.v1 import type_pb2

YEAR = "clusters/red-river/years/2026"
PACT = YEAR + "/pact"
FINAL = submission_pb2.VALUE_KIND_FINAL
# The service runs by its own clock, so days are told from today, in Viet Nam.
TODAY = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=7))).date()


def day(offset):
    return (TODAY + datetime.timedelta(days=offset)).isoformat()


def text(vi):
    return type_pb2.LocalizedText(vi=vi)


def due(form, period, opens, due_day, grace_end, closes):
    return cluster_pb2.DueReport(form=f"forms/{form}", period=period, value_kind=FINAL, opens=day(opens),
                                 due=day(due_day), grace_end=day(grace_end), closes=day(closes))


CALENDAR = [
    due("quarter", "2026-Q1", -60, -30, -20, -10),
    due("quarter", "2026-Q2", -60, -5, -3, 30),
    due("quarter", "2026-Q3", -60, 30, 40, 50),
    due("quarter", "2026-Q4", 10, 30, 40, 50),
    due("annual", "2026", -60, 30, 40, 50),
    due("cooperative", "2026", -60, 30, 40, 50),
]


def target(unit, number, period=""):
    return pact_pb2.Target(unit=f"units/{unit}", indicator="indicators/COOP_NEW", number=number, period=period)


TARGETS = [
    target("bac-ninh", "50"), target("bac-ninh", "12", "2026-Q1"), target("bac-ninh", "24", "2026-Q2"),
    target("ha-nam", "20"), target("ha-nam", "0", "2026-Q1"), target("ha-nam", "6", "2026-Q2"),
]


class CalendarAndPact(unittest.TestCase):

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="thidua-e2e-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.process = Process("reporting", self.folder).start()
        self.addCleanup(self.process.stop)
        self.connect()
        self.define()
        self.register()

    def connect(self):
        channel = grpc.insecure_channel(self.process.address)
        self.addCleanup(channel.close)
        self.registry = registry_service_pb2_grpc.RegistryServiceStub(channel)
        self.definitions = definition_service_pb2_grpc.DefinitionServiceStub(channel)
        self.submissions = submission_service_pb2_grpc.SubmissionServiceStub(channel)
        self.calendar = calendar_service_pb2_grpc.CalendarServiceStub(channel)
        self.pacts = pact_service_pb2_grpc.PactServiceStub(channel)
        self.audit = audit_service_pb2_grpc.AuditServiceStub(channel)

    def define(self):
        kind = indicator_pb2.Indicator
        self.definitions.CreateIndicator(definition_service_pb2.CreateIndicatorRequest(
            indicator_id="COOP_NEW", indicator=kind(
                title=text("Hợp tác xã thành lập mới"), unit_of_measure=text("HTX"), measure=kind.MEASURE_FLOW,
                aggregation=kind.AGGREGATION_SUM)))
        forms = [("quarter", unit_pb2.Unit.KIND_ALLIANCE, type_pb2.PERIOD_LEVEL_QUARTER),
                 ("annual", unit_pb2.Unit.KIND_ALLIANCE, type_pb2.PERIOD_LEVEL_YEAR),
                 ("cooperative", unit_pb2.Unit.KIND_COOPERATIVE, type_pb2.PERIOD_LEVEL_YEAR)]
        for form, unit_kind, level in forms:
            self.definitions.CreateForm(definition_service_pb2.CreateFormRequest(form_id=form, form=form_pb2.Form(
                title=text("Báo cáo"), unit_kind=unit_kind, period_level=level,
                fields=[form_pb2.FormField(indicator="indicators/COOP_NEW")])))

    def register(self):
        for unit in ("bac-ninh", "ha-nam"):
            self.registry.CreateUnit(registry_service_pb2.CreateUnitRequest(unit_id=unit, unit=unit_pb2.Unit(
                kind=unit_pb2.Unit.KIND_ALLIANCE, titles=[unit_pb2.DatedTitle(title=text(unit))])))
        self.registry.CreateUnit(registry_service_pb2.CreateUnitRequest(unit_id="htx", unit=unit_pb2.Unit(
            kind=unit_pb2.Unit.KIND_COOPERATIVE, sector=unit_pb2.Unit.SECTOR_AGRICULTURE, parent="units/ha-nam",
            titles=[unit_pb2.DatedTitle(title=text("HTX"))], founding_date="2015-01-01")))
        self.registry.CreateCluster(registry_service_pb2.CreateClusterRequest(
            cluster_id="red-river", cluster=cluster_pb2.Cluster(title=text("Cụm"))))
        self.registry.CreateClusterYear(registry_service_pb2.CreateClusterYearRequest(
            parent="clusters/red-river", cluster_year_id="2026", cluster_year=cluster_pb2.ClusterYear(
                members=["units/ha-nam", "units/bac-ninh"], head="units/bac-ninh", scored_value_kind=FINAL,
                receipt_basis=cluster_pb2.ClusterYear.RECEIPT_BASIS_SERVER_CLOCK, calendar=CALENDAR)))
        self.pacts.CreatePact(pact_service_pb2.CreatePactRequest(parent=YEAR, pact=pact_pb2.Pact(targets=TARGETS)))
        self.sign()

    def sign(self):
        """The pact, or the revision that waits, signed by all."""
        for unit in ("ha-nam", "bac-ninh"):
            pact = self.pacts.SignPact(pact_service_pb2.SignPactRequest(
                name=PACT, unit=f"units/{unit}", signer="Chủ tịch", date="2026-01-15")).pact
        return pact

    def advance(self, state):
        self.registry.AdvanceClusterYear(registry_service_pb2.AdvanceClusterYearRequest(name=YEAR, state=state))

    def submit(self, unit, form, period, number):
        return self.submissions.Submit(submission_service_pb2.SubmitRequest(report=submission_service_pb2.Report(
            unit=f"units/{unit}", form=f"forms/{form}", period=period, value_kind=FINAL,
            figures=[type_pb2.Figure(indicator="indicators/COOP_NEW", number=number)]))).submission

    def extension(self, unit):
        return calendar_service_pb2.ExtendReportRequest(name=YEAR, extension=cluster_pb2.Extension(
            unit=f"units/{unit}", form="forms/quarter", period="2026-Q1", value_kind=FINAL, due=day(5),
            grace_end=day(6), closes=day(7), reason="Lũ lụt", approver="Nguyễn Văn A, Cụm trưởng"))

    def refused(self, reason, call, *arguments):
        with self.assertRaises(grpc.RpcError) as caught:
            call(*arguments)
        self.assertEqual(caught.exception.code(), grpc.StatusCode.FAILED_PRECONDITION, caught.exception.details())
        self.assertIn(reason.encode(), dict(caught.exception.trailing_metadata())["grpc-status-details-bin"])

    def due_reports(self, page_size=1000, **filters):
        """Unit, form and period, and where it stands."""
        request = calendar_service_pb2.ListDueReportsRequest(cluster_year=YEAR, page_size=page_size, **filters)
        lines = []
        while True:
            page = self.calendar.ListDueReports(request)
            for report in page.reports:
                status = calendar_service_pb2.ReportStatus.Status.Name(report.status)
                lines.append((report.unit.removeprefix("units/"), report.report.form.removeprefix("forms/"),
                              report.report.period, status.removeprefix("STATUS_")))
            request.page_token = page.next_page_token
            if not request.page_token:
                return lines

    def achievements(self, **filters):
        """Unit, period, target, figure and percent, or why there is none."""
        lines = []
        for reached in self.pacts.ListAchievements(pact_service_pb2.ListAchievementsRequest(
                parent=PACT, page_size=1000, **filters)).achievements:
            status = pact_service_pb2.Achievement.Status.Name(reached.status).removeprefix("STATUS_")
            result = (reached.number, reached.percent) if status == "REPORTED" else (status,)
            lines.append((reached.target.unit.removeprefix("units/"), reached.target.period, reached.target.number,
                          *result))
        return lines

    def test_a_year_by_its_calendar(self):
        units = ("bac-ninh", "ha-nam")
        stand = {"2026-Q1": "MISSED", "2026-Q2": "OVERDUE", "2026-Q3": "AWAITED", "2026-Q4": "NOT_OPEN"}
        expected = [(unit, "quarter", period, status) for period, status in stand.items() for unit in units]
        expected += [(unit, "annual", "2026", "AWAITED") for unit in units]
        expected.append(("htx", "cooperative", "2026", "AWAITED"))
        for page_size in (1, 3, 1000):
            self.assertEqual(self.due_reports(page_size), expected)
        self.assertEqual(self.due_reports(unit="units/ha-nam", statuses=[
            calendar_service_pb2.ReportStatus.STATUS_MISSED, calendar_service_pb2.ReportStatus.STATUS_OVERDUE]),
            [("ha-nam", "quarter", "2026-Q1", "MISSED"), ("ha-nam", "quarter", "2026-Q2", "OVERDUE")])

        # Too late for both, until one gets an extension.
        self.refused("REPORT_NOT_OPEN", self.submit, "bac-ninh", "quarter", "2026-Q1", "15")
        year = self.calendar.ExtendReport(self.extension("bac-ninh")).cluster_year
        self.assertEqual([(granted.unit, granted.reason) for granted in year.extensions],
                         [("units/bac-ninh", "Lũ lụt")])
        self.assertEqual(self.due_reports(period="2026-Q1"), [
            ("bac-ninh", "quarter", "2026-Q1", "AWAITED"), ("ha-nam", "quarter", "2026-Q1", "MISSED")])
        first = self.submit("bac-ninh", "quarter", "2026-Q1", "15")
        self.assertEqual(first.timeliness, submission_pb2.TIMELINESS_ON_TIME)
        self.refused("REPORT_NOT_OPEN", self.submit, "ha-nam", "quarter", "2026-Q1", "3")
        late = self.submit("ha-nam", "quarter", "2026-Q2", "5")
        self.assertEqual(late.timeliness, submission_pb2.TIMELINESS_LATE)
        self.submissions.AcceptSubmission(submission_service_pb2.AcceptSubmissionRequest(name=first.name))

        # Closed, nothing is taken and no day is moved; opened again, it is.
        self.advance(cluster_pb2.ClusterYear.STATE_SCORING)
        self.refused("CLUSTER_YEAR_CLOSED", self.submit, "bac-ninh", "quarter", "2026-Q2", "20")
        self.refused("CLUSTER_YEAR_CLOSED", self.calendar.ExtendReport, self.extension("ha-nam"))
        year = self.calendar.ReopenClusterYear(calendar_service_pb2.ReopenClusterYearRequest(
            name=YEAR, reason="Thiếu báo cáo quý", approver="Nguyễn Văn A, Cụm trưởng")).cluster_year
        self.assertEqual(year.state, cluster_pb2.ClusterYear.STATE_COLLECTING)
        self.assertEqual([(opened["from"], opened["reason"]) for opened in self.reopenings(year)],
                         [(cluster_pb2.ClusterYear.STATE_SCORING, "Thiếu báo cáo quý")])
        self.calendar.ExtendReport(self.extension("ha-nam"))
        self.submit("ha-nam", "quarter", "2026-Q1", "3")
        self.submit("bac-ninh", "annual", "2026", "48")
        restated = self.submissions.RestateSubmission(submission_service_pb2.RestateSubmissionRequest(
            name=first.name, figures=[type_pb2.Figure(indicator="indicators/COOP_NEW", number="17")],
            reason="Cộng sót một huyện", approver="Chủ tịch")).submission
        self.assertEqual((restated.revision, restated.timeliness), (2, submission_pb2.TIMELINESS_ON_TIME))

        # 48 / 50, 17 / 12 = 1.4166..., 5 / 6 = 0.8333...
        reached = [("bac-ninh", "", "50", "48", "96.00"), ("bac-ninh", "2026-Q1", "12", "17", "141.67"),
                   ("bac-ninh", "2026-Q2", "24", "NO_REPORT"), ("ha-nam", "", "20", "NO_REPORT"),
                   ("ha-nam", "2026-Q1", "0", "3", ""), ("ha-nam", "2026-Q2", "6", "5", "83.33")]
        self.assertEqual(self.achievements(), reached)
        self.assertEqual(self.achievements(period="2026-Q2", unit="units/ha-nam"), [reached[5]])

        # Other targets hold once all have signed them.
        self.pacts.RevisePact(pact_service_pb2.RevisePactRequest(
            name=PACT, targets=[target("bac-ninh", "40"), target("ha-nam", "4", "2026-Q2")], reason="Dịch bệnh"))
        self.assertEqual(self.achievements(), reached)
        self.assertEqual(self.sign().revision, 2)
        now = [("bac-ninh", "", "40", "48", "120.00"), ("ha-nam", "2026-Q2", "4", "5", "125.00")]
        self.assertEqual(self.achievements(), now)

        calls = [event.method.rpartition(".")[2] for event in self.audit.ListAuditEvents(
            audit_service_pb2.ListAuditEventsRequest(resource=YEAR, page_size=1000)).events]
        self.assertEqual(calls, [
            "RegistryService/CreateClusterYear", "PactService/SignPact", "CalendarService/ExtendReport",
            "RegistryService/AdvanceClusterYear", "CalendarService/ReopenClusterYear",
            "CalendarService/ExtendReport"])

        before = self.due_reports()
        self.process.stop()
        self.process.start()
        self.connect()
        self.assertEqual(self.due_reports(), before)
        self.assertEqual(self.achievements(), now)

    @staticmethod
    def reopenings(year):
        """`from` is a word of the language."""
        return [{"from": getattr(opened, "from"), "reason": opened.reason} for opened in year.reopenings]


if __name__ == "__main__":
    unittest.main()
