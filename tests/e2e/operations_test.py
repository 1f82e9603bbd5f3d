"""What operators see of a pair that works: metrics, health, traces, versions."""

import json
import re
import subprocess
import unittest

from pair import BIN, EXAMPLE, ROOT, ROUND, Pair, eventually

from thidua.awards.v1 import round_service_pb2
from thidua.reporting.v1 import audit_service_pb2, change_feed_service_pb2, registry_service_pb2

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
SERVER = "grpc_method={},grpc_service=thidua.{},grpc_type={}"


class Operations(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        cls.pair = Pair(["--admin-listen=127.0.0.1:0", "--log-level=debug"], ["--feed-stale-after=1s"])
        cls.addClassCleanup(cls.pair.close)
        cls.pair.ctl("apply", EXAMPLE)

    def log_of(self, process, trace_id):
        lines = [json.loads(line) for line in process.read_log().splitlines() if trace_id in line]
        return [line for line in lines if line.get("trace_id") == trace_id]

    def test_metrics_tell_what_the_play_did(self):
        reporting = self.pair.reporting.metrics()
        submits = SERVER.format("ImportSubmissions", "reporting.v1.SubmissionService", "bidi_stream")
        self.assertGreater(reporting[f"grpc_server_started_total{{{submits}}}"], 0)
        self.assertGreater(reporting[f"grpc_server_msg_received_total{{{submits}}}"], 0)
        create = SERVER.format("CreateUnit", "reporting.v1.RegistryService", "unary")
        created = reporting[f"grpc_server_handled_total{{grpc_code=OK,{create}}}"]
        self.assertGreaterEqual(created, 11)
        self.assertEqual(reporting[f"grpc_server_handled_total{{grpc_code=DataLoss,{create}}}"], 0)
        self.assertEqual(reporting[f"grpc_server_handling_seconds_count{{{create}}}"], created)
        self.assertGreater(reporting["commit_seconds_count"], 50)
        self.assertGreater(reporting["feed_head_seq"], 100)
        self.assertEqual(reporting["feed_open_streams"], 1)
        for metrics in (reporting, self.pair.awards.metrics()):
            self.assertGreater(metrics["db_size_bytes"], 0)
            self.assertGreater(metrics["disk_free_bytes"], 0)
            self.assertEqual(metrics["writer_queue_depth"], 0)
            self.assertEqual(metrics["commit_failures_total"], 0)

    def test_metrics_of_awards_tell_that_it_has_caught_up(self):
        def caught_up():
            metrics = self.pair.awards.metrics()
            return (metrics["feed_consumer_lag{consumer=awards}"] == 0
                    and metrics["feed_consumer_lag_seconds{consumer=awards}"] < 5
                    and metrics["feed_consumer_connected{consumer=awards}"] == 1 and metrics)
        metrics = eventually(caught_up)
        self.assertTrue(metrics)
        watch = SERVER.format("Watch", "reporting.v1.ChangeFeedService", "server_stream")
        self.assertGreaterEqual(metrics[f"grpc_client_started_total{{{watch}}}"], 1)
        self.assertGreater(metrics[f"grpc_client_msg_received_total{{{watch}}}"], 1)

    def test_every_metric_of_alerts_and_dashboard_is_there(self):
        names = {re.sub(r"\{.*|_(bucket|sum|count)$", "", series) for process in (self.pair.reporting, self.pair.awards)
                 for series in (re.sub(r"\{.*", "", key) for key in process.metrics())}
        rules = (ROOT / "deploy/observability/alerts.yml").read_text()
        dashboard = (ROOT / "deploy/observability/dashboard.json").read_text()
        asked = set(re.findall(r"\b((?:grpc|feed|commit|writer|wal|db|disk|request|rpc|build|process)_[a-z_]+?)"
                               r"(?:_bucket|_sum|_count)?(?![a-z_])", rules + dashboard))
        asked -= {"grpc_code", "grpc_method", "grpc_type", "grpc_service"}
        self.assertGreater(len(asked), 12)
        self.assertEqual(sorted(asked - names), [])

    def test_a_build_says_what_it_is(self):
        said = subprocess.run([BIN / "thidua-awards", "--version"], capture_output=True, text=True, check=True).stdout
        commit = re.search(r"commit: (\S+)", said).group(1)
        self.assertRegex(said, r"^thidua-awards \d+\.\d+\.\d+\ncommit: .*\nbuild: .*\nflags: ")
        series = next(key for key in self.pair.awards.metrics() if key.startswith("build_info"))
        self.assertIn(f"commit={commit}", series)

    def test_the_probe_asks_for_each_aspect(self):
        for process in (self.pair.reporting, self.pair.awards):
            for service in ("", "liveness", "readiness"):
                done = process.run("probe", "--service", service)
                self.assertEqual((done.returncode, done.stdout), (0, "SERVING\n"), done.stderr)
        self.assertTrue(eventually(lambda: self.pair.awards.run("probe", "--service=feed").returncode == 0))
        self.assertEqual(self.pair.awards.run("probe", "--service=nobody").returncode, 1)
        done = self.pair.awards.run("probe", "--address=127.0.0.1:1", "--timeout=300ms")
        self.assertEqual(done.returncode, 3, done.stderr)

    def test_a_trace_goes_from_the_call_into_log_change_and_feed(self):
        request = registry_service_pb2.CreateClusterRequest(cluster_id="traced")
        request.cluster.title.vi = "Cụm thi đua"
        self.pair.stub("registry").CreateCluster(
            request, metadata=[("traceparent", f"00-{TRACE}-00f067aa0ba902b7-01")])
        lines = eventually(lambda: self.log_of(self.pair.reporting, TRACE))
        self.assertEqual(lines[0]["method"], "thidua.reporting.v1.RegistryService/CreateCluster")
        traceparent = f"00-{TRACE}-{lines[0]['span_id']}-01"
        events = self.pair.stub("audit").ListAuditEvents(
            audit_service_pb2.ListAuditEventsRequest(resource="clusters/traced")).events
        self.assertEqual([event.traceparent for event in events], [traceparent])
        changes = self.pair.stub("feed").ListChanges(change_feed_service_pb2.ListChangesRequest(
            page_size=1000, kinds=[change_feed_service_pb2.RESOURCE_KIND_CLUSTER])).changes
        self.assertEqual([change.traceparent for change in changes if change.cluster.name == "clusters/traced"],
                         [traceparent])

    def test_a_nomination_leads_back_to_the_calls_that_handed_its_figures_in(self):
        rounds = self.pair.stub("round")
        nomination = rounds.ListNominations(
            round_service_pb2.ListNominationsRequest(parent=ROUND, page_size=1000)).nominations[0]
        sheets = rounds.ListScoreSheets(
            round_service_pb2.ListScoreSheetsRequest(parent=ROUND, page_size=1000)).score_sheets
        sheet = next(sheet for sheet in sheets if sheet.unit == nomination.unit)
        submissions = {pin.resource for pin in sheet.pins if "/submissions/" in pin.resource}
        self.assertTrue(submissions)
        for name in sorted(submissions):
            events = self.pair.stub("audit").ListAuditEvents(
                audit_service_pb2.ListAuditEventsRequest(resource=name)).events
            for event in events:
                self.assertRegex(event.traceparent, r"^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$", name)
                lines = self.log_of(self.pair.reporting, event.traceparent.split("-")[1])
                self.assertIn(event.method, {line["method"] for line in lines}, name)


class Outage(unittest.TestCase):

    def setUp(self):
        self.pair = Pair(["--admin-listen=127.0.0.1:0"], ["--feed-stale-after=1s"])
        self.addCleanup(self.pair.close)

    def feed(self):
        return self.pair.awards.run("probe", "--service=feed").returncode

    def test_only_the_feed_of_awards_suffers_when_reporting_is_gone(self):
        self.assertTrue(eventually(lambda: self.feed() == 0))
        self.assertEqual(self.pair.reporting.stop(), 0)
        self.assertTrue(eventually(lambda: self.feed() == 1))
        self.assertEqual(self.pair.awards.run("probe", "--service=readiness").returncode, 0)
        self.assertGreater(self.pair.awards.metrics()["feed_consumer_lag_seconds{consumer=awards}"], 1)
        self.pair.reporting.start()
        self.assertTrue(eventually(lambda: self.feed() == 0))


if __name__ == "__main__":
    unittest.main()
