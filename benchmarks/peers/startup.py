"""Measures wall seconds of short processes: the median, not counting the first.

    startup.py --rows TIMES FOLDER      prints rows: refract --help and compare, compared with `import inspect_ai` (PEERS_PYTHON)
"""
import json
import os
import statistics
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
import made_up

times, folder = int(sys.argv[2]), sys.argv[3]


def seconds(*command):
    took = []
    for _ in range(times + 1):
        start = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        took.append(time.perf_counter() - start)
    return statistics.median(took[1:])


def run(name, share):
    command, folder_of_run = made_up.lines(folder, name, 2000, share)
    subprocess.run(["./refract", *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return folder_of_run


python = os.environ.get("PEERS_PYTHON")
peer = seconds(python, "-c", "import inspect_ai") if python else None
a, b = run("a", 0.60), run("b", 0.63)
for what, ours, target in (("refract --help", seconds("./refract", "--help"), 0.25),
                           ("refract compare, two runs of 2,000 questions", seconds("./refract", "compare", a, b), 1)):
    print(json.dumps({"what": what, "ours": ours, "unit": "s", "beside": "", "theirs": None, "ratio": None, "target": f"under {target}"}))
    print(json.dumps({"what": what + ", beside a peer's start", "ours": ours, "unit": "s", "beside": "python -c 'import inspect_ai'",
                      "theirs": peer, "ratio": peer and peer / ours, "target": ""}))
