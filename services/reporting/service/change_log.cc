#include "services/reporting/service/change_log.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "common/storage/token.h"
#include "services/reporting/codec/change.h"
#include "services/reporting/service/service_base.h"

namespace reporting {
namespace {

namespace v1 = ::thidua::reporting::v1;

// What an unfiltered cursor's tokens carry: an empty filter is that of commit tokens.
constexpr std::string_view kUnfiltered = "all";

}  // namespace

absl::StatusOr<ChangeLog> ChangeLog::Open(common::storage::Ledger& ledger,
                                          std::string_view resume_token, const Kinds& kinds) {
  ChangeLog log(ledger);
  RETURN_IF_ERROR(log.SetKinds(kinds));
  RETURN_IF_ERROR(log.SetPosition(resume_token));
  return log;
}

absl::Status ChangeLog::SetKinds(const Kinds& kinds) {
  for (int i = 0; i < kinds.size(); ++i) {
    const std::string_view kind = RecordKindOf(static_cast<v1::ResourceKind>(kinds.Get(i)));
    if (kind.empty()) {
      return common::InvalidField(absl::StrCat("kinds[", i, "]"), common::kInvalidField,
                                  "is not a kind of resource");
    }
    kinds_.emplace(kind);
  }
  filter_ = kinds_.empty() ? std::string(kUnfiltered) : absl::StrJoin(kinds_, ",");
  return absl::OkStatus();
}

absl::Status ChangeLog::SetPosition(std::string_view resume_token) {
  if (resume_token.empty()) return absl::OkStatus();
  constexpr std::string_view kField = "resume_token";
  ASSIGN_OR_RETURN(const common::storage::Position position,
                   InField(kField, common::storage::DecodePosition(resume_token)));
  const bool is_commit_token = position.filter.empty();
  ASSIGN_OR_RETURN(
      position_, InField(kField, common::storage::ResolvePosition(resume_token, ledger_->Identity(),
                                                                  is_commit_token ? "" : filter_,
                                                                  ledger_->Head())));
  return absl::OkStatus();
}

bool ChangeLog::IsWanted(const common::storage::Record& record) const {
  return kinds_.empty() || kinds_.contains(record.kind);
}

absl::StatusOr<ChangeLog::Changes> ChangeLog::Read(int limit) {
  ASSIGN_OR_RETURN(const std::vector<common::storage::Record> records,
                   ledger_->Changes(position_, limit));
  Changes changes;
  int64_t last_commit = 0;
  for (const common::storage::Record& record : records) {
    if (!IsWanted(record)) continue;
    ASSIGN_OR_RETURN(v1::Change change, ToChange(record));
    // Of a commit, the last change that is told ends it.
    if (last_commit != 0 && last_commit != record.commit_sequence) {
      changes.rbegin()->set_ends_commit(true);
    }
    last_commit = record.commit_sequence;
    *changes.Add() = std::move(change);
  }
  if (!changes.empty()) changes.rbegin()->set_ends_commit(true);
  if (!records.empty()) position_ = records.back().sequence;
  return changes;
}

std::string ChangeLog::ResumeToken() const {
  return common::storage::EncodePosition(
      {.store = ledger_->Identity(), .sequence = position_, .filter = filter_});
}

}  // namespace reporting
