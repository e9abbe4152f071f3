"""Times the metrics' rules in Python, one pair at a time, like the benchmarks' own scorers.

    metrics.py PAIRS.jsonl SECONDS      prints a JSON object: nanoseconds per pair by metric, and for one ANLS of 2 x 300 characters

PAIRS has lines of metric, gold (a list) and pred, the format of `refract metrics check`. anls is the `anls` package,
anls_300 a call of rapidfuzz for each pair; relaxed_accuracy, vqa_score and chartqapro are plain Python written for this benchmark.
"""
import ast
import json
import re
import sys
import time

from anls import anls_score
from rapidfuzz.distance import Levenshtein


def number(text):
    try:
        return float(text.rstrip("%")) / 100 if text.endswith("%") else float(text)
    except ValueError:
        return None


def relaxed_accuracy(golds, pred, row):
    pred = pred.strip()
    found = number(pred)
    for gold in golds:
        wanted = number(gold)
        if wanted and found is not None:
            if abs(found - wanted) / abs(wanted) <= 0.05:
                return 1.0
        elif pred.lower() == gold.lower():
            return 1.0
    return 0.0


def anls(golds, pred, row):
    return anls_score(prediction=pred, gold_labels=golds, threshold=0.5)


MARKS = [";", "/", "[", "]", '"', "{", "}", "(", ")", "=", "+", "\\", "_", "-", ">", "<", "@", "`", ",", "?", "!"]
COMMA, STOP = re.compile(r"(\d)(,)(\d)"), re.compile(r"(?!<=\d)(\.)(?!\d)")
NUMBERS = {w: str(i) for i, w in enumerate("zero one two three four five six seven eight nine ten".split())} | {"none": "0"}
CONTRACTIONS = {"dont": "don't", "isnt": "isn't", "cant": "can't", "wont": "won't", "its": "it's", "whats": "what's"}


def vqa_normal(text):
    text = text.replace("\n", " ").replace("\t", " ").strip()
    out = text
    for mark in MARKS:
        if mark + " " in text or " " + mark in text or COMMA.search(text):
            out = out.replace(mark, "")
        else:
            out = out.replace(mark, " ")
    words = [NUMBERS.get(w, w) for w in STOP.sub("", out, count=32).lower().split()]
    return " ".join(CONTRACTIONS.get(w, w) for w in words if w not in ("a", "an", "the"))


def vqa_score(golds, pred, row):
    found, wanted = vqa_normal(pred), [vqa_normal(g) for g in golds]
    return sum(min(1.0, sum(w == found for j, w in enumerate(wanted) if j != i) / 3) for i in range(len(wanted))) / len(wanted)


BARE = re.compile(r"(?<!['\w])(\w[^,]*?)(?!['\w])")


def elements(text):
    try:
        value = ast.literal_eval(text)
        return [str(e).strip(" '") for e in value] if isinstance(value, list) and value else None
    except (ValueError, SyntaxError, TypeError, MemoryError):
        return None


def element(gold, pred, year):
    if year == "YES":
        return float(gold.strip().lower() == pred.strip().lower())
    gold, pred = gold.strip().strip("%").strip(), pred.strip().strip("%").strip()
    try:
        wanted, found = float(gold), float(pred)
        return float(found == 0 if wanted == 0 else abs(found - wanted) / abs(wanted) <= 0.05)
    except ValueError:
        return anls_score(prediction=pred, gold_labels=[gold], threshold=0.5)


def chartqapro(golds, pred, row):
    gold, pred = golds[0].strip(".").strip("\n"), pred.strip(".").strip("\n")
    inner = re.fullmatch(r"\[(.*)\]", gold.strip())
    wanted = (elements("[" + BARE.sub(r"'\1'", inner.group(1)) + "]") if inner else None) or elements(gold) or [gold]
    found = elements(pred) or [pred]
    years = row.get("year", ["NO"])
    years = [years] if isinstance(years, str) else years
    total = sum(element(w, f, years[i % len(years)]) for i, (w, f) in enumerate(zip(wanted, found)))
    return total / max(len(wanted), len(found))


def timed(work, seconds):
    """The fewest nanoseconds of any pass over all pairs, with as many passes as fit into the time."""
    best, end = None, time.perf_counter() + seconds
    while best is None or time.perf_counter() < end:
        start = time.perf_counter_ns()
        work()
        took = time.perf_counter_ns() - start
        best = took if best is None else min(best, took)
    return best


def main():
    rows, seconds = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")], float(sys.argv[2])
    figures = {}
    for name, rule in (("relaxed_accuracy", relaxed_accuracy), ("anls", anls), ("vqa_score", vqa_score), ("chartqapro", chartqapro)):
        pairs = [row for row in rows if row["metric"].split(".")[0] == name]
        if pairs:
            figures[name] = timed(lambda: [rule(row["gold"], row["pred"], row) for row in pairs], seconds) / len(pairs)
    a, b = json.loads(sys.argv[3])
    one = lambda: Levenshtein.normalized_similarity(a.lower(), b.lower())
    figures["anls_300"] = timed(lambda: [one() for _ in range(1000)], seconds) / 1000
    print(json.dumps(figures))


main()
