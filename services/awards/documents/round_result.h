// What a round came to, as far as documents tell of it. Figures are the texts that the contract
// gives (proto/thidua/awards/v1/score_sheet.proto), so a document cannot round or add up anything
// anew.
#ifndef THIDUA_SERVICES_AWARDS_DOCUMENTS_ROUND_RESULT_H_
#define THIDUA_SERVICES_AWARDS_DOCUMENTS_ROUND_RESULT_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "services/awards/domain/rubric.h"
#include "services/awards/domain/score.h"

namespace awards::documents {

// One line of a score sheet.
struct Line {
  // The criterion.
  std::string id{};
  std::string max_points{};
  // Empty if the line blocks its sheet.
  std::string points{};
  // Exact, such as `22/5`.
  std::string full_points{};
  LineBasis basis = LineBasis::kFormula;
  std::vector<Input> inputs{};
  std::string working{};
  // What the points were multiplied by because others of the group dropped out; empty if nothing.
  std::string redistribution{};
};

// A group of lines; groups within it follow it.
struct Group {
  std::string id{};
  // 0 for a group of the rubric, 1 for a group within one, and so on.
  int depth = 0;
  std::string max_points{};
  std::string points{};
  std::vector<Line> lines{};
};

// A unit of a category with its place and its sheet.
struct Contender {
  // `units/{unit}`.
  std::string unit{};
  LocalizedText title{};
  // The unit itself if it is an alliance, else its alliance.
  std::string province_unit{};
  // 0 if the unit cannot be scored; all points are empty then.
  int rank = 0;
  // The rank as it is written; empty without one.
  std::string rank_text{};
  std::string base_total{};
  std::string bonus{};
  std::string penalty{};
  std::string total{};
  // Of unrounded lines, as a fraction.
  std::string full_total{};
  // As Standing.decided_by of the contract.
  std::string decided_by{};
  bool unresolved_tie = false;
  // Ids of gates.
  std::vector<std::string> failed_gates{};
  // In the rubric's order, each before the groups within it.
  std::vector<Group> groups{};
  std::vector<Line> bonus_lines{};
  // Points are positive.
  std::vector<Line> penalty_lines{};
};

struct Nominee {
  // The award's id.
  std::string award{};
  LocalizedText award_title{};
  std::string unit{};
  LocalizedText title{};
  std::string province_unit{};
  LocalizedText province_title{};
  int rank = 0;
  std::string total{};
  // As the contract's Nomination.State without its prefix, such as `PROPOSED`.
  std::string state{};
  // As Nomination.grounds of the contract.
  std::string grounds{};
};

struct Category {
  std::string id{};
  LocalizedText title{};
  LocalizedText award_title{};
  LocalizedText rubric_title{};
  std::string legal_basis{};
  int quota = 0;
  std::string quota_working{};
  // Caps of bonus and penalty; empty if the rubric has none.
  std::string bonus_cap{};
  std::string penalty_cap{};
  // Titles of groups, criteria and gates by id; a missing one is written as its id.
  std::map<std::string, LocalizedText> group_titles{};
  std::map<std::string, LocalizedText> criterion_titles{};
  std::map<std::string, LocalizedText> gate_titles{};
  // From the first to the last, those without rank at the end. All sheets have the same lines.
  std::vector<Contender> contenders{};
  // By rank.
  std::vector<Nominee> nominees{};
};

struct RoundResult {
  // `rounds/{round}`.
  std::string name{};
  LocalizedText title{};
  LocalizedText cluster_title{};
  // Such as `2020`.
  std::string year{};
  // Units by title; empty if it is not known.
  LocalizedText head_title{};
  std::vector<LocalizedText> vice_head_titles{};
  std::vector<LocalizedText> member_titles{};
  // How many flags may go to one province; 0 for no limit.
  int flags_per_province = 0;
  // How many of the round's flags each province is proposed for, whatever categories are told of.
  std::map<std::string, int> flags_by_province{};
  // Whether nominations have been issued.
  bool is_nominated = false;
  std::string snapshot_hash{};
  // The day of scoring in Viet Nam.
  std::optional<absl::CivilDay> score_day{};
  // Resources that have changed since scoring.
  int stale_count = 0;
  // In the round's order, or the one asked for.
  std::vector<Category> categories{};
};

}  // namespace awards::documents

#endif  // THIDUA_SERVICES_AWARDS_DOCUMENTS_ROUND_RESULT_H_
