// Names for the rows of a table of tests.
#ifndef THIDUA_TESTS_TESTKIT_CASE_NAME_H_
#define THIDUA_TESTS_TESTKIT_CASE_NAME_H_

#include <gtest/gtest.h>

#include <string>

namespace testkit {

// The last argument of INSTANTIATE_TEST_SUITE_P for a row type with a member `name`, which is
// letters and digits only and different in each row.
template <typename Case>
std::string CaseName(const ::testing::TestParamInfo<Case>& info) {
  return info.param.name;
}

}  // namespace testkit

#endif  // THIDUA_TESTS_TESTKIT_CASE_NAME_H_
