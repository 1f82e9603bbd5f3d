"""A year of awards through the binaries: reviews, a tie that goes to ballot, dossiers, a late restatement, a decision,
a revocation; and what is refused on the way."""

import contextlib
import hashlib
import sqlite3
import unittest
import uuid

import grpc

from awards_year import PERSON, STAGE, STATE, AwardsYear, evidence
from pair import PlayedTest

from thidua.awards.v1 import (
    ballot_pb2, ballot_service_pb2, nomination_pb2, nomination_service_pb2, quota_service_pb2, register_service_pb2,
    review_pb2, review_service_pb2, round_pb2, round_service_pb2)

CODE = grpc.StatusCode
OWN = review_pb2.Assessment.ROLE_SELF
CHECK = review_pb2.Assessment.ROLE_CROSS_CHECK
AGREEMENT = review_pb2.Assessment.ROLE_AGREEMENT
THREE = ["units/bac-ninh", "units/ha-noi", "units/quang-ninh"]


class AwardsYearTest(PlayedTest):

    def make(self, round_id):
        return AwardsYear(self.pair, round_id)

    def refused(self, call, code, reason, field=None):
        with self.assertRaises(grpc.RpcError) as caught:
            call()
        error = caught.exception
        self.assertEqual(error.code(), code, error.details())
        details = dict(error.trailing_metadata()).get("grpc-status-details-bin", b"")
        self.assertIn(reason.encode(), details, error.details())
        if field is not None:
            self.assertIn(field.encode(), details)

    def test_a_year_from_reviews_to_the_register(self):
        year = self.make("full-year")
        year.score()
        reviews = year.open_reviews()
        self.assertEqual(set(reviews), set(year.members))
        self.check_duties(reviews)
        for review in reviews.values():
            year.review_to_appraised(review)
        year.score()
        self.weigh_a_statement(year, reviews["units/hung-yen"])
        year.score()
        self.refused(year.issue, CODE.FAILED_PRECONDITION, "REVIEWS_OPEN")
        year.agree_all(reviews)
        issued = year.issue()
        self.assertEqual(len(issued.nominations), 0)
        self.check_tie(issued)
        self.settle_tie(year)
        self.restate_and_reopen(year)
        self.decide_and_revoke(year)

    def check_duties(self, reviews):
        for review in reviews.values():
            self.assertNotEqual(review.cross_checker, review.unit)
            self.assertNotEqual(reviews[review.cross_checker].cross_checker, review.unit)
            head = "units/vinh-phuc" if review.unit == "units/bac-ninh" else "units/bac-ninh"
            self.assertEqual(review.appraiser_unit, head)

    def weigh_a_statement(self, year, review):
        """The unit explains, the meeting agrees on more; every value stays readable."""
        unit = review.unit
        year.review.RecordStatement(review_service_pb2.RecordStatementRequest(
            parent=year.name, statement=review_pb2.Statement(
                unit=unit, criterion="2.1", text="Đã nộp bổ sung minh chứng", person=PERSON, person_unit=unit,
                evidence=[evidence("Công văn 7")])))
        year.move_review(unit, STAGE.STAGE_EXPLAINED, unit)
        year.assess(unit, AGREEMENT, review.appraiser_unit, points="3.5")
        # What was agreed takes the place of the appraisal from the next scoring on; until then the sheet is stale.
        self.assertEqual(list(year.read_review(unit).stale_resources),
                         [f"{year.name}/appraisals/hung-yen.2.1", f"{year.name}/assessments/hung-yen.2.1.agreement"])
        self.refused(lambda: year.move_review(unit, STAGE.STAGE_AGREED, review.appraiser_unit),
                     CODE.FAILED_PRECONDITION, "SCORES_STALE")
        year.score()
        line = year.read_review(unit).lines[0]
        self.assertEqual([[value.points for value in values] for values in (
            line.self_scores, line.cross_checks, line.appraisals, line.agreements)], [["4"], ["3.5"], ["3"], ["3.5"]])
        sheet = year.round.GetScoreSheet(round_service_pb2.GetScoreSheetRequest(
            name=f"{year.name}/scoreSheets/hung-yen")).score_sheet
        self.assertEqual(sheet.groups[1].lines[0].points, "3.50")

    def check_tie(self, issued):
        open_place = issued.open_place_details[0]
        self.assertEqual((open_place.places, open_place.cause, list(open_place.units)),
                         (2, round_pb2.OpenPlace.CAUSE_BALLOT, THREE))

    def settle_tie(self, year):
        ballot = year.open_ballot("tie", ballot_pb2.Ballot.PURPOSE_TIE, THREE, places=2, threshold=(1, 2))
        self.refused(lambda: year.open_ballot("tie-2", ballot_pb2.Ballot.PURPOSE_TIE, THREE, places=2),
                     CODE.FAILED_PRECONDITION, "NOTHING_TO_DECIDE", "ballot.candidates")
        request_id = str(uuid.uuid4())
        for elector in ballot.electors:
            choices = THREE[:2] if elector.id != "ha-noi" else THREE[2:]
            year.vote(ballot, elector.id, choices, request_id if elector.id == "ha-noi" else "")
        # A retry, even with another vote, changes nothing and tells nothing.
        again = year.vote(ballot, "ha-noi", THREE[:2], request_id)
        self.assertEqual(again.voted_count, year.members.index("units/ha-noi") + 1)
        read = year.ballot.GetBallot(ballot_service_pb2.GetBallotRequest(name=ballot.name)).ballot
        self.assertEqual(len(read.voted), 11)
        self.assertFalse(read.tallies)
        closed = year.close(ballot)
        self.assertEqual([(tally.candidate, tally.votes, tally.elected) for tally in closed.ballot.tallies],
                         [("units/bac-ninh", 10, True), ("units/ha-noi", 10, True), ("units/quang-ninh", 1, False)])
        self.assertEqual([nomination.unit for nomination in closed.nominations], THREE[:2])
        self.assertIn("elected by " + ballot.name, closed.nominations[0].grounds)
        self.assertFalse(year.issue().open_place_details)

    def restate_and_reopen(self, year):
        """Bắc Ninh counts again, would fall, and falls only when the round is opened again with a reason."""
        before = year.round.GetScoreSheet(round_service_pb2.GetScoreSheetRequest(
            name=f"{year.name}/scoreSheets/bac-ninh")).score_sheet
        token = year.restate("units/bac-ninh", COOP_NEW="39")
        self.addCleanup(self.restore, year)
        preview = year.round.PreviewRescoring(round_service_pb2.PreviewRescoringRequest(
            name=year.name, min_reporting_token=token))
        changed = {unit.unit: unit for unit in preview.units}
        self.assertEqual((changed["units/bac-ninh"].old_total, changed["units/bac-ninh"].new_total), ("13.00", "8.00"))
        self.assertEqual(changed["units/bac-ninh"].lines[0].criterion, "1.1")
        self.assertEqual(list(preview.falling_nominations), [year.nomination_name("units/bac-ninh")])
        self.assertEqual(list(preview.arising_nominations), [year.nomination_name("units/quang-ninh")])
        # Nothing has happened, but the sheet says that it is stale.
        self.assertEqual(year.read("units/bac-ninh").state, STATE.STATE_PROPOSED)
        self.assertTrue(year.read_review("units/bac-ninh").stale_resources)
        self.refused(year.score, CODE.FAILED_PRECONDITION, "ROUND_CLOSED")
        self.refused(lambda: self.reopen(year, reason=""), CODE.INVALID_ARGUMENT, "REQUIRED_FIELD_MISSING", "reason")
        reopened = self.reopen(year, reason="Bắc Ninh đính chính số HTX thành lập mới").round
        self.assertEqual(reopened.reopenings[0].result, f"{year.name}/results/1")
        self.refused(lambda: year.open_dossier("units/ha-noi"), CODE.FAILED_PRECONDITION, "ROUND_NOT_NOMINATED")
        year.score()
        year.agree_all({unit: year.read_review(unit) for unit in year.members})
        issued = year.issue()
        self.assertEqual(sorted(nomination.unit for nomination in issued.nominations), THREE[1:])
        self.assertEqual(year.read("units/bac-ninh").state, STATE.STATE_WITHDRAWN)
        self.check_old_result(year, before)

    def restore(self, year):
        """The figure of the other tests, known to awards."""
        token = year.restate("units/bac-ninh", COOP_NEW="48")
        year.round.PreviewRescoring(round_service_pb2.PreviewRescoringRequest(
            name=year.name, min_reporting_token=token))

    def reopen(self, year, reason):
        return year.round.ReopenRound(round_service_pb2.ReopenRoundRequest(
            name=year.name, person=PERSON, reason=reason))

    def check_old_result(self, year, before):
        old = year.round.GetRoundResult(round_service_pb2.GetRoundResultRequest(
            name=f"{year.name}/results/1")).round_result
        self.assertEqual([nomination.unit for nomination in old.nominations], THREE[:2])
        sheet = year.round.GetScoreSheet(round_service_pb2.GetScoreSheetRequest(
            name=f"{year.name}/scoreSheets/bac-ninh", result=old.name)).score_sheet
        self.assertEqual(sheet, before)
        new = year.round.GetScoreSheet(round_service_pb2.GetScoreSheetRequest(
            name=f"{year.name}/scoreSheets/bac-ninh")).score_sheet
        self.assertEqual(new.total, "8.00")
        results = year.round.ListRoundResults(round_service_pb2.ListRoundResultsRequest(parent=year.name))
        self.assertEqual([result.name for result in results.round_results],
                         [f"{year.name}/results/1", f"{year.name}/results/2"])

    def decide_and_revoke(self, year):
        units = THREE[1:]
        self.refused(lambda: year.decide("early", units), CODE.FAILED_PRECONDITION, "ILLEGAL_STATE_CHANGE",
                     "decision.nominations[0]")
        year.lead_to_notice("endorse", units)
        decided = year.decide("d-512", units)
        self.assertEqual({nomination.state for nomination in decided.nominations}, {STATE.STATE_AWARDED})
        self.refused(lambda: self.reopen(year, "Lại nữa"), CODE.FAILED_PRECONDITION, "ROUND_AWARDED")
        self.refused(lambda: year.decide("d-512-again", units), CODE.ALREADY_EXISTS, "RESOURCE_ALREADY_EXISTS")
        revocation = nomination_pb2.Revocation(
            ground=nomination_pb2.Revocation.GROUND_FALSE_DECLARATION, reason="Khai khống số HTX",
            number="77/QĐ-LMHTXVN", date="2021-06-01", authority="Chủ tịch",
            recoveries=[nomination_pb2.Recovery(item="Cờ thi đua", due="2021-07-01"),
                        nomination_pb2.Recovery(item="Tiền thưởng", amount="15600000", due="2021-07-01")])
        name = year.nomination_name("units/ha-noi")
        self.refused(lambda: year.nomination.RevokeAward(nomination_service_pb2.RevokeAwardRequest(
            name=name, person=PERSON, revocation=nomination_pb2.Revocation(date="2020-01-01"))),
                     CODE.INVALID_ARGUMENT, "REQUIRED_FIELD_MISSING", "revocation.date")
        revoked = year.nomination.RevokeAward(nomination_service_pb2.RevokeAwardRequest(
            name=name, person=PERSON, revocation=revocation)).nomination
        self.assertEqual(revoked.state, STATE.STATE_REVOKED)
        self.assertEqual(revoked.events[-1].notified_unit, "units/ha-noi")
        paid = year.nomination.RecordRecovery(nomination_service_pb2.RecordRecoveryRequest(
            name=name, index=1, recovered_date="2021-06-20", receipt="Phiếu thu 5", person=PERSON)).nomination
        self.assertEqual([recovery.recovered_date for recovery in paid.revocation.recoveries], ["", "2021-06-20"])
        self.check_register()
        self.check_command_line(year)

    def check_register(self):
        register = self.pair.stub("register")
        entries = register.ListAwardsOfUnit(
            register_service_pb2.ListAwardsOfUnitRequest(unit="units/ha-noi")).entries
        self.assertEqual([(entry.entry.year, entry.entry.decision_number, entry.entry.HasField("revocation"))
                          for entry in entries], [("2020", "512/QĐ-LMHTXVN", True)])
        entries = register.ListAwardsOfUnit(
            register_service_pb2.ListAwardsOfUnitRequest(unit="units/quang-ninh")).entries
        self.assertFalse(entries[0].entry.HasField("revocation"))
        holders = register.ListRotatingFlagHolders(register_service_pb2.ListRotatingFlagHoldersRequest(
            cluster="clusters/red-river-delta")).holders
        self.assertEqual([(holder.holder, holder.received_from, holder.passed_to) for holder in holders],
                         [("units/bac-ninh", "", "units/vinh-phuc"), ("units/vinh-phuc", "units/bac-ninh", "")])

    def check_command_line(self, year):
        self.assertIn("nothing would change", self.pair.ctl("preview", year.name).stdout)
        self.assertIn("AGREED", self.pair.ctl("reviews", year.name, "--viewer", "ha-noi").stdout)
        ballots = self.pair.ctl("ballots", year.name).stdout
        self.assertIn("bac-ninh 10 (elected), ha-noi 10 (elected), quang-ninh 1", ballots)
        self.assertIn("revoked 2021-06-01", self.pair.ctl("register", "ha-noi").stdout)
        self.assertIn("vinh-phuc", self.pair.ctl("register", "clusters/red-river-delta").stdout)
        self.assertIn("undecided: 1", self.pair.ctl("divide", "3", "north=1", "coast=1").stdout)

    def test_reviews_refuse_strangers_wrong_stages_and_too_much_evidence(self):
        year = self.make("review-refusals")
        self.refused(year.open_reviews, CODE.FAILED_PRECONDITION, "ROUND_NOT_SCORED")
        year.score()
        review = year.open_reviews()["units/ha-noi"]
        unit, checker, head = review.unit, review.cross_checker, review.appraiser_unit
        stranger = next(other for other in year.members if other not in (unit, checker, head))
        refuse = self.refused
        refuse(lambda: year.assess(unit, OWN, stranger), CODE.PERMISSION_DENIED, "NOT_IN_CHARGE",
               "assessment.person_unit")
        refuse(lambda: year.assess(unit, CHECK, unit), CODE.FAILED_PRECONDITION, "OWN_UNIT_APPRAISED",
               "assessment.person_unit")
        refuse(lambda: year.appraise(unit, unit), CODE.FAILED_PRECONDITION, "OWN_UNIT_APPRAISED",
               "appraisal.appraiser_unit")
        refuse(lambda: year.assess(unit, CHECK, checker), CODE.FAILED_PRECONDITION, "ILLEGAL_STATE_CHANGE")
        refuse(lambda: year.appraise(unit, head), CODE.FAILED_PRECONDITION, "ILLEGAL_STATE_CHANGE")
        refuse(lambda: year.assess(unit, OWN, unit, points="3.3"), CODE.INVALID_ARGUMENT, "POINTS_NOT_ON_STEP",
               "assessment.points")
        refuse(lambda: year.assess(unit, OWN, unit, criterion="1.1"), CODE.INVALID_ARGUMENT, "CRITERION_UNKNOWN",
               "assessment.criterion")
        refuse(lambda: year.assess(unit, OWN, unit, evidence=[evidence(size=52428801)]), CODE.INVALID_ARGUMENT,
               "EVIDENCE_OVER_LIMIT", "assessment.evidence[1].size_bytes")
        refuse(lambda: year.assess(unit, OWN, unit, evidence=[evidence()] * 20), CODE.INVALID_ARGUMENT,
               "EVIDENCE_OVER_LIMIT", "assessment.evidence")
        refuse(lambda: year.move_review(unit, STAGE.STAGE_SELF_SCORED, unit), CODE.FAILED_PRECONDITION,
               "STAGE_INCOMPLETE")
        refuse(lambda: year.move_review(unit, STAGE.STAGE_PUBLISHED, head), CODE.FAILED_PRECONDITION,
               "ILLEGAL_STATE_CHANGE")
        self.assertFalse(year.read_review(unit).lines[0].self_scores)
        # What one sees of another before it is published: nothing.
        refuse(lambda: year.read_review(unit, viewer=stranger), CODE.PERMISSION_DENIED, "SHEET_NOT_VISIBLE", "viewer")
        refuse(lambda: year.round.GetScoreSheet(round_service_pb2.GetScoreSheetRequest(
            name=f"{year.name}/scoreSheets/ha-noi", viewer=stranger)), CODE.PERMISSION_DENIED, "SHEET_NOT_VISIBLE")
        seen = year.review.ListReviews(review_service_pb2.ListReviewsRequest(parent=year.name, viewer=stranger))
        self.assertNotIn(unit, [other.unit for other in seen.reviews])
        self.assertIn(stranger, [other.unit for other in seen.reviews])
        # The rest of the round is unaffected.
        year.review_to_appraised(review)
        year.score()
        year.move_review(unit, STAGE.STAGE_AGREED, head)
        year.move_review(unit, STAGE.STAGE_PUBLISHED, head)
        self.assertEqual(year.read_review(unit, viewer=stranger).stage, STAGE.STAGE_PUBLISHED)

    def test_ballots_refuse_outsiders_second_votes_and_strange_papers(self):
        year = self.make("ballot-refusals")
        self.refused(lambda: year.open_ballot("tie", ballot_pb2.Ballot.PURPOSE_TIE, THREE, places=2),
                     CODE.FAILED_PRECONDITION, "ROUND_NOT_NOMINATED")
        year.appraise_all_and_issue()
        refuse = self.refused
        refuse(lambda: year.open_ballot("tie", ballot_pb2.Ballot.PURPOSE_TIE, THREE[:2], places=1),
               CODE.FAILED_PRECONDITION, "NOTHING_TO_DECIDE")
        refuse(lambda: year.open_ballot("tie", ballot_pb2.Ballot.PURPOSE_TIE, THREE, places=4),
               CODE.INVALID_ARGUMENT, "INVALID_FIELD", "ballot.places")
        ballot = year.open_ballot("tie", ballot_pb2.Ballot.PURPOSE_TIE, THREE, places=2)
        year.vote(ballot, "ha-noi", THREE[:1])
        refuse(lambda: year.vote(ballot, "ha-noi", THREE[1:2]), CODE.FAILED_PRECONDITION, "ALREADY_VOTED")
        refuse(lambda: year.vote(ballot, "phu-tho", THREE[:1]), CODE.PERMISSION_DENIED, "NOT_AN_ELECTOR")
        refuse(lambda: year.vote(ballot, "ha-nam", ["units/ha-nam"]), CODE.INVALID_ARGUMENT, "CANDIDATE_UNKNOWN",
               "choices[0]")
        refuse(lambda: year.vote(ballot, "ha-nam", THREE), CODE.INVALID_ARGUMENT, "TOO_MANY_CHOICES", "choices")
        closed = year.close(ballot).ballot
        self.assertEqual((closed.outcome, list(closed.voted)), (ballot_pb2.Ballot.OUTCOME_NO_QUORUM, ["ha-noi"]))
        refuse(lambda: year.vote(ballot, "ha-nam", THREE[:1]), CODE.FAILED_PRECONDITION, "BALLOT_CLOSED")
        refuse(lambda: year.close(ballot), CODE.FAILED_PRECONDITION, "BALLOT_CLOSED")
        # Another ballot decides what this one could not.
        self.assertEqual(len(year.tie_ballot("tie-again", THREE[:2]).nominations), 2)

    def test_nothing_stored_tells_who_voted_what(self):
        """Two ballots with opposite votes leave the same in the log, and no request tells its choices."""
        left = {}
        for name, shift in (("secret-1", 0), ("secret-2", 1)):
            year = self.make(name)
            year.appraise_all_and_issue()
            ballot = year.open_ballot("tie", ballot_pb2.Ballot.PURPOSE_TIE, THREE, places=1)
            for index, elector in enumerate(ballot.electors):
                year.vote(ballot, elector.id, [THREE[(index + shift) % 2]], str(uuid.uuid4()))
            read = year.ballot.GetBallot(ballot_service_pb2.GetBallotRequest(name=ballot.name)).ballot
            self.assertEqual((read.blank_votes, len(read.tallies), len(read.voted)), (0, 0, 11))
            left[name] = self.stored(ballot)
        versions = {name: [payload.replace(name.encode(), b"secret") for payload in stored[0]]
                    for name, stored in left.items()}
        self.assertEqual(len(versions["secret-1"]), 12)
        self.assertEqual(versions["secret-1"], versions["secret-2"])
        for name, (_, fingerprints) in left.items():
            year_ballot = f"rounds/{name}/ballots/tie"
            for unit in year.members:
                content = ballot_service_pb2.CastVoteRequest(name=year_ballot, elector=unit.split("/")[1])
                self.assertIn(hashlib.sha256(content.SerializeToString(deterministic=True)).digest(), fingerprints)

    def stored(self, ballot):
        """The versions of a ballot in the log, and the fingerprints of all votes."""
        with contextlib.closing(sqlite3.connect(f"file:{self.pair.folder}/awards.db?mode=ro", uri=True)) as database:
            versions = [row[0] for row in database.execute(
                "SELECT payload FROM change WHERE kind = 'ballot' AND name = ? ORDER BY version", [ballot.name])]
            fingerprints = {row[0] for row in database.execute(
                "SELECT fingerprint FROM request WHERE method LIKE '%/CastVote'")}
        return versions, fingerprints

    def test_nominations_refuse_illegal_moves_late_papers_and_units_on_hold(self):
        year = self.make("nomination-refusals")
        year.appraise_all_and_issue()
        year.tie_ballot("tie", THREE[:2])
        refuse = self.refused
        unit = "units/ha-noi"
        refuse(lambda: year.move(unit, STATE.STATE_AWARDED), CODE.FAILED_PRECONDITION, "ILLEGAL_STATE_CHANGE")
        refuse(lambda: year.move(unit, STATE.STATE_REFUSED), CODE.INVALID_ARGUMENT, "REQUIRED_FIELD_MISSING",
               "reason")
        refuse(lambda: year.submit(unit, "report"), CODE.FAILED_PRECONDITION, "ILLEGAL_STATE_CHANGE")
        refuse(lambda: year.open_dossier(unit, due="2020-12-05"), CODE.INVALID_ARGUMENT, "INVALID_FIELD", "due")
        refuse(lambda: year.open_dossier(unit, items=["report", "report"]), CODE.INVALID_ARGUMENT, "INVALID_FIELD",
               "items[1].id")
        year.open_dossier(unit)
        refuse(lambda: year.submit(unit, "photo"), CODE.NOT_FOUND, "RESOURCE_NOT_FOUND")
        refuse(lambda: year.submit(unit, "report", size=52428801), CODE.INVALID_ARGUMENT, "EVIDENCE_OVER_LIMIT",
               "evidence.size_bytes")
        refuse(lambda: year.move(unit, STATE.STATE_EXPIRED, "Quá hạn"), CODE.FAILED_PRECONDITION, "DOSSIER_NOT_LATE")
        refuse(lambda: year.pass_ballot("early", ballot_pb2.Ballot.PURPOSE_ENDORSEMENT, [unit]),
               CODE.FAILED_PRECONDITION, "ILLEGAL_STATE_CHANGE")
        self.assertEqual(year.submit(unit, "report").state, STATE.STATE_DOSSIER_OPEN)
        self.assertEqual(year.submit(unit, "minutes").state, STATE.STATE_DOSSIER_COMPLETE)
        returned = year.move(unit, STATE.STATE_RETURNED, "Thiếu xác nhận")
        self.assertEqual((returned.events[-1].notified_unit, returned.events[-1].reason), (unit, "Thiếu xác nhận"))
        self.hold_and_release(year, unit)

    def hold_and_release(self, year, unit):
        placed = year.nomination.PlaceHold(nomination_service_pb2.PlaceHoldRequest(
            hold_id="inspection-" + year.name.split("/")[1], hold=nomination_pb2.Hold(
                unit=unit, matter=nomination_pb2.Hold.MATTER_INSPECTION, reference="Kết luận thanh tra 3",
                person=PERSON, begin_date="2020-12-01")))
        self.assertIn(year.nomination_name(unit), [nomination.name for nomination in placed.nominations])
        held = year.read(unit)
        self.assertEqual((held.state, held.held_state, held.hold),
                         (STATE.STATE_ON_HOLD, STATE.STATE_RETURNED, placed.hold.name))
        self.refused(lambda: year.open_dossier(unit), CODE.FAILED_PRECONDITION, "ILLEGAL_STATE_CHANGE")
        self.refused(lambda: year.decide("held", [unit], number="9/QĐ"), CODE.FAILED_PRECONDITION, "UNIT_ON_HOLD",
                     "decision.nominations[0]")
        ended = year.nomination.EndHold(nomination_service_pb2.EndHoldRequest(
            name=placed.hold.name, end_date="2020-12-20", conclusion="Không có vi phạm", person=PERSON))
        self.assertEqual(year.read(unit).state, STATE.STATE_RETURNED)
        self.assertEqual(ended.hold.end_date, "2020-12-20")
        self.assertEqual(year.open_dossier(unit, items=()).state, STATE.STATE_DOSSIER_OPEN)

    def test_a_hold_keeps_a_unit_from_being_nominated_and_makes_scores_stale(self):
        year = self.make("gate")
        for unit in THREE:
            year.appraise(unit, "units/vinh-phuc")
        year.score()
        hold = year.nomination.PlaceHold(nomination_service_pb2.PlaceHoldRequest(
            hold_id="gate-hold", hold=nomination_pb2.Hold(
                unit="units/quang-ninh", matter=nomination_pb2.Hold.MATTER_COMPLAINT, reference="Đơn 9",
                person=PERSON, begin_date="2020-12-01"))).hold
        self.addCleanup(year.nomination.EndHold, nomination_service_pb2.EndHoldRequest(
            name=hold.name, end_date="2020-12-30", conclusion="Xong", person=PERSON))
        self.refused(year.issue, CODE.FAILED_PRECONDITION, "SCORES_STALE")
        year.score()
        issued = year.issue()
        self.assertEqual(sorted(nomination.unit for nomination in issued.nominations), THREE[:2])

    def test_nobody_is_awarded_twice_for_one_year(self):
        first = self.make("double-1")
        first.appraise_all_and_issue()
        first.tie_ballot("tie", THREE[:1] + THREE[2:])
        first.lead_to_notice("endorse", THREE[:1])
        second = self.make("double-2")
        second.appraise_all_and_issue()
        second.tie_ballot("tie", THREE[:2])
        second.lead_to_notice("endorse", THREE[:1])
        first.decide("double-first", THREE[:1], number="1/QĐ")
        self.refused(lambda: second.decide("double-second", THREE[:1], number="2/QĐ"), CODE.FAILED_PRECONDITION,
                     "DOUBLE_AWARD", "decision.nominations[0]")
        self.assertEqual(second.read("units/bac-ninh").state, STATE.STATE_NOTICED)

    def test_flags_are_divided_and_ties_reported(self):
        request = quota_service_pb2.DivideFlagsRequest(
            flags=6, method=quota_service_pb2.DIVISION_METHOD_LARGEST_REMAINDER)
        for cluster, units in (("north", "8"), ("coast", "6"), ("delta", "13"), ("mekong", "7")):
            request.claimants.add(id=f"clusters/{cluster}", weight=units)
        answer = self.pair.stub("quota").DivideFlags(request)
        self.assertEqual([share.flags for share in answer.shares], [2, 1, 2, 1])
        request.claimants[1].weight = request.claimants[0].weight = "7.5"
        request.flags = 1
        request.claimants[2].weight = request.claimants[3].weight = "0"
        answer = self.pair.stub("quota").DivideFlags(request)
        self.assertEqual((answer.undecided, list(answer.tied_claimants)), (1, ["clusters/coast", "clusters/north"]))
        request.claimants[0].weight = "-1"
        self.refused(lambda: self.pair.stub("quota").DivideFlags(request), CODE.INVALID_ARGUMENT, "INVALID_FIELD",
                     "claimants[0].weight")


if __name__ == "__main__":
    unittest.main()
