// How a number of flags is divided over those who claim a share of it. Exact: what the method does
// not decide is reported as undecided and given to nobody; names and order never decide.
#ifndef THIDUA_SERVICES_AWARDS_DOMAIN_APPORTIONMENT_H_
#define THIDUA_SERVICES_AWARDS_DOMAIN_APPORTIONMENT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "common/decimal/decimal.h"
#include "common/decimal/rational.h"
#include "services/awards/domain/violations.h"

namespace awards {

// As the contract's DivisionMethod, number by number.
enum class DivisionMethod {
  kUnspecified,
  kLargestRemainder,
  kDHondt,
  kSainteLague,
  kHuntingtonHill,
};

struct Claimant {
  std::string id{};
  // 0 or more.
  common::Decimal weight{};
};

struct DivisionRequest {
  // 1 to 10,000.
  int64_t flags = 0;
  DivisionMethod method = DivisionMethod::kUnspecified;
  // 1 to 200, no two with the same id, not all of weight 0.
  std::vector<Claimant> claimants{};
  // What everybody with a weight gets before the method begins.
  int64_t minimum_each = 0;
};

struct DividedShare {
  std::string id{};
  // For certain.
  int64_t flags = 0;
  // flags x weight / sum of weights, of all flags.
  common::Rational exact_share{};
  // How the flags came about, such as `floor(44/5) = 8, remainder 4/5: +1`.
  std::string working{};
};

struct Division {
  // In the order of the claimants.
  std::vector<DividedShare> shares{};
  // Places that claimants with equal claims would have to share.
  int64_t undecided = 0;
  // The ids of these claimants, in byte order.
  std::vector<std::string> tied{};
};

// All that is wrong with `request`, added to what parsing it found. Paths are those of
// DivideFlagsRequest, such as `claimants[2].weight`. Reasons are REQUIRED_FIELD_MISSING and
// INVALID_FIELD.
Violations ValidateDivision(const DivisionRequest& request, Violations violations = {});

// Divides. `request` must have passed ValidateDivision. By the largest remainder, what is left
// after the minimum is divided by weights; by the other methods, the minimum counts as what a
// claimant has already.
Division Divide(const DivisionRequest& request);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_DOMAIN_APPORTIONMENT_H_
