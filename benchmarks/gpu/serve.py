"""A minimal OpenAI-compatible server for a vision-language model with random weights.

    python3 serve.py PORT [full|tiny] [BATCH]

The model's class and sizes are those of Qwen2.5-VL-3B (full), so that prefill, image encoder, KV cache and decoding have
realistic costs; its output is meaningless. Waiting requests form one batch, which is decoded in lockstep; replies can be
streamed. Needs torch, transformers and pillow; no weights, no network.
"""
import base64
import inspect
import io
import json
import queue
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import torch
from PIL import Image
from transformers import Qwen2_5_VLConfig, Qwen2_5_VLForConditionalGeneration, StoppingCriteria, StoppingCriteriaList
from transformers.models.qwen2_vl.image_processing_qwen2_vl import Qwen2VLImageProcessor

IMAGE, START, END, FIRST = 151655, 151652, 151653, 1000
SIZES = {
    "full": {
        "text": dict(hidden_size=2048, intermediate_size=11008, num_hidden_layers=36, num_attention_heads=16, num_key_value_heads=2),
        "vision": dict(depth=32, hidden_size=1280, intermediate_size=3420, num_heads=16, out_hidden_size=2048),
        "section": [16, 24, 24],
    },
    "tiny": {
        "text": dict(hidden_size=128, intermediate_size=256, num_hidden_layers=2, num_attention_heads=2, num_key_value_heads=1),
        "vision": dict(depth=2, hidden_size=64, intermediate_size=128, num_heads=2, out_hidden_size=128, fullatt_block_indexes=[1]),
        "section": [8, 12, 12],
    },
}


def build(size, device):
    rope = {"type": "mrope", "rope_type": "default", "mrope_section": SIZES[size]["section"], "rope_theta": 1000000.0}
    config = Qwen2_5_VLConfig(
        text_config=dict(vocab_size=151936, tie_word_embeddings=True, max_position_embeddings=32768, rope_theta=1000000.0,
                         rope_scaling=rope, rms_norm_eps=1e-6, **SIZES[size]["text"]),
        vision_config=dict(patch_size=14, spatial_merge_size=2, temporal_patch_size=2, window_size=112, **SIZES[size]["vision"]),
        image_token_id=IMAGE, vision_start_token_id=START, vision_end_token_id=END, tie_word_embeddings=True)
    torch.manual_seed(0)
    torch.set_default_dtype(torch.bfloat16 if device == "cuda" else torch.float32)
    with torch.device(device):
        model = Qwen2_5_VLForConditionalGeneration(config)
    model.generation_config.eos_token_id = None
    model.generation_config.pad_token_id = 0
    return model.eval()


class Request:
    """A request, and the queue for the pieces of its reply; None marks the end."""

    def __init__(self, body):
        self.limit = max(1, int(body.get("max_tokens", body.get("max_completion_tokens", 64))))
        self.images, words = [], 0
        for message in body["messages"]:
            content = message["content"]
            for part in [{"type": "text", "text": content}] if isinstance(content, str) else content:
                if part["type"] == "image_url":
                    data = part["image_url"]["url"].split(",", 1)[1]
                    self.images.append(Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB"))
                else:
                    words += len(part["text"].split())
        self.ids = [FIRST + i % 5000 for i in range(words + 4)]
        self.pieces = queue.Queue()
        self.pixels = self.grid = None
        self.image_tokens = 0

    def prepare(self, processor):
        """Encodes the images on the connection's own thread, so that no batch waits for it."""
        if self.images:
            features = processor(images=self.images, return_tensors="pt")
            self.pixels, self.grid = features["pixel_values"], features["image_grid_thw"]
            ids = []
            for t, h, w in self.grid.tolist():
                n = t * h * w // processor.merge_size ** 2
                ids += [START] + [IMAGE] * n + [END]
                self.image_tokens += n + 2
            self.ids = ids + self.ids


class Told(StoppingCriteria):
    """Puts every new token into the queue of its request."""

    def __init__(self, batch):
        self.batch, self.made = batch, 0

    def __call__(self, input_ids, scores, **kwargs):
        self.made += 1
        for request, token in zip(self.batch, input_ids[:, -1].tolist()):
            if self.made <= request.limit:
                request.pieces.put(f"t{token} ")
            if self.made == request.limit:
                request.pieces.put(None)
        done = self.made >= max(r.limit for r in self.batch)
        return torch.full((input_ids.shape[0],), done, dtype=torch.bool, device=input_ids.device)


def work(model, waiting, most):
    while True:
        batch = [waiting.get()]
        time.sleep(0.005)
        while len(batch) < most and not waiting.empty():
            batch.append(waiting.get())
        try:
            decode(model, batch)
        except Exception as problem:  # every request gets the error; the server continues
            print("failed:", repr(problem), file=sys.stderr, flush=True)
            for request in batch:
                request.pieces.put(problem)


@torch.inference_mode()
def decode(model, batch):
    longest = max(len(r.ids) for r in batch)
    ids = torch.tensor([[0] * (longest - len(r.ids)) + r.ids for r in batch])
    mask = torch.tensor([[0] * (longest - len(r.ids)) + [1] * len(r.ids) for r in batch])
    seen = [r for r in batch if r.pixels is not None]
    given = dict(input_ids=ids, attention_mask=mask)
    if "mm_token_type_ids" in inspect.signature(model.forward).parameters:  # newer versions of transformers
        given["mm_token_type_ids"] = (ids == IMAGE).int()
    if seen:
        given["pixel_values"] = torch.cat([r.pixels for r in seen]).to(model.dtype)
        given["image_grid_thw"] = torch.cat([r.grid for r in seen])
    given = {name: value.to(model.device) for name, value in given.items()}
    steps = max(r.limit for r in batch)
    model.generate(**given, max_new_tokens=steps, min_new_tokens=steps, do_sample=False,
                   stopping_criteria=StoppingCriteriaList([Told(batch)]))


def handler(waiting, processor, name):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *args):
            pass

        def whole(self, status, value):
            body = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self):
            if self.path == "/v1/models":
                self.whole(200, {"object": "list", "data": [{"id": name, "object": "model", "max_model_len": 32768}]})
            elif self.path == "/health":
                self.whole(200, {"status": "ok"})
            else:
                self.whole(404, {"error": {"message": "not found"}})

        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if self.path != "/v1/chat/completions":
                return self.whole(404, {"error": {"message": "only /v1/chat/completions is served"}})
            request = Request(body)
            request.prepare(processor)
            waiting.put(request)
            try:
                self.reply(request, body.get("stream"))
            except ConnectionError:
                self.close_connection = True  # the client has disconnected; the batch continues

        def reply(self, request, stream):
            if stream:
                self.send_response(200)
                self.send_header("Content-Type", "text/event-stream")
                self.send_header("Transfer-Encoding", "chunked")
                self.end_headers()
            text, problem = [], None
            while (piece := request.pieces.get()) is not None:
                if isinstance(piece, Exception):
                    problem = piece
                    break
                text.append(piece)
                if stream:
                    self.event({"choices": [{"index": 0, "delta": {"content": piece}}]})
            usage = {"prompt_tokens": len(request.ids), "completion_tokens": len(text),
                     "prompt_tokens_details": {"image_tokens": request.image_tokens}}
            if stream:
                if problem:
                    self.event({"error": {"message": repr(problem)}})
                else:
                    self.event({"choices": [{"index": 0, "delta": {}, "finish_reason": "length"}], "usage": usage})
                    self.chunk(b"data: [DONE]\n\n")
                self.chunk(b"")
            elif problem:
                self.whole(500, {"error": {"message": repr(problem)}})
            else:
                self.whole(200, {"choices": [{"index": 0, "message": {"role": "assistant", "content": "".join(text)},
                                              "finish_reason": "length"}], "usage": usage})

        def event(self, value):
            self.chunk(b"data: " + json.dumps(value).encode() + b"\n\n")

        def chunk(self, data):
            self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
            self.wfile.flush()

    return Handler


class Server(ThreadingHTTPServer):
    request_queue_size = 4096
    daemon_threads = True


def main():
    port, size = int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "full"
    most = int(sys.argv[3]) if len(sys.argv) > 3 else 32
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model = build(size, device)
    parameters = sum(p.numel() for p in model.parameters())
    name = f"qwen2.5-vl-3b-{size}-random-weights"
    waiting = queue.Queue()
    threading.Thread(target=work, args=(model, waiting, most), daemon=True).start()
    processor = Qwen2VLImageProcessor(max_pixels=1280 * 28 * 28)
    print(f"{name}: {parameters / 1e9:.2f} billion parameters on {device}, {model.dtype}, batches of {most}", flush=True)
    Server(("127.0.0.1", port), handler(waiting, processor, name)).serve_forever()


main()
