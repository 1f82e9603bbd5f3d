"""The eleven alliances of 2020 become seven on 1 July 2025: both examples are played, figures before and after are put
together, and the history is as it was."""

import csv
import fractions
import unittest

import grpc

from pair import CLUSTER_YEAR, EXAMPLE, EXAMPLE_2025, NOMINATED_2020, PlayedTest

from thidua.reporting.v1 import (
    cluster_pb2, pact_pb2, pact_service_pb2, registry_service_pb2, statistics_service_pb2, submission_pb2,
    submission_service_pb2)

DAY = "2025-07-01"
LEGAL_BASIS = "Nghị quyết 202/2025/QH15 ngày 12/6/2025"
ANNUAL, QUARTER = "forms/alliance-annual", "forms/alliance-quarter"
ESTIMATE, FINAL = submission_pb2.VALUE_KIND_ESTIMATE, submission_pb2.VALUE_KIND_FINAL
DELTA_2025 = "clusters/red-river-delta/years/2025"
SIX = "clusters/red-river-six/years/2025"
RESTATED = "units/hai-duong/submissions/alliance-annual.2020.estimate"

# Who became whom, of those that the cluster of 2020 had.
BECAME = {
    "ha-noi": "ha-noi", "quang-ninh": "quang-ninh", "vinh-phuc": "phu-tho", "bac-ninh": "bac-ninh-24",
    "hai-duong": "hai-phong", "hai-phong": "hai-phong", "hung-yen": "hung-yen", "thai-binh": "hung-yen",
    "ha-nam": "ninh-binh", "nam-dinh": "ninh-binh", "ninh-binh": "ninh-binh",
}
WEIGHTS = {"REV_AVG": "COOP_TOTAL", "PROFIT_AVG": "COOP_TOTAL", "INCOME_AVG": "LABOUR"}


def table(path):
    """What a table of the examples says: numbers by unit and column."""
    with open(path, encoding="utf-8") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    return {row["unit"]: {column: fractions.Fraction(cell) for column, cell in row.items()
                          if column not in ("unit", "received") and cell} for row in rows}


YEAR_2020 = table(EXAMPLE / "figures/alliance-annual.2020.csv")
YEAR_2025 = table(EXAMPLE_2025 / "figures/alliance-annual.2025.csv")


def total(figures, code, units):
    return str(sum(figures[unit][code] for unit in units))


def members_of(successor):
    return [unit for unit, became in BECAME.items() if became == successor]


class StoryTest(PlayedTest):
    """2020 is played and read, then 2025."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.before = cls.history()
        cls.token_2020 = cls.totals(cluster_year=CLUSTER_YEAR).commit_token
        cls.pair.ctl("apply", EXAMPLE_2025)
        cls.token_2025 = cls.totals(cluster_year=SIX, period="2025").commit_token
        cls.pair.ctl("restate", "hai-duong/alliance-annual.2020.estimate", "MEMBERS=331000", "--reason",
                     "Cộng sót một huyện", "--approver", "Chủ tịch Liên minh Hợp tác xã thành phố Hải Phòng")

    @classmethod
    def history(cls):
        """Everything of 2020 that no merger may change."""
        submissions = cls.pair.stub("submission").ListSubmissions(
            submission_service_pb2.ListSubmissionsRequest(cluster_year=CLUSTER_YEAR, page_size=1000)).submissions
        year = cls.pair.stub("registry").GetClusterYear(
            registry_service_pb2.GetClusterYearRequest(name=CLUSTER_YEAR)).cluster_year
        pact = cls.pact(CLUSTER_YEAR)
        return {message.name: message.SerializeToString(deterministic=True) for message in [*submissions, year, pact]}

    @classmethod
    def pact(cls, year):
        return cls.pair.stub("pact").GetPact(pact_service_pb2.GetPactRequest(name=year + "/pact")).pact

    @staticmethod
    def request(codes=("COOP_TOTAL", "MEMBERS", "COOP_NEW"), form=ANNUAL, period="2020", kind=ESTIMATE, **scope):
        return statistics_service_pb2.ComputeTotalsRequest(
            form=form, period=period, value_kind=kind, indicators=[f"indicators/{code}" for code in codes], **scope)

    @classmethod
    def totals(cls, *arguments, **scope):
        return cls.pair.stub("statistics").ComputeTotals(cls.request(*arguments, **scope))

    def series(self, last_period, *arguments, **scope):
        return self.pair.stub("statistics").ComputeSeries(statistics_service_pb2.ComputeSeriesRequest(
            totals=self.request(*arguments, **scope), last_period=last_period)).points

    def unit(self, unit):
        return self.pair.stub("registry").GetUnit(registry_service_pb2.GetUnitRequest(name=f"units/{unit}")).unit

    def submission(self, name, revision=0):
        return self.pair.stub("submission").GetSubmission(
            submission_service_pb2.GetSubmissionRequest(name=name, revision=revision)).submission

    def assert_weighed(self, answer, figures, units):
        """Each mean of `answer` is the one of `figures` over `units`, by its weight."""
        for mean in answer.totals:
            code = mean.indicator.removeprefix("indicators/")
            weights = {unit: figures[unit][WEIGHTS[code]] for unit in units}
            expected = sum(figures[unit][code] * weights[unit] for unit in units) / sum(weights.values())
            self.assertLessEqual(abs(fractions.Fraction(mean.number) - expected), fractions.Fraction(1, 200), code)


class History(StoryTest):

    def test_2020_is_as_it_was_but_for_what_was_restated(self):
        after = self.history()
        self.assertEqual(after.keys(), self.before.keys())
        self.assertEqual([name for name in after if self.before[name] != after[name]], [RESTATED])
        restated = {figure.indicator: figure.number for figure in self.submission(RESTATED, revision=1).figures}
        self.assertEqual(restated["indicators/MEMBERS"], "330000")
        self.assertEqual(self.pair.nominated_units(), NOMINATED_2020)

    def test_the_totals_of_2020_are_those_of_its_eleven_members(self):
        answer = self.totals(cluster_year=CLUSTER_YEAR)
        self.assertEqual([total.number for total in answer.totals], ["7002", "3058365", "364"])
        self.assertEqual((answer.reported_count, answer.expected_count), (11, 11))
        self.assertEqual(list(answer.merged_units), [])

    def test_what_was_known_before_is_known_as_before(self):
        published = ["7002", "3057365", "364"]
        for token in (self.token_2020, self.token_2025):
            answer = self.totals(cluster_year=CLUSTER_YEAR, known_at_token=token)
            self.assertEqual([total.number for total in answer.totals], published)
            self.assertEqual(answer.commit_token, token)
        # Nobody had heard of a merger then.
        alone = self.totals(units=["units/hai-phong"], known_at_token=self.token_2020)
        self.assertEqual((alone.totals[0].number, alone.totals[0].merged), ("365", False))
        with self.assertRaises(grpc.RpcError) as caught:
            self.totals(units=["units/bac-ninh-24"], known_at_token=self.token_2020)
        self.assertEqual(caught.exception.code(), grpc.StatusCode.NOT_FOUND)

    def test_playing_again_changes_nothing(self):
        head = self.totals(cluster_year=SIX, period="2025").commit_token
        self.pair.ctl("apply", EXAMPLE_2025)
        self.assertEqual(self.totals(cluster_year=SIX, period="2025").commit_token, head)

    def test_the_audit_log_is_whole(self):
        self.assertIn("whole:", self.pair.ctl("audit", "verify").stdout)


class Successors(StoryTest):

    def test_stocks_and_flows_of_predecessors_add(self):
        for successor in ("hai-phong", "hung-yen", "ninh-binh"):
            answer = self.totals(units=[f"units/{successor}"], codes=("COOP_TOTAL", "COOP_NEW"))
            units = members_of(successor)
            self.assertEqual([each.number for each in answer.totals],
                             [total(YEAR_2020, code, units) for code in ("COOP_TOTAL", "COOP_NEW")])
            self.assertEqual(answer.totals[0].unit_count, len(units))
            self.assertTrue(all(each.merged for each in answer.totals))
            self.assertEqual(list(answer.merged_units), [f"units/{successor}"])

    def test_means_are_weighed_anew(self):
        for successor in ("hai-phong", "hung-yen", "ninh-binh"):
            answer = self.totals(units=[f"units/{successor}"], codes=WEIGHTS)
            self.assert_weighed(answer, YEAR_2020, members_of(successor))

    def test_targets_of_predecessors_add(self):
        targets = table(EXAMPLE / "figures/pact-2020.targets.csv")
        ten = [unit for unit in BECAME if unit != "vinh-phuc"]
        point = self.series("2025", codes=("COOP_NEW",), cluster_year=SIX)[0].totals.totals[0]
        self.assertEqual(point.target, total(targets, "COOP_NEW", ten))
        percent = sum(YEAR_2020[unit]["COOP_NEW"] for unit in ten) * 100 / fractions.Fraction(point.target)
        self.assertLessEqual(abs(fractions.Fraction(point.percent_of_target) - percent), fractions.Fraction(1, 200))

    def test_bac_ninh_of_code_27_is_not_bac_ninh_of_code_24(self):
        old, new, giang = self.unit("bac-ninh"), self.unit("bac-ninh-24"), self.unit("bac-giang")
        self.assertEqual(old.titles[0].title, new.titles[0].title)
        codes = [[(code.code, code.valid_from) for code in unit.province_codes] for unit in (old, new, giang)]
        self.assertEqual(codes, [[("27", "")], [("24", DAY)], [("24", "")]])
        for unit in (old, giang):
            self.assertEqual((unit.successor.unit, unit.successor.date, unit.successor.legal_basis),
                             (new.name, DAY, LEGAL_BASIS))
        self.assertEqual([lineage.unit for lineage in new.predecessors], [old.name, giang.name])
        points = {unit.name: self.series("2025", codes=("COOP_TOTAL",), units=[unit.name]) for unit in (old, new)}
        self.assertEqual([points[name][0].totals.totals[0].number for name in points], ["662", "662"])
        self.assertEqual([points[name][0].totals.totals[0].merged for name in points], [False, True])
        # Of Bắc Giang nothing is known, so the new one is not whole; the old one never is in 2025.
        self.assertEqual(list(points[new.name][0].totals.missing_units), [giang.name])
        self.assertEqual([points[name][5].totals.totals[0].number for name in points], ["", "2086"])
        self.assertEqual([points[name][5].totals.expected_count for name in points], [0, 1])

    def test_what_was_merged_reports_joins_and_merges_no_more(self):
        registry, submissions = self.pair.stub("registry"), self.pair.stub("submission")
        year = cluster_pb2.ClusterYear(
            members=["units/hai-phong", "units/hai-duong"], head="units/hai-phong", scored_value_kind=ESTIMATE,
            receipt_basis=cluster_pb2.ClusterYear.RECEIPT_BASIS_TRANSCRIBED)
        report = submission_service_pb2.Report(
            unit="units/bac-ninh", form=ANNUAL, period="2026", value_kind=ESTIMATE,
            figures=self.submission("units/bac-ninh/submissions/alliance-annual.2020.estimate").figures)
        merger = registry_service_pb2.MergeUnitsRequest(
            predecessors=["units/hai-duong"], successor="units/hung-yen", date=DAY, legal_basis=LEGAL_BASIS)
        for call, request in (
                (registry.CreateClusterYear, registry_service_pb2.CreateClusterYearRequest(
                    parent="clusters/red-river-delta", cluster_year_id="2026", cluster_year=year)),
                (submissions.Submit, submission_service_pb2.SubmitRequest(report=report)),
                (registry.MergeUnits, merger)):
            with self.subTest(type(request).__name__), self.assertRaises(grpc.RpcError) as caught:
                call(request)
            self.assertEqual(caught.exception.code(), grpc.StatusCode.FAILED_PRECONDITION)
            details = dict(caught.exception.trailing_metadata())["grpc-status-details-bin"]
            self.assertIn(b"UNIT_MERGED", details)

    def test_a_merger_is_repeated_without_effect(self):
        etag = self.unit("hai-phong").etag
        again = self.pair.stub("registry").MergeUnits(registry_service_pb2.MergeUnitsRequest(
            predecessors=["units/hai-duong"], successor="units/hai-phong", date=DAY, legal_basis=LEGAL_BASIS))
        self.assertEqual(again.unit.etag, etag)


class Series(StoryTest):

    def test_the_eleven_are_followed_to_the_seven(self):
        points = self.series("2025", codes=("COOP_TOTAL",), cluster_year=CLUSTER_YEAR)
        self.assertEqual([point.period for point in points], ["2020", "2021", "2022", "2023", "2024", "2025"])
        self.assertEqual([point.totals.expected_count for point in points], [11, 11, 11, 11, 11, 7])
        self.assertEqual([point.after_merger for point in points], 5 * [False] + [True])
        self.assertEqual(points[0].totals.totals[0].number, "7002")
        self.assertEqual(points[5].totals.totals[0].number, total(YEAR_2025, "COOP_TOTAL", YEAR_2025))
        # One of the seven competes elsewhere, but is theirs.
        self.assertEqual(set(YEAR_2025), set(BECAME.values()))

    def test_the_six_are_followed_back(self):
        points = self.series("2025", codes=("COOP_TOTAL",), cluster_year=SIX)
        ten = [unit for unit in BECAME if unit != "vinh-phuc"]
        first = points[0].totals
        self.assertEqual(first.totals[0].number, total(YEAR_2020, "COOP_TOTAL", ten))
        self.assertEqual((first.reported_count, first.expected_count), (10, 11))
        self.assertEqual(list(first.missing_units), ["units/bac-giang"])
        self.assertEqual(len(first.merged_units), 4)
        self.assertEqual([point.after_merger for point in points], 5 * [False] + [True])

    def test_the_merger_falls_between_two_quarters_of_one_year(self):
        points = self.series("2025-Q3", codes=("COOP_NEW",), form=QUARTER, period="2025-Q1", kind=FINAL,
                             cluster_year=DELTA_2025)
        self.assertEqual([point.totals.totals[0].number for point in points], ["94", "116", "124"])
        self.assertEqual([(point.totals.reported_count, point.totals.expected_count) for point in points],
                         [(11, 11), (11, 11), (6, 7)])
        self.assertEqual([point.after_merger for point in points], [False, False, True])

    def test_the_nation_counts_nobody_twice(self):
        # Lai Châu and, before the merger, three neighbours belong to no cluster that is played.
        for quarter, expected in (("2025-Q1", (11, 15)), ("2025-Q2", (11, 15)), ("2025-Q3", (6, 8))):
            answer = self.totals(("COOP_NEW",), QUARTER, quarter, FINAL, nationwide=True)
            self.assertEqual((answer.reported_count, answer.expected_count), expected)
            self.assertFalse(answer.totals[0].merged)


class Year2025(StoryTest):

    def test_the_totals_of_the_six(self):
        six = [unit for unit in YEAR_2025 if unit != "phu-tho"]
        answer = self.totals(cluster_year=SIX, period="2025", codes=("COOP_TOTAL", "COOP_NEW", "GROUP_TOTAL"))
        # Of groups, those of Hưng Yên as corrected.
        groups = str(int(total(YEAR_2025, "GROUP_TOTAL", six)) - 1400 + 690)
        self.assertEqual([each.number for each in answer.totals],
                         [total(YEAR_2025, code, six) for code in ("COOP_TOTAL", "COOP_NEW")] + [groups])
        self.assertEqual((answer.reported_count, answer.expected_count, answer.on_time_count), (6, 6, 5))
        self.assertEqual(list(answer.merged_units), [])
        self.assert_weighed(self.totals(WEIGHTS, period="2025", cluster_year=SIX), YEAR_2025, six)

    def test_percent_of_the_revised_target(self):
        founded = self.totals(cluster_year=SIX, period="2025", codes=("COOP_NEW",)).totals[0]
        # 100 + 120 + 60 + 50 + 45 + 60, of which Bắc Ninh's was 55 at first; 447 / 435.
        self.assertEqual((founded.number, founded.target, founded.percent_of_target), ("447", "435", "102.76"))
        pact = self.pact(SIX)
        self.assertEqual((pact.state, pact.revision), (pact_pb2.Pact.STATE_SIGNED, 2))
        self.assertEqual({signature.date for signature in pact.signatures}, {"2025-10-02"})

    def test_who_is_missing_and_who_was_late(self):
        answer = self.totals(("COOP_NEW",), QUARTER, "2025-Q3", FINAL, cluster_year=SIX)
        self.assertEqual(list(answer.missing_units), ["units/ninh-binh"])
        self.assertEqual((answer.reported_count, answer.expected_count, answer.on_time_count), (5, 6, 4))
        late = self.submission("units/hai-phong/submissions/alliance-quarter.2025-Q3.final")
        self.assertEqual(late.timeliness, submission_pb2.TIMELINESS_IN_GRACE)

    def test_what_was_sent_back_and_corrected(self):
        name = "units/hung-yen/submissions/alliance-annual.2025.estimate"
        versions = self.pair.stub("submission").ListSubmissionVersions(
            submission_service_pb2.ListSubmissionVersionsRequest(name=name)).submissions
        state = submission_pb2.Submission
        self.assertEqual([(version.state, version.revision) for version in versions], [
            (state.STATE_SUBMITTED, 1), (state.STATE_RETURNED, 1), (state.STATE_SUBMITTED, 2),
            (state.STATE_ACCEPTED, 2)])
        self.assertEqual(versions[1].return_reason.figures[0].indicator, "indicators/GROUP_TOTAL")
        # The corrected one came on a later day; what counts is the first.
        self.assertEqual({version.receive_time.seconds for version in versions}, {1763658000})  # 2025-11-21

    def test_final_figures_of_bac_ninh_beside_the_estimate(self):
        answer = self.pair.stub("submission").CompareSubmissions(submission_service_pb2.CompareSubmissionsRequest(
            base_content=submission_service_pb2.Content(
                submission="units/bac-ninh-24/submissions/alliance-annual.2025.estimate"),
            content=submission_service_pb2.Content(
                submission="units/bac-ninh-24/submissions/alliance-annual.2025.final")))
        founded = next(change for change in answer.changes if change.indicator == "indicators/COOP_NEW")
        # Published: 60 in November, 85 at the end of the year.
        self.assertEqual((founded.before.number, founded.after.number, founded.percent), ("60", "85", "41.67"))


if __name__ == "__main__":
    unittest.main()
