"""Forms of 5,000 indicators and forty years of months: taken, read back and compared whole."""

import re
import unittest

import grpc

from bulk import SANITIZED, Bulk, each, timed

from thidua.reporting.v1 import (
    cluster_pb2, definition_service_pb2, definition_service_pb2_grpc, form_pb2, indicator_pb2,
    registry_service_pb2, registry_service_pb2_grpc, submission_pb2, submission_service_pb2, unit_pb2)
from thidua.type.v1 import type_pb2

FIGURES = 5_000
FORM = "forms/wide"
NAME = "units/bac-ninh/submissions/wide.{period}.final"
MEGABYTES_MAX = 140
YEARS = range(2020 if SANITIZED else 1986, 2026)
MONTHS = [f"{year}-{month:02}" for year in YEARS for month in range(1, 13)]


class LargeInput(unittest.TestCase):
    """One alliance, the form with 5,000 indicators for each month of forty years."""

    @classmethod
    def setUpClass(cls):
        cls.bulk = Bulk(units=1, slots=1)
        cls.addClassCleanup(cls.bulk.close)
        cls.build_form()
        cls.build_years()

    @classmethod
    def build_form(cls):
        definitions = definition_service_pb2_grpc.DefinitionServiceStub(cls.bulk.channel)
        form = form_pb2.Form(title=type_pb2.LocalizedText(vi="Biểu lớn"), unit_kind=unit_pb2.Unit.KIND_ALLIANCE,
                             period_level=type_pb2.PERIOD_LEVEL_MONTH)
        requests = []
        for number in range(FIGURES):
            form.fields.add(indicator=f"indicators/WIDE_{number:04}", required=number < 10)
            requests.append(definition_service_pb2.CreateIndicatorRequest(
                indicator_id=f"WIDE_{number:04}", indicator=indicator_pb2.Indicator(
                    title=type_pb2.LocalizedText(vi=f"Chỉ tiêu số {number}"),
                    unit_of_measure=type_pb2.LocalizedText(vi="đồng"), scale=2,
                    measure=indicator_pb2.Indicator.MEASURE_FLOW,
                    aggregation=indicator_pb2.Indicator.AGGREGATION_SUM)))
        each(definitions.CreateIndicator, requests)
        definitions.CreateForm(definition_service_pb2.CreateFormRequest(form_id="wide", form=form))

    @classmethod
    def build_years(cls):
        registry = registry_service_pb2_grpc.RegistryServiceStub(cls.bulk.channel)
        cluster = cluster_pb2.Cluster(title=type_pb2.LocalizedText(vi="Cụm bốn mươi năm"))
        registry.CreateCluster(registry_service_pb2.CreateClusterRequest(cluster_id="long", cluster=cluster))
        for year in YEARS:
            message = cluster_pb2.ClusterYear(
                members=["units/bac-ninh"], head="units/bac-ninh", scored_value_kind=submission_pb2.VALUE_KIND_FINAL,
                receipt_basis=cluster_pb2.ClusterYear.RECEIPT_BASIS_SERVER_CLOCK)
            for month in range(1, 13):
                message.calendar.add(form=FORM, period=f"{year}-{month:02}",
                                     value_kind=submission_pb2.VALUE_KIND_FINAL, opens=f"{year}-01-01",
                                     due="2999-12-31", grace_end="2999-12-31", closes="2999-12-31")
            registry.CreateClusterYear(registry_service_pb2.CreateClusterYearRequest(
                parent="clusters/long", cluster_year_id=str(year), cluster_year=message))
            registry.AdvanceClusterYear(registry_service_pb2.AdvanceClusterYearRequest(
                name=f"clusters/long/years/{year}", state=cluster_pb2.ClusterYear.STATE_RUNNING))

    def report(self, period, figures=FIGURES, number="{}.25", note=""):
        report = submission_service_pb2.Report(unit="units/bac-ninh", form=FORM, period=period,
                                               value_kind=submission_pb2.VALUE_KIND_FINAL)
        for index in range(figures):
            report.figures.add(indicator=f"indicators/WIDE_{index:04}", number=number.format(index), note=note)
        return report

    def submit(self, report):
        return self.bulk.submissions.Submit(submission_service_pb2.SubmitRequest(report=report))

    def test_5000_figures_are_stored_and_compared(self):
        stored = self.submit(self.report("2025-01")).submission
        self.assertEqual([figure.number for figure in stored.figures], [f"{index}.25" for index in range(FIGURES)])
        self.submit(self.report("2025-01", number="{}.75"))
        name = NAME.format(period="2025-01")
        answer = self.bulk.submissions.CompareSubmissions(submission_service_pb2.CompareSubmissionsRequest(
            base_content=submission_service_pb2.Content(submission=name, revision=1),
            content=submission_service_pb2.Content(submission=name)))
        self.assertEqual(len(answer.changes), FIGURES)
        self.assertEqual({change.difference for change in answer.changes}, {"0.5"})
        self.assertEqual(answer.changes[0].percent, "200")

    def test_5000_faults_are_refused_with_those_that_fit_and_the_count_of_the_others(self):
        with self.assertRaises(grpc.RpcError) as caught:
            self.submit(self.report("2025-02", number="-{}.5"))
        self.assertEqual(caught.exception.code(), grpc.StatusCode.INVALID_ARGUMENT)
        details = dict(caught.exception.trailing_metadata())["grpc-status-details-bin"]
        shown = set(re.findall(rb"report\.figures\[\d+\]\.number", details))
        self.assertIn(b"FIGURE_OUT_OF_BOUNDS", details)
        self.assertIn(b"report.figures[0].number", shown)
        omitted = int(re.search(rb"violations_omitted\x12.(\d+)", details).group(1))
        self.assertEqual(len(shown) + omitted, FIGURES)

    def test_a_report_beyond_four_megabytes_is_refused_and_shorter_notes_get_through(self):
        with self.assertRaises(grpc.RpcError) as caught:
            self.submit(self.report("2025-03", note="x" * 1000))
        self.assertEqual(caught.exception.code(), grpc.StatusCode.RESOURCE_EXHAUSTED)
        self.assertEqual(len(self.submit(self.report("2025-03", note="x" * 500)).submission.figures), FIGURES)

    def test_forty_years_of_months_are_imported_and_listed(self):
        """480 reports of 5,000 figures, 2.4 million in all, then all of them by pages."""
        months = [month for month in MONTHS if not month.startswith("2025")]

        def items():
            item = submission_service_pb2.ImportSubmissionsRequest(report=self.report("2000-01"))
            for month in months:
                item.report.period = month
                yield item

        outcomes, _ = timed(self.bulk.stream(items()))
        self.assertEqual(outcomes, {submission_service_pb2.OUTCOME_CREATED: len(months)})
        self.bulk.assert_peak_below(self, MEGABYTES_MAX)
        names, token = [], ""
        while True:
            page = self.bulk.submissions.ListSubmissions(submission_service_pb2.ListSubmissionsRequest(
                unit="units/bac-ninh", form=FORM, page_size=1000, page_token=token))
            self.assertLess(page.ByteSize(), 4 << 20)  # What clients take without being told.
            names += [submission.name for submission in page.submissions]
            token = page.next_page_token
            if not token:
                break
        self.assertEqual([name for name in names if ".2025-" not in name],
                         [NAME.format(period=month) for month in months])
        self.bulk.assert_peak_below(self, MEGABYTES_MAX)


if __name__ == "__main__":
    unittest.main()
