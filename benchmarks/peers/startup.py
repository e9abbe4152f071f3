"""Wall seconds of a process, the median of some, the first not counted.

    startup.py TIMES COMMAND...
"""
import statistics
import subprocess
import sys
import time

times = []
for _ in range(int(sys.argv[1]) + 1):
    start = time.perf_counter()
    subprocess.run(sys.argv[2:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    times.append(time.perf_counter() - start)
print(statistics.median(times[1:]))
