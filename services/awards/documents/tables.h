// The tables of documents.
#ifndef THIDUA_SERVICES_AWARDS_DOCUMENTS_TABLES_H_
#define THIDUA_SERVICES_AWARDS_DOCUMENTS_TABLES_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "services/awards/documents/round_result.h"
#include "services/awards/documents/table.h"
#include "services/awards/documents/voice.h"

namespace awards::documents {

// Marks of cells in a score matrix, each explained below it.
inline constexpr std::string_view kMarkMissing = "*";
inline constexpr std::string_view kMarkNotApplicable = "†";
inline constexpr std::string_view kMarkRedistributed = "‡";

// For people.

// A row per criterion, a column for each of the `count` units from `first` on. `titles` has those
// of all units of the category, as ShortTitles gives them.
Table ScoreMatrix(const Category& category, std::span<const std::string> titles, size_t first,
                  size_t count, const Voice& voice);

// Ranks and totals of a category.
Table StandingsTable(const Category& category, const Voice& voice);

// Who is nominated in a category; no rows if nobody is.
Table NominationsTable(const Category& category, const Voice& voice);

// Who was passed over in a category; often no rows.
Table PassedOverTable(const RoundResult& result, const Category& category, const Voice& voice);

// Every line of one sheet with its arithmetic.
Table WorkingsTable(const Category& category, const Contender& contender, const Voice& voice);

// For programs: the titles of columns are words of the contract, figures and texts are as it gives
// them; `voice` decides about names alone.

// A row for each line, group and total of each sheet.
Table LinesData(const RoundResult& result, const Voice& voice);
// A row for each unit.
Table StandingsData(const RoundResult& result, const Voice& voice);
// A row for each nomination, whatever its state.
Table NominationsData(const RoundResult& result, const Voice& voice);

}  // namespace awards::documents

#endif  // THIDUA_SERVICES_AWARDS_DOCUMENTS_TABLES_H_
