#!/usr/bin/env python3
"""Write a tiny vision-language GGUF pair of the Qwen2.5-VL class, with random weights.

    python make.py [FOLDER]        (FOLDER: the current folder if left out)

writes FOLDER/model.gguf   the text model:  architecture "qwen2vl"
       FOLDER/mmproj.gguf  the vision part: architecture "clip", "qwen2.5vl_merger"

Requirements: none (Python 3.8 or newer, standard library only).

The files are a test fixture. llama.cpp's server loads them like a real
Qwen2.5-VL (CapRL-3B, for one): the image is cut into 14-pixel patches, 2x2
patches become one token, the tokens enter the text model with M-RoPE positions,
and the answer comes back as words. The weights mean nothing, so the words do
not describe the image; but a picture, a prompt and temperature 0 give the same
words each time on the same build. The output layer is zero for every token but
the words in WORDS, so an answer is plain ASCII and hardly ever ends on its own
(the end-of-turn token scores 0 where the best word scores above 0): give
max_tokens.

The bytes are the same on each run: every tensor draws from random.Random with
a seed made of SEED and the tensor's name, and random() is reproducible across
Python versions.
"""

import math
import random
import struct
import sys
from pathlib import Path

SEED = 20261127

# Text model. The head size is 64, as GPU attention kernels like it.
EMBD, LAYERS, HEADS, KV_HEADS, FF = 128, 2, 2, 1, 128
CONTEXT = 32768
# Vision model: 14-pixel patches, 2x2 patches to a token (fixed by the architecture).
V_EMBD, V_LAYERS, V_HEADS, V_FF, PATCH, MERGE = 64, 2, 2, 128, 14, 2

SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|vision_start|>",
           "<|vision_end|>", "<|vision_pad|>", "<|image_pad|>", "<|video_pad|>"]

WORDS = """a an the and of in on with near under over behind beside photo picture
image view red green blue white black yellow grey brown small large round old
bright dark cat dog bird horse tree flower river hill sea sky cloud sun moon road
house door window table chair book cup lamp boat train car child woman man hand
stone grass snow rain sits stands runs shows holds""".split()

CHAT_TEMPLATE = (
    "{%- for message in messages -%}"
    "{{- '<|im_start|>' + message.role + '\\n' -}}"
    "{%- if message.content is string -%}"
    "{{- message.content -}}"
    "{%- else -%}"
    "{%- for part in message.content -%}"
    "{%- if part.type == 'image' or part.type == 'image_url' -%}"
    "{{- '<|vision_start|><|image_pad|><|vision_end|>' -}}"
    "{%- elif part.text is defined -%}"
    "{{- part.text -}}"
    "{%- endif -%}"
    "{%- endfor -%}"
    "{%- endif -%}"
    "{{- '<|im_end|>\\n' -}}"
    "{%- endfor -%}"
    "{%- if add_generation_prompt -%}"
    "{{- '<|im_start|>assistant\\n' -}}"
    "{%- endif -%}"
)

# --- GGUF version 3, little-endian -------------------------------------------

U32, I32, F32, BOOL, STR, ARR = 4, 5, 6, 7, 8, 9      # metadata value types
T_F32, T_F16 = 0, 1                                   # tensor types
ALIGN = 32
PACK = {U32: "<I", I32: "<i", F32: "<f", BOOL: "<?"}


def gguf_string(text):
    raw = text.encode("utf-8")
    return struct.pack("<Q", len(raw)) + raw


def gguf_scalar(kind, value):
    return gguf_string(value) if kind == STR else struct.pack(PACK[kind], value)


def gguf_pair(key, kind, value):
    """One metadata entry; kind is a type, or (ARR, type of the items)."""
    if isinstance(kind, tuple):
        head = struct.pack("<IIQ", ARR, kind[1], len(value))
        return gguf_string(key) + head + b"".join(gguf_scalar(kind[1], v) for v in value)
    return gguf_string(key) + struct.pack("<I", kind) + gguf_scalar(kind, value)


def padded(raw):
    return raw + b"\0" * (-len(raw) % ALIGN)


def write_gguf(path, metadata, tensors):
    """metadata: (key, kind, value); tensors: (name, dims, type, bytes), where
    dims has the fastest-running dimension first, as ggml has it."""
    infos, blobs, offset = [], [], 0
    for name, dims, kind, raw in tensors:
        infos.append(gguf_string(name) + struct.pack("<I", len(dims))
                     + b"".join(struct.pack("<Q", d) for d in dims)
                     + struct.pack("<IQ", kind, offset))
        blobs.append(padded(raw))
        offset += len(blobs[-1])
    head = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(metadata))
    head += b"".join(gguf_pair(*entry) for entry in metadata) + b"".join(infos)
    Path(path).write_bytes(padded(head) + b"".join(blobs))


# --- weights -----------------------------------------------------------------

def draw(name, count, scale):
    source = random.Random("%d/%s" % (SEED, name)).random
    return [(2.0 * source() - 1.0) * scale for _ in range(count)]


def matrix(name, n_in, n_out, gain=1.0, keep_rows=None):
    """A float16 matrix whose outputs have about `gain` times the inputs' size.
    Rows not in keep_rows (where given) are zero."""
    values = draw(name, n_in * n_out, gain * math.sqrt(3.0 / n_in))
    if keep_rows is not None:
        for row in range(n_out):
            if row not in keep_rows:
                values[row * n_in:(row + 1) * n_in] = [0.0] * n_in
    return name, (n_in, n_out), T_F16, struct.pack("<%de" % len(values), *values)


def vector(name, size, centre=0.0, scale=0.1):
    values = [centre + v for v in draw(name, size, scale)]
    return name, (size,), T_F32, struct.pack("<%df" % size, *values)


def linear(name, n_in, n_out, gain=1.0):
    return [matrix(name + ".weight", n_in, n_out, gain), vector(name + ".bias", n_out)]


# --- vocabulary: 256 bytes, then words built up by merges, then special tokens ---

def byte_letters():
    """The printable character that stands for each byte in a byte-level BPE:
    itself where it is visible, else the next one from U+0100 on."""
    visible = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    letters, spare = {}, 0x100
    for byte in range(256):
        if byte in visible:
            letters[byte] = chr(byte)
        else:
            letters[byte] = chr(spare)
            spare += 1
    return letters


def vocabulary():
    letters = byte_letters()
    tokens = [letters[b] for b in range(256)]
    merges, known = [], set(tokens)
    answers = set()
    for word in WORDS:
        word = letters[0x20] + word
        for end in range(2, len(word) + 1):
            piece = word[:end]
            if piece not in known:
                known.add(piece)
                tokens.append(piece)
                merges.append(word[:end - 1] + " " + word[end - 1])
    for word in WORDS:
        answers.add(tokens.index(letters[0x20] + word))
    types = [1] * len(tokens) + [3] * len(SPECIAL)      # normal, control
    return tokens + SPECIAL, types, merges, answers


# --- the two files -----------------------------------------------------------

def text_model():
    tokens, types, merges, answers = vocabulary()
    head = EMBD // HEADS
    a = "qwen2vl."
    metadata = [
        ("general.architecture", STR, "qwen2vl"),
        ("general.type", STR, "model"),
        ("general.name", STR, "Tiny random Qwen2.5-VL"),
        ("general.file_type", U32, 1),                   # mostly float16
        ("general.quantization_version", U32, 2),
        (a + "block_count", U32, LAYERS),
        (a + "context_length", U32, CONTEXT),
        (a + "embedding_length", U32, EMBD),
        (a + "feed_forward_length", U32, FF),
        (a + "attention.head_count", U32, HEADS),
        (a + "attention.head_count_kv", U32, KV_HEADS),
        (a + "attention.layer_norm_rms_epsilon", F32, 1e-6),
        (a + "rope.freq_base", F32, 1e6),
        # time, height, width, none; together half a head (Qwen2.5-VL: 16, 24, 24, 0)
        (a + "rope.dimension_sections", (ARR, I32),
         [head // 8, head * 3 // 16, head * 3 // 16, 0]),
        ("tokenizer.ggml.model", STR, "gpt2"),
        ("tokenizer.ggml.pre", STR, "qwen2"),
        ("tokenizer.ggml.tokens", (ARR, STR), tokens),
        ("tokenizer.ggml.token_type", (ARR, I32), types),
        ("tokenizer.ggml.merges", (ARR, STR), merges),
        ("tokenizer.ggml.eos_token_id", U32, tokens.index("<|im_end|>")),
        ("tokenizer.ggml.padding_token_id", U32, tokens.index("<|endoftext|>")),
        ("tokenizer.ggml.bos_token_id", U32, tokens.index("<|endoftext|>")),
        ("tokenizer.ggml.add_bos_token", BOOL, False),
        ("tokenizer.chat_template", STR, CHAT_TEMPLATE),
    ]
    tensors = [
        matrix("token_embd.weight", EMBD, len(tokens), EMBD ** 0.5),  # entries of size 1
        vector("output_norm.weight", EMBD, 1.0),
        matrix("output.weight", EMBD, len(tokens), 3.0, keep_rows=answers),
    ]
    for i in range(LAYERS):
        b = "blk.%d." % i
        tensors += [
            vector(b + "attn_norm.weight", EMBD, 1.0),
            *linear(b + "attn_q", EMBD, head * HEADS, 1.5),
            *linear(b + "attn_k", EMBD, head * KV_HEADS, 1.5),
            *linear(b + "attn_v", EMBD, head * KV_HEADS, 2.0),
            matrix(b + "attn_output.weight", head * HEADS, EMBD, 2.0),
            vector(b + "ffn_norm.weight", EMBD, 1.0),
            matrix(b + "ffn_gate.weight", EMBD, FF),
            matrix(b + "ffn_up.weight", EMBD, FF),
            matrix(b + "ffn_down.weight", FF, EMBD),
        ]
    return metadata, tensors


def vision_model():
    v = "clip.vision."
    metadata = [
        ("general.architecture", STR, "clip"),
        ("general.type", STR, "mmproj"),
        ("general.name", STR, "Tiny random Qwen2.5-VL"),
        ("general.file_type", U32, 1),
        ("general.quantization_version", U32, 2),
        ("clip.has_vision_encoder", BOOL, True),
        ("clip.projector_type", STR, "qwen2.5vl_merger"),
        ("clip.use_silu", BOOL, True),
        (v + "image_size", U32, 560),
        (v + "patch_size", U32, PATCH),
        (v + "spatial_merge_size", U32, MERGE),
        (v + "embedding_length", U32, V_EMBD),
        (v + "feed_forward_length", U32, V_FF),
        (v + "projection_dim", U32, EMBD),
        (v + "block_count", U32, V_LAYERS),
        (v + "attention.head_count", U32, V_HEADS),
        (v + "attention.layer_norm_epsilon", F32, 1e-6),
        (v + "image_mean", (ARR, F32), [0.48145466, 0.4578275, 0.40821073]),
        (v + "image_std", (ARR, F32), [0.26862954, 0.26130258, 0.27577711]),
        (v + "n_wa_pattern", U32, 2),       # every second layer sees the whole image
        (v + "window_size", U32, 112),      # pixels; the others see a window
    ]
    tensors = []
    for name in ("v.patch_embd.weight", "v.patch_embd.weight.1"):   # the two frames
        _, _, kind, raw = matrix(name, PATCH * PATCH * 3, V_EMBD)
        tensors.append((name, (PATCH, PATCH, 3, V_EMBD), kind, raw))
    for i in range(V_LAYERS):
        b = "v.blk.%d." % i
        tensors += [
            vector(b + "ln1.weight", V_EMBD, 1.0),
            *linear(b + "attn_q", V_EMBD, V_EMBD),
            *linear(b + "attn_k", V_EMBD, V_EMBD),
            *linear(b + "attn_v", V_EMBD, V_EMBD),
            *linear(b + "attn_out", V_EMBD, V_EMBD),
            vector(b + "ln2.weight", V_EMBD, 1.0),
            *linear(b + "ffn_gate", V_EMBD, V_FF),
            *linear(b + "ffn_up", V_EMBD, V_FF),
            *linear(b + "ffn_down", V_FF, V_EMBD),
        ]
    merged = V_EMBD * MERGE * MERGE
    tensors += [
        vector("v.post_ln.weight", V_EMBD, 1.0),
        *linear("mm.0", merged, merged),
        *linear("mm.2", merged, EMBD, 2.0),
    ]
    return metadata, tensors


def main():
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    folder.mkdir(parents=True, exist_ok=True)
    for name, parts in (("model.gguf", text_model()), ("mmproj.gguf", vision_model())):
        write_gguf(folder / name, *parts)
        print(folder / name, (folder / name).stat().st_size)


if __name__ == "__main__":
    main()
