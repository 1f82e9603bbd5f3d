"""kill -9 of either service in the middle of the play: nothing lost, nothing twice."""

import subprocess
import time
import unittest

from pair import BIN, CLUSTER_YEAR, EXAMPLE, NOMINATED_2020, PairTest

from thidua.reporting.v1 import change_feed_service_pb2, statistics_service_pb2


class Crash(PairTest):

    def play_with_crashes(self, victim, crashes):
        """Plays in the background and kills the victim each time the log has grown by some changes."""
        # Each wait for growth is for the play itself, which goes on by retrying until the service is back.
        player = subprocess.Popen(
            [BIN / "thiduactl", f"--reporting={self.pair.reporting.address}", f"--awards={self.pair.awards.address}",
             "--timeout=60s", "apply", EXAMPLE], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            for target in crashes:
                self.wait_for(victim, target, player)
                victim.kill()
                victim.start()
            output, _ = player.communicate(timeout=240)
        finally:
            player.kill()
            player.wait()
        if player.returncode != 0:
            # What an operator does after a failed play: play again.
            self.assertEqual(player.returncode, 3, output)
            self.pair.ctl("apply", EXAMPLE)

    def wait_for(self, victim, target, player):
        """Returns once the victim's database has a certain size, or the play is over."""
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and player.poll() is None:
            size = sum(path.stat().st_size for path in victim.folder.glob(f"{victim.name}.db*"))
            if size > target:
                return
            time.sleep(0.005)

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
        self.play_with_crashes(self.pair.reporting, [150_000, 300_000, 500_000, 700_000])
        self.assert_as_if_nothing_had_happened()

    def test_awards_is_killed_again_and_again(self):
        self.play_with_crashes(self.pair.awards, [150_000, 300_000, 500_000, 900_000])
        self.assert_as_if_nothing_had_happened()


if __name__ == "__main__":
    unittest.main()
