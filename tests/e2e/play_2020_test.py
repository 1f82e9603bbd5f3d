"""The year 2020 from pact to flags, read back by a Python client."""

import unittest

from pair import CLUSTER_YEAR, EXAMPLE, NOMINATED_2020, ROUND, PlayedTest

from thidua.awards.v1 import round_service_pb2
from thidua.reporting.v1 import (
    cluster_pb2, pact_pb2, pact_service_pb2, registry_service_pb2, statistics_service_pb2, submission_service_pb2)


class Play2020(PlayedTest):

    def test_the_totals_are_the_published_ones(self):
        answer = self.pair.stub("statistics").ComputeTotals(statistics_service_pb2.ComputeTotalsRequest(
            cluster_year=CLUSTER_YEAR, form="forms/alliance-annual", period="2020",
            indicators=["indicators/COOP_TOTAL", "indicators/MEMBERS", "indicators/COOP_NEW"]))
        self.assertEqual([total.number for total in answer.totals], ["7002", "3057365", "364"])
        self.assertEqual((answer.reported_count, answer.expected_count), (11, 11))
        self.assertEqual(list(answer.missing_units), [])

    def test_the_nominations_are_those_of_2020(self):
        self.assertEqual(self.pair.nominated_units(), NOMINATED_2020)

    def test_the_quota_is_two_of_eleven(self):
        standings = self.standings("alliances")
        self.assertEqual(standings.quota, 2)
        self.assertEqual(len(standings.standings), 11)
        self.assertEqual([row.rank for row in standings.standings], list(range(1, 12)))
        self.assertEqual({row.unit for row in standings.standings[:2]}, {"units/bac-ninh", "units/ha-nam"})

    def test_a_unit_that_never_reported_a_quarter_is_ranked_but_not_eligible(self):
        row = next(row for row in self.standings("alliances").standings if row.unit == "units/hai-phong")
        self.assertEqual(list(row.failed_gates), ["reports"])
        self.assertGreater(row.rank, 0)

    def test_gates_keep_young_and_idle_cooperatives_from_nomination(self):
        agri = {row.unit: list(row.failed_gates) for row in self.standings("agri-cooperatives").standings}
        other = {row.unit: list(row.failed_gates) for row in self.standings("non-agri-cooperatives").standings}
        self.assertEqual(agri["units/htx-nn-ha-noi"], ["old-enough"])
        self.assertEqual(agri["units/htx-nn-hai-phong"], ["good-class"])
        self.assertEqual(other["units/htx-pnn-hai-phong"], ["not-idle"])

    def test_every_line_names_what_it_was_made_from(self):
        sheet = self.pair.stub("round").GetScoreSheet(
            round_service_pb2.GetScoreSheetRequest(name=f"{ROUND}/scoreSheets/bac-ninh")).score_sheet
        line = next(line for group in sheet.groups for line in group.lines if line.criterion == "3.1")
        source = line.inputs[0]
        self.assertEqual((source.number, source.target), ("48", "40"))
        self.assertEqual(source.resource, "units/bac-ninh/submissions/alliance-annual.2020.estimate")
        self.assertEqual(source.revision, 1)
        self.assertIn(source.resource, [pin.resource for pin in sheet.pins])

    def test_the_pact_of_2021_is_signed_by_all_and_the_flag_has_passed_on(self):
        registry = self.pair.stub("registry")
        year = registry.GetClusterYear(registry_service_pb2.GetClusterYearRequest(name=CLUSTER_YEAR)).cluster_year
        self.assertEqual(year.state, cluster_pb2.ClusterYear.STATE_HANDED_OVER)
        self.assertEqual((getattr(year.handover, "from"), year.handover.to), ("units/bac-ninh", "units/vinh-phuc"))
        following = registry.GetClusterYear(
            registry_service_pb2.GetClusterYearRequest(name=year.handover.next_cluster_year)).cluster_year
        self.assertEqual(following.head, "units/vinh-phuc")
        self.assertEqual(following.state, cluster_pb2.ClusterYear.STATE_PACT_SIGNED)
        pact = self.pair.stub("pact").GetPact(
            pact_service_pb2.GetPactRequest(name=following.name + "/pact")).pact
        self.assertEqual(pact.state, pact_pb2.Pact.STATE_SIGNED)
        self.assertEqual({signature.unit for signature in pact.signatures}, set(year.members))

    def test_playing_again_changes_nothing(self):
        before = self.snapshot()
        self.pair.ctl("apply", EXAMPLE)
        self.assertEqual(self.snapshot(), before)

    def test_the_command_line_client_prints_the_same(self):
        self.assertIn("3,057,365", self.pair.ctl("totals", CLUSTER_YEAR).stdout)
        standings = self.pair.ctl("--language=vi", "standings", ROUND).stdout
        self.assertIn("Liên minh Hợp tác xã tỉnh Bắc Ninh", standings)
        nominations = self.pair.ctl("--language=vi", "nominations", ROUND).stdout
        self.assertIn("Cờ thi đua xuất sắc", nominations)
        self.assertIn("Vĩnh Phúc", self.pair.ctl("cluster-year", CLUSTER_YEAR).stdout)
        self.assertIn("48 / 40", self.pair.ctl("explain", ROUND, "units/bac-ninh").stdout)

    def standings(self, category):
        return self.pair.stub("round").GetStandings(
            round_service_pb2.GetStandingsRequest(name=f"{ROUND}/standings/{category}")).standings

    def snapshot(self):
        """Everything a second play could have changed."""
        submissions = self.pair.stub("submission").ListSubmissions(
            submission_service_pb2.ListSubmissionsRequest(cluster_year=CLUSTER_YEAR, page_size=1000)).submissions
        year = self.pair.stub("registry").GetClusterYear(
            registry_service_pb2.GetClusterYearRequest(name=CLUSTER_YEAR)).cluster_year
        return (
            sorted((s.name, s.etag) for s in submissions), year.etag, self.pair.nominated_units(), self.pair.sheets(),
            [self.standings(category).SerializeToString(deterministic=True)
             for category in ("alliances", "agri-cooperatives", "non-agri-cooperatives")])


if __name__ == "__main__":
    unittest.main()
