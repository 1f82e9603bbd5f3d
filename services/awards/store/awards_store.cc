#include "services/awards/store/awards_store.h"

#include <google/protobuf/message.h>

#include <iterator>
#include <type_traits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/awards/codec/ballot_codec.h"
#include "services/awards/codec/names.h"
#include "services/awards/codec/review_codec.h"
#include "services/awards/codec/round_codec.h"
#include "services/awards/codec/rubric_codec.h"
#include "thidua/awards/v1/nomination.pb.h"
#include "thidua/awards/v1/register_service.pb.h"
#include "thidua/awards/v1/review.pb.h"
#include "thidua/awards/v1/round.pb.h"
#include "thidua/awards/v1/round_service.pb.h"
#include "thidua/awards/v1/rubric.pb.h"
#include "thidua/awards/v1/score_sheet.pb.h"

namespace awards {
namespace {

namespace v1 = thidua::awards::v1;
using common::storage::IndexKey;
using common::storage::ListQuery;
using common::storage::NewRecord;
using common::storage::Reader;
using common::storage::Record;
using common::storage::Transaction;

constexpr std::string_view kIndexRound = "round";
constexpr std::string_view kIndexUnit = "unit";
constexpr int kPage = 500;

// The payload of a removed resource. No message is serialized like this: no field has number 0.
constexpr std::string_view kRemoved("\0", 1);

// How a type is stored: `kKind`, and its contract message from and to which it is made.
template <typename T>
struct Traits;

template <>
struct Traits<Rubric> {
  static constexpr std::string_view kKind = "rubric";
  using Message = v1::Rubric;
  static Rubric Parse(const Message& message, Violations& violations) {
    return ParseRubric(message, violations);
  }
};

template <>
struct Traits<Round> {
  static constexpr std::string_view kKind = "round";
  using Message = v1::Round;
  static Round Parse(const Message& message, Violations& violations) {
    return ParseRound(message, violations);
  }
};

template <>
struct Traits<Appraisal> {
  static constexpr std::string_view kKind = "appraisal";
  using Message = v1::Appraisal;
  static Appraisal Parse(const Message& message, Violations& violations) {
    return ParseAppraisal(message, violations);
  }
};

template <>
struct Traits<Event> {
  static constexpr std::string_view kKind = "event";
  using Message = v1::Event;
  static Event Parse(const Message& message, Violations& violations) {
    return ParseEvent(message, violations);
  }
};

template <>
struct Traits<Assessment> {
  static constexpr std::string_view kKind = "assessment";
  using Message = v1::Assessment;
  static Assessment Parse(const Message& message, Violations& violations) {
    return ParseAssessment(message, violations);
  }
};

template <>
struct Traits<Statement> {
  static constexpr std::string_view kKind = "statement";
  using Message = v1::Statement;
  static Statement Parse(const Message& message, Violations& violations) {
    return ParseStatement(message, violations);
  }
};

template <>
struct Traits<Ballot> {
  static constexpr std::string_view kKind = "ballot";
  using Message = v1::Ballot;
  static Ballot Parse(const Message& message, Violations& violations) {
    return ParseBallot(message, violations);
  }
};

// What is stored as it was printed.
template <typename Document>
struct DocumentTraits {
  using Message = Document;
  static Document Parse(const Message& message, Violations&) { return message; }
};

template <>
struct Traits<v1::ScoreSheet> : DocumentTraits<v1::ScoreSheet> {
  static constexpr std::string_view kKind = "sheet";
};

template <>
struct Traits<v1::Standings> : DocumentTraits<v1::Standings> {
  static constexpr std::string_view kKind = "standings";
};

template <>
struct Traits<v1::Nomination> : DocumentTraits<v1::Nomination> {
  static constexpr std::string_view kKind = "nomination";
};

template <>
struct Traits<v1::IssueNominationsResponse> : DocumentTraits<v1::IssueNominationsResponse> {
  static constexpr std::string_view kKind = "issue";
};

template <>
struct Traits<v1::Review> : DocumentTraits<v1::Review> {
  static constexpr std::string_view kKind = "review";
};

template <>
struct Traits<v1::RoundResult> : DocumentTraits<v1::RoundResult> {
  static constexpr std::string_view kKind = "result";
};

template <>
struct Traits<v1::Hold> : DocumentTraits<v1::Hold> {
  static constexpr std::string_view kKind = "hold";
};

template <>
struct Traits<v1::Decision> : DocumentTraits<v1::Decision> {
  static constexpr std::string_view kKind = "decision";
};

template <>
struct Traits<v1::RegisterEntry> : DocumentTraits<v1::RegisterEntry> {
  static constexpr std::string_view kKind = "register";
};

// A document is its own message.
template <typename T>
concept Document = std::is_base_of_v<google::protobuf::Message, T>;

template <Document T>
const T& ToProto(const T& document) {
  return document;
}

template <typename T>
absl::StatusOr<Stored<T>> Decode(const Record& record) {
  typename Traits<T>::Message message;
  Violations violations;
  if (message.ParseFromString(record.payload)) {
    T value = Traits<T>::Parse(message, violations);
    if (violations.empty()) {
      return Stored<T>{.name = record.name,
                       .value = std::move(value),
                       .version = record.version,
                       .time = record.time,
                       .sequence = record.sequence};
    }
  }
  return common::Error(absl::StatusCode::kDataLoss, common::kDataCorrupt,
                       "a stored resource cannot be read")
      .With("kind", record.kind)
      .With("name", record.name);
}

template <typename T>
absl::StatusOr<std::vector<Stored<T>>> DecodeAll(const std::vector<Record>& records) {
  std::vector<Stored<T>> all;
  all.reserve(records.size());
  for (const Record& record : records) {
    if (record.payload == kRemoved) continue;
    ASSIGN_OR_RETURN(Stored<T> stored, Decode<T>(record));
    all.push_back(std::move(stored));
  }
  return all;
}

template <typename T>
NewRecord MakeRecord(const std::string& name, std::string payload) {
  NewRecord record{.kind = std::string(Traits<T>::kKind), .name = name};
  const std::string_view round = RoundOf(name);
  if (payload != kRemoved && !round.empty() && round != name) {
    record.keys.push_back({.index = std::string(kIndexRound), .value = std::string(round)});
  }
  record.payload = std::move(payload);
  return record;
}

// What is found by its unit.
template <typename T>
void AddUnitKey(const T& value, NewRecord& record) {
  if constexpr (std::is_same_v<T, v1::Hold> || std::is_same_v<T, v1::RegisterEntry>) {
    record.keys.push_back({.index = std::string(kIndexUnit), .value = value.unit()});
  }
}

std::string SumsKey(std::string_view ballot) {
  return absl::StrCat("ballot.sums ", common::sv(ballot));
}

// All pages, the first of which is `page`.
template <typename T>
absl::StatusOr<std::vector<Stored<T>>> ListPages(Reader& reader, Page page) {
  std::vector<Stored<T>> all;
  page.limit = kPage;
  while (true) {
    ASSIGN_OR_RETURN(std::vector<Stored<T>> next, List<T>(reader, page));
    const bool is_last = next.size() < static_cast<size_t>(kPage);
    if (!next.empty()) page.after = next.back().name;
    std::move(next.begin(), next.end(), std::back_inserter(all));
    if (is_last) return all;
  }
}

}  // namespace

template <typename T>
absl::StatusOr<std::optional<Stored<T>>> Find(Reader& reader, std::string_view name) {
  ASSIGN_OR_RETURN(const std::optional<Record> record, reader.Get(Traits<T>::kKind, name));
  if (!record.has_value() || record->payload == kRemoved) return std::nullopt;
  ASSIGN_OR_RETURN(Stored<T> stored, Decode<T>(*record));
  return stored;
}

template <typename T>
absl::StatusOr<std::optional<Stored<T>>> FindAt(Reader& reader, std::string_view name,
                                                int64_t sequence) {
  ASSIGN_OR_RETURN(const std::optional<Record> record,
                   reader.GetAt(Traits<T>::kKind, name, sequence));
  if (!record.has_value() || record->payload == kRemoved) return std::nullopt;
  ASSIGN_OR_RETURN(Stored<T> stored, Decode<T>(*record));
  return stored;
}

template <typename T>
absl::StatusOr<std::vector<Stored<T>>> List(Reader& reader, const Page& page) {
  ListQuery query{.kind = std::string(Traits<T>::kKind),
                  .where = {},
                  .after_name = page.after,
                  .limit = page.limit};
  // What was removed has no keys, so it is not among what is in a round.
  if (!page.round.empty()) {
    query.where = IndexKey{.index = std::string(kIndexRound), .value = page.round};
  } else if (!page.unit.empty()) {
    query.where = IndexKey{.index = std::string(kIndexUnit), .value = page.unit};
  }
  ASSIGN_OR_RETURN(const std::vector<Record> records, reader.List(query));
  return DecodeAll<T>(records);
}

template <typename T>
absl::StatusOr<std::vector<Stored<T>>> ListAll(Reader& reader, std::string_view round) {
  return ListPages<T>(reader, {.round = std::string(round)});
}

template <typename T>
absl::StatusOr<std::vector<Stored<T>>> ListOfUnit(Reader& reader, std::string_view unit) {
  return ListPages<T>(reader, {.unit = std::string(unit)});
}

template <typename T>
absl::StatusOr<std::vector<Stored<T>>> History(Reader& reader, std::string_view name, int limit) {
  ASSIGN_OR_RETURN(const std::vector<Record> records,
                   reader.History(Traits<T>::kKind, name, 0, limit));
  return DecodeAll<T>(records);
}

template <typename T>
absl::StatusOr<std::optional<Stored<T>>> FindVersion(Reader& reader, std::string_view name,
                                                     int64_t version) {
  if (version < 1) return std::nullopt;
  ASSIGN_OR_RETURN(const std::vector<Record> records,
                   reader.History(Traits<T>::kKind, name, version - 1, 1));
  ASSIGN_OR_RETURN(std::vector<Stored<T>> found, DecodeAll<T>(records));
  if (found.empty() || found.front().version != version) return std::nullopt;
  return std::move(found.front());
}

template <typename T>
absl::StatusOr<Stored<T>> Put(Transaction& transaction, const std::string& name, const T& value) {
  std::string payload = ToProto(value).SerializeAsString();
  ASSIGN_OR_RETURN(std::optional<Record> record, transaction.Get(Traits<T>::kKind, name));
  if (!record.has_value() || record->payload != payload) {
    NewRecord next = MakeRecord<T>(name, std::move(payload));
    AddUnitKey(value, next);
    ASSIGN_OR_RETURN(record, transaction.Put(std::move(next)));
  }
  return Stored<T>{.name = name,
                   .value = value,
                   .version = record->version,
                   .time = record->time,
                   .sequence = record->sequence};
}

template <typename T>
absl::Status Remove(Transaction& transaction, const std::string& name) {
  return transaction.Put(MakeRecord<T>(name, std::string(kRemoved))).status();
}

absl::StatusOr<VoteSums> ReadVoteSums(Reader& reader, std::string_view ballot) {
  ASSIGN_OR_RETURN(const std::optional<std::string> text, reader.GetValue(SumsKey(ballot)));
  if (!text.has_value() || text->empty()) return VoteSums();
  return DecodeVoteSums(*text);
}

absl::Status WriteVoteSums(Transaction& transaction, std::string_view ballot,
                           const VoteSums& sums) {
  const bool empty = sums.votes.empty();
  return transaction.SetValue(SumsKey(ballot), empty ? "" : EncodeVoteSums(sums));
}

// A type needs no parentheses. NOLINTBEGIN(bugprone-macro-parentheses)
#define THIDUA_STORED_TYPE(T)                                                                      \
  template absl::StatusOr<std::optional<Stored<T>>> Find<T>(Reader&, std::string_view);            \
  template absl::StatusOr<std::optional<Stored<T>>> FindAt<T>(Reader&, std::string_view, int64_t); \
  template absl::StatusOr<std::vector<Stored<T>>> List<T>(Reader&, const Page&);                   \
  template absl::StatusOr<std::vector<Stored<T>>> ListOfUnit<T>(Reader&, std::string_view);        \
  template absl::StatusOr<std::vector<Stored<T>>> ListAll<T>(Reader&, std::string_view);           \
  template absl::StatusOr<std::vector<Stored<T>>> History<T>(Reader&, std::string_view, int);      \
  template absl::StatusOr<Stored<T>> Put<T>(Transaction&, const std::string&, const T&);           \
  template absl::StatusOr<std::optional<Stored<T>>> FindVersion<T>(Reader&, std::string_view,      \
                                                                   int64_t);                       \
  template absl::Status Remove<T>(Transaction&, const std::string&)
// NOLINTEND(bugprone-macro-parentheses)

THIDUA_STORED_TYPE(Rubric);
THIDUA_STORED_TYPE(Round);
THIDUA_STORED_TYPE(Appraisal);
THIDUA_STORED_TYPE(Event);
THIDUA_STORED_TYPE(Assessment);
THIDUA_STORED_TYPE(Statement);
THIDUA_STORED_TYPE(Ballot);
THIDUA_STORED_TYPE(v1::ScoreSheet);
THIDUA_STORED_TYPE(v1::Standings);
THIDUA_STORED_TYPE(v1::Nomination);
THIDUA_STORED_TYPE(v1::IssueNominationsResponse);
THIDUA_STORED_TYPE(v1::Review);
THIDUA_STORED_TYPE(v1::RoundResult);
THIDUA_STORED_TYPE(v1::Hold);
THIDUA_STORED_TYPE(v1::Decision);
THIDUA_STORED_TYPE(v1::RegisterEntry);

#undef THIDUA_STORED_TYPE

}  // namespace awards
