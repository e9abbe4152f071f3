"""Runs llama.cpp's own server, from the package xllamacpp. Prints its address, and serves until it is stopped.

    llama_server.py WEIGHTS.gguf THREADS [SLOTS]
"""
import sys
import time

import xllamacpp

params = xllamacpp.CommonParams()
params.model.path, params.port = sys.argv[1], 0
params.n_parallel = int(sys.argv[3]) if len(sys.argv) > 3 else 1
params.n_ctx, params.warmup, params.endpoint_metrics = 8192, False, True
params.cpuparams.n_threads = params.cpuparams_batch.n_threads = int(sys.argv[2])
server = xllamacpp.Server(params)
print(server.listening_address, flush=True)
while True:
    time.sleep(60)
