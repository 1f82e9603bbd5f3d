// Changes of the reporting service as its feed tells them, for tests.
#ifndef THIDUA_TESTS_SERVICES_AWARDS_REPORTING_CLIENT_CHANGES_H_
#define THIDUA_TESTS_SERVICES_AWARDS_REPORTING_CLIENT_CHANGES_H_

#include <map>
#include <string>
#include <vector>

#include "thidua/reporting/v1/change_feed_service.pb.h"

namespace awards {

inline constexpr char kClusterYear[] = "clusters/delta/years/2020";
inline constexpr char kAnnualForm[] = "forms/annual";
inline constexpr char kQuarterForm[] = "forms/quarter";
inline constexpr char kCooperativeForm[] = "forms/cooperative";

// The name of the resource that `change` is about.
std::string NameOf(const thidua::reporting::v1::Change& change);

// An alliance `units/{id}`, called `Liên minh {id}`.
thidua::reporting::v1::Change Alliance(const std::string& id);

// A cooperative, called `HTX {id}`.
thidua::reporting::v1::Change Cooperative(const std::string& id, const std::string& alliance,
                                          thidua::reporting::v1::Unit::Sector sector,
                                          const std::string& founding_date = "2015-03-01");

thidua::reporting::v1::Change Form(const std::string& name, thidua::reporting::v1::Unit::Kind kind);

// kClusterYear with these alliances, which scores estimates; its calendar asks alliances for the
// annual estimate and the final first quarter, cooperatives for the estimate of theirs.
thidua::reporting::v1::Change ClusterYear(const std::vector<std::string>& members,
                                          thidua::reporting::v1::ClusterYear::State state =
                                              thidua::reporting::v1::ClusterYear::STATE_SCORING);

// The pact of kClusterYear: a target for COOP_NEW for each alliance; who has signed.
thidua::reporting::v1::Change Pact(const std::map<std::string, std::string>& targets,
                                   const std::vector<std::string>& signers, int revision = 1);

// What an alliance or cooperative reported. By default accepted, on time, the first revision.
struct Report {
  std::string unit{};
  std::string form = kAnnualForm;
  std::string period = "2020";
  thidua::reporting::v1::ValueKind value_kind = thidua::reporting::v1::VALUE_KIND_ESTIMATE;
  // By code; `n/a` for what is said not to apply.
  std::map<std::string, std::string> figures{};
  thidua::reporting::v1::Submission::State state =
      thidua::reporting::v1::Submission::STATE_ACCEPTED;
  thidua::reporting::v1::Timeliness timeliness = thidua::reporting::v1::TIMELINESS_ON_TIME;
  int revision = 1;
  int restatements = 0;
};
thidua::reporting::v1::Change Submission(const Report& report);

// The report of the first quarter.
Report Quarter(const std::string& unit);

// The names of the submissions of the reports above.
std::string AnnualName(const std::string& unit);
std::string QuarterName(const std::string& unit);

}  // namespace awards

#endif  // THIDUA_TESTS_SERVICES_AWARDS_REPORTING_CLIENT_CHANGES_H_
