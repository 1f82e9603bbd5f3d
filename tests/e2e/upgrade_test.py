"""Data of earlier releases, as their programs left it, opens, verifies and goes on; data of later ones is refused.

data/schema-2 holds both databases after the play of 2020 by the last programs with schema version 2, as SQL, with the
scores that they gave.
"""

import json
import lzma
import pathlib
import shutil
import sqlite3
import tempfile
import unittest

from pair import ROUND, Pair, Process

from thidua.awards.v1 import round_service_pb2
from thidua.reporting.v1 import registry_service_pb2

DATA = pathlib.Path(__file__).parent / "data"


def unpack(folder, version):
    """Makes the databases as they were, marks of version and service included."""
    for service, application in (("reporting", 0x54445250), ("awards", 0x54446177)):
        path = pathlib.Path(folder) / f"{service}.db"
        connection = sqlite3.connect(path)
        connection.executescript(lzma.open(DATA / f"schema-{version}" / f"{service}.sql.xz", "rt").read())
        connection.executescript(f"PRAGMA application_id = {application}; PRAGMA user_version = {version};")
        connection.close()


def totals(pair):
    """The total of each score sheet, by its name."""
    request = round_service_pb2.ListScoreSheetsRequest(parent=ROUND, page_size=1000)
    return {sheet.name: sheet.total for sheet in pair.stub("round").ListScoreSheets(request).score_sheets}


class OldPair(Pair):
    """A pair that finds the data of an earlier release."""

    def __init__(self, version):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="thidua-e2e-"))
        unpack(self.folder, version)
        self.reporting = Process("reporting", self.folder).start()
        self.awards = Process("awards", self.folder, [f"--reporting={self.reporting.address}"]).start()


class Upgrade(unittest.TestCase):

    def test_data_of_schema_2_opens_and_goes_on(self):
        pair = OldPair(2)
        self.addCleanup(pair.close)
        known = json.loads((DATA / "schema-2/expected.json").read_text())
        self.assertIn("whole", pair.ctl("audit", "verify", "--expect", known["head"]).stdout)
        self.assertEqual(totals(pair), known["totals"])
        request = registry_service_pb2.CreateClusterRequest(cluster_id="more")
        request.cluster.title.vi = "Cụm thi đua"
        pair.stub("registry").CreateCluster(request)
        position = int(known["head"].split(":")[0])
        self.assertIn(f"whole: {position + 1} events", pair.ctl("audit", "verify", "--expect", known["head"]).stdout)
        backup = pair.folder / "backup"
        pair.ctl("backup", "reporting", "--to", backup)
        self.assertEqual(pair.reporting.run("restore", "--check-only", backup).returncode, 0)

    def test_data_of_a_later_schema_is_refused_and_left_alone(self):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="thidua-e2e-"))
        self.addCleanup(shutil.rmtree, folder)
        unpack(folder, 2)
        for service in ("reporting", "awards"):
            path = folder / f"{service}.db"
            connection = sqlite3.connect(path)
            connection.execute("PRAGMA user_version = 1000")
            connection.close()
            before = path.read_bytes()
            with self.assertRaisesRegex(RuntimeError, "(?s)ended with 1.*schema version 1000"):
                Process(service, folder).start()
            self.assertEqual(path.read_bytes(), before)


if __name__ == "__main__":
    unittest.main()
