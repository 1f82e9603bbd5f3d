// What the result of a round says, in words: the parts that more than one table or paragraph tells.
#ifndef THIDUA_SERVICES_AWARDS_DOCUMENTS_READINGS_H_
#define THIDUA_SERVICES_AWARDS_DOCUMENTS_READINGS_H_

#include <string>
#include <string_view>
#include <vector>

#include "services/awards/documents/round_result.h"
#include "services/awards/documents/voice.h"

namespace awards::documents {

// The title of `id`, or the id itself if there is none.
std::string TitleOf(const std::map<std::string, LocalizedText>& titles, const std::string& id,
                    const Voice& voice);

// What the titles of `contenders` say beyond the words with which all of them begin, in the same
// order: `tỉnh Bắc Ninh` among `Liên minh Hợp tác xã tỉnh ...`. The titles themselves if they do
// not begin alike with at least three words, or if there is but one.
std::vector<std::string> ShortTitles(const std::vector<Contender>& contenders, const Voice& voice);

// A tie-break step of the contract, such as `group 3`; as it is if it is not known.
std::string TieBreakWords(std::string_view decided_by, const Voice& voice);

// A state of a nomination; as it is if it is not known.
std::string StateWords(std::string_view state, const Voice& voice);

// Whether a nomination in this state is still one: not withdrawn, refused, expired or revoked.
bool IsStanding(std::string_view state);

// The nominees of `category` that are still nominated.
std::vector<Nominee> StandingNominees(const Category& category);

// The award for which `unit` is nominated; null if it is not.
const Nominee* FindNominee(const Category& category, std::string_view unit);

// What is to be said about the place of `contender`, in one line; often nothing.
std::string Remarks(const Category& category, const Contender& contender, const Voice& voice);

// A unit that was not nominated though units at or behind its rank were, or places stay empty.
struct PassedOver {
  const Contender* contender = nullptr;
  std::string reason{};
};
std::vector<PassedOver> FindPassedOver(const RoundResult& result, const Category& category,
                                       const Voice& voice);

// Places of the quota for which nobody is nominated.
int OpenPlaces(const Category& category);

}  // namespace awards::documents

#endif  // THIDUA_SERVICES_AWARDS_DOCUMENTS_READINGS_H_
