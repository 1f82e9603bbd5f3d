"""kill -9 of either service in the middle of the play: nothing lost, nothing twice."""

import subprocess
import unittest

from pair import BIN, CLUSTER_YEAR, EXAMPLE, NOMINATED_2020, PairTest

from thidua.reporting.v1 import change_feed_service_pb2, statistics_service_pb2


class Crash(PairTest):

    def play_with_crashes(self, victim, crashes):
        """Plays in the background and kills the victim each time so many changes have been made."""
        player = subprocess.Popen(
            [BIN / "thiduactl", f"--reporting={self.pair.reporting.address}", f"--awards={self.pair.awards.address}",
             "--timeout=60s", "apply", EXAMPLE], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            token, count = "", 0
            for crash in crashes:
                token, count = self.watch_until(crash, token, count)
                victim.kill()
                victim.start()
            output, _ = player.communicate(timeout=240)
        finally:
            player.kill()
            player.wait()
        self.assertEqual(player.returncode, 0, output)

    def watch_until(self, crash, token, count):
        """Follows the change feed until `crash` changes have been seen in all."""
        request = change_feed_service_pb2.WatchRequest(resume_token=token)
        stream = self.pair.stub("feed").Watch(request, timeout=120)
        for answer in stream:
            token = answer.resume_token
            count += len(answer.changes)
            if count >= crash:
                stream.cancel()
                return token, count
        raise AssertionError(f"the feed ended after {count} changes")

    def assert_as_if_nothing_had_happened(self):
        self.assertEqual(self.pair.nominated_units(), NOMINATED_2020)
        totals = self.pair.stub("statistics").ComputeTotals(statistics_service_pb2.ComputeTotalsRequest(
            cluster_year=CLUSTER_YEAR, form="forms/alliance-annual", period="2020",
            indicators=["indicators/COOP_TOTAL", "indicators/MEMBERS", "indicators/COOP_NEW"])).totals
        self.assertEqual([total.number for total in totals], ["7002", "3057365", "364"])
        # Nothing twice: each resource went through as many versions as in a quiet year.
        versions = {}
        token = ""
        while True:
            page = self.pair.stub("feed").ListChanges(
                change_feed_service_pb2.ListChangesRequest(resume_token=token, page_size=1000))
            for change in page.changes:
                resource = getattr(change, change.WhichOneof("resource"))
                self.assertEqual(change.version, versions.get(resource.name, 0) + 1, resource.name)
                versions[resource.name] = change.version
            token = page.resume_token
            if page.lag == 0:
                break
        submissions = {name: count for name, count in versions.items() if "/submissions/" in name}
        self.assertEqual(set(submissions.values()), {2})  # Received, accepted.
        self.assertEqual(versions[CLUSTER_YEAR + "/pact"], 12)  # Drawn up, eleven signatures.

    def test_reporting_is_killed_again_and_again(self):
        self.play_with_crashes(self.pair.reporting, [20, 100, 160, 230, 256])
        self.assert_as_if_nothing_had_happened()

    def test_awards_is_killed_again_and_again(self):
        self.play_with_crashes(self.pair.awards, [20, 100, 160, 230, 256])
        self.assert_as_if_nothing_had_happened()


if __name__ == "__main__":
    unittest.main()
