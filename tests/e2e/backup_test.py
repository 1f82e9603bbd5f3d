"""Backups taken while the services work, and what becomes of a pair whose reporting is restored from one."""

import json
import pathlib
import re
import threading
import unittest

import grpc

from pair import EXAMPLE, PairTest, eventually

from thidua.awards.v1 import round_service_pb2
from thidua.reporting.v1 import registry_service_pb2


class Backup(PairTest):

    def backup(self, service, name):
        path = self.pair.folder / name
        told = self.pair.ctl("backup", service, "--to", path).stdout
        return path, re.search(r"head: (\S+)", told).group(1)

    def create_cluster(self, name):
        request = registry_service_pb2.CreateClusterRequest(cluster_id=name)
        request.cluster.title.vi = "Cụm thi đua"
        return self.pair.stub("registry").CreateCluster(request).commit_token

    def get_cluster(self, name, token=""):
        return self.pair.stub("registry").GetCluster(registry_service_pb2.GetClusterRequest(
            name=f"clusters/{name}", min_commit_token=token))

    def position(self):
        return self.pair.stub("round").GetFeedPosition(round_service_pb2.GetFeedPositionRequest())

    def awards_has_consumed(self, token):
        """Whether awards has consumed what the token of reporting stands for."""
        try:
            self.pair.stub("round").ListRounds(round_service_pb2.ListRoundsRequest(page_size=1))
            self.pair.ctl("--timeout=30s", "watch", "--once", "--from", token)
        except grpc.RpcError:
            return False
        return eventually(lambda: self.position().connected and self.position().lag == 0)

    def refusal(self, call):
        with self.assertRaises(grpc.RpcError) as caught:
            call()
        return caught.exception.code()

    def test_reporting_is_restored_while_awards_follows(self):
        self.pair.ctl("apply", EXAMPLE)
        sheets, nominated = self.pair.sheets(), self.pair.nominated_units()
        backup, head = self.backup("reporting", "reporting.backup")
        lost = self.create_cluster("lost")
        self.assertTrue(self.awards_has_consumed(lost))
        self.assertEqual(self.get_cluster("lost", lost).cluster.name, "clusters/lost")

        # In use, then in the way, then replaced.
        refused = self.pair.reporting.run("restore", "--replace", backup)
        self.assertEqual(refused.returncode, 1)
        self.assertIn("in use", refused.stderr)
        self.assertEqual(self.pair.reporting.stop(), 0)
        self.assertEqual(self.pair.reporting.run("restore", backup).returncode, 1)
        done = self.pair.reporting.run("restore", "--replace", backup)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(f"head: {head}", done.stdout)
        replaced = re.search(r"the store before: (.*)", done.stdout).group(1)
        self.assertTrue(pathlib.Path(replaced).exists())
        self.pair.reporting.start()

        # What was written after the backup is gone, and nobody takes it for what comes now.
        self.assertEqual(self.refusal(lambda: self.get_cluster("lost")), grpc.StatusCode.NOT_FOUND)
        self.assertEqual(self.refusal(lambda: self.get_cluster("lost", lost)), grpc.StatusCode.OUT_OF_RANGE)
        self.assertIn("whole", self.pair.ctl("audit", "verify", "--expect", head).stdout)

        # awards notices, reads the log again, and goes on.
        self.assertTrue(eventually(lambda: "feed starts again from the beginning" in self.pair.awards.read_log()))
        after = self.create_cluster("after")
        self.assertTrue(self.awards_has_consumed(after))
        self.assertTrue(eventually(lambda: self.pair.awards.run("probe", "--service=feed").returncode == 0))
        self.assertEqual(self.pair.sheets(), sheets)
        self.assertEqual(self.pair.nominated_units(), nominated)
        self.assertEqual(self.pair.ctl("apply", EXAMPLE).returncode, 0)

    def test_a_backup_taken_under_load_restores_to_a_state_that_verifies(self):
        stop = threading.Event()
        written = []

        def write():
            number = 0
            while not stop.is_set():
                self.create_cluster(f"load-{number}")
                number += 1
                written.append(number)

        writer = threading.Thread(target=write)
        writer.start()
        try:
            backups = []
            for number in range(3):
                self.assertTrue(eventually(lambda: len(written) > 20 * (number + 1)))
                backups.append(self.backup("reporting", f"{number}.backup"))
        finally:
            stop.set()
            writer.join()
        for backup, head in backups:
            done = self.pair.reporting.run("restore", "--check-only", backup)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn(f"head: {head}", done.stdout)
            self.assertIn("whole", self.pair.ctl("audit", "verify", "--expect", head).stdout)
        self.assertLess(*[int(head.split(":")[0]) for _, head in backups[:2]])

    def test_awards_is_restored_and_catches_up(self):
        self.pair.ctl("apply", EXAMPLE)
        sheets = self.pair.sheets()
        backup, _ = self.backup("awards", "awards.backup")
        self.assertEqual(self.pair.awards.stop(), 0)
        (self.pair.folder / "awards.db").unlink()
        self.assertEqual(self.pair.awards.run("restore", backup).returncode, 0)
        token = self.create_cluster("meanwhile")
        self.pair.awards.start()
        self.assertTrue(self.awards_has_consumed(token))
        self.assertEqual(self.pair.sheets(), sheets)

    def test_a_backup_of_the_other_service_or_of_no_store_is_refused(self):
        backup, _ = self.backup("awards", "awards.backup")
        self.assertEqual(self.pair.reporting.stop(), 0)
        done = self.pair.reporting.run("restore", "--replace", backup)
        self.assertEqual(done.returncode, 1)
        self.assertIn("not a store of this service", done.stderr)
        self.pair.reporting.start()

    def test_a_backup_never_overwrites(self):
        backup, _ = self.backup("reporting", "once.backup")
        done = self.pair.ctl("backup", "reporting", "--to", backup, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn("already", done.stderr)
        told = json.loads(self.pair.ctl("--output=json", "backup", "awards", "--to", self.pair.folder / "a").stdout)
        self.assertEqual(int(told["size"]), (self.pair.folder / "a").stat().st_size)
        self.assertEqual([path.name for path in self.pair.folder.glob("*.part")], [])


if __name__ == "__main__":
    unittest.main()
