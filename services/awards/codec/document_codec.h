// Documents between the contract and services/awards/documents: what is ordered, and the parts of a
// round's result.
#ifndef THIDUA_SERVICES_AWARDS_CODEC_DOCUMENT_CODEC_H_
#define THIDUA_SERVICES_AWARDS_CODEC_DOCUMENT_CODEC_H_

#include "services/awards/documents/order.h"
#include "services/awards/documents/round_result.h"
#include "services/awards/domain/rubric.h"
#include "services/awards/domain/violations.h"
#include "thidua/awards/v1/document_service.pb.h"
#include "thidua/awards/v1/nomination.pb.h"
#include "thidua/awards/v1/score_sheet.pb.h"

namespace awards {

// What is wrong is added to `violations`: REQUIRED_FIELD_MISSING for kind, format, language and the
// office of a signatory; INVALID_FIELD for an enum value that is not known, a time that is none, a
// list that is too long; INVALID_DATE, INVALID_TEXT.
documents::Order ParseOrder(const thidua::awards::v1::RenderDocumentRequest& request,
                            Violations& violations);

// A unit with its place and its sheet, but for its province.
documents::Contender ContenderFrom(const thidua::awards::v1::Standing& standing,
                                   const thidua::awards::v1::ScoreSheet& sheet);

// A nomination, but for the title of its province.
documents::Nominee NomineeFrom(const thidua::awards::v1::Nomination& nomination);

// Sets what the rubric says of a category: titles, legal basis, caps.
void TakeRubric(const Rubric& rubric, documents::Category& category);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_CODEC_DOCUMENT_CODEC_H_
