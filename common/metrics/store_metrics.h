// A store as operators watch it.
#ifndef THIDUA_COMMON_METRICS_STORE_METRICS_H_
#define THIDUA_COMMON_METRICS_STORE_METRICS_H_

#include <prometheus/counter.h>
#include <prometheus/histogram.h>

#include "common/metrics/metrics.h"
#include "common/storage/sqlite/sqlite_ledger.h"

namespace common::metrics {

// `commit_batch_size` (writes that share a transaction), `commit_seconds`,
// `request_dedup_hits_total` (repeated requests that got their first answer) and
// `commit_failures_total`. Thread-safe.
class CommitMetrics {
 public:
  explicit CommitMetrics(Metrics& metrics);

  // As SqliteOptions::on_batch.
  void Observe(const storage::sqlite::BatchReport& report);

 private:
  prometheus::Histogram& batch_size_;
  prometheus::Histogram& seconds_;
  prometheus::Counter& dedup_hits_;
  prometheus::Counter& failures_;
};

// `writer_queue_depth`, `db_size_bytes`, `wal_bytes`, `disk_free_bytes`. `ledger` must outlive the
// last scrape.
void AddStoreGauges(Metrics& metrics, storage::sqlite::SqliteLedger& ledger);

}  // namespace common::metrics

#endif  // THIDUA_COMMON_METRICS_STORE_METRICS_H_
