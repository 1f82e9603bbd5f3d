#include "services/awards/service/document_service.h"

#include <utility>

#include "common/rpc/mutation.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/awards/codec/document_codec.h"
#include "services/awards/documents/render.h"
#include "services/awards/service/document_source.h"

namespace awards {

namespace v1 = thidua::awards::v1;

grpc::Status DocumentService::RenderDocument(grpc::ServerContext* context,
                                             const v1::RenderDocumentRequest* request,
                                             v1::RenderDocumentResponse* response) {
  return Answer(context, request, response, [&] { return RenderDocument(*request); });
}

absl::StatusOr<v1::RenderDocumentResponse> DocumentService::RenderDocument(
    const v1::RenderDocumentRequest& request) {
  Violations violations;
  const documents::Order order = ParseOrder(request, violations);
  RETURN_IF_ERROR(violations.ToStatus());
  RETURN_IF_ERROR(common::rpc::CheckMinCommitToken(ledger(), request.min_commit_token()));
  documents::RoundResult result;
  RETURN_IF_ERROR(ledger().Read([&](common::storage::Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(result, ReadRoundResult(reader, request.name(), order.category));
    return absl::OkStatus();
  }));
  ASSIGN_OR_RETURN(documents::Document document, documents::Render(result, order));
  v1::RenderDocumentResponse response;
  response.set_content(std::move(document.content));
  response.set_media_type(std::move(document.media_type));
  response.set_file_name(std::move(document.file_name));
  response.set_snapshot_hash(std::move(result.snapshot_hash));
  return response;
}

}  // namespace awards
