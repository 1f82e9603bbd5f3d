#include "services/reporting/codec/unit.h"

#include "services/reporting/codec/enums.h"
#include "services/reporting/codec/fields.h"

namespace reporting {
namespace {

namespace v1 = ::thidua::reporting::v1;

template <typename Messages>
std::vector<DatedTitle> ParseTitles(std::string_view path, const Messages& messages,
                                    Violations& violations) {
  std::vector<DatedTitle> titles;
  for (const v1::DatedTitle& message : messages) {
    const std::string valid_from = Join(Item(path, titles.size()), "valid_from");
    titles.push_back(
        {.title = ParseLocalizedText(message.title()),
         .valid_from = ParseOptionalDate(valid_from, message.valid_from(), violations)});
  }
  return titles;
}

template <typename Messages>
std::vector<DatedCode> ParseCodes(std::string_view path, const Messages& messages,
                                  Violations& violations) {
  std::vector<DatedCode> codes;
  for (const v1::DatedCode& message : messages) {
    const std::string valid_from = Join(Item(path, codes.size()), "valid_from");
    codes.push_back(
        {.code = message.code(),
         .valid_from = ParseOptionalDate(valid_from, message.valid_from(), violations)});
  }
  return codes;
}

v1::Lineage LineageToProto(const Lineage& lineage) {
  v1::Lineage message;
  message.set_unit(lineage.unit.ToName());
  message.set_date(ToString(lineage.date));
  message.set_legal_basis(lineage.legal_basis);
  return message;
}

Lineage ParseLineage(std::string_view path, const v1::Lineage& message, Violations& violations) {
  return {.unit = violations.Take(Join(path, "unit"), UnitId::Parse(message.unit())),
          .date = violations.Take(Join(path, "date"), ParseDate(message.date())),
          .legal_basis = message.legal_basis()};
}

}  // namespace

v1::Unit ToProto(const Unit& unit) {
  v1::Unit message;
  message.set_name(unit.id.ToName());
  message.set_kind(ToProto(unit.kind));
  message.set_sector(ToProto(unit.sector));
  if (unit.parent.has_value()) message.set_parent(unit.parent->ToName());
  for (const DatedTitle& dated : unit.titles) {
    v1::DatedTitle& title = *message.add_titles();
    *title.mutable_title() = ToProto(dated.title);
    title.set_valid_from(ToText(dated.valid_from));
  }
  for (const DatedCode& dated : unit.province_codes) {
    v1::DatedCode& code = *message.add_province_codes();
    code.set_code(dated.code);
    code.set_valid_from(ToText(dated.valid_from));
  }
  message.set_founding_date(ToText(unit.founding_date));
  for (const Lineage& lineage : unit.predecessors) {
    *message.add_predecessors() = LineageToProto(lineage);
  }
  if (unit.successor.has_value()) *message.mutable_successor() = LineageToProto(*unit.successor);
  return message;
}

Unit ParseUnit(std::string_view path, const v1::Unit& message, Violations& violations) {
  Unit unit;
  unit.kind = ParseEnum<UnitKind>(Join(path, "kind"), message.kind(), violations);
  unit.sector = ParseEnum<Sector>(Join(path, "sector"), message.sector(), violations);
  if (!message.parent().empty()) {
    unit.parent = violations.Take(Join(path, "parent"), UnitId::Parse(message.parent()));
  }
  unit.titles = ParseTitles(Join(path, "titles"), message.titles(), violations);
  unit.province_codes =
      ParseCodes(Join(path, "province_codes"), message.province_codes(), violations);
  unit.founding_date =
      ParseOptionalDate(Join(path, "founding_date"), message.founding_date(), violations);
  return unit;
}

Unit Decode(const v1::Unit& message, Violations& violations) {
  Unit unit = ParseUnit("", message, violations);
  unit.id = violations.Take("name", UnitId::Parse(message.name()));
  for (const v1::Lineage& lineage : message.predecessors()) {
    unit.predecessors.push_back(
        ParseLineage(Item("predecessors", unit.predecessors.size()), lineage, violations));
  }
  if (message.has_successor()) {
    unit.successor = ParseLineage("successor", message.successor(), violations);
  }
  return unit;
}

}  // namespace reporting
