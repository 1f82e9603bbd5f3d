#include "services/reporting/service/services.h"

namespace reporting {
namespace {

template <typename Service>
common::rpc::ServedService Served(Service& service) {
  return {.name = Service::FullName(), .service = &service};
}

}  // namespace

Services::Services(ServiceResources resources)
    : registry_(resources),
      definitions_(resources),
      calendar_(resources),
      pacts_(resources),
      submissions_(resources),
      statistics_(resources),
      feed_(resources),
      audit_(resources) {}

std::vector<common::rpc::ServedService> Services::All() {
  return {Served(registry_),    Served(definitions_), Served(calendar_), Served(pacts_),
          Served(submissions_), Served(statistics_),  Served(feed_),     Served(audit_)};
}

void Services::Drain() {
  feed_.Drain();
  submissions_.Drain();
}

}  // namespace reporting
