// Stored resources as answers: the contract's message with what only the store knows.
#ifndef THIDUA_SERVICES_AWARDS_SERVICE_ANSWERS_H_
#define THIDUA_SERVICES_AWARDS_SERVICE_ANSWERS_H_

#include <string_view>

#include "absl/status/status.h"
#include "services/awards/domain/appraisal.h"
#include "services/awards/domain/ballot.h"
#include "services/awards/domain/review.h"
#include "services/awards/domain/round.h"
#include "services/awards/domain/rubric.h"
#include "services/awards/store/awards_store.h"
#include "thidua/awards/v1/ballot.pb.h"
#include "thidua/awards/v1/nomination.pb.h"
#include "thidua/awards/v1/register_service.pb.h"
#include "thidua/awards/v1/review.pb.h"
#include "thidua/awards/v1/round.pb.h"
#include "thidua/awards/v1/rubric.pb.h"

namespace awards {

thidua::awards::v1::Rubric Render(const Stored<Rubric>& rubric);
thidua::awards::v1::Round Render(const Stored<Round>& round);
thidua::awards::v1::Appraisal Render(const Stored<Appraisal>& appraisal);
thidua::awards::v1::Event Render(const Stored<Event>& event);
thidua::awards::v1::Nomination Render(const Stored<thidua::awards::v1::Nomination>& nomination);
thidua::awards::v1::Assessment Render(const Stored<Assessment>& assessment);
thidua::awards::v1::Statement Render(const Stored<Statement>& statement);
thidua::awards::v1::Review Render(const Stored<thidua::awards::v1::Review>& review);
thidua::awards::v1::Ballot Render(const Stored<Ballot>& ballot);
thidua::awards::v1::Hold Render(const Stored<thidua::awards::v1::Hold>& hold);
thidua::awards::v1::Decision Render(const Stored<thidua::awards::v1::Decision>& decision);
thidua::awards::v1::RoundResult Render(const Stored<thidua::awards::v1::RoundResult>& result);
thidua::awards::v1::RegisterEntry Render(const Stored<thidua::awards::v1::RegisterEntry>& entry);

// NOT_FOUND, reason RESOURCE_NOT_FOUND.
absl::Status NotFound(std::string_view name);

// FAILED_PRECONDITION, reason ROUND_NOT_SCORED.
absl::Status NotScored(std::string_view round);

// ALREADY_EXISTS, reason RESOURCE_ALREADY_EXISTS.
absl::Status AlreadyExists(std::string_view name);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_SERVICE_ANSWERS_H_
