"""Wall seconds of short processes, the median of some, the first not counted.

    startup.py --rows TIMES FOLDER      prints rows: refract --help and compare beside `import inspect_ai` (PEERS_PYTHON)
"""
import json
import os
import random
import statistics
import subprocess
import sys
import time

times, folder = int(sys.argv[2]), sys.argv[3]


def seconds(*command):
    took = []
    for _ in range(times + 1):
        start = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        took.append(time.perf_counter() - start)
    return statistics.median(took[1:])


def run(name, share):
    rng = random.Random(name)
    with open(f"{folder}/q.jsonl", "w") as questions, open(f"{folder}/a.jsonl", "w") as answers:
        for i in range(2000):
            gold = str(i * 7 % 997)
            questions.write(json.dumps({"question_id": f"q{i}", "image_id": f"i{i // 4}", "question": f"What is value {i}?",
                                        "gold": [gold], "metric": "relaxed_accuracy"}) + "\n")
            answers.write(json.dumps({"question_id": f"q{i}", "answer": gold if rng.random() < share else "no idea"}) + "\n")
    subprocess.run(["./refract", "import", "--questions", f"{folder}/q.jsonl", "--answers", f"{folder}/a.jsonl", "--captioner", name,
                    "--answerer", "x", "--out", f"{folder}/{name}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return f"{folder}/{name}"


python = os.environ.get("PEERS_PYTHON")
peer = seconds(python, "-c", "import inspect_ai") if python else None
a, b = run("a", 0.60), run("b", 0.63)
for what, ours, target in (("refract --help", seconds("./refract", "--help"), 0.25),
                           ("refract compare, two runs of 2,000 questions", seconds("./refract", "compare", a, b), 1)):
    print(json.dumps({"what": what, "ours": ours, "unit": "s", "beside": "", "theirs": None, "ratio": None, "target": f"under {target}"}))
    print(json.dumps({"what": what + ", beside a peer's start", "ours": ours, "unit": "s", "beside": "python -c 'import inspect_ai'",
                      "theirs": peer, "ratio": peer and peer / ours, "target": ""}))
