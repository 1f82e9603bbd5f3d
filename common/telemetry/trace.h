// Where a call stands in a distributed trace, as W3C Trace Context (Level 1) says it in the
// metadata `traceparent`.
#ifndef THIDUA_COMMON_TELEMETRY_TRACE_H_
#define THIDUA_COMMON_TELEMETRY_TRACE_H_

#include <optional>
#include <string>
#include <string_view>

namespace common::telemetry {

// The key in metadata.
inline constexpr std::string_view kTraceparentKey = "traceparent";

// One span of a trace.
struct TraceContext {
  // 32 lower-case hexadecimal digits, not all 0: the same for all that one cause brings about.
  std::string trace_id{};
  // 16 of them, not all 0: one step of it.
  std::string span_id{};
  // Whether whoever began it records it; handed on as it is.
  bool is_sampled = false;

  bool operator==(const TraceContext&) const = default;
};

// Such as `00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01`.
std::string ToTraceparent(const TraceContext& context);

// What ToTraceparent made, here or elsewhere; nothing if `text` is malformed. Of a version above
// 00, which may say more, the part that 00 knows is taken.
std::optional<TraceContext> ParseTraceparent(std::string_view text);

// A new span: of the trace that `traceparent` is of, or, if it is empty or malformed, of a new
// trace that is not sampled. Never fails: a trace must not keep a call from its work.
TraceContext BeginSpan(std::string_view traceparent);

// Makes `traceparent` the current one of this thread for its lifetime. Scopes may be nested.
class TraceScope {
 public:
  explicit TraceScope(std::string traceparent);
  ~TraceScope();
  TraceScope(const TraceScope&) = delete;
  TraceScope& operator=(const TraceScope&) = delete;

 private:
  std::string before_;
};

// What the innermost TraceScope of this thread says; empty without one.
const std::string& CurrentTraceparent();

}  // namespace common::telemetry

#endif  // THIDUA_COMMON_TELEMETRY_TRACE_H_
