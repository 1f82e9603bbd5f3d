// The documents as pages of HTML.
#ifndef THIDUA_SERVICES_AWARDS_DOCUMENTS_PAGES_H_
#define THIDUA_SERVICES_AWARDS_DOCUMENTS_PAGES_H_

#include <string>

#include "services/awards/documents/order.h"
#include "services/awards/documents/round_result.h"
#include "services/awards/documents/voice.h"

namespace awards::documents {

std::string ScoreTablePage(const RoundResult& result, const Order& order, const Voice& voice);
std::string MinutesPage(const RoundResult& result, const Order& order, const Voice& voice);
std::string NominationListPage(const RoundResult& result, const Order& order, const Voice& voice);
std::string SubmissionLetterPage(const RoundResult& result, const Order& order, const Voice& voice);

}  // namespace awards::documents

#endif  // THIDUA_SERVICES_AWARDS_DOCUMENTS_PAGES_H_
