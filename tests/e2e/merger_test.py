"""The eleven alliances of 2020 become seven on 1 July 2025: figures before and after, history as it was."""

import csv
import fractions
import unittest

import grpc
from google.protobuf import timestamp_pb2

from pair import CLUSTER_YEAR, EXAMPLE, NOMINATED_2020, PlayedTest

from thidua.reporting.v1 import (
    cluster_pb2, pact_service_pb2, registry_service_pb2, statistics_service_pb2, submission_pb2,
    submission_service_pb2, unit_pb2)
from thidua.type.v1 import type_pb2

LEGAL_BASIS = "Nghị quyết 202/2025/QH15"
DAY = "2025-07-01"
ESTIMATE = submission_pb2.VALUE_KIND_ESTIMATE

# Alliances outside the cluster that took part, and the one that is founded.
OTHERS = [
    ("phu-tho", "Phú Thọ", "25", ""), ("hoa-binh", "Hòa Bình", "17", ""), ("bac-giang", "Bắc Giang", "24", ""),
    ("bac-ninh-24", "Bắc Ninh", "24", DAY),
]
MERGERS = [
    (["vinh-phuc", "hoa-binh"], "phu-tho"), (["bac-ninh", "bac-giang"], "bac-ninh-24"),
    (["hai-duong"], "hai-phong"), (["thai-binh"], "hung-yen"), (["ha-nam", "nam-dinh"], "ninh-binh"),
]
LIVING = ["ha-noi", "quang-ninh", "phu-tho", "bac-ninh-24", "hai-phong", "hung-yen", "ninh-binh"]


def names(units):
    return [f"units/{unit}" for unit in units]


def figures_of_2020(column):
    """What the example's own table says, by unit."""
    with open(EXAMPLE / "figures/alliance-annual.2020.csv", encoding="utf-8") as table:
        rows = csv.DictReader(line for line in table if not line.startswith("#"))
        return {row["unit"]: fractions.Fraction(row[column]) for row in rows}


class Merger2025(PlayedTest):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = cls.pair.stub("registry")
        cls.before = cls.history()
        cls.token_before = cls.restate()
        for unit in OTHERS:
            cls.create_unit(*unit)
        for predecessors, successor in MERGERS:
            cls.registry.MergeUnits(cls.merger(predecessors, successor))
        cls.create_year_2025()
        cls.report_2025("hai-phong", 900, 42)
        # Year-end 2025 of the new Bắc Ninh.
        cls.report_2025("bac-ninh-24", 2102, 85)

    @classmethod
    def history(cls):
        """Everything of 2020 that no merger may change."""
        submissions = cls.pair.stub("submission").ListSubmissions(
            submission_service_pb2.ListSubmissionsRequest(cluster_year=CLUSTER_YEAR, page_size=1000)).submissions
        year = cls.registry.GetClusterYear(registry_service_pb2.GetClusterYearRequest(name=CLUSTER_YEAR)).cluster_year
        pact = cls.pair.stub("pact").GetPact(pact_service_pb2.GetPactRequest(name=CLUSTER_YEAR + "/pact")).pact
        return {message.name: message.SerializeToString(deterministic=True) for message in [*submissions, year, pact]}

    @classmethod
    def restate(cls):
        """Corrects the members of Hải Dương; the token of the state before."""
        token = cls.totals(cluster_year=CLUSTER_YEAR).commit_token
        stub = cls.pair.stub("submission")
        name = "units/hai-duong/submissions/alliance-annual.2020.estimate"
        figures = list(stub.GetSubmission(submission_service_pb2.GetSubmissionRequest(name=name)).submission.figures)
        for figure in figures:
            if figure.indicator == "indicators/MEMBERS":
                figure.number = "331000"
        stub.RestateSubmission(submission_service_pb2.RestateSubmissionRequest(
            name=name, figures=figures, reason="Cộng sót một huyện", approver="Chủ tịch"))
        return token

    @classmethod
    def create_unit(cls, unit, title, code, valid_from):
        cls.registry.CreateUnit(registry_service_pb2.CreateUnitRequest(unit_id=unit, unit=unit_pb2.Unit(
            kind=unit_pb2.Unit.KIND_ALLIANCE,
            titles=[unit_pb2.DatedTitle(
                title=type_pb2.LocalizedText(vi=f"Liên minh Hợp tác xã tỉnh {title}"), valid_from=valid_from)],
            province_codes=[unit_pb2.DatedCode(code=code, valid_from=valid_from)])))

    @classmethod
    def merger(cls, predecessors, successor):
        return registry_service_pb2.MergeUnitsRequest(
            predecessors=names(predecessors), successor=f"units/{successor}", date=DAY, legal_basis=LEGAL_BASIS)

    @classmethod
    def create_year_2025(cls):
        # Reports are taken on days that are past whenever this runs.
        year = cluster_pb2.ClusterYear(
            members=names(LIVING), head="units/bac-ninh-24", scored_value_kind=ESTIMATE,
            receipt_basis=cluster_pb2.ClusterYear.RECEIPT_BASIS_TRANSCRIBED,
            calendar=[cluster_pb2.DueReport(
                form="forms/alliance-annual", period="2025", value_kind=ESTIMATE, opens="2024-01-01",
                due="2024-01-31", grace_end="2024-01-31", closes="2024-01-31")])
        created = cls.registry.CreateClusterYear(registry_service_pb2.CreateClusterYearRequest(
            parent="clusters/red-river-delta", cluster_year_id="2025", cluster_year=year)).cluster_year
        cls.registry.AdvanceClusterYear(registry_service_pb2.AdvanceClusterYearRequest(
            name=created.name, state=cluster_pb2.ClusterYear.STATE_COLLECTING))

    @classmethod
    def report_2025(cls, unit, cooperatives, founded):
        """The figures of 2020 with other numbers of cooperatives."""
        stub = cls.pair.stub("submission")
        figures = list(stub.GetSubmission(submission_service_pb2.GetSubmissionRequest(
            name="units/hai-phong/submissions/alliance-annual.2020.estimate")).submission.figures)
        numbers = {"COOP_TOTAL": cooperatives, "COOP_AGRI": cooperatives - 100, "COOP_NONAGRI": 90, "PCF": 10,
                   "COOP_ACTIVE": cooperatives - 5, "COOP_INACTIVE": 5, "COOP_NEW": founded}
        for figure in figures:
            number = numbers.get(figure.indicator.removeprefix("indicators/"))
            if number is not None:
                figure.number = str(number)
        stub.Submit(submission_service_pb2.SubmitRequest(report=submission_service_pb2.Report(
            unit=f"units/{unit}", form="forms/alliance-annual", period="2025", value_kind=ESTIMATE, figures=figures,
            source="Báo cáo năm 2025", author="Chánh Văn phòng",
            receive_time=timestamp_pb2.Timestamp(seconds=1705280400))))  # 2024-01-15

    @classmethod
    def totals(cls, indicators=("COOP_TOTAL", "MEMBERS", "COOP_NEW"), period="2020", **scope):
        return cls.pair.stub("statistics").ComputeTotals(statistics_service_pb2.ComputeTotalsRequest(
            form="forms/alliance-annual", period=period, value_kind=ESTIMATE,
            indicators=[f"indicators/{code}" for code in indicators], **scope))

    def series(self, last_period, period="2020", **scope):
        return self.pair.stub("statistics").ComputeSeries(statistics_service_pb2.ComputeSeriesRequest(
            totals=statistics_service_pb2.ComputeTotalsRequest(
                form="forms/alliance-annual", period=period, value_kind=ESTIMATE,
                indicators=["indicators/COOP_TOTAL"], **scope), last_period=last_period)).points

    def unit(self, unit):
        return self.registry.GetUnit(registry_service_pb2.GetUnitRequest(name=f"units/{unit}")).unit

    def assert_refused(self, reason, call, request):
        with self.assertRaises(grpc.RpcError) as caught:
            call(request)
        self.assertEqual(caught.exception.code(), grpc.StatusCode.FAILED_PRECONDITION)
        details = dict(caught.exception.trailing_metadata())["grpc-status-details-bin"]
        self.assertIn(reason.encode(), details)

    def test_the_history_of_2020_is_as_it_was(self):
        after = self.history()
        changed = [name for name in self.before if self.before[name] != after[name]]
        self.assertEqual(changed, ["units/hai-duong/submissions/alliance-annual.2020.estimate"])
        self.assertEqual(after.keys(), self.before.keys())
        self.assertEqual(self.pair.nominated_units(), NOMINATED_2020)

    def test_the_cluster_year_2020_keeps_its_totals(self):
        answer = self.totals(cluster_year=CLUSTER_YEAR)
        self.assertEqual([total.number for total in answer.totals], ["7002", "3058365", "364"])
        self.assertEqual((answer.reported_count, answer.expected_count), (11, 11))
        self.assertEqual(list(answer.merged_units), [])

    def test_the_published_members_are_known_as_before_the_correction(self):
        answer = self.totals(cluster_year=CLUSTER_YEAR, known_at_token=self.token_before)
        self.assertEqual([total.number for total in answer.totals], ["7002", "3057365", "364"])
        self.assertEqual(answer.commit_token, self.token_before)
        # Nobody was merged then.
        alone = self.totals(units=["units/hai-phong"], known_at_token=self.token_before)
        self.assertEqual(alone.totals[0].number, "365")
        self.assertFalse(alone.totals[0].merged)

    def test_the_new_hai_phong_has_the_figures_of_both(self):
        answer = self.totals(units=["units/hai-phong"], indicators=("COOP_TOTAL", "REV_AVG", "INCOME_AVG"))
        self.assertEqual(answer.totals[0].number, str(492 + 365))
        self.assertEqual(answer.totals[0].unit_count, 2)
        self.assertTrue(all(total.merged for total in answer.totals))
        self.assertEqual(list(answer.merged_units), ["units/hai-phong"])
        for total, weight in ((answer.totals[1], "COOP_TOTAL"), (answer.totals[2], "LABOUR")):
            values = figures_of_2020(total.indicator.removeprefix("indicators/"))
            weights = figures_of_2020(weight)
            both = ("hai-phong", "hai-duong")
            mean = sum(values[unit] * weights[unit] for unit in both) / sum(weights[unit] for unit in both)
            self.assertLessEqual(abs(fractions.Fraction(total.number) - mean), fractions.Fraction(1, 200))

    def test_the_series_of_the_new_hai_phong_carries_the_break(self):
        points = self.series("2025", units=["units/hai-phong"])
        self.assertEqual([point.period for point in points], ["2020", "2021", "2022", "2023", "2024", "2025"])
        self.assertEqual((points[0].totals.totals[0].number, points[5].totals.totals[0].number), ("857", "900"))
        self.assertEqual([point.totals.totals[0].merged for point in points], [True] + 5 * [False])
        self.assertEqual([point.after_merger for point in points], 5 * [False] + [True])
        self.assertEqual(list(points[4].totals.missing_units), ["units/hai-duong", "units/hai-phong"])

    def test_the_members_of_2020_are_followed_to_the_seven(self):
        points = self.series("2025", cluster_year=CLUSTER_YEAR)
        self.assertEqual([point.totals.expected_count for point in points], [11, 11, 11, 11, 11, 7])
        self.assertEqual(points[0].totals.totals[0].number, "7002")
        self.assertEqual(points[5].totals.totals[0].number, str(900 + 2102))
        self.assertEqual(sorted(points[5].totals.missing_units),
                         sorted(names(set(LIVING) - {"hai-phong", "bac-ninh-24"})))

    def test_the_new_members_have_the_figures_of_2020_of_all_that_became_them(self):
        answer = self.series("2025", cluster_year="clusters/red-river-delta/years/2025")[0].totals
        self.assertEqual(answer.totals[0].number, "7002")
        self.assertEqual(answer.expected_count, 14)
        self.assertEqual(list(answer.missing_units), ["units/bac-giang", "units/hoa-binh", "units/phu-tho"])
        self.assertEqual(len(answer.merged_units), 5)

    def test_the_nation_counts_nobody_twice(self):
        before = self.totals(nationwide=True)
        self.assertEqual(before.totals[0].number, "7002")
        self.assertEqual(before.expected_count, 14)
        self.assertFalse(before.totals[0].merged)
        after = self.totals(nationwide=True, period="2025")
        self.assertEqual(after.totals[0].number, str(900 + 2102))
        self.assertEqual(after.expected_count, 7)

    def test_bac_ninh_of_code_27_is_not_bac_ninh_of_code_24(self):
        old, new = self.unit("bac-ninh"), self.unit("bac-ninh-24")
        self.assertEqual(old.titles[0].title.vi, new.titles[0].title.vi)
        self.assertEqual(([code.code for code in old.province_codes], [code.code for code in new.province_codes]),
                         (["27"], ["24"]))
        self.assertEqual((old.successor.unit, old.successor.date, old.successor.legal_basis),
                         ("units/bac-ninh-24", DAY, LEGAL_BASIS))
        self.assertEqual([lineage.unit for lineage in new.predecessors], ["units/bac-ninh", "units/bac-giang"])
        # The code was Bắc Giang's before.
        self.assertEqual(self.unit("bac-giang").province_codes[0].code, "24")
        figures = {unit: self.totals(units=[f"units/{unit}"]) for unit in ("bac-ninh", "bac-ninh-24", "bac-giang")}
        self.assertEqual([figures[unit].totals[0].number for unit in figures], ["662", "662", ""])
        self.assertEqual([figures[unit].totals[0].merged for unit in figures], [False, True, False])
        self.assertEqual(list(figures["bac-ninh-24"].missing_units), ["units/bac-giang"])
        later = {unit: self.totals(units=[f"units/{unit}"], period="2025") for unit in ("bac-ninh", "bac-ninh-24")}
        self.assertEqual([later[unit].expected_count for unit in later], [0, 1])
        self.assertEqual(later["bac-ninh-24"].totals[0].number, "2102")

    def test_what_was_merged_joins_and_reports_no_more(self):
        year = cluster_pb2.ClusterYear(
            members=names(["hai-phong", "hai-duong"]), head="units/hai-phong", scored_value_kind=ESTIMATE,
            receipt_basis=cluster_pb2.ClusterYear.RECEIPT_BASIS_TRANSCRIBED)
        self.assert_refused("UNIT_MERGED", self.registry.CreateClusterYear,
                            registry_service_pb2.CreateClusterYearRequest(
                                parent="clusters/red-river-delta", cluster_year_id="2026", cluster_year=year))
        figures = self.pair.stub("submission").GetSubmission(submission_service_pb2.GetSubmissionRequest(
            name="units/bac-ninh/submissions/alliance-annual.2020.estimate")).submission.figures
        self.assert_refused("UNIT_MERGED", self.pair.stub("submission").Submit,
                            submission_service_pb2.SubmitRequest(report=submission_service_pb2.Report(
                                unit="units/bac-ninh", form="forms/alliance-annual", period="2026",
                                value_kind=ESTIMATE, figures=figures)))
        self.assert_refused("UNIT_MERGED", self.registry.MergeUnits, self.merger(["hai-duong"], "hung-yen"))

    def test_a_merger_is_repeated_without_effect(self):
        again = self.registry.MergeUnits(self.merger(["hai-duong"], "hai-phong"))
        self.assertEqual(again.unit.etag, self.unit("hai-phong").etag)
        self.assertEqual(again.unit.etag, "v2")


if __name__ == "__main__":
    unittest.main()
