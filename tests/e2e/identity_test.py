"""Identities end to end: the 2020 example over mTLS with the least roles, tokens, and files swapped under load."""

import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
import unittest

import grpc
import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

import pair
from thidua.awards.v1 import round_service_pb2, round_service_pb2_grpc
from thidua.reporting.v1 import (
    audit_service_pb2,
    audit_service_pb2_grpc,
    registry_service_pb2,
    registry_service_pb2_grpc,
    submission_service_pb2,
    submission_service_pb2_grpc,
)

POLICY = pair.ROOT / "deploy/examples/policy.txtpb"
ISSUER = "https://id.thidua.dev"
AUDIENCE = "thidua"


def ctl(*arguments, check=True):
    done = subprocess.run([pair.BIN / "thiduactl", *map(str, arguments)], capture_output=True, text=True,
                          timeout=300, check=False)
    if check and done.returncode != 0:
        raise RuntimeError(f"thiduactl {arguments} ended with {done.returncode}\n{done.stdout}{done.stderr}")
    return done


class SecurePair:
    """Both services with certificates, a policy and a key set of their own."""

    def __init__(self, token_keys=True):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="thidua-identity-"))
        self.certs = self.folder / "certs"
        self.policy = self.folder / "policy.txtpb"
        shutil.copy(POLICY, self.policy)
        self.make_certs()
        options = []
        if token_keys:
            self.keys = {"EdDSA": ed25519.Ed25519PrivateKey.generate(), "ES256": ec.generate_private_key(ec.SECP256R1()),
                         "RS256": rsa.generate_private_key(65537, 2048)}
            self.write_key_set()
            options = [f"--token-keys={self.folder / 'keys.json'}", f"--token-issuer={ISSUER}",
                       f"--token-audience={AUDIENCE}"]
        self.reporting = pair.Process("reporting", self.folder, self.server_options("reporting") + options).start()
        self.awards = pair.Process("awards", self.folder, self.server_options("awards") + options + [
            f"--reporting={self.reporting.address}", f"--reporting-authorities={self.certs / 'ca.pem'}",
            f"--reporting-certificate={self.certs / 'awards.pem'}",
            f"--reporting-key={self.certs / 'awards-key.pem'}"]).start()

    def make_certs(self):
        ctl("certs", self.certs, "--policy", self.policy)

    def write_key_set(self):
        keys = []
        for algorithm, key in self.keys.items():
            public = {"EdDSA": jwt.algorithms.OKPAlgorithm, "ES256": jwt.algorithms.ECAlgorithm,
                      "RS256": jwt.algorithms.RSAAlgorithm}[algorithm]
            if algorithm == "ES256":  # PyJWT 2.6 writes no keys of EC.
                keys.append(ec_jwk(key) | {"kid": algorithm})
            else:
                keys.append(json.loads(public.to_jwk(key.public_key())) | {"kid": algorithm})
        for key in keys:
            key.pop("key_ops", None)
        replace(self.folder / "keys.json", json.dumps({"keys": keys}))

    def server_options(self, name):
        return [f"--tls-certificate={self.certs / (name + '-server.pem')}",
                f"--tls-key={self.certs / (name + '-server-key.pem')}",
                f"--tls-client-authorities={self.certs / 'ca.pem'}", f"--policy={self.policy}"]

    def ctl(self, principal, *arguments, check=True):
        # A busy machine takes its time, for handshakes above all.
        return ctl("--timeout=2m", f"--reporting={self.reporting.address}", f"--awards={self.awards.address}",
                   f"--authorities={self.certs / 'ca.pem'}", f"--certificate={self.certs / (principal + '.pem')}",
                   f"--key={self.certs / (principal + '-key.pem')}", *arguments, check=check)

    def channel(self, principal=None, service="reporting", certs=None, root=None):
        """A new connection: certificates count at its beginning."""
        certs = certs or self.certs
        key = certificate = None
        if principal:
            key = (certs / f"{principal}-key.pem").read_bytes()
            certificate = (certs / f"{principal}.pem").read_bytes()
        credentials = grpc.ssl_channel_credentials((root or self.certs / "ca.pem").read_bytes(), key, certificate)
        return grpc.secure_channel(getattr(self, service).address, credentials,
                                   [("grpc.use_local_subchannel_pool", 1), ("grpc.enable_retries", 0)])

    def get_unit(self, channel, token=None, timeout=60):
        metadata = [("authorization", f"Bearer {token}")] if token else []
        return registry_service_pb2_grpc.RegistryServiceStub(channel).GetUnit(
            registry_service_pb2.GetUnitRequest(name="units/bac-ninh"), metadata=metadata, timeout=timeout)

    def token(self, algorithm="ES256", key=None, headers=None, **claims):
        now = int(time.time())
        claims = {"iss": ISSUER, "aud": AUDIENCE, "sub": "bac-ninh", "nbf": now - 5, "exp": now + 300} | claims
        return jwt.encode(claims, self.keys[algorithm] if key is None else key, algorithm=algorithm,
                          headers={"kid": algorithm} | (headers or {}))

    def close(self):
        codes = [self.awards.stop(), self.reporting.stop()]
        shutil.rmtree(self.folder)
        return codes


def ec_jwk(key):
    numbers = key.public_key().public_numbers()
    encode = lambda number: jwt.utils.base64url_encode(number.to_bytes(32, "big")).decode()
    return {"kty": "EC", "crv": "P-256", "x": encode(numbers.x), "y": encode(numbers.y)}


def replace(path, text):
    """Puts `text` in the place of a file, at once."""
    aside = path.with_suffix(".new")
    aside.write_text(text)
    aside.rename(path)


def free_address():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


def wait_for(what, seconds=120):
    deadline = time.monotonic() + seconds
    while not what():
        if time.monotonic() > deadline:
            raise AssertionError("it did not happen in time")
        time.sleep(0.05)


def reason_of(error):
    """The reason in the binary details, which need no parsing to be found."""
    for key, value in error.trailing_metadata() or ():
        if key == "grpc-status-details-bin":
            return value
    return b""


class IdentityTest(unittest.TestCase):
    def assert_refused(self, code, reason, call):
        with self.assertRaises(grpc.RpcError) as caught:
            call()
        self.assertEqual(caught.exception.code(), code, caught.exception.details())
        self.assertIn(reason.encode(), reason_of(caught.exception))


class PlayTest(IdentityTest):
    """The example played over mTLS."""

    @classmethod
    def setUpClass(cls):
        cls.pair = SecurePair()
        cls.addClassCleanup(cls.pair.close)
        cls.pair.ctl("transcriber", "apply", pair.EXAMPLE)

    def test_the_example_has_its_result(self):
        stub = round_service_pb2_grpc.RoundServiceStub(self.pair.channel("national", "awards"))
        answer = stub.ListNominations(
            round_service_pb2.ListNominationsRequest(parent=pair.ROUND, page_size=1000))
        self.assertEqual(sorted((each.award, each.unit) for each in answer.nominations), pair.NOMINATED_2020)

    def test_the_audit_log_names_the_principal(self):
        stub = audit_service_pb2_grpc.AuditServiceStub(self.pair.channel("auditor"))
        events = stub.ListAuditEvents(audit_service_pb2.ListAuditEventsRequest(page_size=1000)).events
        self.assertEqual({event.actor for event in events}, {"transcriber"})

    def test_fewer_roles_do_not_suffice(self):
        policy = POLICY.read_text()
        begin = policy.index('name: "transcriber"')
        end = policy.index("}\n\n", begin)
        grants = [line for line in policy[begin:end].splitlines() if "grants" in line]
        self.assertEqual(len(grants), 14)
        for grant in (*grants[:4], grants[-1]):
            with self.subTest(grant=grant):
                other = SecurePair(token_keys=False)
                try:
                    replace(other.policy, policy[:begin] + policy[begin:end].replace(grant, "") + policy[end:])
                    other.reporting.child.send_signal(signal.SIGHUP)
                    other.awards.child.send_signal(signal.SIGHUP)
                    wait_for(lambda: '"what":"policy"' in other.reporting.read_log()
                             and '"what":"policy"' in other.awards.read_log())
                    done = other.ctl("transcriber", "apply", pair.EXAMPLE, check=False)
                    self.assertNotEqual(done.returncode, 0)
                    self.assertIn("NOT_PERMITTED", done.stderr)
                finally:
                    other.close()

    def test_a_unit_acts_for_itself_alone(self):
        stub = submission_service_pb2_grpc.SubmissionServiceStub(self.pair.channel("ha-nam"))
        listed = stub.ListSubmissions(submission_service_pb2.ListSubmissionsRequest(unit="units/ha-nam"))
        self.assertTrue(listed.submissions)
        for unit in ("units/bac-ninh", "units/no-such-unit"):
            self.assert_refused(grpc.StatusCode.PERMISSION_DENIED, "NOT_PERMITTED", lambda name=unit: stub.ListSubmissions(
                submission_service_pb2.ListSubmissionsRequest(unit=name)))
        sheets = round_service_pb2_grpc.RoundServiceStub(self.pair.channel("ha-nam", "awards"))
        sheets.GetScoreSheet(round_service_pb2.GetScoreSheetRequest(name=pair.ROUND + "/scoreSheets/ha-nam"))
        self.assert_refused(grpc.StatusCode.PERMISSION_DENIED, "NOT_PERMITTED", lambda: sheets.ScoreRound(
            round_service_pb2.ScoreRoundRequest(name=pair.ROUND)))

    def test_who_does_not_say_who_it_is_is_refused(self):
        self.assert_refused(grpc.StatusCode.UNAUTHENTICATED, "NOT_AUTHENTICATED",
                            lambda: self.pair.get_unit(self.pair.channel()))

    def test_who_is_not_in_the_policy_is_refused(self):
        ctl("certs", self.pair.certs, "--server", "x", "--client", "stranger=spiffe://thidua.dev/units/stranger")
        self.assert_refused(grpc.StatusCode.PERMISSION_DENIED, "PRINCIPAL_UNKNOWN",
                            lambda: self.pair.get_unit(self.pair.channel("stranger")))

    def test_a_certificate_without_a_uri_is_nobody(self):
        self.assert_refused(grpc.StatusCode.UNAUTHENTICATED, "NOT_AUTHENTICATED",
                            lambda: self.pair.get_unit(self.pair.channel("reporting-server")))

    def test_a_certificate_with_two_uris_is_nobody(self):
        ctl("certs", self.pair.certs, "--server", "x",
            "--client", "two=spiffe://thidua.dev/units/bac-ninh,URI:spiffe://thidua.dev/people/auditor")
        self.assert_refused(grpc.StatusCode.UNAUTHENTICATED, "NOT_AUTHENTICATED",
                            lambda: self.pair.get_unit(self.pair.channel("two")))

    def test_a_certificate_of_another_authority_does_not_connect(self):
        other = self.pair.folder / "other"
        ctl("certs", other, "--policy", self.pair.policy)
        with self.assertRaises(grpc.RpcError) as caught:
            self.pair.get_unit(self.pair.channel("bac-ninh", certs=other), timeout=5)
        self.assertIn(caught.exception.code(), (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED))
        with self.assertRaises(grpc.RpcError):
            self.pair.get_unit(self.pair.channel("bac-ninh", root=other / "ca.pem"), timeout=5)

    def test_plaintext_does_not_connect(self):
        with self.assertRaises(grpc.RpcError):
            self.pair.get_unit(grpc.insecure_channel(self.pair.reporting.address), timeout=5)

    def test_tokens_of_an_independent_signer_are_taken(self):
        for algorithm in self.pair.keys:
            with self.subTest(algorithm=algorithm):
                self.pair.get_unit(self.pair.channel(), self.pair.token(algorithm))

    def test_tokens_that_do_not_count_are_refused(self):
        now = int(time.time())
        foreign = ec.generate_private_key(ec.SECP256R1())
        public = self.pair.keys["RS256"].public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
        for name, reason, token in [
                ("expired", "ACCESS_TOKEN_EXPIRED", self.pair.token(exp=now - 60)),
                ("early", "ACCESS_TOKEN_EXPIRED", self.pair.token(nbf=now + 120)),
                ("foreign", "ACCESS_TOKEN_INVALID", self.pair.token(key=foreign)),
                ("brought along", "ACCESS_TOKEN_INVALID", self.pair.token(key=foreign, headers={"jwk": ec_jwk(foreign)})),
                ("confused", "ACCESS_TOKEN_INVALID", self.pair.token("HS256", public, {"kid": "RS256"})),
                ("none", "ACCESS_TOKEN_INVALID", self.pair.token("none", "", {"kid": "ES256"})),
                ("issuer", "ACCESS_TOKEN_INVALID", self.pair.token(iss="https://evil.example")),
                ("audience", "ACCESS_TOKEN_INVALID", self.pair.token(aud="other"))]:
            with self.subTest(name=name):
                # A good certificate does not make up for a bad token.
                self.assert_refused(grpc.StatusCode.UNAUTHENTICATED, reason,
                                    lambda token=token: self.pair.get_unit(self.pair.channel("bac-ninh"), token))
        self.assert_refused(grpc.StatusCode.PERMISSION_DENIED, "PRINCIPAL_UNKNOWN",
                            lambda: self.pair.get_unit(self.pair.channel(), self.pair.token(sub="stranger")))
        self.assertNotIn(self.pair.token()[:20], self.pair.reporting.read_log())

    def test_thiduactl_makes_tokens_that_it_calls_with(self):
        keys = self.pair.folder / "own"
        ctl("token", "make-key", keys, "--algorithm", "EdDSA", "--kid", "own")
        known = json.loads((self.pair.folder / "keys.json").read_text())
        own = json.loads((keys / "token-keys.json").read_text())
        replace(self.pair.folder / "keys.json", json.dumps({"keys": known["keys"] + own["keys"]}))
        # Without a signal: within a second of the change.
        sign = ["token", "sign", "--key", keys / "token-key.pem", "--kid", "own", "--issuer", ISSUER,
                "--subject", "ha-nam"]
        (keys / "token").write_text(ctl(*sign).stdout)
        call = [f"--reporting={self.pair.reporting.address}", f"--authorities={self.pair.certs / 'ca.pem'}",
                f"--token-file={keys / 'token'}", "units"]
        wait_for(lambda: ctl(*call, check=False).returncode == 0)
        (keys / "token").write_text(ctl(*sign, "--valid", "-1h").stdout)
        done = ctl(*call, check=False)
        self.assertEqual(done.returncode, 4)
        self.assertIn("ACCESS_TOKEN_EXPIRED", done.stderr)

    def test_metadata_has_a_limit(self):
        with self.assertRaises(grpc.RpcError) as caught:
            self.pair.get_unit(self.pair.channel("bac-ninh"), "x" * 40000)
        self.assertEqual(caught.exception.code(), grpc.StatusCode.RESOURCE_EXHAUSTED)


class ReloadTest(IdentityTest):
    def setUp(self):
        self.pair = SecurePair()
        self.addCleanup(self.pair.close)
        self.pair.ctl("administrator", "apply", pair.EXAMPLE / "01-alliances.txtpb")

    def log(self):
        return self.pair.reporting.read_log()

    def test_files_are_swapped_under_load_without_a_failed_call(self):
        calls, failures, stop = [0], [], threading.Event()
        policy = POLICY.read_text().replace("calls_per_second: 200\n", "calls_per_second: 100000\n")
        replace(self.pair.policy, policy)
        self.pair.reporting.child.send_signal(signal.SIGHUP)
        wait_for(lambda: '"reloaded","what":"policy"' in self.log())

        def load(principal):
            while not stop.is_set():
                try:
                    with self.pair.channel(principal) as channel:
                        for _ in range(5):
                            self.pair.get_unit(channel)
                            calls[0] += 1
                except grpc.RpcError as error:
                    failures.append(error)

        threads = [threading.Thread(target=load, args=(name,)) for name in ("bac-ninh", "national", "auditor")]
        for thread in threads:
            thread.start()
        try:
            for turn in range(1, 4):
                # The files of a pair change one after the other: between the two they do not fit.
                ctl("certs", self.pair.certs, "--server", "reporting-server")
                wait_for(lambda turn=turn: self.log().count('"reloaded","what":"certificates"') > turn)
                self.pair.write_key_set()
                replace(self.pair.policy, policy + f"# {turn}\n")
                self.pair.reporting.child.send_signal(signal.SIGHUP)
                wait_for(lambda turn=turn: self.log().count('"reloaded","what":"policy"') > turn)
        finally:
            stop.set()
            for thread in threads:
                thread.join()
        self.assertEqual(failures, [])
        self.assertGreater(calls[0], 50)

    def test_a_pair_that_does_not_fit_is_refused_and_the_old_one_kept(self):
        before = self.pair.get_unit(self.pair.channel("bac-ninh"))
        shutil.copy(self.pair.certs / "auditor-key.pem", self.pair.certs / "reporting-server-key.pem")
        wait_for(lambda: "the key is not that of the certificate" in self.log())
        self.assertEqual(self.pair.get_unit(self.pair.channel("bac-ninh")), before)

    def test_a_broken_policy_is_refused_and_the_old_one_kept(self):
        replace(self.pair.policy, "principals { name: \"bac-ninh\" ")
        self.pair.reporting.child.send_signal(signal.SIGHUP)
        wait_for(lambda: "not reloaded" in self.log())
        self.pair.get_unit(self.pair.channel("bac-ninh"))

    def test_who_is_taken_out_of_the_policy_is_out(self):
        channel = self.pair.channel("bac-ninh")
        self.pair.get_unit(channel)
        replace(self.pair.policy, self.pair.policy.read_text().replace("dev/units/bac-ninh", "dev/units/bac-ninh-old"))
        self.pair.reporting.child.send_signal(signal.SIGHUP)
        wait_for(lambda: '"reloaded","what":"policy"' in self.log())
        # On the connection that stands, too.
        self.assert_refused(grpc.StatusCode.PERMISSION_DENIED, "PRINCIPAL_UNKNOWN",
                            lambda: self.pair.get_unit(channel))

    def test_who_calls_too_often_is_told_to_wait(self):
        replace(self.pair.policy, self.pair.policy.read_text().replace("calls_per_second: 200\n", "calls_per_second: 1\n"))
        self.pair.reporting.child.send_signal(signal.SIGHUP)
        wait_for(lambda: '"reloaded","what":"policy"' in self.log())
        channel = self.pair.channel("bac-ninh")

        def hurry():
            for _ in range(200):
                self.pair.get_unit(channel)

        self.assert_refused(grpc.StatusCode.RESOURCE_EXHAUSTED, "RATE_EXCEEDED", hurry)
        with self.assertRaises(grpc.RpcError) as caught:
            hurry()
        self.assertIn(b"google.rpc.RetryInfo", reason_of(caught.exception))
        # Others have their own.
        self.pair.get_unit(self.pair.channel("auditor"))

    def test_awards_comes_back_with_new_certificates(self):
        self.pair.reporting.stop()
        ctl("certs", self.pair.certs, "--server", "reporting-server", "--policy", self.pair.policy)
        self.pair.reporting.start()
        with self.pair.channel("national", "awards") as channel:
            stub = round_service_pb2_grpc.RoundServiceStub(channel)
            wait_for(lambda: stub.GetFeedPosition(round_service_pb2.GetFeedPositionRequest()).connected)


class ProxyTest(IdentityTest):
    """Tokens through deploy/haproxy.cfg to a service that listens on loopback in plaintext."""

    def setUp(self):
        self.pair = SecurePair()
        self.addCleanup(self.pair.close)
        folder, certs = self.pair.folder, self.pair.certs
        self.plain = pair.Process("reporting", pathlib.Path(tempfile.mkdtemp(dir=folder)), [
            f"--policy={self.pair.policy}", f"--token-keys={folder / 'keys.json'}", f"--token-issuer={ISSUER}",
            f"--token-audience={AUDIENCE}"]).start()
        self.addCleanup(self.plain.stop)
        both = folder / "proxy.pem"
        both.write_text((certs / "reporting-server.pem").read_text() + (certs / "reporting-server-key.pem").read_text())
        self.address, awards = free_address(), free_address()
        self.proxy = subprocess.Popen(
            ["/usr/sbin/haproxy", "-f", pair.ROOT / "deploy/haproxy.cfg"], stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"THIDUA_CERTIFICATE": str(both), "THIDUA_REPORTING_BIND": self.address,
                              "THIDUA_REPORTING": self.plain.address, "THIDUA_AWARDS_BIND": awards,
                              "THIDUA_AWARDS": "127.0.0.1:1"})
        self.addCleanup(self.stop_proxy)
        self.channel = grpc.secure_channel(
            self.address, grpc.ssl_channel_credentials((certs / "ca.pem").read_bytes()))
        grpc.channel_ready_future(self.channel).result(timeout=30)

    def stop_proxy(self):
        self.proxy.terminate()
        self.proxy.wait(timeout=30)

    def test_calls_with_tokens_go_through(self):
        stub = registry_service_pb2_grpc.RegistryServiceStub(self.channel)
        metadata = [("authorization", f"Bearer {self.pair.token()}")]
        stub.ListUnits(registry_service_pb2.ListUnitsRequest(), metadata=metadata, timeout=60)
        self.assert_refused(grpc.StatusCode.UNAUTHENTICATED, "NOT_AUTHENTICATED",
                            lambda: stub.ListUnits(registry_service_pb2.ListUnitsRequest(), timeout=60))

    def test_streams_go_through(self):
        stub = submission_service_pb2_grpc.SubmissionServiceStub(self.channel)
        item = submission_service_pb2.ImportSubmissionsRequest()
        item.report.unit = "units/ha-nam"
        metadata = [("authorization", f"Bearer {self.pair.token()}")]
        answers = list(stub.ImportSubmissions(iter([item] * 3), metadata=metadata, timeout=60))
        self.assertEqual([answer.rejection.reason for answer in answers], ["NOT_PERMITTED"] * 3)

    def test_other_paths_do_not(self):
        with self.assertRaises(grpc.RpcError):
            self.channel.unary_unary("/other.Service/Method")(b"", timeout=60)


class StartTest(unittest.TestCase):
    """What refuses to start."""

    def start(self, *options):
        with tempfile.TemporaryDirectory() as folder:
            return subprocess.run([pair.BIN / "thidua-reporting", f"--database={folder}/x.db", *options],
                                  capture_output=True, text=True, timeout=60, check=False)

    def test_an_open_address_needs_tls_and_a_policy(self):
        done = self.start("--listen=0.0.0.0:0")
        self.assertEqual(done.returncode, 2)
        self.assertIn("--tls-certificate", done.stderr)

    def test_half_a_configuration_is_refused(self):
        for options, flag in [(["--tls-certificate=x"], "--tls-key"), (["--policy=x"], "--policy"),
                              (["--token-keys=x"], "--token-issuer"),
                              (["--tls-client-authorities=x"], "--tls-certificate")]:
            with self.subTest(options=options):
                done = self.start("--listen=127.0.0.1:0", *options)
                self.assertEqual(done.returncode, 2)
                self.assertIn(flag, done.stderr)

    def test_a_file_that_is_not_there_is_named(self):
        done = self.start("--listen=127.0.0.1:0", "--tls-certificate=/nowhere/c", "--tls-key=/nowhere/k")
        self.assertEqual(done.returncode, 1)
        self.assertIn("/nowhere/c", done.stderr)


if __name__ == "__main__":
    unittest.main()
