"""20,000 reports of 10,000 cooperatives in one stream: checked first, broken off, resumed, sent again."""

import itertools
import unittest

import grpc

from bulk import SANITIZED, Bulk, timed

from thidua.reporting.v1 import change_feed_service_pb2, change_feed_service_pb2_grpc, submission_service_pb2

UNITS, SLOTS = 5_000 if SANITIZED else 10_000, 2
ITEMS = UNITS * SLOTS
MEGABYTES_MAX = 150
CREATED = submission_service_pb2.OUTCOME_CREATED
UNCHANGED = submission_service_pb2.OUTCOME_UNCHANGED


class BulkImport(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        cls.bulk = Bulk(UNITS, SLOTS)
        cls.addClassCleanup(cls.bulk.close)

    def stored(self):
        """Every version of every submission, by the feed."""
        feed = change_feed_service_pb2_grpc.ChangeFeedServiceStub(self.bulk.channel)
        versions, token = [], ""
        while True:
            page = feed.ListChanges(change_feed_service_pb2.ListChangesRequest(
                resume_token=token, page_size=1000, kinds=[change_feed_service_pb2.RESOURCE_KIND_SUBMISSION]))
            versions += [(change.submission.name, change.version) for change in page.changes]
            token = page.resume_token
            if page.lag == 0:
                return versions

    def answers_until(self, count):
        """The first answers of an import with request ids, and the call, which goes on."""
        call = self.bulk.stream(self.bulk.items(request_ids=True))
        return list(itertools.islice(call, count)), call

    def assert_memory(self):
        self.bulk.assert_peak_below(self, MEGABYTES_MAX)

    def test_a_file_is_checked_broken_off_resumed_and_sent_again(self):
        with self.subTest("the whole file is checked and nothing written"):
            outcomes, _ = timed(self.bulk.stream(self.bulk.items(validate_only=True)))
            self.assertEqual(outcomes, {CREATED: ITEMS})
            self.assertEqual(self.stored(), [])

        with self.subTest("the caller breaks off"):
            first, call = self.answers_until(ITEMS * 7 // 20)
            call.cancel()
            self.assertEqual({answer.outcome for answer in first}, {CREATED})
            self.assertGreaterEqual(len(self.stored()), len(first))

        with self.subTest("the service is killed"):
            self.assert_memory()
            again, call = self.answers_until(ITEMS * 14 // 20)
            self.bulk.process.kill()
            with self.assertRaises(grpc.RpcError) as caught:
                timed(call)
            self.assertEqual(caught.exception.code(), grpc.StatusCode.UNAVAILABLE)
            self.bulk.process.start()
            # What was answered before is answered as the first time, to the commit token.
            self.assertEqual(again[:len(first)], first)
            first = again

        with self.subTest("resumed with the same request ids"):
            answers = list(self.bulk.stream(self.bulk.items(request_ids=True)))
            self.assertEqual(answers[:len(first)], first)
            self.assertEqual({(answer.outcome, answer.revision) for answer in answers}, {(CREATED, 1)})
            self.assertEqual([answer.item for answer in answers], list(range(1, ITEMS + 1)))
            self.assertEqual(len({answer.submission for answer in answers}), ITEMS)

        with self.subTest("sent again without request ids"):
            outcomes, _ = timed(self.bulk.stream(self.bulk.items()))
            self.assertEqual(outcomes, {UNCHANGED: ITEMS})

        with self.subTest("each is stored once"):
            stored = self.stored()
            self.assertEqual(len(set(stored)), ITEMS)
            self.assertEqual({version for _, version in stored}, {1})
        self.assert_memory()


if __name__ == "__main__":
    unittest.main()
