"""Starts the shipped binaries on free loopback ports with their databases in a folder of their own."""

import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import unittest
import urllib.request

import grpc

from thidua.awards.v1 import round_service_pb2, round_service_pb2_grpc, rubric_service_pb2_grpc
from thidua.reporting.v1 import (
    audit_service_pb2_grpc,
    change_feed_service_pb2_grpc,
    definition_service_pb2_grpc,
    pact_service_pb2_grpc,
    registry_service_pb2_grpc,
    statistics_service_pb2_grpc,
    submission_service_pb2_grpc,
)

BIN = pathlib.Path(os.environ["THIDUA_BIN"])
ROOT = pathlib.Path(os.environ["THIDUA_ROOT"])
EXAMPLE = ROOT / "deploy/examples/red-river-2020"
CLUSTER_YEAR = "clusters/red-river-delta/years/2020"
ROUND = "rounds/red-river-delta-2020"


class Process:
    """One service: its process, its database, its address."""

    def __init__(self, name, folder, options=()):
        self.name = name
        self.folder = pathlib.Path(folder)
        self.options = list(options)
        self.address = "127.0.0.1:0"  # After the first start it keeps its port.
        self.admin = ""  # Where /metrics is, with the option --admin-listen.
        self.child = None

    def start(self):
        self.child = subprocess.Popen(
            [BIN / f"thidua-{self.name}", f"--listen={self.address}",
             f"--database={self.folder / (self.name + '.db')}", *self.options],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        with open(self.folder / f"{self.name}.log", "ab") as log:
            for line in self.child.stderr:
                log.write(line)
                log.flush()
                entry = json.loads(line) if line.startswith(b"{") else {}
                if entry.get("msg") == "serving":
                    self.address = entry["address"]
                    self.admin = entry["admin"]
                    break
            else:
                self.child.stderr.close()
                raise RuntimeError(f"{self.name} ended with {self.child.wait()}:\n{self.read_log()}")
        self.drain = threading.Thread(target=self.keep_log, args=(self.child.stderr,))
        self.drain.start()
        return self

    def keep_log(self, pipe):
        with pipe, open(self.folder / f"{self.name}.log", "ab") as log:
            for line in pipe:
                log.write(line)
                log.flush()

    def read_log(self):
        return (self.folder / f"{self.name}.log").read_text(errors="replace")

    def run(self, *arguments):
        """The program beside the service, with the same address and database."""
        return subprocess.run(
            [BIN / f"thidua-{self.name}", f"--listen={self.address}",
             f"--database={self.folder / (self.name + '.db')}", *map(str, arguments)],
            capture_output=True, text=True, timeout=120, check=False)

    def metrics(self):
        """The values of all series, by their name with labels in the order of the alphabet."""
        with urllib.request.urlopen(f"http://{self.admin}/metrics", timeout=20) as answer:
            text = answer.read().decode()
        values = {}
        for line in text.splitlines():
            if line.startswith("#"):
                continue
            name, value = line.rsplit(" ", 1)
            series, _, labels = name.partition("{")
            pairs = sorted(re.findall(r'(\w+)="((?:[^"\\]|\\.)*)"', labels))
            values[series + ("{" + ",".join(f"{key}={text}" for key, text in pairs) + "}" if pairs else "")] = float(value)
        return values

    def kill(self):
        """As a crash: no chance to tidy up."""
        self.child.kill()
        self.child.wait()
        self.drain.join()

    def stop(self):
        """As an operator: SIGTERM, and the exit code."""
        if self.child is None or self.child.poll() is not None:
            return self.child and self.child.returncode
        self.child.send_signal(signal.SIGTERM)
        code = self.child.wait(timeout=60)
        self.drain.join()
        return code


class Pair:
    """Both services and their stubs."""

    def __init__(self, options=(), awards_options=()):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="thidua-e2e-"))
        self.reporting = Process("reporting", self.folder, options).start()
        self.awards = Process("awards", self.folder, [f"--reporting={self.reporting.address}", *options,
                                                      *awards_options]).start()

    def close(self):
        codes = [self.awards.stop(), self.reporting.stop()]
        shutil.rmtree(self.folder)
        return codes

    def ctl(self, *arguments, check=True, **options):
        done = subprocess.run(
            [BIN / "thiduactl", f"--reporting={self.reporting.address}", f"--awards={self.awards.address}",
             *map(str, arguments)], capture_output=True, text=True, timeout=300, check=False, **options)
        if check and done.returncode != 0:
            raise RuntimeError(f"thiduactl {arguments} ended with {done.returncode}\n{done.stdout}{done.stderr}\n"
                               f"{self.reporting.read_log()[-3000:]}\n{self.awards.read_log()[-3000:]}")
        return done

    def ctl_json(self, *arguments):
        return json.loads(self.ctl("--output=json", *arguments).stdout)

    def stub(self, service):
        """A stub such as `registry` or `round`, on a new channel."""
        kinds = {
            "registry": (registry_service_pb2_grpc.RegistryServiceStub, self.reporting),
            "definition": (definition_service_pb2_grpc.DefinitionServiceStub, self.reporting),
            "pact": (pact_service_pb2_grpc.PactServiceStub, self.reporting),
            "submission": (submission_service_pb2_grpc.SubmissionServiceStub, self.reporting),
            "statistics": (statistics_service_pb2_grpc.StatisticsServiceStub, self.reporting),
            "feed": (change_feed_service_pb2_grpc.ChangeFeedServiceStub, self.reporting),
            "audit": (audit_service_pb2_grpc.AuditServiceStub, self.reporting),
            "rubric": (rubric_service_pb2_grpc.RubricServiceStub, self.awards),
            "round": (round_service_pb2_grpc.RoundServiceStub, self.awards),
        }
        make, process = kinds[service]
        return make(grpc.insecure_channel(process.address))

    def sheets(self):
        """All score sheets of the round, as bytes by name."""
        request = round_service_pb2.ListScoreSheetsRequest(parent=ROUND, page_size=1000)
        answer = self.stub("round").ListScoreSheets(request)
        return {sheet.name: sheet.SerializeToString(deterministic=True) for sheet in answer.score_sheets}

    def nominated_units(self):
        request = round_service_pb2.ListNominationsRequest(parent=ROUND, page_size=1000)
        answer = self.stub("round").ListNominations(request)
        return sorted((nomination.award, nomination.unit) for nomination in answer.nominations)


def eventually(condition, seconds=60):
    """What `condition` gives once it is true."""
    deadline = time.monotonic() + seconds
    while True:
        found = condition()
        if found or time.monotonic() > deadline:
            return found
        time.sleep(0.05)


# What the cluster proposed in December 2020.
NOMINATED_2020 = sorted([
    ("excellent-flag", "units/bac-ninh"), ("excellent-flag", "units/ha-nam"),
    ("flag-agri", "units/htx-nn-vinh-phuc"), ("flag-agri", "units/htx-nn-hung-yen"),
    ("flag-non-agri", "units/htx-pnn-ha-noi"), ("flag-non-agri", "units/htx-pnn-quang-ninh"),
])


class PairTest(unittest.TestCase):
    """A test with a pair of its own."""

    def setUp(self):
        self.pair = Pair()
        self.addCleanup(self.pair.close)


class PlayedTest(unittest.TestCase):
    """Tests that only read what one play of the example left."""

    @classmethod
    def setUpClass(cls):
        cls.pair = Pair()
        cls.addClassCleanup(cls.pair.close)
        cls.pair.ctl("apply", EXAMPLE)


def copy_of_example(folder):
    """An editable copy of the example."""
    target = pathlib.Path(folder) / "example"
    shutil.copytree(EXAMPLE, target)
    return target
