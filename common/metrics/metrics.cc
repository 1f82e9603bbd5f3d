#include "common/metrics/metrics.h"

#include <prometheus/client_metric.h>
#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <map>
#include <mutex>
#include <sstream>
#include <utility>
#include <vector>

namespace common::metrics {
namespace {

prometheus::ClientMetric GaugeMetric(const Labels& labels, double value) {
  prometheus::ClientMetric metric;
  for (const auto& [name, text] : labels) metric.label.push_back({.name = name, .value = text});
  metric.gauge.value = value;
  return metric;
}

}  // namespace

class Metrics::Sources final : public prometheus::Collectable {
 public:
  std::vector<prometheus::MetricFamily> Collect() const override {
    std::vector<prometheus::MetricFamily> families = registry_.Collect();
    const std::lock_guard lock(mutex_);
    for (const auto& [name, gauge] : gauges_) families.push_back(CollectGauge(name, gauge));
    return families;
  }

  void AddGauge(const std::string& name, const std::string& help, const Labels& labels,
                std::function<double()> read) {
    const std::lock_guard lock(mutex_);
    Gauge& gauge = gauges_[name];
    gauge.help = help;
    gauge.values.emplace_back(labels, std::move(read));
  }

  prometheus::Registry& registry() { return registry_; }

 private:
  struct Gauge {
    std::string help{};
    std::vector<std::pair<Labels, std::function<double()>>> values{};
  };

  static prometheus::MetricFamily CollectGauge(const std::string& name, const Gauge& gauge) {
    prometheus::MetricFamily family{
        .name = name, .help = gauge.help, .type = prometheus::MetricType::Gauge, .metric = {}};
    for (const auto& [labels, read] : gauge.values) {
      family.metric.push_back(GaugeMetric(labels, read()));
    }
    return family;
  }

  prometheus::Registry registry_{};
  mutable std::mutex mutex_;
  std::map<std::string, Gauge> gauges_;
};

Metrics::Metrics() : sources_(std::make_shared<Sources>()) {}

Metrics::~Metrics() = default;

prometheus::Registry& Metrics::registry() { return sources_->registry(); }

void Metrics::AddGauge(const std::string& name, const std::string& help, const Labels& labels,
                       std::function<double()> read) {
  sources_->AddGauge(name, help, labels, std::move(read));
}

std::shared_ptr<prometheus::Collectable> Metrics::collectable() const { return sources_; }

std::string Metrics::Text() const {
  std::ostringstream text;
  prometheus::TextSerializer().Serialize(text, sources_->Collect());
  return text.str();
}

}  // namespace common::metrics
