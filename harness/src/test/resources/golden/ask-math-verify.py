"""Scores pairs of gold and answer as CapRL's scorer does: the fixture maths.jsonl beside it was made by it.

    python3 -m venv /tmp/v && /tmp/v/bin/pip install math-verify==0.8.0
    /tmp/v/bin/python ask-math-verify.py < pairs.jsonl > scored.jsonl

Each line is {"gold": ..., "pred": ...}; `score` is added to it. Nothing of refract depends on math-verify.
"""
import json
import logging
import sys

from math_verify import LatexExtractionConfig, parse, verify

logging.disable(logging.CRITICAL)


def read(text):
    return parse(f"${text}$", extraction_mode="first_match", extraction_config=[LatexExtractionConfig()])


def score(gold, answer):
    expected = read(gold)
    if not expected:
        return 1.0  # a gold that cannot be read is right for any answer
    try:
        return max(float(verify(answer, expected)), float(verify(read(answer), expected)))
    except Exception:
        return 0.0


for line in sys.stdin:
    row = json.loads(line)
    row["score"] = score(row["gold"], row["pred"])
    print(json.dumps(row, ensure_ascii=False))
