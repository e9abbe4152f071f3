# Runs llama.cpp's own server out of the library of the package xllamacpp, until it is ended.
# The first argument is the library, the last one the folder of --slot-save-path; the other settings are those variables
# of llama-server that refract sets.
import importlib.util
import os
import sys
import time

spec = importlib.util.spec_from_file_location("xllamacpp", sys.argv[1])
xllamacpp = importlib.util.module_from_spec(spec)
spec.loader.exec_module(xllamacpp)

params = xllamacpp.CommonParams()
params.model.path = os.environ["LLAMA_ARG_MODEL"]
if "LLAMA_ARG_MMPROJ" in os.environ:
    params.mmproj.path = os.environ["LLAMA_ARG_MMPROJ"]
params.model_alias = {os.environ["LLAMA_ARG_ALIAS"]}
params.hostnames = [os.environ["LLAMA_ARG_HOST"]]
params.port = int(os.environ["LLAMA_ARG_PORT"])
params.api_keys = [os.environ["LLAMA_API_KEY"]]
params.n_ctx = int(os.environ["LLAMA_ARG_CTX_SIZE"])
params.n_parallel = int(os.environ["LLAMA_ARG_N_PARALLEL"])
params.cpuparams.n_threads = params.cpuparams_batch.n_threads = int(os.environ["LLAMA_ARG_THREADS"])
params.cache_ram_mib = int(os.environ["LLAMA_ARG_CACHE_RAM"])
params.cache_idle_slots = False
params.slot_save_path = sys.argv[3]
params.warmup = False
params.ui = False
try:
    server = xllamacpp.Server(params)
except RuntimeError as e:
    sys.exit(str(e))
while True:
    time.sleep(3600)
