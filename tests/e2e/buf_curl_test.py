"""What a person with only buf and an address sees: the services describe themselves by reflection."""

import base64
import json
import subprocess
import unittest

from pair import CLUSTER_YEAR, NOMINATED_2020, ROOT, ROUND, PlayedTest

BUF = ROOT / "tests/tools/node_modules/.bin/buf"


class BufCurl(PlayedTest):

    def call(self, process, method, request):
        done = subprocess.run(
            [BUF, "curl", "--http2-prior-knowledge", "--protocol", "grpc", "-d", json.dumps(request),
             f"http://{process.address}/{method}"],
            capture_output=True, text=True, timeout=60, check=False, cwd=self.pair.folder)
        return done.returncode, done.stdout, done.stderr

    def read(self, process, method, request):
        code, out, err = self.call(process, method, request)
        self.assertEqual(code, 0, err)
        return json.loads(out)

    def test_it_reads_totals(self):
        answer = self.read(self.pair.reporting, "thidua.reporting.v1.StatisticsService/ComputeTotals", {
            "clusterYear": CLUSTER_YEAR, "form": "forms/alliance-annual", "period": "2020",
            "indicators": ["indicators/MEMBERS"]})
        self.assertEqual(answer["totals"][0]["number"], "3057365")

    def test_it_reads_standings(self):
        answer = self.read(self.pair.awards, "thidua.awards.v1.RoundService/GetStandings",
                           {"name": f"{ROUND}/standings/alliances"})
        self.assertEqual(len(answer["standings"]["standings"]), 11)

    def test_it_reads_nominations(self):
        answer = self.read(self.pair.awards, "thidua.awards.v1.RoundService/ListNominations", {"parent": ROUND})
        self.assertEqual(sorted((n["award"], n["unit"]) for n in answer["nominations"]), NOMINATED_2020)

    def test_it_reads_health(self):
        answer = self.read(self.pair.awards, "grpc.health.v1.Health/Check", {})
        self.assertEqual(answer["status"], "SERVING")

    def test_an_error_says_what_is_wrong(self):
        code, _, err = self.call(self.pair.reporting, "thidua.reporting.v1.RegistryService/GetUnit",
                                 {"name": "units/atlantis"})
        self.assertEqual(code, 8 * 5)  # NOT_FOUND
        error = json.loads(err)
        self.assertEqual(error["message"], "no unit has the name units/atlantis")
        info = next(detail for detail in error["details"] if detail["type"] == "google.rpc.ErrorInfo")
        padded = info["value"] + "=" * (-len(info["value"]) % 4)
        self.assertIn(b"RESOURCE_NOT_FOUND", base64.b64decode(padded))


if __name__ == "__main__":
    unittest.main()
