#include "common/telemetry/trace.h"

#include <openssl/rand.h>

#include <cstdlib>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"

namespace common::telemetry {
namespace {

constexpr size_t kTraceDigits = 32;
constexpr size_t kSpanDigits = 16;
// Of version 00: version, trace, span and flags with dashes between.
constexpr size_t kLength = 2 + 1 + kTraceDigits + 1 + kSpanDigits + 1 + 2;

bool IsLowerHex(std::string_view text) {
  return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool IsId(std::string_view text) {
  return IsLowerHex(text) && text.find_first_not_of('0') != std::string_view::npos;
}

std::string RandomId(size_t digits) {
  std::string bytes(digits / 2, '\0');
  std::string id;
  do {
    // As with identifiers, stopping is better than a name that is given twice.
    if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()),
                   static_cast<int>(bytes.size())) != 1) {
      std::abort();
    }
    id = absl::BytesToHexString(bytes);
  } while (!IsId(id));
  return id;
}

std::string& Current() {
  thread_local std::string current;
  return current;
}

}  // namespace

std::string ToTraceparent(const TraceContext& context) {
  return absl::StrCat("00-", context.trace_id, "-", context.span_id,
                      context.is_sampled ? "-01" : "-00");
}

std::optional<TraceContext> ParseTraceparent(std::string_view text) {
  if (text.size() < kLength) return std::nullopt;
  const std::string_view version = text.substr(0, 2);
  const bool is_known = version == "00";
  const bool has_length = text.size() == kLength || (!is_known && text[kLength] == '-');
  if (!has_length || version == "ff" || !IsLowerHex(version)) return std::nullopt;
  const std::string_view trace_id = text.substr(3, kTraceDigits);
  const std::string_view span_id = text.substr(4 + kTraceDigits, kSpanDigits);
  const std::string_view flags = text.substr(kLength - 2, 2);
  const bool has_dashes =
      text[2] == '-' && text[3 + kTraceDigits] == '-' && text[kLength - 3] == '-';
  if (!has_dashes || !IsId(trace_id) || !IsId(span_id) || !IsLowerHex(flags)) return std::nullopt;
  // The last bit of the last digit; odd digits have it.
  const bool is_sampled = std::string_view("13579bdf").find(flags[1]) != std::string_view::npos;
  return TraceContext{
      .trace_id = std::string(trace_id), .span_id = std::string(span_id), .is_sampled = is_sampled};
}

TraceContext BeginSpan(std::string_view traceparent) {
  std::optional<TraceContext> parent = ParseTraceparent(traceparent);
  if (!parent.has_value()) parent = TraceContext{.trace_id = RandomId(kTraceDigits)};
  parent->span_id = RandomId(kSpanDigits);
  return *std::move(parent);
}

TraceScope::TraceScope(std::string traceparent)
    : before_(std::exchange(Current(), std::move(traceparent))) {}

TraceScope::~TraceScope() { Current() = std::move(before_); }

const std::string& CurrentTraceparent() { return Current(); }

}  // namespace common::telemetry
