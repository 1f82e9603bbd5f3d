#include "services/thiduactl/progress.h"

#include <algorithm>
#include <string>

#include "absl/time/clock.h"

namespace thiduactl {
namespace {

constexpr int64_t kBarWidth = 30;
constexpr absl::Duration kDrawInterval = absl::Milliseconds(100);

}  // namespace

Progress::Progress(const Console& console, int64_t total)
    : console_(console), total_(std::max<int64_t>(total, 1)) {}

Progress::~Progress() { Erase(); }

void Progress::Advance(std::string_view label) {
  ++done_;
  const absl::Time now = absl::Now();
  if (!console_.is_terminal || now - drawn_ < kDrawInterval) return;
  drawn_ = now;
  Draw(label);
}

void Progress::Draw(std::string_view label) {
  const auto filled = static_cast<size_t>(kBarWidth * std::min(done_, total_) / total_);
  console_.err << "\r\x1b[K[" << std::string(filled, '#')
               << std::string(static_cast<size_t>(kBarWidth) - filled, '.') << "] " << done_ << "/"
               << total_ << "  " << label << std::flush;
  visible_ = true;
}

void Progress::Erase() {
  if (!visible_) return;
  console_.err << "\r\x1b[K" << std::flush;
  visible_ = false;
}

}  // namespace thiduactl
