"""What a round of awards needs, in the words of its people: who scores, checks, votes and decides."""

import datetime
import hashlib

import grpc

from google.protobuf import text_format

from thidua.awards.v1 import (
    ballot_pb2, ballot_service_pb2, nomination_pb2, nomination_service_pb2, review_pb2, review_service_pb2,
    round_pb2, round_service_pb2, rubric_service_pb2)
from thidua.reporting.v1 import registry_service_pb2, submission_service_pb2

# Three of the eleven founded 40 cooperatives or more in 2020: Hà Nội, Quảng Ninh and Bắc Ninh. With equal
# appraisals they share the first rank.
RUBRIC = """
rubric_id: "awards-year"
rubric {
  title { vi: "Thang điểm thử" en: "Rubric of the test" }
  legal_basis: "437/QĐ-LMHTXVN"
  groups {
    id: "1" title { vi: "Phát triển" }
    criteria {
      id: "1.1" title { vi: "HTX thành lập mới" } max_points: "10"
      on_missing: ABSENCE_ZERO on_not_applicable: ABSENCE_ZERO
      bands { numerator: "indicators/COOP_NEW" bands { at_least: "40" points: "10" } otherwise: "5" }
    }
  }
  groups {
    id: "2" title { vi: "Tổ chức" }
    criteria {
      id: "2.1" title { vi: "Phong trào thi đua" } max_points: "4"
      on_missing: ABSENCE_ZERO on_not_applicable: ABSENCE_ZERO
      manual { step: "0.5" }
    }
  }
  rounding { scale: 2 mode: MODE_HALF_UP }
  rank_basis: RANK_BASIS_ROUNDED_TOTAL
  rank_style: RANK_STYLE_COMPETITION
}
"""

ROUND = """
title { vi: "Bình xét" en: "Review" }
cluster_year: "clusters/red-river-delta/years/2020"
categories {
  id: "alliances" title { vi: "Liên minh" }
  entrants: ENTRANTS_MEMBERS rubric: "rubrics/awards-year" form: "forms/alliance-annual" period: "2020"
  award {
    id: "cup" title { vi: "Cờ thi đua" en: "Flag" } fixed: 2 boundary: BOUNDARY_BALLOT kind: KIND_MERIT
  }
  gates { id: "pact" title { vi: "Đã ký giao ước" } pact_signed: true }
  gates { id: "clean" title { vi: "Không bị xem xét" } no_hold: true }
}
"""

PERSON = "Nguyễn Văn A, Chánh văn phòng"
STAGE = review_pb2.Review
STATE = nomination_pb2.Nomination


def evidence(title="Quyết định 12/QĐ-UBND", size=12345):
    return review_pb2.Evidence(
        title=title, reference="Lưu trữ cơ quan, hồ sơ 12/2020",
        content_hash=hashlib.sha256(title.encode()).hexdigest(), size_bytes=size)


class AwardsYear:
    """A round of its own on the year 2020, led from scores to decisions."""

    def __init__(self, pair, round_id):
        self.pair = pair
        self.name = f"rounds/{round_id}"
        for service in ("round", "review", "ballot", "nomination", "register", "rubric", "registry", "submission"):
            setattr(self, service, pair.stub(service))
        try:
            self.rubric.CreateRubric(text_format.Parse(RUBRIC, rubric_service_pb2.CreateRubricRequest()))
        except grpc.RpcError as error:
            if error.code() != grpc.StatusCode.ALREADY_EXISTS:
                raise
        self.round.CreateRound(round_service_pb2.CreateRoundRequest(
            round_id=round_id, round=text_format.Parse(ROUND, round_pb2.Round())))
        year = self.registry.GetClusterYear(registry_service_pb2.GetClusterYearRequest(
            name="clusters/red-river-delta/years/2020")).cluster_year
        self.members = sorted(year.members)

    # Scores and reviews.

    def score(self, token=""):
        return self.round.ScoreRound(
            round_service_pb2.ScoreRoundRequest(name=self.name, min_reporting_token=token))

    def open_reviews(self):
        answer = self.review.OpenReviews(review_service_pb2.OpenReviewsRequest(parent=self.name))
        return {review.unit: review for review in answer.reviews}

    def read_review(self, unit, viewer=""):
        return self.review.GetReview(review_service_pb2.GetReviewRequest(
            name=f"{self.name}/reviews/{unit.split('/')[1]}", viewer=viewer)).review

    def assess(self, unit, role, person_unit, points="3", **changes):
        assessment = review_pb2.Assessment(
            unit=unit, criterion="2.1", role=role, points=points, person=PERSON, person_unit=person_unit,
            reason="Theo hồ sơ", evidence=[evidence()])
        assessment.MergeFrom(review_pb2.Assessment(**changes))
        return self.review.RecordAssessment(
            review_service_pb2.RecordAssessmentRequest(parent=self.name, assessment=assessment)).assessment

    def appraise(self, unit, appraiser_unit, points="3"):
        return self.round.RecordAppraisal(round_service_pb2.RecordAppraisalRequest(
            parent=self.name, appraisal=round_pb2.Appraisal(
                unit=unit, criterion="2.1", points=points, appraiser=PERSON, appraiser_unit=appraiser_unit,
                reason="Thẩm định", evidence="Hồ sơ thi đua"))).appraisal

    def move_review(self, unit, to, person_unit, reason="", etag=""):
        return self.review.MoveReview(review_service_pb2.MoveReviewRequest(
            name=f"{self.name}/reviews/{unit.split('/')[1]}", to=to, person=PERSON, person_unit=person_unit,
            reason=reason, etag=etag)).review

    def review_to_appraised(self, review):
        unit = review.unit
        self.assess(unit, review_pb2.Assessment.ROLE_SELF, review.own_unit, points="4")
        self.move_review(unit, STAGE.STAGE_SELF_SCORED, review.own_unit)
        self.assess(unit, review_pb2.Assessment.ROLE_CROSS_CHECK, review.cross_checker, points="3.5")
        self.move_review(unit, STAGE.STAGE_CROSS_CHECKED, review.cross_checker)
        self.appraise(unit, review.appraiser_unit)
        self.move_review(unit, STAGE.STAGE_APPRAISED, review.appraiser_unit)

    def agree_all(self, reviews):
        for review in reviews.values():
            self.move_review(review.unit, STAGE.STAGE_AGREED, review.appraiser_unit)

    def appraise_all_and_issue(self):
        """Without reviews: everybody gets the same points, so that three share the first rank."""
        for unit in self.members:
            self.appraise(unit, "units/vinh-phuc" if unit == "units/bac-ninh" else "units/bac-ninh")
        self.score()
        return self.issue()

    def restate(self, unit, **figures):
        """Corrects accepted figures; the token after which awards must know."""
        name = f"{unit}/submissions/alliance-annual.2020.estimate"
        stored = self.submission.GetSubmission(submission_service_pb2.GetSubmissionRequest(name=name)).submission
        changed = submission_service_pb2.RestateSubmissionRequest(
            name=name, reason="Đếm lại", approver="Chủ tịch Liên minh")
        for figure in stored.figures:
            code = figure.indicator.split("/")[1]
            added = changed.figures.add()
            added.CopyFrom(figure)
            if code in figures:
                added.number = figures[code]
        return self.submission.RestateSubmission(changed).commit_token

    # Nominations.

    def issue(self, token=""):
        return self.round.IssueNominations(
            round_service_pb2.IssueNominationsRequest(name=self.name, min_reporting_token=token))

    def nomination_name(self, unit):
        return f"{self.name}/nominations/cup.{unit.split('/')[1]}"

    def read(self, unit):
        return self.round.GetNomination(
            round_service_pb2.GetNominationRequest(name=self.nomination_name(unit))).nomination

    def open_dossier(self, unit, items=("report", "minutes"), due="2999-12-31"):
        request = nomination_service_pb2.OpenDossierRequest(name=self.nomination_name(unit), due=due, person=PERSON)
        for item in items:
            request.items.add(id=item).title.vi = "Tài liệu " + item
        return self.nomination.OpenDossier(request).nomination

    def submit(self, unit, item, **changes):
        return self.nomination.SubmitDossierItem(nomination_service_pb2.SubmitDossierItemRequest(
            name=self.nomination_name(unit), item=item, person=PERSON,
            evidence=evidence("Tài liệu " + item, **changes))).nomination

    def complete_dossier(self, unit):
        self.open_dossier(unit)
        self.submit(unit, "report")
        return self.submit(unit, "minutes")

    def move(self, unit, to, reason=""):
        return self.nomination.MoveNomination(nomination_service_pb2.MoveNominationRequest(
            name=self.nomination_name(unit), to=to, person=PERSON, reason=reason)).nomination

    def decide(self, decision_id, units, number="512/QĐ-LMHTXVN", date="2021-01-10"):
        return self.nomination.RecordDecision(nomination_service_pb2.RecordDecisionRequest(
            decision_id=decision_id, decision=nomination_pb2.Decision(
                number=number, date=date, authority="Chủ tịch Liên minh Hợp tác xã Việt Nam",
                legal_basis="437/QĐ-LMHTXVN", nominations=[self.nomination_name(unit) for unit in units])))

    # Ballots.

    def open_ballot(self, ballot_id, purpose, candidates, places=0, electors=None, threshold=(2, 3)):
        ballot = ballot_pb2.Ballot(
            purpose=purpose, candidates=candidates, places=places,
            award="cup" if purpose == ballot_pb2.Ballot.PURPOSE_TIE else "",
            quorum=ballot_pb2.Fraction(numerator=2, denominator=3),
            threshold=ballot_pb2.Fraction(numerator=threshold[0], denominator=threshold[1]))
        ballot.title.vi = "Bỏ phiếu kín"
        for unit in electors or self.members:
            ballot.electors.add(id=unit.split("/")[1], person="Đại biểu", unit=unit)
        return self.ballot.OpenBallot(ballot_service_pb2.OpenBallotRequest(
            parent=self.name, ballot_id=ballot_id, ballot=ballot)).ballot

    def vote(self, ballot, elector, choices, request_id=""):
        return self.ballot.CastVote(ballot_service_pb2.CastVoteRequest(
            name=ballot.name, elector=elector, choices=choices, request_id=request_id))

    def close(self, ballot):
        return self.ballot.CloseBallot(ballot_service_pb2.CloseBallotRequest(
            name=ballot.name, minutes="Biên bản 01, ngày 15/12/2020", person=PERSON))

    def pass_ballot(self, ballot_id, purpose, units):
        """A ballot on nominations in which everybody votes for all."""
        names = [self.nomination_name(unit) for unit in units]
        ballot = self.open_ballot(ballot_id, purpose, names)
        for elector in ballot.electors:
            self.vote(ballot, elector.id, names)
        return self.close(ballot)

    def lead_to_notice(self, ballot_id, units):
        for unit in units:
            self.complete_dossier(unit)
        self.pass_ballot(ballot_id, ballot_pb2.Ballot.PURPOSE_ENDORSEMENT, units)
        for unit in units:
            self.move(unit, STATE.STATE_SENT_TO_VCA)
            self.move(unit, STATE.STATE_APPRAISED)
        self.pass_ballot(ballot_id + "-council", ballot_pb2.Ballot.PURPOSE_COUNCIL, units)
        for unit in units:
            self.move(unit, STATE.STATE_NOTICED)

    def tie_ballot(self, ballot_id, winners):
        """Settles the tie of the three for two places in favour of `winners`."""
        three = ["units/bac-ninh", "units/ha-noi", "units/quang-ninh"]
        ballot = self.open_ballot(ballot_id, ballot_pb2.Ballot.PURPOSE_TIE, three, places=2, threshold=(1, 2))
        for elector in ballot.electors:
            self.vote(ballot, elector.id, winners)
        return self.close(ballot)


def yesterday():
    return (datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=7))).date()
            - datetime.timedelta(days=1)).isoformat()
