// A folder of the test's own, gone with it.
#ifndef THIDUA_TESTS_TESTKIT_TEMP_DIR_H_
#define THIDUA_TESTS_TESTKIT_TEMP_DIR_H_

#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

namespace testkit {

// Made empty under the system's temporary folder; removed with all it holds by the destructor.
class TempDir {
 public:
  TempDir() {
    std::string pattern = (std::filesystem::temp_directory_path() / "thidua-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) std::abort();
    path_ = pattern;
  }

  ~TempDir() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;

  const std::filesystem::path& path() const { return path_; }

  // The path of `name` in this folder.
  std::string File(std::string_view name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_{};
};

}  // namespace testkit

#endif  // THIDUA_TESTS_TESTKIT_TEMP_DIR_H_
