#include "services/awards/codec/evidence_codec.h"

#include "services/awards/codec/fields.h"

namespace awards {

namespace v1 = thidua::awards::v1;

Evidence ParseEvidence(const v1::Evidence& proto, std::string_view path, Violations& violations) {
  return {.title = TakeText(Join(path, "title"), proto.title(), kTitleLimit, violations),
          .reference = TakeText(Join(path, "reference"), proto.reference(), kTextLimit, violations),
          .content_hash = proto.content_hash(),
          .size_bytes = proto.size_bytes()};
}

std::vector<Evidence> ParseEvidence(const google::protobuf::RepeatedPtrField<v1::Evidence>& proto,
                                    std::string_view path, Violations& violations) {
  std::vector<Evidence> all;
  for (int i = 0; i < proto.size(); ++i) {
    all.push_back(ParseEvidence(proto[i], Item(path, static_cast<size_t>(i)), violations));
  }
  return all;
}

v1::Evidence ToProto(const Evidence& evidence) {
  v1::Evidence proto;
  proto.set_title(evidence.title);
  proto.set_reference(evidence.reference);
  proto.set_content_hash(evidence.content_hash);
  proto.set_size_bytes(evidence.size_bytes);
  return proto;
}

}  // namespace awards
