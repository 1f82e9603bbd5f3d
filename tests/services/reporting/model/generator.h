// Makes sequences of calls at random: mostly such as people make, some that are wrong in one way.
#ifndef THIDUA_TESTS_SERVICES_REPORTING_MODEL_GENERATOR_H_
#define THIDUA_TESTS_SERVICES_REPORTING_MODEL_GENERATOR_H_

#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "tests/services/reporting/model/call.h"
#include "tests/services/reporting/model/model.h"
#include "tests/services/reporting/model/random.h"

namespace reporting::model {

// Indicators and forms that the sequences of one store share.
std::vector<Call> SharedDefinitions();

// One sequence. All it makes has names of its own, so that it finds the same world in every store.
class Generator {
 public:
  // `model` has the state that calls refer to and must outlive the generator; `now` is when the
  // sequence begins.
  Generator(const Model& model, uint64_t seed, int sequence, absl::Time now);

  // The calls a sequence begins with: units, a cluster and its year. Some lack something.
  std::vector<Call> Beginning();

  // The next call, after all before it were played.
  Call Next(absl::Time now);

 private:
  using Figures = google::protobuf::RepeatedPtrField<thidua::type::v1::Figure>;
  using Explanations = google::protobuf::RepeatedPtrField<v1::Explanation>;

  Call Make(Request request);
  // Makes `call` one of those that are safe to repeat, that only look, or that see an etag.
  void Dress(Call& call);
  template <typename Write>
  void AddRequestId(const Call& call, Write& request);
  Request Pick(absl::Time now);
  Request PickReview();
  Request PickRead();
  Request PickRegistry();
  Request PickPact();
  Request PickDefinition();

  std::string Unit(const std::string& id) const { return "units/" + tag_ + "-" + id; }
  std::string Indicator(const std::string& code) const { return "indicators/" + prefix_ + code; }
  std::string Cluster() const { return "clusters/" + tag_; }
  std::string Year() const { return Cluster() + "/years/2026"; }
  // The year that HandOver() begins.
  std::string NextYear() const { return Cluster() + "/years/2027"; }
  bool HasNextYear() const { return model_.history().Find<v1::ClusterYear>(NextYear()) != nullptr; }
  // So many days after the sequence began.
  std::string Day(int offset) const;
  std::string SomeAlliance();
  std::vector<std::string> Submissions() const;
  // The name of a submission that is there, if any is; of one in these states rather than others.
  std::string SomeSubmission(std::initializer_list<v1::Submission::State> states = {});

  v1::CreateUnitRequest NewAlliance(const std::string& id);
  v1::CreateUnitRequest NewCooperative(const std::string& id);
  v1::CreateUnitRequest NewUnit();
  v1::UpdateUnitRequest UpdatedUnit();
  v1::MergeUnitsRequest Merger();
  v1::CreateClusterYearRequest NewYear();
  v1::AdvanceClusterYearRequest Advance();
  v1::HandOverClusterYearRequest HandOver();
  v1::DueReport Due(const std::string& form, v1::ValueKind kind, int begin);

  v1::Target SomeTarget();
  v1::CreatePactRequest NewPact();
  v1::SignPactRequest Signing();
  v1::RevisePactRequest Revision();

  Figures SomeFigures(bool of_cooperative);
  // Breaks one rule for figures.
  void Spoil(Figures& figures);
  Explanations SomeExplanations(const Figures& figures);
  v1::Report SomeReport(absl::Time now);
  v1::RestateSubmissionRequest Restatement();
  v1::ReturnSubmissionRequest Return();
  v1::CompareSubmissionsRequest Comparison();
  v1::ListSubmissionsRequest Listing();
  v1::ComputeTotalsRequest TotalsQuery();

  const Model& model_;
  Random random_;
  const int sequence_;
  const std::string tag_;
  const absl::Time begin_;
  // Has definitions of its own, which may change.
  bool has_own_ = false;
  // Where in the range of Pick() most calls are.
  size_t focus_ = 0;
  std::string prefix_{};
  std::string form_ = "forms/annual";
  v1::ClusterYear::ReceiptBasis basis_ = v1::ClusterYear::RECEIPT_BASIS_SERVER_CLOCK;
  std::vector<Call> made_{};
};

}  // namespace reporting::model

#endif  // THIDUA_TESTS_SERVICES_REPORTING_MODEL_GENERATOR_H_
