#include "tests/services/awards/reporting_client/changes.h"

#include <utility>

#include "common/text/sha256.h"

namespace awards {

namespace v1 = thidua::reporting::v1;

std::string NameOf(const v1::Change& change) {
  switch (change.resource_case()) {
    case v1::Change::kUnit:
      return change.unit().name();
    case v1::Change::kCluster:
      return change.cluster().name();
    case v1::Change::kClusterYear:
      return change.cluster_year().name();
    case v1::Change::kIndicator:
      return change.indicator().name();
    case v1::Change::kForm:
      return change.form().name();
    case v1::Change::kPact:
      return change.pact().name();
    case v1::Change::kSubmission:
      return change.submission().name();
    case v1::Change::RESOURCE_NOT_SET:
      break;
  }
  return "";
}

v1::Change Alliance(const std::string& id) {
  v1::Change change;
  change.mutable_unit()->set_name("units/" + id);
  change.mutable_unit()->set_kind(v1::Unit::KIND_ALLIANCE);
  change.mutable_unit()->add_titles()->mutable_title()->set_vi("Liên minh " + id);
  return change;
}

v1::Change Cooperative(const std::string& id, const std::string& alliance, v1::Unit::Sector sector,
                       const std::string& founding_date) {
  v1::Change change;
  change.mutable_unit()->set_name("units/" + id);
  change.mutable_unit()->set_kind(v1::Unit::KIND_COOPERATIVE);
  change.mutable_unit()->set_sector(sector);
  change.mutable_unit()->set_parent("units/" + alliance);
  change.mutable_unit()->add_titles()->mutable_title()->set_vi("HTX " + id);
  change.mutable_unit()->set_founding_date(founding_date);
  return change;
}

v1::Change Form(const std::string& name, v1::Unit::Kind kind) {
  v1::Change change;
  change.mutable_form()->set_name(name);
  change.mutable_form()->set_unit_kind(kind);
  return change;
}

v1::Change ClusterYear(const std::vector<std::string>& members, v1::ClusterYear::State state) {
  v1::Change change;
  v1::ClusterYear& year = *change.mutable_cluster_year();
  year.set_name(kClusterYear);
  for (const std::string& member : members) year.add_members("units/" + member);
  year.set_scored_value_kind(v1::VALUE_KIND_ESTIMATE);
  const auto due = [&year](const char* form, const char* period, v1::ValueKind kind) {
    v1::DueReport& report = *year.add_calendar();
    report.set_form(form);
    report.set_period(period);
    report.set_value_kind(kind);
  };
  due(kAnnualForm, "2020", v1::VALUE_KIND_ESTIMATE);
  due(kQuarterForm, "2020-Q1", v1::VALUE_KIND_FINAL);
  due(kCooperativeForm, "2020", v1::VALUE_KIND_ESTIMATE);
  year.set_state(state);
  return change;
}

v1::Change Pact(const std::map<std::string, std::string>& targets,
                const std::vector<std::string>& signers, int revision) {
  v1::Change change;
  v1::Pact& pact = *change.mutable_pact();
  pact.set_name(std::string(kClusterYear) + "/pact");
  for (const auto& [unit, number] : targets) {
    v1::Target& target = *pact.add_targets();
    target.set_unit("units/" + unit);
    target.set_indicator("indicators/COOP_NEW");
    target.set_number(number);
  }
  for (const std::string& signer : signers) pact.add_signatures()->set_unit("units/" + signer);
  pact.set_revision(revision);
  return change;
}

v1::Change Submission(const Report& report) {
  v1::Change change;
  v1::Submission& submission = *change.mutable_submission();
  const std::string kind = report.value_kind == v1::VALUE_KIND_ESTIMATE ? ".estimate" : ".final";
  submission.set_name("units/" + report.unit + "/submissions/" +
                      report.form.substr(report.form.find('/') + 1) + "." + report.period + kind);
  submission.set_unit("units/" + report.unit);
  submission.set_form(report.form);
  submission.set_period(report.period);
  submission.set_value_kind(report.value_kind);
  submission.set_cluster_year(kClusterYear);
  submission.set_state(report.state);
  submission.set_revision(report.revision);
  std::string content;
  for (const auto& [code, number] : report.figures) {
    auto& figure = *submission.add_figures();
    figure.set_indicator("indicators/" + code);
    if (number == "n/a") {
      figure.set_not_applicable(true);
    } else {
      figure.set_number(number);
    }
    content += code + "=" + number + "\n";
  }
  submission.set_content_hash(common::Sha256Hex(content));
  submission.set_timeliness(report.timeliness);
  for (int i = 0; i < report.restatements; ++i) submission.add_restatements()->set_revision(i + 2);
  return change;
}

Report Quarter(const std::string& unit) {
  return {
      .unit = unit, .form = kQuarterForm, .period = "2020-Q1", .value_kind = v1::VALUE_KIND_FINAL};
}

std::string AnnualName(const std::string& unit) {
  return "units/" + unit + "/submissions/annual.2020.estimate";
}

std::string QuarterName(const std::string& unit) {
  return "units/" + unit + "/submissions/quarter.2020-Q1.final";
}

}  // namespace awards
