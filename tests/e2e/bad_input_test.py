"""What goes wrong is refused with a reason and the field's path, and nothing is half-written."""

import unicodedata
import unittest

import grpc

from pair import CLUSTER_YEAR, PlayedTest

from thidua.reporting.v1 import (
    cluster_pb2, registry_service_pb2, registry_service_pb2_grpc, submission_pb2, submission_service_pb2, unit_pb2)
from thidua.type.v1 import type_pb2

REPORT = {
    "unit": "units/bac-ninh", "form": "forms/alliance-quarter", "period": "2022-Q1",
    "value_kind": submission_pb2.VALUE_KIND_FINAL,
}
FIGURES = {"COOP_NEW": "7", "COOP_DISSOLVED": "0", "GROUP_NEW": "1", "ALLIANCE_NEW": "2", "TRAINEES": "100",
           "FUND_DISBURSED": "10.5", "MEDIA": "5", "EVENTS": "1"}


def report(figures=None, **changes):
    """A report for the open year 2022, with changes."""
    message = submission_service_pb2.Report(**{**REPORT, **changes})
    for code, number in (figures if figures is not None else FIGURES.items()):
        message.figures.add(indicator=f"indicators/{code}", number=number)
    return message


def figures_with(**changes):
    return {**FIGURES, **changes}.items()


class BadInput(PlayedTest):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # A year that runs on the server's clock, whose first quarter is open now and for a long time.
        year = cluster_pb2.ClusterYear(
            members=["units/bac-ninh", "units/ha-noi"], head="units/bac-ninh",
            scored_value_kind=submission_pb2.VALUE_KIND_FINAL,
            receipt_basis=cluster_pb2.ClusterYear.RECEIPT_BASIS_SERVER_CLOCK)
        for period, closes in (("2022-Q1", "2999-12-31"), ("2022-Q2", "2022-12-31")):
            year.calendar.add(form="forms/alliance-quarter", period=period,
                              value_kind=submission_pb2.VALUE_KIND_FINAL, opens="2022-04-01", due="2022-04-10",
                              grace_end="2022-04-17", closes=closes)
        registry = cls.pair.stub("registry")
        registry.CreateClusterYear(registry_service_pb2.CreateClusterYearRequest(
            parent="clusters/red-river-delta", cluster_year_id="2022", cluster_year=year))
        registry.AdvanceClusterYear(registry_service_pb2.AdvanceClusterYearRequest(
            name="clusters/red-river-delta/years/2022", state=cluster_pb2.ClusterYear.STATE_RUNNING))

    def refused(self, message, code, reason, field=None):
        """The report is refused as said, and nothing is stored."""
        before = self.stored()
        with self.assertRaises(grpc.RpcError) as caught:
            self.pair.stub("submission").Submit(submission_service_pb2.SubmitRequest(report=message))
        error = caught.exception
        self.assertEqual(error.code(), code, error.details())
        details = dict(error.trailing_metadata()).get("grpc-status-details-bin", b"")
        self.assertIn(reason.encode(), details, error.details())
        if field is not None:
            self.assertIn(field.encode(), details)
        self.assertEqual(self.stored(), before)

    def stored(self):
        answer = self.pair.stub("submission").ListSubmissions(submission_service_pb2.ListSubmissionsRequest(
            unit="units/bac-ninh", page_size=1000))
        return [(submission.name, submission.etag) for submission in answer.submissions]

    def test_an_unknown_unit(self):
        self.refused(report(unit="units/atlantis"), grpc.StatusCode.FAILED_PRECONDITION, "UNIT_UNKNOWN")

    def test_an_unknown_indicator(self):
        self.refused(report(figures_with(NO_SUCH="1")), grpc.StatusCode.INVALID_ARGUMENT, "INDICATOR_NOT_IN_FORM",
                     "report.figures[8]")

    def test_a_malformed_decimal(self):
        self.refused(report(figures_with(TRAINEES="1.000,5")), grpc.StatusCode.INVALID_ARGUMENT, "INVALID_DECIMAL",
                     "report.figures[4].number")

    def test_a_negative_count(self):
        self.refused(report(figures_with(COOP_NEW="-7")), grpc.StatusCode.INVALID_ARGUMENT, "FIGURE_OUT_OF_BOUNDS",
                     "report.figures[0].number")

    def test_a_fractional_count(self):
        self.refused(report(figures_with(COOP_NEW="7.5")), grpc.StatusCode.INVALID_ARGUMENT, "FIGURE_SCALE_EXCEEDED",
                     "report.figures[0].number")

    def test_a_figure_out_of_bounds(self):
        annual = {"COOP_TOTAL": "1", "COOP_NEW": "1", "MEMBERS": "1", "COOP_ACTIVE": "1", "COOP_INACTIVE": "0",
                  "RATE_GOOD_FAIR": "100.01"}
        self.refused(report(annual.items(), form="forms/alliance-annual", period="2020",
                            value_kind=submission_pb2.VALUE_KIND_ESTIMATE),
                     grpc.StatusCode.INVALID_ARGUMENT, "FIGURE_OUT_OF_BOUNDS", "report.figures[5].number")

    def test_a_duplicate_indicator(self):
        self.refused(report([*FIGURES.items(), ("COOP_NEW", "8")]), grpc.StatusCode.INVALID_ARGUMENT,
                     "DUPLICATE_INDICATOR", "report.figures[8]")

    def test_a_wrong_period(self):
        self.refused(report(period="2022-H1"), grpc.StatusCode.INVALID_ARGUMENT, "PERIOD_INVALID", "report.period")
        self.refused(report(period="2022-Q5"), grpc.StatusCode.INVALID_ARGUMENT, "PERIOD_INVALID", "report.period")

    def test_a_report_after_its_last_day(self):
        self.refused(report(period="2022-Q2"), grpc.StatusCode.FAILED_PRECONDITION, "REPORT_NOT_OPEN")

    def test_a_closed_cluster_year(self):
        message = report(figures_with(COOP_NEW="99"), period="2020-Q1")
        message.receive_time.FromJsonString("2020-04-09T00:00:00Z")
        self.refused(message, grpc.StatusCode.FAILED_PRECONDITION, "CLUSTER_YEAR_CLOSED")

    def test_a_message_of_five_megabytes(self):
        before = self.stored()
        with self.assertRaises(grpc.RpcError) as caught:
            self.pair.stub("submission").Submit(
                submission_service_pb2.SubmitRequest(report=report(source="x" * 5_000_000)))
        self.assertEqual(caught.exception.code(), grpc.StatusCode.RESOURCE_EXHAUSTED)
        self.assertEqual(self.stored(), before)

    def test_text_that_is_not_utf8(self):
        raw = submission_service_pb2.SubmitRequest(report=report(source="SOURCE")).SerializeToString()
        raw = raw.replace(b"SOURCE", b"\xff\xfe\xfd\xc3\x28\x80")
        channel = grpc.insecure_channel(self.pair.reporting.address)
        call = channel.unary_unary("/thidua.reporting.v1.SubmissionService/Submit",
                                   request_serializer=lambda value: value,
                                   response_deserializer=lambda value: value)
        before = self.stored()
        with self.assertRaises(grpc.RpcError) as caught:
            call(raw)
        self.assertEqual(caught.exception.code(), grpc.StatusCode.INVALID_ARGUMENT, caught.exception.details())
        self.assertIn("UTF-8", caught.exception.details())
        self.assertEqual(self.stored(), before)

    def test_vietnamese_in_another_normal_form_is_stored_composed(self):
        decomposed = "Liên minh Hợp tác xã tỉnh Thái Nguyên"
        decomposed = unicodedata.normalize("NFD", decomposed)
        unit = unit_pb2.Unit(kind=unit_pb2.Unit.KIND_ALLIANCE)
        unit.titles.add().title.vi = decomposed
        stored = self.pair.stub("registry").CreateUnit(
            registry_service_pb2.CreateUnitRequest(unit_id="thai-nguyen", unit=unit)).unit
        self.assertNotEqual(stored.titles[0].title.vi, decomposed)
        self.assertEqual(stored.titles[0].title.vi, unicodedata.normalize("NFC", decomposed))

    def test_all_faults_are_named_at_once(self):
        with self.assertRaises(grpc.RpcError) as caught:
            self.pair.stub("submission").Submit(submission_service_pb2.SubmitRequest(
                report=report(figures_with(COOP_NEW="-7", TRAINEES="1e3", EVENTS="0.5"))))
        details = dict(caught.exception.trailing_metadata())["grpc-status-details-bin"]
        for field in (b"report.figures[0].number", b"report.figures[4].number", b"report.figures[7].number"):
            self.assertIn(field, details)

    def test_the_reason_is_told_in_vietnamese_on_request(self):
        with self.assertRaises(grpc.RpcError) as caught:
            self.pair.stub("submission").Submit(
                submission_service_pb2.SubmitRequest(report=report(unit="units/atlantis")),
                metadata=[("accept-language", "vi")])
        self.assertIn("Đơn vị chưa được đăng ký".encode(),
                      dict(caught.exception.trailing_metadata())["grpc-status-details-bin"])

    def test_a_good_report_still_gets_through(self):
        answer = self.pair.stub("submission").Submit(submission_service_pb2.SubmitRequest(
            report=report(unit="units/ha-noi")))
        self.assertEqual(answer.outcome, submission_service_pb2.OUTCOME_CREATED)
        self.assertEqual(answer.submission.timeliness, submission_pb2.TIMELINESS_LATE)
        self.assertFalse(answer.submission.transcribed)


if __name__ == "__main__":
    unittest.main()
