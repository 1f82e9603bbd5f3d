"""Published figures meet the rules they break: refused, explained, or let pass, through the shipped binary."""

import pathlib
import shutil
import tempfile
import unittest

import grpc

from pair import Process

from thidua.reporting.v1 import (
    cluster_pb2, definition_service_pb2, definition_service_pb2_grpc, finding_pb2, form_pb2, indicator_pb2,
    registry_service_pb2, registry_service_pb2_grpc, submission_pb2, submission_service_pb2,
    submission_service_pb2_grpc, unit_pb2)
from thidua.type.v1 import type_pb2

# Code: whether it is a flow.
INDICATORS = {"COOP_AGRI": False, "COOP_NONAGRI": False, "PCF": False, "COOP_SPECIAL": False, "COOP_NEW": True,
              "COOP_DISSOLVED": True}
NINH_BINH = {"COOP_TOTAL": "417", "COOP_AGRI": "323", "COOP_NONAGRI": "61", "PCF": "39", "COOP_SPECIAL": "105"}


def text(vi):
    return type_pb2.LocalizedText(vi=vi)


class Findings(unittest.TestCase):

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="thidua-e2e-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.process = Process("reporting", self.folder).start()
        self.addCleanup(self.process.stop)
        channel = grpc.insecure_channel(self.process.address)
        self.addCleanup(channel.close)
        self.registry = registry_service_pb2_grpc.RegistryServiceStub(channel)
        self.definitions = definition_service_pb2_grpc.DefinitionServiceStub(channel)
        self.submissions = submission_service_pb2_grpc.SubmissionServiceStub(channel)
        self.define()
        self.register()

    def create_indicator(self, code, is_flow=False, **fields):
        kind = indicator_pb2.Indicator
        self.definitions.CreateIndicator(definition_service_pb2.CreateIndicatorRequest(
            indicator_id=code, indicator=kind(
                title=text(f"Chỉ tiêu {code}"), unit_of_measure=text("HTX"),
                measure=kind.MEASURE_FLOW if is_flow else kind.MEASURE_STOCK,
                aggregation=kind.AGGREGATION_SUM, **fields)))

    def define(self):
        for code, is_flow in INDICATORS.items():
            self.create_indicator(code, is_flow)
        group = indicator_pb2.BreakdownGroup
        self.create_indicator("COOP_TOTAL", breakdowns=[
            group(group="sector", title=text("Lĩnh vực"), kind=group.KIND_EXHAUSTIVE,
                  parts=["indicators/COOP_AGRI", "indicators/COOP_NONAGRI", "indicators/PCF"]),
            group(group="trait", title=text("Tính chất"), kind=group.KIND_OVERLAPPING,
                  parts=["indicators/COOP_AGRI", "indicators/COOP_SPECIAL"]),
        ], stock_identity=indicator_pb2.StockIdentity(
            inflows=["indicators/COOP_NEW"], outflows=["indicators/COOP_DISSOLVED"],
            severity=finding_pb2.SEVERITY_ERROR))
        self.create_indicator("MEMBERS", year_on_year_threshold="30")
        self.create_indicator("MEMBERS_AVG", expression="MEMBERS/COOP_TOTAL", scale=1)
        codes = ["COOP_TOTAL", *INDICATORS, "MEMBERS", "MEMBERS_AVG"]
        self.definitions.CreateForm(definition_service_pb2.CreateFormRequest(form_id="annual", form=form_pb2.Form(
            title=text("Báo cáo năm"), unit_kind=unit_pb2.Unit.KIND_ALLIANCE, period_level=type_pb2.PERIOD_LEVEL_YEAR,
            fields=[form_pb2.FormField(indicator=f"indicators/{code}") for code in codes])))

    def register(self):
        units = ["ninh-binh", "hai-phong"]
        for unit in units:
            self.registry.CreateUnit(registry_service_pb2.CreateUnitRequest(unit_id=unit, unit=unit_pb2.Unit(
                kind=unit_pb2.Unit.KIND_ALLIANCE, titles=[unit_pb2.DatedTitle(title=text(unit))])))
        self.registry.CreateCluster(registry_service_pb2.CreateClusterRequest(
            cluster_id="red-river", cluster=cluster_pb2.Cluster(title=text("Cụm"))))
        names = [f"units/{unit}" for unit in units]
        for year in ("2018", "2019", "2020", "2021"):
            self.registry.CreateClusterYear(registry_service_pb2.CreateClusterYearRequest(
                parent="clusters/red-river", cluster_year_id=year, cluster_year=cluster_pb2.ClusterYear(
                    members=names, head=names[0], scored_value_kind=submission_pb2.VALUE_KIND_FINAL,
                    receipt_basis=cluster_pb2.ClusterYear.RECEIPT_BASIS_SERVER_CLOCK,
                    calendar=[cluster_pb2.DueReport(
                        form="forms/annual", period=year, value_kind=submission_pb2.VALUE_KIND_FINAL,
                        opens="2018-01-01", due="2999-12-01", grace_end="2999-12-08", closes="2999-12-31")])))
            self.registry.AdvanceClusterYear(registry_service_pb2.AdvanceClusterYearRequest(
                name=f"clusters/red-river/years/{year}", state=cluster_pb2.ClusterYear.STATE_COLLECTING))

    @staticmethod
    def report(unit, year, figures, explanations=None):
        return submission_service_pb2.Report(
            unit=f"units/{unit}", form="forms/annual", period=year, value_kind=submission_pb2.VALUE_KIND_FINAL,
            figures=[type_pb2.Figure(indicator=f"indicators/{code}", number=number)
                     for code, number in figures.items()],
            explanations=[finding_pb2.Explanation(finding=finding, text=why)
                          for finding, why in (explanations or {}).items()])

    def submit(self, *arguments):
        return self.submissions.Submit(submission_service_pb2.SubmitRequest(report=self.report(*arguments)))

    def check(self, *arguments):
        return self.submissions.CheckReport(
            submission_service_pb2.CheckReportRequest(report=self.report(*arguments)))

    def refused(self, reason, field, *arguments):
        with self.assertRaises(grpc.RpcError) as caught:
            self.submit(*arguments)
        error = caught.exception
        self.assertEqual(error.code(), grpc.StatusCode.INVALID_ARGUMENT, error.details())
        details = dict(error.trailing_metadata()).get("grpc-status-details-bin", b"")
        self.assertIn(reason.encode(), details, error.details())
        self.assertIn(field.encode(), details, error.details())

    def test_parts_that_do_not_sum(self):
        """Ninh Bình 2020: 323 + 61 + 39 = 423, stated 417; 105 specialised ones are a subset and break nothing."""
        self.refused("RULE_BROKEN", "report.figures[0].number", "ninh-binh", "2020", NINH_BINH)
        findings = self.check("ninh-binh", "2020", NINH_BINH).findings
        self.assertEqual([(finding.finding, finding.actual, finding.expected) for finding in findings],
                         [("breakdowns/COOP_TOTAL/sector", "423", "417")])
        self.assertIn("423", findings[0].message.vi)
        taken = self.submit("ninh-binh", "2020", {**NINH_BINH, "COOP_TOTAL": "423"})
        self.assertEqual(taken.outcome, submission_service_pb2.OUTCOME_CREATED)

    def test_a_change_that_needs_an_explanation(self):
        """Hải Phòng 2019: 32.33 % fewer members than the year before."""
        self.submit("hai-phong", "2018", {"MEMBERS": "192263"})
        now = {"COOP_TOTAL": "342", "MEMBERS": "130105"}
        self.refused("EXPLANATION_REQUIRED", "report.figures[1].number", "hai-phong", "2019", now)
        self.refused("FINDING_UNKNOWN", "report.explanations[0].finding", "hai-phong", "2019", now,
                     {"rules/none": "Không có"})
        why = {"year-on-year/MEMBERS": "Rà soát lại danh sách thành viên"}
        taken = self.submit("hai-phong", "2019", now, why).submission
        self.assertEqual([(finding.finding, finding.explanation) for finding in taken.findings], list(why.items()))
        self.assertIn("-32.33 %", taken.findings[0].message.en or taken.findings[0].message.vi)
        # 130,105 / 342 = 380.42...
        self.assertEqual([(figure.indicator, figure.number) for figure in taken.derived_figures],
                         [("indicators/MEMBERS_AVG", "380.4")])
        self.assertEqual(self.submit("hai-phong", "2019", now, why).outcome,
                         submission_service_pb2.OUTCOME_UNCHANGED)

    def test_a_stock_that_does_not_follow(self):
        """The total of a year is that of the year before, and the new ones, less the dissolved."""
        self.submit("ninh-binh", "2020", {"COOP_TOTAL": "417"})
        flows = {"COOP_NEW": "20", "COOP_DISSOLVED": "7"}
        self.refused("RULE_BROKEN", "stock-identity/COOP_TOTAL", "ninh-binh", "2021", {"COOP_TOTAL": "437", **flows})
        self.submit("ninh-binh", "2021", {"COOP_TOTAL": "430", **flows})

    def test_a_definition_that_changes(self):
        """A figure keeps the definition it was reported under; the same report again is no other."""
        first = self.submit("hai-phong", "2019", {"COOP_SPECIAL": "5"}).submission
        name = "indicators/COOP_SPECIAL"
        stored = self.definitions.GetIndicator(definition_service_pb2.GetIndicatorRequest(name=name)).indicator
        stored.title.vi = "Hợp tác xã chuyên ngành có chứng thực"
        stored.maximum = "4"
        updated = self.definitions.UpdateIndicator(definition_service_pb2.UpdateIndicatorRequest(
            indicator=stored, etag=stored.etag)).indicator
        self.assertEqual(updated.definition_version, 2)
        again = self.submit("hai-phong", "2019", {"COOP_SPECIAL": "5"})
        self.assertEqual(again.outcome, submission_service_pb2.OUTCOME_UNCHANGED)
        self.assertEqual(again.submission, first)
        self.refused("FIGURE_OUT_OF_BOUNDS", "report.figures[0].number", "hai-phong", "2019", {"COOP_SPECIAL": "6"})
        revised = self.submit("hai-phong", "2019", {"COOP_SPECIAL": "4"}).submission
        self.assertEqual(revised.figures[0].definition_version, 2)
        old = self.definitions.GetIndicator(definition_service_pb2.GetIndicatorRequest(
            name=name, definition_version=first.figures[0].definition_version)).indicator
        self.assertEqual(old.title.vi, "Chỉ tiêu COOP_SPECIAL")

    def test_what_was_taken_is_there_after_a_restart(self):
        now = {"COOP_TOTAL": "342", "MEMBERS": "130105"}
        why = {"year-on-year/MEMBERS": "Rà soát"}
        self.submit("hai-phong", "2018", {"MEMBERS": "192263"})
        taken = self.submit("hai-phong", "2019", now, why).submission
        self.process.stop()
        self.process.start()
        again = submission_service_pb2_grpc.SubmissionServiceStub(grpc.insecure_channel(self.process.address))
        read = again.GetSubmission(submission_service_pb2.GetSubmissionRequest(name=taken.name), wait_for_ready=True)
        self.assertEqual(read.submission, taken)


if __name__ == "__main__":
    unittest.main()
