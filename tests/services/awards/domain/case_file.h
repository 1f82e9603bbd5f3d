// Reads the case files of golden/ (format: golden/README.md) into the domain's own types.
#ifndef THIDUA_TESTS_SERVICES_AWARDS_DOMAIN_CASE_FILE_H_
#define THIDUA_TESTS_SERVICES_AWARDS_DOMAIN_CASE_FILE_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "services/awards/domain/inputs.h"
#include "services/awards/domain/round.h"
#include "services/awards/domain/rubric.h"

namespace awards {

struct CaseUnit {
  UnitInputs inputs{};
  std::string province_unit{};
};

struct CaseFile {
  // By id.
  std::map<std::string, Rubric> rubrics{};
  std::vector<Category> categories{};
  // By category id.
  std::map<std::string, std::vector<CaseUnit>> units{};
  int flags_per_province = 0;
};

// `text` must be a well-formed case; anything else ends the test program.
CaseFile ReadCase(std::string_view text);

// What follows from `file`, as golden/*.expected says it.
std::string Expectation(const CaseFile& file);

}  // namespace awards

#endif  // THIDUA_TESTS_SERVICES_AWARDS_DOMAIN_CASE_FILE_H_
