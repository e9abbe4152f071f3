"""Runs EngineBenchmark's load through AsyncOpenAI of the openai package, as scripts use it.

async_openai.py URL IN_FLIGHT SECONDS WARM_UP prints requests/s, microseconds of CPU per request, 0, failures.
"""
import asyncio
import base64
import os
import random
import resource
import sys
import time

import httpx2 as httpx
from openai import AsyncOpenAI

url, in_flight, seconds, warm_up = sys.argv[1], *map(int, sys.argv[2:5])
image = base64.b64encode(random.Random(1).randbytes(150_000)).decode()
done = failed = 0


async def loop(client):
    global done, failed
    while True:
        try:
            await client.chat.completions.create(
                model="m",
                temperature=0,
                max_tokens=1024,
                messages=[{"role": "user", "content": [
                    {"type": "image_url", "image_url": {"url": "data:image/png;base64," + image}},
                    {"type": "text", "text": "Describe the image in detail."}]}])
            done += 1
        except Exception:
            failed += 1


def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


async def main():
    limits = httpx.Limits(max_connections=in_flight, max_keepalive_connections=in_flight)
    http = httpx.AsyncClient(limits=limits, timeout=60)
    client = AsyncOpenAI(base_url=url, api_key="none", max_retries=0, http_client=http)
    tasks = [asyncio.create_task(loop(client)) for _ in range(in_flight)]
    await asyncio.sleep(warm_up)
    before, start, used = done, time.monotonic(), cpu()
    await asyncio.sleep(seconds)
    window, requests = time.monotonic() - start, done - before
    print(f"{requests / window:.3f} {(cpu() - used) * 1e6 / max(requests, 1):.3f} 0 {failed}", flush=True)
    os._exit(0)


asyncio.run(main())
