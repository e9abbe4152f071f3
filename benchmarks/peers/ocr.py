"""Runs RapidOCR on a folder of images with a given number of threads. Prints a JSON object: seconds, text by file.

    ocr.py FOLDER THREADS PASSES        the fastest of PASSES passes counts; one untimed pass comes first
"""
import json
import logging
import os
import sys
import time

logging.disable(logging.CRITICAL)
from rapidocr import RapidOCR

folder, threads, passes = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
engine = RapidOCR(params={
    "EngineConfig.onnxruntime.intra_op_num_threads": threads,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
})
files = sorted(f for f in os.listdir(folder) if f.endswith(".png"))


def read():
    texts = {}
    for file in files:
        texts[file] = "\n".join(engine(os.path.join(folder, file)).txts or ())
    return texts


texts, best = read(), None
for _ in range(passes):
    start = time.perf_counter()
    texts = read()
    took = time.perf_counter() - start
    best = took if best is None else min(best, took)
print(json.dumps({"seconds": best, "texts": texts}))
