#include "services/awards/documents/readings.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/status/error.h"

namespace awards::documents {
namespace {

using common::sv;

struct StateName {
  std::string_view state{};
  std::string_view vi{};
  std::string_view en{};
  // The nomination is no longer one.
  bool has_ended = false;
};

constexpr std::array<StateName, 15> kStates{{
    {"PROPOSED", "đề nghị", "proposed"},
    {"DOSSIER_OPEN", "đang lập hồ sơ", "dossier open"},
    {"DOSSIER_COMPLETE", "đủ hồ sơ", "dossier complete"},
    {"ENDORSED", "cụm đã suy tôn", "endorsed by the cluster"},
    {"SENT_TO_VCA", "đã trình", "sent up"},
    {"APPRAISED", "đã thẩm định", "appraised"},
    {"COUNCIL_VOTED", "hội đồng đã bỏ phiếu", "voted by the council"},
    {"NOTICED", "đang công khai", "under public notice"},
    {"AWARDED", "đã tặng", "awarded"},
    {"RETURNED", "trả hồ sơ", "returned"},
    {"ON_HOLD", "tạm dừng xét", "on hold"},
    {"REFUSED", "không xét", "refused", true},
    {"WITHDRAWN", "rút đề nghị", "withdrawn", true},
    {"EXPIRED", "quá hạn", "expired", true},
    {"REVOKED", "hủy bỏ", "revoked", true},
}};

const StateName* FindState(std::string_view state) {
  const auto* found = std::find_if(kStates.begin(), kStates.end(),
                                   [state](const StateName& name) { return name.state == state; });
  return found == kStates.end() ? nullptr : found;
}

// Flags of the round for which `province_unit` is proposed.
int FlagsOf(const RoundResult& result, const std::string& province_unit) {
  const auto found = result.flags_by_province.find(province_unit);
  return found == result.flags_by_province.end() ? 0 : found->second;
}

std::string FailedGates(const Category& category, const Contender& contender, const Voice& voice) {
  return absl::StrJoin(contender.failed_gates, "; ", [&](std::string* out, const auto& gate) {
    absl::StrAppend(out, TitleOf(category.gate_titles, gate, voice));
  });
}

std::string WhyPassedOver(const RoundResult& result, const Category& category,
                          const Contender& contender, const Voice& voice) {
  if (!contender.failed_gates.empty()) {
    return absl::StrCat(voice("Không đạt điều kiện: ", "Fails: "),
                        FailedGates(category, contender, voice));
  }
  if (result.flags_per_province > 0 &&
      FlagsOf(result, contender.province_unit) >= result.flags_per_province) {
    return voice("Tỉnh, thành phố đã đủ số cờ của đợt", "Its province has its flags");
  }
  if (contender.unresolved_tie) {
    return voice("Đồng hạng, chờ bỏ phiếu", "Tied, to be decided by ballot");
  }
  return voice("Chưa được đề nghị", "Not nominated so far");
}

}  // namespace

std::string TitleOf(const std::map<std::string, LocalizedText>& titles, const std::string& id,
                    const Voice& voice) {
  const auto found = titles.find(id);
  return found == titles.end() ? id : voice(found->second);
}

std::vector<std::string> ShortTitles(const std::vector<Contender>& contenders, const Voice& voice) {
  constexpr size_t kWordsWorthIt = 3;
  std::vector<std::string> titles;
  std::vector<std::vector<std::string>> words;
  for (const Contender& contender : contenders) {
    titles.push_back(voice(contender.title));
    words.push_back(absl::StrSplit(titles.back(), ' '));
  }
  if (words.size() < 2) return titles;
  size_t common = words.front().size();
  for (const auto& other : words) {
    const auto [end, unused] =
        std::mismatch(words.front().begin(), words.front().end(), other.begin(), other.end());
    // Something must be left of every title.
    common = std::min({common, static_cast<size_t>(end - words.front().begin()), other.size() - 1});
  }
  if (common < kWordsWorthIt) return titles;
  for (size_t i = 0; i < titles.size(); ++i) {
    titles[i] =
        absl::StrJoin(words[i].begin() + static_cast<std::ptrdiff_t>(common), words[i].end(), " ");
  }
  return titles;
}

std::string TieBreakWords(std::string_view decided_by, const Voice& voice) {
  if (decided_by == "total") return voice("tổng điểm", "total");
  if (decided_by == "base_total") return voice("điểm cơ bản", "base points");
  if (decided_by == "full_total") return voice("tổng điểm chưa làm tròn", "unrounded total");
  if (decided_by == "bonus") return voice("điểm thưởng", "bonus");
  if (decided_by == "penalty") return voice("ít điểm trừ hơn", "fewer penalty points");
  constexpr std::string_view kGroup = "group ";
  if (decided_by.starts_with(kGroup)) {
    return absl::StrCat(voice("điểm nhóm ", "points of group "),
                        sv(decided_by.substr(kGroup.size())));
  }
  constexpr std::string_view kCriterion = "criterion ";
  if (decided_by.starts_with(kCriterion)) {
    return absl::StrCat(voice("điểm tiêu chí ", "points of criterion "),
                        sv(decided_by.substr(kCriterion.size())));
  }
  return std::string(decided_by);
}

std::string StateWords(std::string_view state, const Voice& voice) {
  const StateName* name = FindState(state);
  return name == nullptr ? std::string(state) : voice(name->vi, name->en);
}

bool IsStanding(std::string_view state) {
  const StateName* name = FindState(state);
  return name == nullptr || !name->has_ended;
}

std::vector<Nominee> StandingNominees(const Category& category) {
  std::vector<Nominee> nominees;
  for (const Nominee& nominee : category.nominees) {
    if (IsStanding(nominee.state)) nominees.push_back(nominee);
  }
  return nominees;
}

const Nominee* FindNominee(const Category& category, std::string_view unit) {
  for (const Nominee& nominee : category.nominees) {
    if (nominee.unit == unit && IsStanding(nominee.state)) return &nominee;
  }
  return nullptr;
}

std::string Remarks(const Category& category, const Contender& contender, const Voice& voice) {
  std::vector<std::string> remarks;
  if (contender.rank == 0) remarks.push_back(voice("Chưa chấm được", "Cannot be scored"));
  if (const Nominee* nominee = FindNominee(category, contender.unit)) {
    remarks.push_back(absl::StrCat(voice("Đề nghị: ", "Nominated: "), voice(nominee->award_title)));
  }
  if (!contender.failed_gates.empty()) {
    remarks.push_back(absl::StrCat(voice("Không đạt điều kiện: ", "Fails: "),
                                   FailedGates(category, contender, voice)));
  }
  if (contender.unresolved_tie) {
    remarks.push_back(voice("Đồng hạng chưa phân định", "Unresolved tie"));
  } else if (!contender.decided_by.empty() && contender.decided_by != "total") {
    remarks.push_back(absl::StrCat(voice("Phân định theo ", "Decided by "),
                                   TieBreakWords(contender.decided_by, voice)));
  }
  return absl::StrJoin(remarks, "; ");
}

std::vector<PassedOver> FindPassedOver(const RoundResult& result, const Category& category,
                                       const Voice& voice) {
  int last = 0;
  for (const Nominee& nominee : StandingNominees(category)) last = std::max(last, nominee.rank);
  if (OpenPlaces(category) > 0) last = std::numeric_limits<int>::max();
  std::vector<PassedOver> passed;
  for (const Contender& contender : category.contenders) {
    if (contender.rank == 0 || contender.rank > last) continue;
    if (FindNominee(category, contender.unit) != nullptr) continue;
    passed.push_back(
        {.contender = &contender, .reason = WhyPassedOver(result, category, contender, voice)});
  }
  return passed;
}

int OpenPlaces(const Category& category) {
  return std::max(0, category.quota - static_cast<int>(StandingNominees(category).size()));
}

}  // namespace awards::documents
