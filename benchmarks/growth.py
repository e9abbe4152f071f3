"""How cost grows: wall seconds and peak memory of refract's commands at 1x, 10x and 100x, with the slope of the last step.

    growth.py LAST OUT       LAST is 10 or 100; writes OUT.json and OUT.svg and prints a row for each command as JSON

Scoring, resume (captions and answers exist, results are computed again), compare and site use 1,000 questions and
multiples of that, four per image; OCR uses 3 images of the mini suite and multiples of that.
"""
import json
import math
import os
import struct
import subprocess
import sys
import tempfile
import time
import zlib
import zipfile

import made_up

LAST, OUT = int(sys.argv[1]), sys.argv[2]
JAVA = subprocess.run(["./refract", "--print-java"], capture_output=True, text=True, check=True).stdout.strip()
BASE = {"scoring": 1000, "resume": 1000, "compare": 1000, "site": 1000, "ocr": 3}


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def picture(number):
    """A small PNG, different for each number."""
    line = b"\0" + struct.pack(">I", number) * 24
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 32, 32, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(line * 32, 1)) + chunk(b"IEND", b""))


def marked(png, number):
    """The same picture with different bytes."""
    return png[:-12] + chunk(b"tEXt", b"Comment\0copy %d" % number) + png[-12:]


def measured(*command):
    """Runs refract with these arguments; returns wall seconds and peak megabytes."""
    start = time.perf_counter()
    process = subprocess.Popen(["./refract", *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"refract {' '.join(command)} ended with {process.returncode}: {said.decode()[-500:]}")
    return time.perf_counter() - start, used.ru_maxrss / 1024


def dataset(folder, pictures):
    os.makedirs(f"{folder}/images")
    with open(f"{folder}/questions.jsonl", "w") as questions:
        for i, png in enumerate(pictures):
            with open(f"{folder}/images/{i}.png", "wb") as file:
                file.write(png)
            for q in range(4):
                questions.write(json.dumps({"question_id": f"{i}-{q}", "image": f"images/{i}.png", "question": f"What is {q}?",
                                            "answers": ["A chart"], "metric": "anls"}) + "\n")


def imported(folder, name, count, share):
    command, run = made_up.lines(folder, name, count, share)
    measured(*command)
    return run


def at(scale, folder, null):
    costs = {}
    a = imported(folder, "a", BASE["compare"] * scale, 0.60)
    b = imported(folder, "b", BASE["compare"] * scale, 0.63)
    costs["scoring"] = measured("score", a)
    costs["compare"] = measured("compare", a, b)
    costs["site"] = measured("board", a, b, "--out", f"{folder}/site")
    server = f"openai:base_url={null},model=null"
    dataset(f"{folder}/data", (picture(i) for i in range(BASE["resume"] * scale // 4)))
    run = ["run", "--dataset", f"{folder}/data", "--captioner", server + ",id=null", "--answerer", server, "--out", f"{folder}/null"]
    measured(*run)
    os.remove(f"{folder}/null/null/summary.json")
    costs["resume"] = measured(*run)
    with zipfile.ZipFile("harness/target/dist/lib/refract.jar") as suite:
        names = sorted(n for n in suite.namelist() if n.startswith("mini/images/") and n.endswith(".png"))
        some = [suite.read(names[i]) for i in (0, len(names) // 2, len(names) - 1)]
    dataset(f"{folder}/pictures", (marked(some[i % 3], i) for i in range(BASE["ocr"] * scale)))
    costs["ocr"] = measured("run", "--dataset", f"{folder}/pictures", "--captioner", "ocr", "--answerer", server, "--out", f"{folder}/ocr")
    return costs


def svg(points):
    """Seconds over scale on the left, megabytes on the right; both axes are logarithmic."""
    width, height, left, top, each = 720, 340, 60, 30, 270
    colours = ["#1b6ca8", "#b3541e", "#2e7d32", "#7b1fa2", "#555555"]
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">',
             f'<rect width="{width}" height="{height}" fill="white"/>']
    for panel, (title, which) in enumerate((("seconds", 0), ("peak memory, MB", 1))):
        values = [p[which] for task in points.values() for p in task.values()]
        low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
        x = lambda scale: left + panel * 350 + math.log10(scale) / math.log10(max(LAST, 10)) * (each - 30)
        y = lambda v: top + (high - math.log10(v)) / (high - low) * 240
        parts.append(f'<text x="{left + panel * 350}" y="16">{title}</text>')
        for power in range(low, high + 1):
            parts.append(f'<line x1="{left + panel * 350}" x2="{left + panel * 350 + each - 30}" y1="{y(10 ** power):.1f}" y2="{y(10 ** power):.1f}" stroke="#ddd"/>'
                         f'<text x="{left + panel * 350 - 6}" y="{y(10 ** power) + 4:.1f}" text-anchor="end">{10 ** power:g}</text>')
        for scale in scales():
            parts.append(f'<text x="{x(scale):.1f}" y="{top + 258}" text-anchor="middle">{scale}x</text>')
        for i, (task, at_scale) in enumerate(points.items()):
            line = " ".join(f"{x(s):.1f},{y(c[which]):.1f}" for s, c in at_scale.items())
            parts.append(f'<polyline points="{line}" fill="none" stroke="{colours[i]}" stroke-width="2"/>')
            if panel == 0:
                parts.append(f'<text x="{left + i * 130}" y="{height - 12}" fill="{colours[i]}">{task}, slope {slope(at_scale, 0):.2f}</text>')
    return "\n".join(parts + ["</svg>"]) + "\n"


def scales():
    return [s for s in (1, 10, 100) if s <= LAST]


def slope(at_scale, which):
    """The slope of the last tenfold step, where process start-up matters least."""
    return math.log10(at_scale[LAST][which] / at_scale[LAST // 10][which])


def main():
    null = subprocess.Popen([JAVA, "-cp", "benchmarks/target/benchmarks.jar", "dev.refract.harness.load.NullServer", "0"],
                            stdout=subprocess.PIPE, text=True)
    points = {task: {} for task in BASE}
    try:
        url = f"http://127.0.0.1:{null.stdout.readline().strip()}/v1"
        for scale in scales():
            with tempfile.TemporaryDirectory() as folder:
                for task, cost in at(scale, folder, url).items():
                    points[task][scale] = cost
                    print(f"{task} {scale}x: {cost[0]:.2f} s, {cost[1]:.0f} MB", file=sys.stderr)
    finally:
        null.kill()
    json.dump(points, open(OUT + ".json", "w"), indent=1)
    open(OUT + ".svg", "w").write(svg(points))
    for task, at_scale in points.items():
        print(json.dumps({"what": f"growth of {task}, {LAST // 10}x to {LAST}x ({BASE[task] * LAST:,} {'images' if task == 'ocr' else 'questions'}: "
                                  f"{at_scale[LAST][0]:.1f} s, {at_scale[LAST][1]:.0f} MB)",
                          "ours": slope(at_scale, 0), "unit": "slope of time, log-log", "beside": "memory's slope",
                          "theirs": slope(at_scale, 1), "ratio": None, "target": "at most 1"}))


if __name__ == "__main__":
    main()
