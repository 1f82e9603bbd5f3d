#include "services/reporting/store/reporting_store.h"

#include <type_traits>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/reporting/codec/payload.h"

namespace reporting {
namespace {

using common::storage::Record;

// The ledger's name for the generation of definitions. Stored for ever.
constexpr std::string_view kDefinitionsGeneration = "definitions_generation";

template <typename Resource>
constexpr bool kIsDefinition =
    std::is_same_v<Resource, Indicator> || std::is_same_v<Resource, Form>;

template <typename Resource>
absl::StatusOr<Versioned<Resource>> Decoded(const Record& record) {
  ASSIGN_OR_RETURN(Resource value, DecodePayload<Resource>(record.payload));
  return Versioned<Resource>{
      .value = std::move(value), .version = record.version, .update_time = record.time};
}

template <typename Resource>
absl::StatusOr<std::vector<Versioned<Resource>>> Decoded(const std::vector<Record>& records) {
  std::vector<Versioned<Resource>> resources;
  resources.reserve(records.size());
  for (const Record& record : records) {
    ASSIGN_OR_RETURN(Versioned<Resource> resource, Decoded<Resource>(record));
    resources.push_back(std::move(resource));
  }
  return resources;
}

}  // namespace

absl::StatusOr<std::optional<Record>> StoreView::AsOf(Record newest) {
  if (!as_of_.has_value() || newest.sequence <= *as_of_) return newest;
  return reader_.GetAt(newest.kind, newest.name, *as_of_);
}

absl::StatusOr<std::optional<Record>> StoreView::FindRecord(std::string_view kind,
                                                            const std::string& name) {
  if (as_of_.has_value()) return reader_.GetAt(kind, name, *as_of_);
  return reader_.Get(kind, name);
}

template <typename Resource>
absl::StatusOr<std::optional<Versioned<Resource>>> StoreView::Find(const IdFor<Resource>& id) {
  using Traits = ResourceTraits<Resource>;
  ASSIGN_OR_RETURN(const std::optional<Record> record,
                   FindRecord(Traits::kRecord, Traits::NameOf(id)));
  if (!record.has_value()) return std::nullopt;
  return Decoded<Resource>(*record);
}

template <typename Resource>
absl::Status NotThere(const IdFor<Resource>& id) {
  using Traits = ResourceTraits<Resource>;
  const std::string name = Traits::NameOf(id);
  return common::Error(absl::StatusCode::kNotFound, common::kResourceNotFound,
                       absl::StrCat("no ", common::sv(Traits::kNoun), " has the name ", name))
      .With("name", name);
}

template <typename Resource>
absl::StatusOr<Versioned<Resource>> StoreView::Get(const IdFor<Resource>& id) {
  ASSIGN_OR_RETURN(std::optional<Versioned<Resource>> found, Find<Resource>(id));
  if (found.has_value()) return *std::move(found);
  return NotThere<Resource>(id);
}

template <typename Resource>
absl::StatusOr<std::vector<Versioned<Resource>>> StoreView::List(const Listing& listing) {
  std::vector<Record> records;
  std::string after = listing.after_name;
  while (std::cmp_less(records.size(), listing.limit)) {
    const int limit = listing.limit - static_cast<int>(records.size());
    ASSIGN_OR_RETURN(std::vector<Record> found,
                     reader_.List({.kind = std::string(ResourceTraits<Resource>::kRecord),
                                   .where = listing.where,
                                   .after_name = after,
                                   .limit = limit}));
    const bool is_end = std::cmp_less(found.size(), limit);
    for (Record& newest : found) {
      after = newest.name;
      ASSIGN_OR_RETURN(std::optional<Record> record, AsOf(std::move(newest)));
      if (record.has_value()) records.push_back(*std::move(record));
    }
    if (is_end) break;
  }
  return Decoded<Resource>(records);
}

template <typename Resource>
absl::StatusOr<std::vector<Versioned<Resource>>> StoreView::History(const IdFor<Resource>& id,
                                                                    int64_t after_version,
                                                                    int limit) {
  using Traits = ResourceTraits<Resource>;
  ASSIGN_OR_RETURN(std::vector<Record> records,
                   reader_.History(Traits::kRecord, Traits::NameOf(id), after_version, limit));
  std::erase_if(records, [this](const Record& record) {
    return as_of_.has_value() && record.sequence > *as_of_;
  });
  return Decoded<Resource>(records);
}

template <typename Resource>
absl::StatusOr<Versioned<Resource>> StoreView::GetVersion(const IdFor<Resource>& id,
                                                          int64_t version) {
  if (version > 0) {
    ASSIGN_OR_RETURN(auto found, History<Resource>(id, version - 1, 1));
    if (!found.empty() && found.front().version == version) return std::move(found.front());
  }
  using Traits = ResourceTraits<Resource>;
  const std::string name = Traits::NameOf(id);
  return common::Error(
             absl::StatusCode::kNotFound, common::kResourceNotFound,
             absl::StrCat("no ", common::sv(Traits::kNoun), " ", name, " has version ", version))
      .With("name", name)
      .With("version", absl::StrCat(version));
}

absl::StatusOr<int64_t> StoreView::DefinitionsGeneration() {
  ASSIGN_OR_RETURN(const std::optional<std::string> value,
                   reader_.GetValue(kDefinitionsGeneration));
  int64_t generation = 0;
  if (!value.has_value() || absl::SimpleAtoi(*value, &generation)) return generation;
  return common::Error(absl::StatusCode::kDataLoss, common::kDataCorrupt,
                       "the generation of definitions cannot be read");
}

absl::Status StoreTransaction::BeginDefinitionsGeneration() {
  ASSIGN_OR_RETURN(const int64_t generation, DefinitionsGeneration());
  return transaction_.SetValue(kDefinitionsGeneration, absl::StrCat(generation + 1));
}

template <typename Resource>
absl::StatusOr<Versioned<Resource>> StoreTransaction::Put(const Resource& resource) {
  using Traits = ResourceTraits<Resource>;
  if constexpr (kIsDefinition<Resource>) RETURN_IF_ERROR(BeginDefinitionsGeneration());
  ASSIGN_OR_RETURN(const Record record,
                   transaction_.Put({.kind = std::string(Traits::kRecord),
                                     .name = Traits::NameOf(Traits::IdOf(resource)),
                                     .payload = EncodePayload(resource),
                                     .keys = KeysOf(resource)}));
  return Versioned<Resource>{
      .value = resource, .version = record.version, .update_time = record.time};
}

template <typename Resource>
absl::StatusOr<Versioned<Resource>> StoreTransaction::Create(const Resource& resource) {
  using Traits = ResourceTraits<Resource>;
  const std::string name = Traits::NameOf(Traits::IdOf(resource));
  ASSIGN_OR_RETURN(const std::optional<Record> taken, transaction_.Get(Traits::kRecord, name));
  if (!taken.has_value()) return Put(resource);
  return common::Error(absl::StatusCode::kAlreadyExists, common::kResourceAlreadyExists,
                       absl::StrCat("there is a ", common::sv(Traits::kNoun), " with the name ",
                                    name, " already"))
      .With("name", name);
}

absl::Status ReadStore(common::storage::Ledger& ledger,
                       absl::FunctionRef<absl::Status(StoreView& view)> read) {
  return ledger.Read([&](common::storage::Reader& reader) {
    StoreView view(reader);
    return read(view);
  });
}

absl::Status ReadStoreAt(common::storage::Ledger& ledger, int64_t as_of,
                         absl::FunctionRef<absl::Status(StoreView& view)> read) {
  return ledger.Read([&](common::storage::Reader& reader) {
    StoreView view(reader, as_of);
    return read(view);
  });
}

// A type needs no parentheses. NOLINTBEGIN(bugprone-macro-parentheses)
#define THIDUA_INSTANTIATE(Resource)                                                            \
  template absl::StatusOr<std::optional<Versioned<Resource>>> StoreView::Find<Resource>(        \
      const IdFor<Resource>& id);                                                               \
  template absl::Status NotThere<Resource>(const IdFor<Resource>& id);                          \
  template absl::StatusOr<Versioned<Resource>> StoreView::Get<Resource>(                        \
      const IdFor<Resource>& id);                                                               \
  template absl::StatusOr<std::vector<Versioned<Resource>>> StoreView::List<Resource>(          \
      const Listing& listing);                                                                  \
  template absl::StatusOr<std::vector<Versioned<Resource>>> StoreView::History<Resource>(       \
      const IdFor<Resource>& id, int64_t after_version, int limit);                             \
  template absl::StatusOr<Versioned<Resource>> StoreView::GetVersion<Resource>(                 \
      const IdFor<Resource>& id, int64_t version);                                              \
  template absl::StatusOr<Versioned<Resource>> StoreTransaction::Put(const Resource& resource); \
  template absl::StatusOr<Versioned<Resource>> StoreTransaction::Create(const Resource& resource)
// NOLINTEND(bugprone-macro-parentheses)

THIDUA_INSTANTIATE(Unit);
THIDUA_INSTANTIATE(Cluster);
THIDUA_INSTANTIATE(ClusterYear);
THIDUA_INSTANTIATE(Indicator);
THIDUA_INSTANTIATE(Form);
THIDUA_INSTANTIATE(Pact);
THIDUA_INSTANTIATE(Submission);

#undef THIDUA_INSTANTIATE

}  // namespace reporting
