"""Streams a million submissions in one call and tells the rate and the memory of the server.

  THIDUA_BIN=build/release/bin THIDUA_ROOT=. PYTHONPATH=build/release/tests/e2e/stubs \\
      /usr/bin/python3 tests/bench/import_million.py [--units=10000] [--slots=100] [--request-ids] [--validate-only]
"""

import argparse
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "e2e"))

from bulk import Bulk, timed

from thidua.reporting.v1 import submission_service_pb2

MEGABYTES_MAX = 150


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, default=10_000, help="cooperatives that report")
    parser.add_argument("--slots", type=int, default=100, help="reports of each")
    parser.add_argument("--request-ids", action="store_true", help="give each item a request id")
    parser.add_argument("--validate-only", action="store_true", help="write nothing")
    options = parser.parse_args()
    bulk = Bulk(options.units, options.slots)
    try:
        print(f"the world is built, {bulk.peak_megabytes():.0f} MB")
        cpu = bulk.cpu_seconds()
        call = bulk.stream(bulk.items(options.request_ids, options.validate_only))
        outcomes, seconds = timed(
            call, every=50_000, tell=lambda text: print(f"{text}, {bulk.memory('VmRSS'):.0f} MB", flush=True))
        peak, cpu = bulk.peak_megabytes(), bulk.cpu_seconds() - cpu
        count = sum(outcomes.values())
        names = {submission_service_pb2.Outcome.Name(outcome): times for outcome, times in outcomes.items()}
        print(f"{count} items in {seconds:.0f} s, {count / seconds:.0f}/s: {names}; "
              f"server peak {peak:.0f} MB, {1e6 * cpu / count:.0f} µs of CPU each, database {bulk.database_megabytes():.0f} MB")
    finally:
        bulk.close()
    return 0 if count == options.units * options.slots and peak < MEGABYTES_MAX else 1


if __name__ == "__main__":
    sys.exit(main())
