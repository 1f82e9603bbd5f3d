#include "common/metrics/store_metrics.h"

#include <string>

#include "absl/time/time.h"

namespace common::metrics {
namespace {

using storage::sqlite::SqliteLedger;

prometheus::Histogram& AddHistogram(Metrics& metrics, const std::string& name,
                                    const std::string& help,
                                    const prometheus::Histogram::BucketBoundaries& bounds) {
  return prometheus::BuildHistogram()
      .Name(name)
      .Help(help)
      .Register(metrics.registry())
      .Add({}, bounds);
}

prometheus::Counter& AddCounter(Metrics& metrics, const std::string& name,
                                const std::string& help) {
  return prometheus::BuildCounter().Name(name).Help(help).Register(metrics.registry()).Add({});
}

}  // namespace

CommitMetrics::CommitMetrics(Metrics& metrics)
    : batch_size_(AddHistogram(metrics, "commit_batch_size", "Writes that shared a transaction.",
                               {1, 2, 4, 8, 16, 32, 64, 128, 256})),
      seconds_(AddHistogram(
          metrics, "commit_seconds",
          "Time of a transaction from its first work to the answer of the disk.",
          {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5})),
      dedup_hits_(AddCounter(metrics, "request_dedup_hits_total",
                             "Repeated requests that got their first answer.")),
      failures_(AddCounter(metrics, "commit_failures_total",
                           "Transactions that the store could not take.")) {}

void CommitMetrics::Observe(const storage::sqlite::BatchReport& report) {
  dedup_hits_.Increment(static_cast<double>(report.replayed));
  if (!report.status.ok()) failures_.Increment();
  if (!report.is_commit) return;
  batch_size_.Observe(static_cast<double>(report.writes));
  seconds_.Observe(absl::ToDoubleSeconds(report.duration));
}

void AddStoreGauges(Metrics& metrics, SqliteLedger& ledger) {
  metrics.AddGauge("writer_queue_depth", "Writes that wait for the writer.", {},
                   [&ledger] { return static_cast<double>(ledger.Stats().queue_depth); });
  metrics.AddGauge("db_size_bytes", "Size of the database file.", {},
                   [&ledger] { return static_cast<double>(ledger.Stats().database_bytes); });
  metrics.AddGauge("wal_bytes", "Size of the write-ahead log beside the database.", {},
                   [&ledger] { return static_cast<double>(ledger.Stats().wal_bytes); });
  metrics.AddGauge("disk_free_bytes", "What the disk of the database has left.", {},
                   [&ledger] { return static_cast<double>(ledger.Stats().free_bytes); });
}

}  // namespace common::metrics
