// Inserts rows into a SQLite file through SQLiteCpp and nothing else: the rate that the storage
// could reach if a submission was one row, one index entry, and no check. Prints one line of JSON.
#include <SQLiteCpp/SQLiteCpp.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <string>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace bench {
namespace {

int Main(int argc, char** argv) {
  std::string path;
  int bytes = 1250;
  int rows_per_commit = 64;
  double seconds = 10;
  CLI::App app("Inserts rows into a new SQLite file.");
  app.add_option("--database", path)->required();
  app.add_option("--bytes", bytes, "of a row's content");
  app.add_option("--rows-per-commit", rows_per_commit);
  app.add_option("--seconds", seconds);
  CLI11_PARSE(app, argc, argv);

  SQLite::Database database(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
  database.exec("CREATE TABLE submission (name TEXT PRIMARY KEY, content BLOB) WITHOUT ROWID");
  SQLite::Statement insert(database, "INSERT INTO submission VALUES (?, ?)");
  const std::string content(static_cast<size_t>(bytes), 'x');
  const absl::Time begin = absl::Now();
  int64_t rows = 0;
  while (absl::Now() - begin < absl::Seconds(seconds)) {
    SQLite::Transaction transaction(database);
    for (int i = 0; i < rows_per_commit; ++i, ++rows) {
      insert.bind(1, absl::StrFormat("units/htx-%05d/submissions/monthly-1.2022-%06d.final",
                                     rows % 10000, rows / 10000));
      insert.bind(2, content.data(), bytes);
      insert.exec();
      insert.reset();
    }
    transaction.commit();
  }
  const double length = absl::ToDoubleSeconds(absl::Now() - begin);
  std::cout << absl::StrFormat("{\"rows\":%d,\"per_second\":%.1f}\n", rows,
                               static_cast<double>(rows) / length);
  return 0;
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) { return bench::Main(argc, argv); }
