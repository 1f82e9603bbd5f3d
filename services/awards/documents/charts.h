// Charts as SVG, drawn with exact arithmetic, so that a chart is the same bytes everywhere.
//
// Every chart has a title and a description for those who cannot see it; the figures themselves
// stand in the table it belongs to. Nothing is told by colour alone.
#ifndef THIDUA_SERVICES_AWARDS_DOCUMENTS_CHARTS_H_
#define THIDUA_SERVICES_AWARDS_DOCUMENTS_CHARTS_H_

#include <string>

#include "services/awards/documents/html.h"
#include "services/awards/documents/round_result.h"
#include "services/awards/documents/voice.h"

namespace awards::documents {

// A bar for the total of each ranked unit of the category, from the first to the last; the
// nominated ones dark and with a star. A figure for each 30 units. Nothing if no unit is ranked.
std::string StandingsChart(const Category& category, Orientation orientation, const Voice& voice);

// For each ranked unit, what its total is made of: a stack of its groups and the bonus, of which
// the penalty is struck off at the end. As above.
std::string BreakdownChart(const Category& category, Orientation orientation, const Voice& voice);

}  // namespace awards::documents

#endif  // THIDUA_SERVICES_AWARDS_DOCUMENTS_CHARTS_H_
