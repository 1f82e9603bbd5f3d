#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <system_error>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/status/error.h"
#include "common/text/sha256.h"
#include "services/thiduactl/commands/commands.h"
#include "services/thiduactl/json.h"
#include "services/thiduactl/options.h"

namespace thiduactl {
namespace {

namespace admin = ::thidua::admin::v1;

struct BackupArguments {
  std::string service{};
  std::string to{};
};

// What came, once all of it is in the file.
struct Received {
  admin::BackupHeader header{};
  std::string sha256{};
};

// A file that has its name only once it is whole.
class NewFile {
 public:
  explicit NewFile(const std::string& path)
      : path_(path), aside_(path + ".part"), file_(aside_, std::ios::binary | std::ios::trunc) {}
  ~NewFile() {
    std::error_code ignored;
    std::filesystem::remove(aside_, ignored);
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  // False once anything could not be written.
  bool Write(const std::string& bytes) {
    return static_cast<bool>(file_.write(bytes.data(), static_cast<std::streamsize>(bytes.size())));
  }

  absl::Status Finish() {
    file_.close();
    std::error_code error;
    if (file_) std::filesystem::rename(aside_, path_, error);
    if (file_ && !error) return absl::OkStatus();
    return LocalProblem(absl::StrCat(path_, " cannot be written"));
  }

 private:
  const std::string path_;
  const std::string aside_;
  std::ofstream file_;
};

// Takes the pieces of one backup in their order.
class Receiver {
 public:
  explicit Receiver(const std::string& path) : path_(path), file_(path) {}

  absl::Status Take(const admin::CreateBackupResponse& response) {
    if (response.has_header()) received_.header = response.header();
    if (response.has_trailer()) received_.sha256 = response.trailer().sha256();
    if (!response.has_data()) return absl::OkStatus();
    hash_.Add(response.data());
    size_ += static_cast<int64_t>(response.data().size());
    if (file_.Write(response.data())) return absl::OkStatus();
    return LocalProblem(absl::StrCat(path_, " cannot be written"));
  }

  // After the last piece.
  absl::StatusOr<Received> Finish() {
    if (size_ != received_.header.size() || hash_.Finish() != received_.sha256) {
      return absl::DataLossError("the backup did not come through whole; make it again");
    }
    RETURN_IF_ERROR(file_.Finish());
    return received_;
  }

 private:
  const std::string path_;
  NewFile file_;
  common::Sha256Stream hash_;
  int64_t size_ = 0;
  Received received_{};
};

// One attempt. It has no deadline, since nobody knows how large the store is.
absl::StatusOr<Received> ReceiveOnce(Connection& connection, admin::BackupService::Stub& stub,
                                     const std::string& path) {
  grpc::ClientContext context;
  connection.Prepare(context);
  const auto stream = stub.CreateBackup(&context, admin::CreateBackupRequest());
  Receiver receiver(path);
  admin::CreateBackupResponse response;
  absl::Status taken;
  while (taken.ok() && stream->Read(&response)) taken = receiver.Take(response);
  if (!taken.ok()) context.TryCancel();
  const absl::Status ended = connection.ToStatus(stream->Finish());
  RETURN_IF_ERROR(taken);
  RETURN_IF_ERROR(ended);
  return receiver.Finish();
}

absl::StatusOr<Received> Receive(Connection& connection, admin::BackupService::Stub& stub,
                                 const std::string& path) {
  Backoff backoff(connection.options().timeout);
  while (true) {
    absl::StatusOr<Received> received = ReceiveOnce(connection, stub, path);
    if (received.ok() || !Connection::IsWorthARetry(received.status()) || !backoff.Wait()) {
      return received;
    }
  }
}

absl::StatusOr<ExitCode> RunBackup(Session& session, const BackupArguments& arguments) {
  if (std::error_code ignored; std::filesystem::exists(arguments.to, ignored)) {
    return LocalProblem(absl::StrCat("--to: there is a file ", arguments.to, " already"));
  }
  Connection& connection = session.connection;
  admin::BackupService::Stub& stub =
      arguments.service == "awards" ? connection.awards_backups() : connection.reporting_backups();
  ASSIGN_OR_RETURN(const Received received, Receive(connection, stub, arguments.to));
  const admin::BackupHeader& header = received.header;
  if (session.json()) {
    PrintJson(session.console.out, header);
    return ExitCode::kOk;
  }
  session.console.out << arguments.to << ": " << header.size() << " bytes\n"
                      << "store: " << header.store_id() << ", epoch " << header.epoch() << "\n"
                      << "head: " << header.head_position() << ":"
                      << absl::BytesToHexString(header.head_hash()) << "\n"
                      << "sha256: " << absl::BytesToHexString(received.sha256) << "\n";
  return ExitCode::kOk;
}

constexpr char kHelp[] = R"(
The whole store of a service as it is at one instant, in one file; the service goes on meanwhile. The
file gets its name only once it is whole and its checksum is right. Keep it away from the service's
disk, and check now and then that it can be restored: the service's program does both.

JSON is thidua.admin.v1.BackupHeader. The head is what `thiduactl audit verify --expect` takes.

Examples:
  thiduactl backup reporting --to reporting.backup
  thiduactl backup awards --to awards.backup
  thidua-reporting restore --check-only reporting.backup
)";

}  // namespace

void AddBackup(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("backup", "A copy of a service's store, while it serves");
  command->footer(kHelp);
  const auto arguments = std::make_shared<BackupArguments>();
  command->add_option("service", arguments->service, "reporting or awards")
      ->required()
      ->check(CLI::IsMember({"reporting", "awards"}));
  command->add_option("--to", arguments->to, "The file to write; must not exist")->required();
  Choose(*command, chosen, arguments, RunBackup);
}

}  // namespace thiduactl
