// What a process counts and measures, in the text format of Prometheus.
#ifndef THIDUA_COMMON_METRICS_METRICS_H_
#define THIDUA_COMMON_METRICS_METRICS_H_

#include <prometheus/collectable.h>
#include <prometheus/labels.h>
#include <prometheus/registry.h>

#include <functional>
#include <memory>
#include <string>

namespace common::metrics {

using Labels = prometheus::Labels;

// Everything one process exposes. Thread-safe. Metrics live as long as this; what they read must
// outlive the last scrape.
class Metrics {
 public:
  Metrics();
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  // For counters and histograms: prometheus::BuildCounter() and the like.
  prometheus::Registry& registry();

  // A value that is read at each scrape, on the thread that scrapes: `read` must be thread-safe.
  // Names that come several times need labels that differ.
  void AddGauge(const std::string& name, const std::string& help, const Labels& labels,
                std::function<double()> read);

  // All of it, for whoever serves it.
  std::shared_ptr<prometheus::Collectable> collectable() const;

  // All of it as Prometheus reads it.
  std::string Text() const;

 private:
  class Sources;

  const std::shared_ptr<Sources> sources_;
};

}  // namespace common::metrics

#endif  // THIDUA_COMMON_METRICS_METRICS_H_
