#include "services/awards/codec/rubric_diff.h"

#include <google/protobuf/text_format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/awards/domain/violations.h"

namespace awards {
namespace {

namespace v1 = thidua::awards::v1;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using google::protobuf::TextFormat;

// A field with its value as text.
struct Field {
  std::string path{};
  std::string value{};
};

// One part of a rubric: what has an id of its own.
struct Part {
  // `criteria/{id}`.
  std::string source{};
  // The source of the part it stands in.
  std::string parent{};
  std::vector<Field> fields{};
};

void Flatten(const Message& message, const std::string& prefix, std::vector<Field>& fields);

// One value; `index` is -1 for a field that is not repeated.
void FlattenValue(const Message& message, const FieldDescriptor& field, int index,
                  const std::string& path, std::vector<Field>& fields) {
  const Reflection& reflection = *message.GetReflection();
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    const Message& nested = index < 0 ? reflection.GetMessage(message, &field)
                                      : reflection.GetRepeatedMessage(message, &field, index);
    const size_t before = fields.size();
    Flatten(nested, path, fields);
    // What is there but says nothing more, such as `on_time_share {}`.
    if (fields.size() == before) fields.push_back({.path = path, .value = "{}"});
    return;
  }
  std::string value;
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
    value = index < 0 ? reflection.GetString(message, &field)
                      : reflection.GetRepeatedString(message, &field, index);
  } else {
    TextFormat::PrintFieldValueToString(message, &field, index, &value);
  }
  fields.push_back({.path = path, .value = std::move(value)});
}

// Appends every set field of `message`, in the order of the contract.
void Flatten(const Message& message, const std::string& prefix, std::vector<Field>& fields) {
  const Reflection& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> set;
  reflection.ListFields(message, &set);
  for (const FieldDescriptor* field : set) {
    const std::string path = Join(prefix, field->name());
    if (!field->is_repeated()) {
      FlattenValue(message, *field, -1, path, fields);
      continue;
    }
    for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
      FlattenValue(message, *field, i, Item(path, static_cast<size_t>(i)), fields);
    }
  }
}

void AddPart(const Message& message, std::string source, std::string_view parent,
             std::vector<Part>& parts) {
  Part part{.source = std::move(source), .parent = std::string(parent)};
  Flatten(message, "", part.fields);
  parts.push_back(std::move(part));
}

void AddCriteria(const google::protobuf::RepeatedPtrField<v1::Criterion>& criteria,
                 std::string_view parent, std::vector<Part>& parts) {
  for (const v1::Criterion& criterion : criteria) {
    AddPart(criterion, absl::StrCat("criteria/", criterion.id()), parent, parts);
  }
}

void AddGroups(const google::protobuf::RepeatedPtrField<v1::Group>& groups, std::string_view parent,
               std::vector<Part>& parts) {
  for (const v1::Group& group : groups) {
    v1::Group own = group;
    own.clear_criteria();
    own.clear_groups();
    const std::string source = absl::StrCat("groups/", group.id());
    AddPart(own, source, parent, parts);
    AddCriteria(group.criteria(), source, parts);
    AddGroups(group.groups(), source, parts);
  }
}

std::vector<Part> PartsOf(const v1::Rubric& rubric) {
  v1::Rubric own = rubric;
  own.clear_name();
  own.clear_etag();
  own.clear_update_time();
  own.clear_revision();
  own.clear_predecessor();
  own.clear_groups();
  if (own.has_bonus()) own.mutable_bonus()->clear_criteria();
  if (own.has_penalty()) own.mutable_penalty()->clear_criteria();
  own.clear_legal_documents();
  own.clear_tiers();
  std::vector<Part> parts;
  AddPart(own, "rubric", "", parts);
  for (const v1::LegalDocument& document : rubric.legal_documents()) {
    AddPart(document, absl::StrCat("legalDocuments/", document.number()), "", parts);
  }
  for (const v1::Tier& tier : rubric.tiers()) {
    AddPart(tier, absl::StrCat("tiers/", tier.id()), "", parts);
  }
  AddGroups(rubric.groups(), "rubric", parts);
  AddCriteria(rubric.bonus().criteria(), "bonus", parts);
  AddCriteria(rubric.penalty().criteria(), "penalty", parts);
  return parts;
}

v1::RubricChange MakeChange(v1::RubricChange::Kind kind, const std::string& source,
                            const std::string& field, const std::string& before,
                            const std::string& after) {
  v1::RubricChange change;
  change.set_kind(kind);
  change.set_source(source);
  change.set_field(field);
  change.set_before(before);
  change.set_after(after);
  return change;
}

void DiffPart(const Part& base, const Part& changed, std::vector<v1::RubricChange>& changes) {
  if (base.parent != changed.parent) {
    changes.push_back(
        MakeChange(v1::RubricChange::KIND_MOVED, base.source, "", base.parent, changed.parent));
  }
  for (const Field& field : base.fields) {
    const auto now = std::ranges::find(changed.fields, field.path, &Field::path);
    if (now == changed.fields.end()) {
      changes.push_back(
          MakeChange(v1::RubricChange::KIND_REMOVED, base.source, field.path, field.value, ""));
    } else if (now->value != field.value) {
      changes.push_back(MakeChange(v1::RubricChange::KIND_CHANGED, base.source, field.path,
                                   field.value, now->value));
    }
  }
  for (const Field& field : changed.fields) {
    if (std::ranges::find(base.fields, field.path, &Field::path) != base.fields.end()) continue;
    changes.push_back(
        MakeChange(v1::RubricChange::KIND_ADDED, base.source, field.path, "", field.value));
  }
}

}  // namespace

std::vector<v1::RubricChange> DiffRubrics(const v1::Rubric& base, const v1::Rubric& changed) {
  const std::vector<Part> old_parts = PartsOf(base);
  const std::vector<Part> new_parts = PartsOf(changed);
  std::vector<v1::RubricChange> changes;
  for (const Part& part : old_parts) {
    const auto now = std::ranges::find(new_parts, part.source, &Part::source);
    if (now == new_parts.end()) {
      changes.push_back(MakeChange(v1::RubricChange::KIND_REMOVED, part.source, "", "", ""));
    } else {
      DiffPart(part, *now, changes);
    }
  }
  for (const Part& part : new_parts) {
    if (std::ranges::find(old_parts, part.source, &Part::source) != old_parts.end()) continue;
    changes.push_back(MakeChange(v1::RubricChange::KIND_ADDED, part.source, "", "", ""));
  }
  return changes;
}

}  // namespace awards
