#include "services/thiduactl/titles.h"

#include "common/status/status_macros.h"
#include "services/thiduactl/names.h"
#include "services/thiduactl/pages.h"

namespace thiduactl {

namespace reporting = ::thidua::reporting::v1;

std::string UnitTitles::Of(const std::string& unit) {
  const auto known = titles_.find(unit);
  if (known != titles_.end()) return known->second;
  reporting::GetUnitRequest request;
  request.set_name(unit);
  const auto response =
      connection_.Call(connection_.registry(), &reporting::RegistryService::Stub::GetUnit, request);
  const bool titled = response.ok() && response->unit().titles_size() > 0;
  return titles_[unit] = titled ? InLanguage(response->unit().titles().rbegin()->title(),
                                             connection_.options().language)
                                : unit;
}

absl::StatusOr<std::map<std::string, reporting::Indicator>> ReadIndicators(Connection& connection) {
  ASSIGN_OR_RETURN(const auto all,
                   ReadAll(connection, connection.definitions(),
                           &reporting::DefinitionService::Stub::ListIndicators, {},
                           &reporting::ListIndicatorsResponse::indicators));
  std::map<std::string, reporting::Indicator> indicators;
  for (const reporting::Indicator& indicator : all) indicators[indicator.name()] = indicator;
  return indicators;
}

}  // namespace thiduactl
