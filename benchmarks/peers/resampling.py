"""Paired resampling in numpy, vectorised: p from 10,000 sign flips of 10,000 differences. Prints the milliseconds of the fastest pass."""
import sys
import time

import numpy as np

n, resamples = 10_000, 10_000
differences = np.random.default_rng(1).uniform(-1, 1.02, n)


def p():
    random = np.random.default_rng(0)
    observed, more = abs(differences.sum()), 0
    for _ in range(resamples // 500):  # blocks that fit in memory
        signs = random.integers(0, 2, (500, n), dtype=np.int8) * 2.0 - 1.0
        more += np.count_nonzero(np.abs(signs @ differences) >= observed)
    return (more + 1) / (resamples + 1)


best, end = None, time.perf_counter() + float(sys.argv[1])
while best is None or time.perf_counter() < end:
    start = time.perf_counter()
    p()
    took = 1e3 * (time.perf_counter() - start)
    best = took if best is None else min(best, took)
print(best)
