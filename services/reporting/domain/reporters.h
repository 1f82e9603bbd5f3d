// Who owes a report that is to be counted, across mergers: no figure counts twice, and none is
// lost.
//
// Units are asked for as they are: today, or in a cluster year. For a period before a merger its
// predecessors stand for what it formed, each for its own predecessors in turn:
// - A merger is ahead of a period that ends before its day, and behind one that begins on its day
// or
//   later. In a period in which it falls, the predecessor reports if a cluster year that it belongs
//   to has the report in its calendar: then the merger is ahead, else behind.
// - A unit reports itself if it had begun (HasBegunBy) and no merger that ended it is behind. So a
//   province that goes on stands beside those it took in, and what a merger founds does not.
// - Who reports for several units of a scope, or is one itself, counts once. Over the whole nation
//   the historic units therefore count themselves.
//
// The members of a cluster year are units as they were in that year, whatever they took in later:
// - A report that the year has in its calendar is owed by exactly its members, but for those that
//   were merged into another by the first day of its period.
// - For periods before, mergers up to the end of the year are looked through, and none after it.
// - For periods after, a member that was merged goes on in its successor.
#ifndef THIDUA_SERVICES_REPORTING_DOMAIN_REPORTERS_H_
#define THIDUA_SERVICES_REPORTING_DOMAIN_REPORTERS_H_

#include <optional>
#include <set>
#include <vector>

#include "services/reporting/domain/cluster.h"
#include "services/reporting/domain/ids.h"
#include "services/reporting/domain/unit.h"

namespace reporting {

// Which report of a unit.
struct ReportKind {
  FormId form{};
  Period period{};
  ValueKind value_kind = ValueKind::kUnspecified;

  bool operator==(const ReportKind&) const = default;
};

// Over whom figures are put together.
struct Scope {
  // The members of the cluster year, or the units asked for.
  std::set<UnitId> units{};
  // Set if they are the members of one.
  std::optional<ClusterYear> year{};
};

// What is stored of the units of a scope.
struct ScopeFacts {
  // Those of the scope, and all that a line of mergers ties to one of them.
  const Units& units;
  // Of those that are merged within the period, but not on its first day: who belongs to a cluster
  // year that has the report in its calendar.
  const std::set<UnitId>& owing;
};

// Who owes one report, of one scope.
struct Reporters {
  std::set<UnitId> units{};
  // Those of `units` that stand for a unit of the scope without being one themselves.
  std::set<UnitId> stand_ins{};
  // The units of the scope for which others stand.
  std::set<UnitId> merged{};
  // Units that ended in a merger of the scope that is behind.
  std::set<UnitId> passed{};

  bool operator==(const Reporters&) const = default;
};

// The units among `units` that are merged within `period`, but not on its first day: those of which
// ScopeFacts::owing must be known.
std::vector<UnitId> MergedWithin(const Units& units, const Period& period);

// Who owes `report`, of alliances.
Reporters FindReporters(const Scope& scope, const ReportKind& report, const ScopeFacts& facts);

// The alliances whose cooperatives (by their `parent`) belong to the members of a scope in the
// period of `report`.
std::set<UnitId> FindParents(const Scope& scope, const ReportKind& report, const ScopeFacts& facts);

// Which cooperatives are asked for.
struct CooperativeFilter {
  // Only those with one of these as their `parent`, if given.
  std::optional<std::set<UnitId>> parents{};
  // Only those of this sector, unless it is unspecified.
  Sector sector = Sector::kUnspecified;
};

// Who of `cooperatives` owes a report for `period`: those founded by its end.
Reporters FindCooperatives(const Units& cooperatives, const Period& period,
                           const CooperativeFilter& filter);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_DOMAIN_REPORTERS_H_
