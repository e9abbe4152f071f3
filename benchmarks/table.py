"""Writes the rows of a run as JSON and as a table.

    table.py ROWS OUT MODE       benchmarks/reasons.json explains missed targets, by the beginning of the row's name
"""
import json
import os
import platform
import re
import subprocess
import sys

rows, out, mode = sys.argv[1:]
lines = [json.loads(line) for line in open(rows)]
reasons = json.load(open("benchmarks/reasons.json"))
processor = next((l.split(":", 1)[1].strip() for l in open("/proc/cpuinfo") if l.startswith("model name")), "unknown") \
    if os.path.exists("/proc/cpuinfo") else platform.processor()
commit = subprocess.run(["git", "describe", "--always", "--dirty"], capture_output=True, text=True).stdout.strip()


def met(row):
    """Whether the target is met, by the ratio where there is a peer, else by the figure itself; None where this is unknown."""
    target = re.match(r"(at least|at most|under) ([\d,.]*\d)", row["target"])
    if mode != "full":
        return None  # a cold JVM misses targets that a warm one meets
    if row["target"] == "none":
        return row["ours"] == 0
    if not target or (row["beside"] and row["theirs"] is None):
        return None
    value, limit = row["ratio"] if row["ratio"] is not None else row["ours"], float(target[2].replace(",", ""))
    return value >= limit if target[1] == "at least" else value <= limit


def number(value):
    return "–" if value is None else f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"


for line in lines:
    for name, value in line["row"].items():
        if value == "NaN" or value != value:
            line["row"][name] = None
    line["row"]["met"] = met(line["row"])
machine = {"processor": processor, "processors": os.cpu_count(), "os": platform.platform(), "commit": commit, "mode": mode}
json.dump({"machine": machine, "rows": [{**l["row"], "command": l["command"]} for l in lines]}, open(out + ".json", "w"), indent=1)

with open(out + ".md", "w") as table:
    table.write(f"Measured on {processor}, {os.cpu_count()} processors, at commit {commit or 'unknown'}, mode {mode}.\n\n")
    table.write("| what | ours | unit | beside | theirs | ratio | target | met |\n|---|---|---|---|---|---|---|---|\n")
    missed, commands = [], []
    for line in lines:
        row = line["row"]
        beside = row["beside"] + (" (not measured)" if row["beside"] and row["theirs"] is None else "")
        said = {True: "yes", False: "**no**", None: ""}[row["met"]]
        table.write(f"| {row['what']} | {number(row['ours'])} | {row['unit']} | {beside} | {number(row['theirs'])} "
                    f"| {number(row['ratio'])} | {row['target']} | {said} |\n")
        if row["met"] is False:
            reason = next((r for name, r in reasons.items() if row["what"].startswith(name)), "not investigated yet")
            missed.append(f"- **{row['what']}**: {reason}\n")
        if line["command"] not in commands:
            commands.append(line["command"])
    if missed:
        table.write("\nMissed, and why:\n\n" + "".join(missed))
    table.write("\nCommands, from the repository's root:\n\n```\n" + "\n".join(commands) + "\n```\n")
print(open(out + ".md").read())
if mode == "full":
    readme = open("benchmarks/README.md").read()
    begin, end = "<!-- written by benchmarks/run full -->\n", "<!-- end -->"
    before, rest = readme.split(begin)
    open("benchmarks/README.md", "w").write(before + begin + "\n" + open(out + ".md").read() + "\n" + end + rest.split(end)[1])
