// What official documents have in common: their head, their title, their foot.
#ifndef THIDUA_SERVICES_AWARDS_DOCUMENTS_OFFICIAL_H_
#define THIDUA_SERVICES_AWARDS_DOCUMENTS_OFFICIAL_H_

#include <string>
#include <string_view>
#include <vector>

#include "services/awards/documents/order.h"
#include "services/awards/documents/round_result.h"
#include "services/awards/documents/voice.h"

namespace awards::documents {

// Issuing body on the left, national motto on the right, number and day below them. `symbol`, such
// as `TTr`, stands behind the dots of a number that was not given.
std::string Head(const RoundResult& result, const Letterhead& letterhead, std::string_view symbol,
                 const Voice& voice);

// The kind of document, what it is about, and a rule.
std::string Title(std::string_view kind, std::string_view about);

// That scores are older than their inputs, or that nothing is decided yet; nothing if neither
// holds.
std::string Notices(const RoundResult& result, const Voice& voice);

// What the figures were made from.
std::string SourceNote(const RoundResult& result, const Voice& voice);

// Who gets copies, if `copies` are given, and room for signatures. `signatories` stand in if the
// letterhead names none.
std::string Foot(const Letterhead& letterhead, const std::vector<std::string>& copies,
                 const std::vector<Signatory>& signatories, const Voice& voice);

// The cluster head, who signs what the letterhead names no other for.
std::vector<Signatory> HeadOfCluster(const Voice& voice);

// The chapters of categories: `I. Liên minh Hợp tác xã`. Without a number if there is but one.
std::string ChapterTitle(const RoundResult& result, size_t index, const Voice& voice);

// `chỉ tiêu 02`; with how it came about, if that says more, in brackets.
std::string QuotaWords(const Category& category, const Voice& voice);
std::string QuotaWithWorking(const Category& category, const Voice& voice);

// An item list, each a text.
std::string PlainList(const std::vector<std::string>& items);

}  // namespace awards::documents

#endif  // THIDUA_SERVICES_AWARDS_DOCUMENTS_OFFICIAL_H_
