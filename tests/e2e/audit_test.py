"""The audit log of a played year, recomputed here from the database file, and found when altered."""

import hashlib
import sqlite3
import unittest

from pair import CLUSTER_YEAR, EXAMPLE, PairTest

from thidua.reporting.v1 import audit_service_pb2, registry_service_pb2

UNIT = "units/bac-ninh"


def field(part):
    """A part of what a hash covers, as common/storage/audit_chain.h has it."""
    data = part if isinstance(part, bytes) else str(part).encode()
    return b"%d:%s" % (len(data), data)


def digest(*parts):
    return hashlib.sha256(b"".join(field(part) for part in parts)).digest()


def recomputed_chain(database):
    """The hash of each row, from nothing but the store id and what the rows say."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        (store_id,) = connection.execute("SELECT store_id FROM store").fetchone()
        rows = connection.execute(
            "SELECT sequence, commit_sequence, kind, name, version, time_us, actor, method, payload"
            " FROM change ORDER BY sequence").fetchall()
    connection.close()
    last = digest("ledger-chain-1", store_id)
    hashes = []
    for row in rows:
        last = digest(last, *row)
        hashes.append(last.hex())
    return hashes


class Audit(PairTest):

    def setUp(self):
        super().setUp()
        self.pair.ctl("apply", EXAMPLE)
        self.database = self.pair.reporting.folder / "reporting.db"

    def events(self, **filters):
        request = audit_service_pb2.ListAuditEventsRequest(page_size=100, **filters)
        stub = self.pair.stub("audit")
        while True:
            page = stub.ListAuditEvents(request)
            yield from page.events
            if not page.next_page_token:
                return
            request.page_token = page.next_page_token

    def tamper(self, sql):
        """Changes the file while the service is down, as somebody with access to the disk might."""
        self.assertEqual(self.pair.reporting.stop(), 0)
        connection = sqlite3.connect(self.database)
        connection.executescript(f"DROP TRIGGER change_never_changes; {sql}")
        connection.close()
        self.pair.reporting.start()

    def position_of(self, resource, version):
        return next(event.position for event in self.events(resource=resource) if event.version == version)

    def test_the_chain_is_the_one_that_anybody_recomputes(self):
        hashes = [event.hash for event in self.events()]
        self.assertGreater(len(hashes), 100)
        verdict = self.pair.ctl_json("audit", "verify")
        self.assertTrue(verdict["complete"])
        self.assertEqual((int(verdict["verified"]["position"]), verdict["verified"]["hash"]),
                         (len(hashes), hashes[-1]))
        self.assertEqual(self.pair.reporting.stop(), 0)
        self.assertEqual(recomputed_chain(self.database), hashes)

    def test_the_log_tells_who_changed_what_by_which_call(self):
        listed = self.pair.ctl_json("audit", "list", "--resource", CLUSTER_YEAR)
        self.assertEqual([int(event["version"]) for event in listed], list(range(1, len(listed) + 1)))
        self.assertTrue(listed[0]["method"].endswith("/CreateClusterYear"))
        self.assertTrue(listed[-1]["method"].endswith("/HandOverClusterYear"))
        self.assertNotIn("before", listed[0])
        for earlier, later in zip(listed, listed[1:]):
            self.assertEqual(later["before"], earlier["after"])
        self.assertEqual(listed[-1]["after"]["cluster_year"]["state"], "STATE_HANDED_OVER")
        self.assertIn("HandOverClusterYear", self.pair.ctl("audit", "list", "--resource", CLUSTER_YEAR).stdout)
        self.assertEqual(self.pair.ctl_json("audit", "list", "--to", "2000-01-01"), [])
        self.assertEqual(self.pair.ctl_json("audit", "list", "--actor", "nobody"), [])

    def test_a_figure_altered_in_the_file_is_found(self):
        position = self.position_of(f"{UNIT}/submissions/alliance-annual.2020.estimate", 1)
        head = self.pair.ctl("audit", "verify").stdout.split()[-1]
        self.tamper("UPDATE change SET payload = CAST(replace(CAST(payload AS TEXT), '48', '84') AS BLOB)"
                    f" WHERE sequence = {position}")
        for options in ([], ["--expect", head]):
            done = self.pair.ctl("audit", "verify", *options, check=False)
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertIn(f"FAULT at position {position}: ALTERED", done.stdout)

    def test_a_head_of_earlier_holds_after_more_was_written_but_not_after_the_end_was_cut(self):
        head = self.pair.ctl("audit", "verify").stdout.split()[-1]
        position = int(head.split(":")[0])
        self.pair.stub("registry").CreateCluster(self.new_cluster())
        grown = self.pair.ctl("audit", "verify", "--expect", head)
        self.assertIn(f"whole: {position + 1} events", grown.stdout)
        later = grown.stdout.split()[-1]
        self.tamper(f"DELETE FROM current WHERE sequence = {position + 1};"
                    f"DELETE FROM change WHERE sequence = {position + 1}")
        self.assertEqual(self.pair.ctl("audit", "verify", "--expect", head).returncode, 0)
        done = self.pair.ctl("audit", "verify", "--expect", later, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn(f"FAULT at position {position + 1}: MISSING", done.stdout)

    @staticmethod
    def new_cluster():
        request = registry_service_pb2.CreateClusterRequest(cluster_id="one-more")
        request.cluster.title.vi = "Cụm thi đua mới"
        return request


if __name__ == "__main__":
    unittest.main()
