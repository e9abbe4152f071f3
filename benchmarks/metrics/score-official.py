#!/usr/bin/env python3
r"""Makes random pairs of gold and answer that are near the rules' edges, and scores each of them
with the benchmark's own scorer. Writes JSON Lines that `refract metrics check -` reads.

    python3.11 -m venv v && v/bin/pip install numpy pandas anls==0.0.2 Levenshtein math-verify==0.8.0
    v/bin/python score-official.py --sources DIR --metric anls.vlmevalkit | refract metrics check -

DIR holds checkouts of VLMEvalKit, lmms-eval, ChartQAPro, MMMU and MathVista. Their functions are
taken out of those files while this script runs; nothing of them is copied here. The same seed
gives the same rows, whatever the number of processes.
"""
import argparse
import ast
import collections
import functools
import hashlib
import importlib.metadata
import json
import logging
import math
import multiprocessing
import os
import random
import string
import subprocess
import sys
import types
import unicodedata
import warnings

BATCH = 1000  # rows of one task of a worker, and of one data frame


# ---------------------------------------------------------------- the official functions

SOURCES = "."
LOADED = []  # one text for each function or constant that was taken
# The modules that official files may import; anything else must be given.
MODULES = {"re", "ast", "math", "random", "typing", "collections", "numpy", "pandas", "anls", "Levenshtein",
           "logging", "json"}


class Skip(Exception):
    """The official scorer has no definite score for a row."""


def official(path, names, **given):
    """The named functions and constants of a file below SOURCES, in a namespace of their own.

    given: what their file imports from elsewhere, or what has to be replaced
    """
    file = os.path.join(SOURCES, path)
    with open(file, encoding="utf-8") as f:
        tree = ast.parse(f.read(), file)
    space = {"__name__": "official", **given}
    found = set()
    for node in tree.body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            module = node.names[0].name if isinstance(node, ast.Import) else node.module or ""
            bound = {alias.asname or alias.name.split(".")[0] for alias in node.names}
            if module.split(".")[0] not in MODULES or bound & given.keys():
                continue
        elif isinstance(node, ast.FunctionDef) and node.name in names:
            found.add(node.name)
            LOADED.append(f"{path}:{node.lineno} {node.name}")
        elif isinstance(node, ast.Assign) and {t.id for t in node.targets if isinstance(t, ast.Name)} & set(names):
            found |= {t.id for t in node.targets}
        else:
            continue
        exec(compile(ast.Module([node], []), file, "exec"), space)
    if missing := set(names) - found:
        raise SystemExit(f"{file}: {', '.join(sorted(missing))} not found")
    return types.SimpleNamespace(**space)


def version(path):
    """The git commit of a file below SOURCES if known, and the start of its SHA-256 in any case."""
    file = os.path.join(SOURCES, path)
    with open(file, "rb") as f:
        digest = hashlib.sha256(f.read()).hexdigest()[:12]
    git = subprocess.run(["git", "-C", os.path.dirname(file) or ".", "log", "-1", "--format=%H"],
                         capture_output=True, text=True)
    return f"commit {git.stdout.strip() or 'unknown'}, sha256 {digest}"


class Table(list):
    """As much of a data frame as `data.iloc[i]` needs."""

    @property
    def iloc(self):
        return self


def vqa_eval():
    misc = official("VLMEvalKit/vlmeval/smp/misc.py", ["process_punctuation", "istype", "listinstr"])
    return official("VLMEvalKit/vlmeval/dataset/utils/vqa_eval.py",
                    ["_process_digit_article", "hit_calculate", "relaxed_correctness", "levenshtein_distance",
                     "anls_compute", "process_answer", "process_line"],
                    istype=misc.istype, listinstr=misc.listinstr, process_punctuation=misc.process_punctuation)


def vlmevalkit(method, dataset):
    """process_line and hit_calculate; the golds are the text of a list, as in a TSV file."""
    module = vqa_eval()
    module.process_line.__globals__["process_answer"] = functools.lru_cache(100_000)(module.process_answer)

    def score(row):
        line = {"answer": repr(row["gold"]), "prediction": row["pred"]}
        return module.hit_calculate([module.process_line(line, method)], dataset)[0]
    return score


def relaxed_lmms():
    module = official("lmms-eval/lmms_eval/tasks/chartqa/utils.py", ["relaxed_correctness"])
    return lambda row: max(float(module.relaxed_correctness(row["pred"], gold)) for gold in row["gold"])


def anls_lmms():
    module = official("lmms-eval/lmms_eval/api/metrics.py", ["levenshtein_distance", "anls"],
                      register_metric=lambda **_: lambda function: function)
    return lambda row: module.anls(row["gold"], [row["pred"]])["anls"]


def contains():
    state = {}
    module = official("VLMEvalKit/vlmeval/dataset/utils/ocrbench.py", ["OCRBench_eval"],
                      load=lambda _: state["table"], dump=lambda scores, _: state.update(scores=scores),
                      tqdm=lambda rows: rows, get_intermediate_file_path=lambda *_: "",
                      logger=types.SimpleNamespace(info=lambda _: None))

    def score(row):
        state["table"] = Table([{"prediction": row["pred"], "answer": repr(row["gold"]),
                                 "category": row["attributes"]["question_type"]}])
        module.OCRBench_eval("")
        return state["scores"]["Final Score"]
    return score


def unstable(value):
    """Whether the text of a value depends on the run: that of a set of texts does."""
    if isinstance(value, (set, frozenset)):
        return len(value) > 1 and not all(type(v) in (int, bool) for v in value)
    if isinstance(value, dict):
        return any(unstable(v) for pair in value.items() for v in pair)
    return isinstance(value, (list, tuple)) and any(map(unstable, value))


def chartqapro():
    def literal_eval(text):
        value = ast.literal_eval(text)
        if "{" in text and unstable(value):
            raise GeneratorExit  # passes the script's `except Exception`
        return value

    module = official("ChartQAPro/evaluate_predictions.py",
                      ["fix_list_format", "parse_to_list", "to_float", "evaluate_single_answer",
                       "relaxed_correctness_chartqapro", "evaluate_predictions_chartqapro"],
                      ast=types.SimpleNamespace(literal_eval=literal_eval))

    def score(row):
        attributes = row["attributes"]
        try:
            return module.evaluate_predictions_chartqapro([
                {"Answer": row["gold"], "prediction": row["pred"], "Year": attributes["year"].split(","),
                 "Question Type": attributes["question_type"]}])["Overall"]
        except GeneratorExit:
            raise Skip("set in arbitrary order") from None
    return score


def mmmu():
    module = official("MMMU/mmmu/utils/eval_utils.py",
                      ["parse_multi_choice_response", "check_is_number", "normalize_str", "extract_numbers",
                       "parse_open_response", "eval_multi_choice", "eval_open"],
                      random=types.SimpleNamespace(choice=lambda _: None))

    def score(row):
        golds = row["gold"][0] if len(row["gold"]) == 1 else row["gold"]
        if "choices" not in row:
            return module.eval_open(golds, module.parse_open_response(row["pred"]))
        letters = list(string.ascii_uppercase[:len(row["choices"])])
        found = module.parse_multi_choice_response(row["pred"], letters, dict(zip(letters, row["choices"])))
        return module.eval_multi_choice(golds, found)
    return score


def mmmu_pro():
    module = official("MMMU/mmmu-pro/evaluate.py", ["parse_multi_choice_response", "eval_multi_choice"],
                      random=types.SimpleNamespace(choice=lambda _: None))

    def score(row):
        letters = list(string.ascii_uppercase[:len(row["choices"])])
        found = module.parse_multi_choice_response(row["pred"], letters, dict(zip(letters, row["choices"])))
        return module.eval_multi_choice(row["gold"], found)
    return score


def mathvista():
    class Echo:
        """Stands for the model that extracts an answer: gives the reply back."""

        def get_response(self, user_prompt):
            return self.reply

    model = Echo()
    extract = official("MathVista/evaluation/extract_answer.py", ["create_test_prompt", "extract_answer"],
                       demo_prompt="", logging=types.SimpleNamespace(info=lambda _: None))
    module = official("MathVista/evaluation/calculate_score.py",
                      ["get_most_similar", "normalize_extracted_answer", "safe_equal"])

    def score(row):
        attributes, choices = row["attributes"], row.get("choices")
        model.reply = row["pred"]
        extraction = extract.extract_answer(
            model, row["pred"], {**attributes, "choices": choices, "query": "", "pid": ""}, True)
        precision = float(attributes["precision"]) if "precision" in attributes else None
        normal = module.normalize_extracted_answer(
            extraction, choices, attributes["question_type"], attributes["answer_type"], precision)
        gold = row["gold"][0] if choices is None else choices[ord(row["gold"][0]) - ord("A")]
        return module.safe_equal(normal, gold)
    return score


def visulogic():
    module = official("VLMEvalKit/vlmeval/dataset/utils/visulogic.py",
                      ["Option_list", "extract_last_boxed_content", "extract_lang_content", "extract_answer"])
    return lambda row: module.extract_answer(row["pred"])[0] == row["gold"][0]


def wemath():
    """Scores a whole batch of rows, as the official function takes a data frame."""
    import pandas
    state = {}
    module = official("VLMEvalKit/vlmeval/dataset/utils/wemath.py", ["load_and_process_data"],
                      load=lambda _: state["frame"])

    def scores(rows):
        state["frame"] = pandas.DataFrame({"prediction": [row["pred"] for row in rows],
                                           "answer": [row["gold"][0] for row in rows]}, dtype=object)
        return module.load_and_process_data("")["joker"].tolist()
    scores.batch = True
    return scores


def math_verify():
    logging.disable(logging.CRITICAL)
    import math_verify as library
    config = [library.LatexExtractionConfig()]
    LOADED.append(f"math_verify {importlib.metadata.version('math-verify')} parse, verify")

    def read(text):
        return library.parse(f"${text}$", extraction_mode="first_match", extraction_config=config)

    def score(row):
        """CapRL's use of it: a gold that cannot be read is right for any answer."""
        answer, gold = row["pred"], read(row["gold"][0])
        if not gold:
            return 1
        try:
            return max(float(library.verify(answer, gold)), float(library.verify(read(answer), gold)))
        except Exception:
            return 0
    return score


# ---------------------------------------------------------------- texts

BLANKS = [*" \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0", "\r\n", *"\u1680\u2000\u2003\u2007\u2009\u2028\u2029\u202f"
          "\u205f\u3000", *"\ufeff\u200b\u180e\u2060\x00\x7f\x1b"]
WORDS = """Yes|No|yes|no|U.S.|US|USA|U.K.|United States|United Kingdom|South Korea|North America|Côte d'Ivoire|Germany
Blue|blue|Light blue|Dark Green|red|Orange line|Male|Women|Other/unknown|Don't know|Women's rights|Very/Somewhat good
12 March 2014|March 12, 2014|12/03/2014|2014-03-12|Jan|January|Q1 2015|FY'19|2010-2015|1990s|10:30 a.m.|3rd|Monday
Dr. John Smith|R.J. Reynolds|J. K. Rowling|Itc Limited|Coca-Cola|AT&T|Procter & Gamble|paul@example.com|www.example.org
(212) 555-0100|P.O. Box 12|Page 3 of 10|No. 5|Figure 2(a)|Table 1|n/a|N/A|None|none|Nan|Infinity|TRUE|0-4 years|65+
18-29|$1.5 billion|5 million|25 percent|approx. 10|10 %|100%|half|Both|All of the above|the dog|a cat|an apple|two dogs
cm|km/h|°C|µg|H2O|x|A|B|b|a|the|increase|decreasing|Increase then decrease|Philip Morris International|Total revenue
Finetune Two Layers|GPT-4|B27|Other|Unknown|Employment|Trust in the media|Ages 18 to 29|Asia, Africa|salt and pepper""" \
    .replace("\n", "|").split("|")
TRAPS = ["İ", "ı", "I", "i̇", "ß", "ẞ", "ss", "SS", "Σ", "σ", "ς", "ΑΣ", "ΑΣ.", "ΑΣ\u0301", "ΑΣ'", "ΑΣ:Α", "ΑΣ'Α", "ΑΣ’ ",
         "ΣΑ", ".Σ", "Α.Σ", "ΑΣ\u00ad", "ΑΣ\u200d", "ΑΣʰ", "ΑΣͅ", "Α\u0301Σ", "aΣ1", "ΟΔΟΣ", "οδος", "οδοσ", "Å", "Å", "å",
         "A\u030a", "é", "e\u0301", "É", "ﬁ", "fi", "FI", "ﬃ", "ŉ", "ʼN", "ΐ", "ᾳ", "ᾼ", "ΑΙ", "Ა", "ა", "Ꭰ", "ꭰ", "Ᏸ", "ᏸ",
         "K", "k", "Ω", "Ǆ", "ǅ", "ǆ", "ſ", "ʰ", "ª", "º", "Ⅳ", "ⅳ", "Ⓐ", "ⓐ", "𐐀", "𐐨", "𝐀", "😀", "👍🏽", "½", "²", "①", "Ⅴ",
         "〇", "五", "‿", "_", "\u0301", "\u200d", "\u00ad", "’", "‘", "“", "”", "'", '"', "·", "…", "–", "—", "−", "％", "﹪", "٪",
         "，", "．", "。", "、", "€", "£", "¥", "№", "中国", "日本", "北京市", "한국", "Россия", "РОССИЯ", "ไทย", "हिन्दी", "العربية", "ÿ", "Ÿ",
         "µ", "μ", "Θ", "ϴ", "ẖ", "ǰ", "Ⱥ", "ⱥ", "\u0345", "\u03f4", "ꞏ", "Ჿ", "𞤀", "𞤢"]
NEWER = ["\U00010d50", "\ua7cb", "\ua7dc", "\u1c89", "\U000113c0", "\U0001fae9"]  # not in Python 3.11's Unicode
FLOATS = """1_000|1__0|_1|1_|1_.5|1._5|1_0.5_0|009|007|00|0|-0|0.0|.5|5.|.|-|+|-.5|+.5|5.0.0|1e3|1E3|1e|e3|1e+3|1e-3|1e03|1_0e1_0
1e1.5|.e1|5.e1|inf|-inf|+inf|INF|infinity|Infinity|-Infinity|INFINITY|infinit|in f|nan|NaN|-nan|+nan|nan%|inf%|++5|+-5|- 5|+ 5
-5|+5|−5|–5|５|１２.５|１２．５|٥|٣٫٥|٣.٥|५|𝟓|𝟏𝟐|5²|²|½|Ⅴ|五|①|0x10|0b1|0o7|1e400|-1e400|1e-400|5e-324|4.9e-324|1.7976931348623157e308|1e308
1,000|1,000,000|1.000,5|1,00|1d|1f|1.0f|5D|1L|5l|0x1p3|1e5f|5.5.5|%|%%|5%%|5 %|% 5|%5|5%\n|5\t%|5％|100%|0%|0.05%|$5|5$|USD 5
1e22|1e23|123456789012345678901234567890|0.1|0.30000000000000004|9007199254740993|2.675|1.005|0.5|1.5|2.5|1 000|1'000|5 5|(5)
None|True|NAN%|1e3%|1_0%|.%|-%|1.%|5\x00|\x005|5% %|5 % %|%5%|% 5 %|0e0|0e999|0_0|0__0|00.50|5e0|5E+00|50e-1|0.5e1""" \
    .replace("\n", "|").replace("\\n", "\n").replace("\\t", "\t").replace("\\x00", "\x00").split("|")
DIGITS = ["０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "𝟘𝟙𝟚𝟛𝟜𝟝𝟞𝟟𝟠𝟡", "᠐᠑᠒᠓᠔᠕᠖᠗᠘᠙"]
LETTERS = string.ascii_letters + string.digits + " .,%$-'"
BEYOND = False  # whether to use NEWER and SURROGATES


def pick(r, items):
    """As random.choice, but faster."""
    return items[int(r.random() * len(items))]


def blank(r):
    return pick(r, BLANKS) if r.random() < 0.5 else pick(r, BLANKS[:12])


def trap(r):
    if BEYOND and r.random() < 0.02:
        return pick(r, NEWER)
    return pick(r, TRAPS)


def number(r):
    """A plain number: digits, at most one point, perhaps a minus."""
    k = r.random()
    if k < 0.25:
        text = str(int(r.random() * 100))
    elif k < 0.4:
        text = str(1900 + int(r.random() * 135))
    elif k < 0.6:
        text = f"{r.random() * 100:.{int(r.random() * 3)}f}"
    elif k < 0.75:
        text = str(20 * int(1 + r.random() * 500))
    elif k < 0.9:
        text = f"{r.random() * 10 ** (r.random() * 8):.{int(r.random() * 3)}f}"
    else:
        text = pick(r, ["0", "1", "2", "5", "10", "0.5", "0.05", "100", "3.14", "0.0", "1000000", "2.675", "0.125", "1e3"])
    return "-" + text if r.random() < 0.06 else text


def to_float(text):
    try:
        return float(text)
    except ValueError:
        return None


def grouped(text):
    """With thousands separators."""
    whole, point, rest = text.partition(".")
    return f"{int(whole):,}{point}{rest}" if whole.removeprefix("-").isdecimal() else text


def restyle(r, text):
    """Another spelling of a number, mostly of the same one."""
    k = int(r.random() * 20)
    value = to_float(text)
    if value is None or not math.isfinite(value):
        return text + pick(r, ["", "%", " "])
    if k == 0:
        return "+" + text
    if k == 1:
        return "0" * int(1 + r.random() * 3) + text
    if k == 2:
        return text + ("0" * int(1 + r.random() * 3) if "." in text else pick(r, [".", ".0", ".00"]))
    if k == 3:
        i = int(r.random() * (len(text) + 1))
        return text[:i] + pick(r, ["_", "_", "__"]) + text[i:]
    if k == 4:
        return pick(r, ["%e", "%.3e", "%E", "%.2g", "%.17g", "%.1f", "%.2f", "%.0f"]) % value
    if k == 5:
        digits = pick(r, DIGITS)
        return "".join(digits[ord(c) - 48] if "0" <= c <= "9" and r.random() < 0.8 else c for c in text)
    if k == 6:
        return grouped(text)
    if k == 7:
        return pick(r, [f"{value * 100:.10g}%", f"{value / 100:.10g}", repr(value / 100), f"{value:.6g}%", f"{value * 100!r} %"])
    if k == 8:
        return text + pick(r, ["%", "%%", " %", "%%%", "％", "% ", "%\n"])
    if k == 9:
        return pick(r, ["$", "€", "£", "~", "(", "-", "--", "− ", "<"]) + text
    if k == 10:
        return text + pick(r, [" million", "k", "M", "B", " USD", "d", "f", "L", "e0", "e1", "e-1", "E+00", "e", ")", "!"])
    if k == 11:
        return blank(r) + text
    if k == 12:
        return text + blank(r)
    if k == 13:
        return text.replace(".", ",") if "." in text else text + ","
    if k == 14 and value == int(value):
        return pick(r, [hex, oct, bin, lambda v: f"{v:_}", lambda v: f"{v:,}.0"])(int(value))
    if k == 15:
        return text.lstrip("0") if text.startswith("0.") else text + "."
    if k == 16:
        return repr(value)
    return text


NEAR = [0.95, 1.05, 0.95, 1.05, 0.9499999, 1.0500001, 0.9500001, 1.0499999, 0.94, 1.06, 0.96, 1.04, 0.99, 1.01, 0.9, 1.1,
        1.0, 0.01, 100, 10, -1, 2, 1 / 0.95, 1 / 1.05, 0.995, 1.001]


def near(r, text):
    """A number near another one, often just at 5 % of it."""
    value = to_float(text)
    if value is None or not math.isfinite(value):
        return pick(r, FLOATS)
    other = value * pick(r, NEAR)
    k = int(r.random() * 8)
    if k == 0:
        other = math.nextafter(other, pick(r, [-math.inf, math.inf]))
    if k == 1:
        other = value + pick(r, [0.01, -0.01, 1, -1, 0.001, 0.005, 0.05, -0.05])
    if k < 4:
        return repr(other)
    if k == 4 or not math.isfinite(other):
        return pick(r, FLOATS)
    digits = len(text.partition(".")[2])
    return f"{other:.{digits + int(r.random() * 3)}f}" if abs(other) < 1e15 else repr(other)


def word(r):
    """A text as in golds of charts and documents."""
    k = r.random()
    if k < 0.62:
        return pick(r, WORDS)
    if k < 0.74:
        return pick(r, WORDS) + pick(r, [" ", " ", ", ", " and ", "-", "  ", "\n", " & "]) + pick(r, WORDS)
    if k < 0.86:
        return trap(r) + (trap(r) if r.random() < 0.5 else "")
    if k < 0.96:
        text = pick(r, WORDS)
        i = int(r.random() * (len(text) + 1))
        return text[:i] + trap(r) + text[i:]
    return restyle(r, number(r))


def edit(r, text, count=1):
    """Changes `count` characters."""
    for _ in range(count):
        i = int(r.random() * (len(text) + 1))
        k = r.random()
        if k < 0.35:
            text = text[:i] + text[i + 1:]
        elif k < 0.65:
            text = text[:i] + pick(r, LETTERS) + text[i:]
        elif k < 0.9:
            text = text[:i] + pick(r, LETTERS) + text[i + 1:]
        elif k < 0.94:
            text = text[:i] + trap(r) + text[i:]
        elif k < 0.97:
            text = text[:i] + blank(r) + text[i:]
        else:
            text = text[:i] + text[i:i + 2][::-1] + text[i + 2:]
    return text


def recase(r, text):
    return pick(r, [str.upper, str.lower, str.title, str.swapcase, str.capitalize, str.casefold])(text)


def respace(r, text):
    """Changes blanks at the ends or inside."""
    k = int(r.random() * 6)
    if k == 0:
        return blank(r) + text
    if k == 1:
        return text + blank(r)
    if k == 2:
        return text.replace(" ", pick(r, ["  ", "", blank(r), " \t"]))
    if k == 3:
        return text.replace(" ", blank(r), 1)
    if k == 4:
        i = int(r.random() * (len(text) + 1))
        return text[:i] + blank(r) + text[i:]
    return blank(r) + blank(r) + text + blank(r)


def renormal(r, text):
    return unicodedata.normalize(pick(r, ["NFC", "NFD", "NFKC", "NFKD"]), text)


def vary(r, text, edits=3):
    """A text near another one; the same one in about a fifth of all cases."""
    for _ in range(1 + (r.random() < 0.25)):
        k = r.random()
        if k < 0.15:
            continue
        if k < 0.35:
            text = recase(r, text)
        elif k < 0.7:
            text = edit(r, text, int(1 + r.random() * edits))
        elif k < 0.85:
            text = respace(r, text)
        elif k < 0.9:
            text += pick(r, [".", "%", "!", ",", ";", ")", " (approx.)", "..", "\n", ". "])
        elif k < 0.94:
            text = pick(r, ["the ", "The answer is ", "Answer: ", "$", "(", "-", "'", '"']) + text
        elif k < 0.97:
            text = renormal(r, text)
        else:
            text = word(r)
    return text


def number_pair(r):
    """Two spellings of numbers that are near each other."""
    k = r.random()
    if k < 0.12:
        return pick(r, FLOATS), pick(r, FLOATS)
    if k < 0.2:
        odd = pick(r, FLOATS)
        return odd, pick(r, [odd, recase(r, odd), respace(r, odd), restyle(r, odd), near(r, odd)])
    if k < 0.4:  # exactly 5 %: 20 n against 19 n or 21 n, at any scale
        n, shift = 1 + int(r.random() * 300), int(r.random() * 7) - 4
        other = n * pick(r, [19, 21, 19, 21, 20, 18, 22])
        gold, answer = (plain(20 * n, shift), plain(other, shift))
        end = pick(r, ["", "", "%"])
        k = r.random()
        if k < 0.5:
            return gold + end, answer + end
        if k < 0.7:
            return gold + "%", plain(other, shift - 2)
        if k < 0.8:
            return plain(20 * n, shift - 2), answer + "%"
        return restyle(r, gold), restyle(r, answer)
    gold = number(r)
    answer = near(r, gold) if r.random() < 0.6 else gold
    if r.random() < 0.5:
        answer = restyle(r, answer)
    if r.random() < 0.2:
        gold, answer = gold + "%", answer + pick(r, ["%", "%", ""])
    if r.random() < 0.2:
        gold = restyle(r, gold)
    return gold, answer


def plain(digits, shift):
    """The decimal notation of digits * 10 ** shift, without rounding."""
    if shift >= 0:
        return str(digits) + "0" * shift
    text = str(digits).zfill(1 - shift)
    return text[:shift] + "." + text[shift:]


def extra_golds(r, gold, most=2):
    """The gold and perhaps further ones, in any order."""
    golds = [gold]
    while len(golds) <= most and r.random() < 0.3:
        golds.append(pick(r, [word(r), vary(r, gold), number(r)]))
    r.shuffle(golds)
    return golds


# ---------------------------------------------------------------- rows

def relaxed_row(r):
    if r.random() < 0.65:
        gold, answer = number_pair(r)
        if r.random() < 0.1:
            answer = respace(r, answer)
    else:
        gold = word(r)
        answer = vary(r, gold, 2)
    return {"gold": extra_golds(r, gold), "pred": answer}


def anls_row(r):
    gold = word(r)
    if r.random() < 0.05:
        gold = pick(r, ["", " ", blank(r), gold[:1], number(r)])
    if r.random() < 0.45:  # near half of the length
        answer = edit(r, gold, int(1 + len(gold) * r.random() * 0.9))
        if r.random() < 0.3:
            answer = recase(r, answer)
        if r.random() < 0.3:
            answer = respace(r, answer)
    else:
        answer = vary(r, gold, 4)
    if r.random() < 0.15:
        gold = respace(r, gold)
    return {"gold": extra_golds(r, gold), "pred": answer}


VQA = """٥,٥|٥٥|٥ ٥|5,5-6|556|a/b/c|abc|a b c|1-2-3|123|yes|no|2|two|10|ten|none|0|zero|one|a dog|the dog|dog|an apple|apple|the|a|it's|its|don't|dont|can't|cant|cannot|i'm|Im
Id've|ow's'at|'ows'at|somebody'd|somebodyd|o'clock|oclock|let's|twas|y'all|yallll|shes|she's|theyre|thats|wont|coca-cola|coca cola|7 up|7-up
1,000|1000|1,2,3|$5|$ 5|5.5|5 . 5|5.|.5|u.s.|us|u.s.a|st. john|10:30|10:30 am|a/c|and/or|50%|50 %|hello world|world|no. 5|#1|a.b.c|(b)
[b]|"stop"|stop|stop!|what?|what ?|new york, ny|new york|ny|blue and white|blue, white|blue;white|x=1|a+b|c++|c#|@home|nokia|samsung""" \
    .replace("\n", "|").split("|")
PUNCTUATION = list(""";/[]"{}()=+\\_-><@`,?!.:'#$%&*~^|""")
NUMERALS = "none zero one two three four five six seven eight nine ten eleven".split()


def vqa_noise(r, text):
    """A change that the metric's normalisation mostly takes back."""
    k = int(r.random() * 22)
    i = int(r.random() * (len(text) + 1))
    if k == 0:
        return pick(r, ["a ", "an ", "the ", "The ", "A ", "an\t"]) + text
    if k == 1:
        mark = pick(r, PUNCTUATION)
        return text[:i] + pick(r, [mark, mark, " " + mark, mark + " ", mark + mark, mark + "\n"]) + text[i:]
    if k == 2:
        return text + pick(r, PUNCTUATION)
    if k == 3:
        return text + pick(r, [".", "..", ". ", " .", "...", ".\n"])
    if k == 4:
        return text[:i] + "." + text[i:]
    if k == 5:
        return text.replace("'", "") if "'" in text else text[:i] + "'" + text[i:]
    if k == 6:
        swap = {**dict(zip(NUMERALS, "0 0 1 2 3 4 5 6 7 8 9 10 11".split())), **dict(zip(map(str, range(12)), NUMERALS[1:]))}
        return " ".join(swap.get(w.lower(), w) for w in text.split(" "))
    if k == 7:
        return text + pick(r, [" 1,5", " 1,000", " , ", ", 5", "1,٥", " ５,５", ",5", " 5,"])
    if k == 8:
        return pick(r, ["\n", "\t", " ", "\r\n", blank(r)]) + text
    if k == 9:
        return text + pick(r, ["\n", "\t", " ", blank(r)])
    if k == 10:
        return respace(r, text)
    if k in (11, 12):
        return recase(r, text)
    if k == 13:
        return edit(r, text, 1)
    if k == 14:
        return text + pick(r, [".", ". "]) * pick(r, [30, 31, 32, 33, 34]) if r.random() < 0.2 else text.replace(" ", "-")
    if k == 15:
        return text[:i] + trap(r) + text[i:]
    if k == 16:
        return text[:i] + pick(r, ["5.", ".5", "٥.", ".٥", "5.5", "²."]) + text[i:]
    if k == 17:  # what the normalisation makes of a mark
        marks = [c for c in text if c in PUNCTUATION]
        return text.replace(pick(r, marks), pick(r, ["", " ", "  "])) if marks else text
    if k == 18:  # a blank next to one mark changes all of them
        mark = pick(r, [c for c in text if c in PUNCTUATION] or PUNCTUATION)
        gap = pick(r, [" ", "\n", "\t", "\r", "\xa0"])
        return pick(r, [text + gap + mark, text + mark + gap, mark + gap + text, gap + mark + text])
    if k == 19:
        return pick(r, ["5,5", "٥,٥", "５,５", "1,000", "٥,5"]) + pick(r, ["", " ", "/", "-"]) + text
    if k == 20:
        return pick(r, ["55", "٥٥", "５５", "1000", "٥5", "5 5", "٥ ٥"]) + pick(r, ["", " "]) + text
    return text


def vqa_row(r):
    def other():
        k = r.random()
        return pick(r, VQA) if k < 0.7 else word(r) if k < 0.95 else " ".join([pick(r, VQA), pick(r, VQA)])

    base = other()
    count = 10 if r.random() < 0.75 else 1 + int(r.random() * 10)
    right = int(r.random() * (count + 1) * 0.75)
    variants = [base, base, vqa_noise(r, base), vqa_noise(r, vqa_noise(r, base))]
    strangers = [other(), pick(r, VQA)]
    golds = [pick(r, variants) for _ in range(right)] + [pick(r, strangers) for _ in range(count - right)]
    r.shuffle(golds)
    answer = base
    for _ in range(int(r.random() * 3.5)):
        answer = vqa_noise(r, answer)
    return {"gold": golds, "pred": answer}


CATEGORIES = ["Regular Text Recognition", "Irregular Text Recognition", "Artistic Text Recognition", "Handwriting Recognition",
              "Digit String Recognition", "Non-Semantic Text Recognition", "Scene Text-centric VQA", "Doc-oriented VQA",
              "Key Information Extraction"]
HANDWRITTEN = "Handwritten Mathematical Expression Recognition"
LATEX = [r"\frac { a } { b }", r"x ^ { 2 } + 1", r"\sqrt { 2 }", "a + b = c", r"\sum _ { i = 1 } ^ { n } i", r"\alpha", r"x_1",
         r"\int_{0}^{1} x d x", r"\cos \theta", r"\frac{1}{2}", "2 \\times 3", "y = m x + b", r"\pi r ^ 2", "n !", "A B", "a\tb"]
AROUND = ["The text is {}.", "{}", "{}", '"{}"', "It says {} on the sign", "answer: {}", "{}\n", "\n{}\n", "${}$", "{} is written",
          "I see: {},", "**{}**", "the{}s", "x{}", "{}x", "{}\u0301", "Α{}", "{}Α", "'{}'"]


def contains_row(r):
    maths = r.random() < 1 / 3
    gold = pick(r, LATEX) if maths and r.random() < 0.8 else word(r) if r.random() < 0.8 else number(r)
    answer = gold
    if r.random() < 0.9:
        answer = pick(r, [vary, vary, recase, respace, respace, renormal, edit, edit, edit, edit])(r, answer)
        if maths and r.random() < 0.4:
            answer = answer.replace(" ", pick(r, ["", "  ", blank(r)]))
    if r.random() < 0.6:
        answer = pick(r, AROUND).replace("{}", answer)
    if r.random() < 0.25:
        gold = respace(r, gold)
    golds = extra_golds(r, gold, 3) if r.random() < 0.5 else [gold]
    if r.random() < 0.01:
        golds[0] = pick(r, ["", " ", "\n", blank(r)])
    return {"gold": golds, "pred": answer, "attributes": {"question_type": HANDWRITTEN if maths else pick(r, CATEGORIES)}}


ESCAPES = ["\\n", "\\t", "\\\\", "\\'", '\\"', "\\x41", "\\xe9", "\\u0041", "\\u03a3", "\\U0001F600", "\\101", "\\0", "\\8", "\\x4",
           "\\u12", "\\d", "\\%", "\\$", "\\ ", "\\\n", "\\\r\n", "\\N{DEGREE SIGN}", "\\N{degree sign}", "\\N{BULLET}",
           "\\N{LINE FEED}", "\\N{NBSP}", "\\N{EN DASH}", "\\N{NO SUCH NAME}", "\\N{}", "\\N", "\\a", "\\r", "\\777", "\\x85", "\\x1f",
           "\\xa0", "\\N{HANGUL SYLLABLE GA}", "\\N{CJK UNIFIED IDEOGRAPH-4E00}", "\\u2028", "\\\r", "\\f", "\\b", "\\v", "\\N{EULER CONSTANT}"]
SURROGATES = ["\\ud800", "\\udc00", "\\ud83d\\ude00"]
PREFIXES = ["b", "r", "u", "f", "R", "U", "B", "F", "br", "rb", "Rb", "fr", "ur", "bu", "x", "u ", "r\t"]
ATOMS = """True|False|None|...|Ellipsis|true|nan|inf|1e999|-1e999|1j|2.5j|1+2j|1-2j|-1+2j|1 + 2j|1+2|-True|0x10|0X1F|0b1|0o17|017|00|0_0|1_000
1__0|1_|-5|+5|--5|-+5|+-5|~5|(5)|((5))|(5,)|()|[]|{}|set()|[[]]|{1}|{1, 2}|{'a'}|{'a': 1}|{1: [2]}|{**{}}|*[1]|(1, 2)|[1, 2]|['a']|[1, [2]]
5.|.5|5e3|1E-5|1e16|1e22|1e5|0.0001|0.00001|123456789.123456789|1e15|12345678901234567890|0.1|1.0|100.0|1.5e300|5%|$5|1,000|10 million
5 6|a b|x|U.S.|it's|don't|-|%|2010-2015|1990s|0xg|1if 1else 2|'a'if 1else'b'|not 1|1==1|lambda:0|a.b|f()|a[0]|"" ""|''|'' ''|()[0]
not|in|'a',|5 #c|# c\n5|(\n5\n)|[\n1\n]|\\\n5|5\\\n|'a'\n'b'|('a' 'b')|('a'\n"b")|u'x'|'''y'''|{}|{[1]}|{{}}|{1:2,}|{,}|(,)|(5;)|５|²|½|é|ａ""" \
    .replace("\n", "|").replace("\\n", "\n").replace("\\\\", "\\").split("|")


def quoted(r, text):
    """A Python literal of a text, not always a correct one."""
    k = r.random()
    if k < 0.6:
        literal = repr(text)
    else:
        quote = pick(r, ["'", '"', "'", '"', "'''", '"""'])
        body = text
        if k < 0.85:
            body = body.replace("\\", "\\\\").replace(quote, "\\" + quote)
        if r.random() < 0.4:
            i = int(r.random() * (len(body) + 1))
            k = r.random()
            if k < 0.6:
                body = body[:i] + (pick(r, SURROGATES) if BEYOND and k < 0.01 else pick(r, ESCAPES)) + body[i:]
            elif k < 0.8 and i < len(body):
                c = ord(body[i])
                body = body[:i] + (f"\\x{c:02x}" if c < 256 else f"\\u{c:04X}" if c < 65536 else f"\\U{c:08x}") + body[i + 1:]
            elif k < 0.9:
                body = body[:i] + quote + pick(r, ["", " ", "\n", "  "]) + pick(r, ["", quote, "u" + quote, "b" + quote]) + body[i:]
            else:
                body = body[:i] + blank(r) + body[i:]
        literal = quote + body + quote
    k = r.random()
    if k < 0.05:
        literal = pick(r, PREFIXES) + literal
    elif k < 0.06:
        literal = literal[:-1]
    elif k < 0.07:
        literal = literal[1:]
    elif k < 0.11:
        literal += pick(r, [" ", "\n", ""]) + pick(r, ["''", "'x'", '"y"', "u'z'", "b'z'", "f'z'"])
    elif k < 0.13:
        literal = f"({literal})"
    return literal


def list_text(r, items, bare=0.35):
    """The text of a Python list, not always a correct one.

    bare: how often items are without quotes
    """
    parts = []
    style = r.random()
    for item in items:
        k = r.random()
        if k < 0.06:
            parts.append(pick(r, ATOMS))
        elif (style < bare and k < 0.95) or (k < 0.2 and to_float(item) is not None):
            parts.append(item)
        else:
            parts.append(quoted(r, item))
    k = r.random()
    between = ", " if k < 0.75 else pick(r, [",", " , ", ",\n", ",  ", "; ", " ", ",,", ", # c\n", ",\t", ",\r\n", ", \\\n", "," + blank(r)])
    text = between.join(parts)
    k = r.random()
    if k < 0.72:
        text = f"[{text}]"
    elif k < 0.8:
        text = pick(r, ["[{},]", "[ {} ]", "[\n{}\n]", "[{} ,]", "[{},,]", "[,{}]", "[\t{}\x0c]", "[{}  ]", "[\r\n{}]"]).replace("{}", text)
    elif k < 0.86:
        text = pick(r, ["({})", "{({})}", "[[{}]]", "([{}])", "({},)", "[({})]", "{{}}", "[{}][0]", "[{}] + []", "[{}],"]).replace("{}", text)
    elif k < 0.92:
        text = pick(r, ["[{}", "{}]", "{}", "[{}]]", "[[{}]", "[{})", "[{}] # c", "[{}];", "[{}] []", "# c\n[{}]", "[{}]\\\n", "\\\n[{}]",
                        "[{}\\\n]", "[{}#]\n]", "[{} # it's\n]"]).replace("{}", text)
    else:
        ends = [" ", "\t", "\n", ".", "'", "\x0c", blank(r), " \n", ".\n", "\n.", "\r"]
        text = pick(r, ["", pick(r, ends)]) + f"[{text}]" + pick(r, ["", pick(r, ends)])
    if r.random() < 0.08:
        for _ in range(1 + int(r.random() * 2)):
            i = int(r.random() * (len(text) + 1))
            text = text[:i] + pick(r, "'\"\\[](),{}:#\n\t 059aAbBeExXjru_.%+-*@\r\x0c\xa0\u2028\x00") + text[i + (r.random() < 0.5):]
    return text


def list_pair(r, simple):
    """An element of a gold list and one of an answer."""
    if r.random() < 0.35:
        if not simple:
            return number_pair(r)
        text = number(r)
        return text, pick(r, [near, restyle, lambda _, t: t])(r, text)
    text = pick(r, WORDS) if simple else word(r)
    return text, vary(r, text) if r.random() < 0.5 else text


def chartqapro_row(r):
    kind = pick(r, ["Factoid", "Conversational", "Fact Checking", "Multi Choice", "Hypothetical"])
    if r.random() < 0.4:
        gold, answer = number_pair(r) if r.random() < 0.5 else (gold := word(r), vary(r, gold, 4))
        if r.random() < 0.1:
            gold = list_text(r, [gold])
        if r.random() < 0.1:
            answer = list_text(r, [answer])
        count = 1
    else:
        count = pick(r, [1, 2, 2, 2, 3, 3, 4, 5])
        simple = r.random() < 0.6
        pairs = [list_pair(r, simple) for _ in range(count)]
        gold = list_text(r, [g for g, _ in pairs])
        items = [a for _, a in pairs]
        k = r.random()
        if k < 0.08:
            items.pop(int(r.random() * count))
        elif k < 0.16:
            items.insert(int(r.random() * (count + 1)), word(r))
        elif k < 0.22:
            r.shuffle(items)
        elif k < 0.4:
            items = [g for g, _ in pairs]
        k = r.random()
        answer = gold if k < 0.04 else edit(r, gold, 1 + int(r.random() * 3)) if k < 0.1 else ", ".join(items) if k < 0.14 \
            else repr(items) if k < 0.45 else list_text(r, items, 0.12)
    if r.random() < 0.003:  # a list whose text is no list
        gold = f"[..., {gold[1:-1] if gold.startswith('[') else quoted(r, gold)}]"
        answer = pick(r, [gold, gold.replace("...", "Ellipsis"), edit(r, gold), answer])
    if r.random() < 0.0005:
        depth = pick(r, [50, 90, 99, 150, 199, 201])
        gold = "[" * depth + gold + "]" * depth
    if r.random() < 0.1:
        gold += pick(r, [".", "\n", ".\n", "\n.", "..", " ", ". "])
    if r.random() < 0.15:
        answer += pick(r, [".", "\n", ".\n", "\n.", "..", " ", ". ", "%"])
    flags = 1 + int(r.random() * 6) if kind == "Conversational" else count if r.random() < 0.6 else 1 + int(r.random() * 4)
    year = pick(r, [0.1, 0.1, 0.5, 0.9])
    years = ["YES" if r.random() < year else "NO" for _ in range(flags)]
    if r.random() < 0.03:
        years[int(r.random() * flags)] = pick(r, ["yes", "Yes", "no", "", "Y", "YES "])
    return {"gold": [gold], "pred": answer, "attributes": {"year": ",".join(years), "question_type": kind}}


REPLIES = ["{L}", "({L})", "{L}.", "({L}).", "{L})", "[{L}]", "{L}:", "**{L}**", "*{L}*", "\\boxed{{L}}", "$\\boxed{{L}}$", "<{L}>",
           "<<{L}>>", "Answer: {L}", "Answer: ({L})", "Answer:{L}", "answer: {l}", "The answer is {L}.", "The answer is ({L}).",
           "The answer is {L}", "the answer is: {L}", "The correct answer is {L}", "The correct answer is option {L}.",
           "The correct answer is: ({L}) {T}", "The answer should be {L}.", "The final answer is {L}", "The final answer is: {L}.",
           "So the answer is option: {l}", "I would choose {L}", "Option {L}", "option ({l})", "{L}: {T}", "{L}. {T}", "({L}) {T}",
           "{L}) {T}", "{T}", "{T}", "The answer is {T}.", "It is {T}, so {L} is right.", "Not {M}, but {L}.", "{L} or {M}",
           "({L}) or ({M})", "Between ({M}) and ({L}), I pick ({L}).", "Both {L} and {M} are wrong.", "({L}) or ({M}) ? ({L}) !", "({M}), ({L}), ({M})", "{L} or {M} or {L} ?", "{M} and {L} and {M} .", "{l}", "({l})", "{l}.",
           "A careful look at it says {L}", "I think that the right option here is {T}", "I think it is {T} and not {S} at all here",
           "{L}\n", "{L}\nBecause {T}", "({L})\n{T}", "({L}) {L}\n", "Because {S} is wrong {L}.", "...is ({L}).", "\\boxed{\\text{{L}}}",
           "\\boxed{\\mathbf{{L}}}", "\\boxed{\\rm{{L}}}", "\\boxed{ {L} }", "\\boxed{{L}\\}", "\\boxed{${L}$}", "\\boxed{{L}\\}}", "\\boxed{\\{{L}\\}}", "\\boxed{{L} or {M}}",
           "\\boxed{{M}} then \\boxed{{L}}", "\\boxed{\\boxed{{L}}}", "\\boxed{{L}", "\\boxed{({L})}", "\\boxed{{L}.}", "\\boxed{letter}",
           "\\boxed{{LL}}", "boxed{{L}}", "\\boxed{}{L}", "\\boxed{{T}}", "\\boxed {{L}}", "\\text{\\boxed{{L}}}", "}\\boxed{{L}}",
           "<Answer>: <<{L}>>.", "<Thought process>: {T}. <Answer>: {L}", "Thought: Answer {M}. Answer: {L}", "Answer:\n{L}", "ANSWER: {L}",
           "Answer is {L}", "Answer: <{L}. {T}>", "Answer. {L}", "Answers: {L}", "Answer", "Answer: ", "Answer:.{L}", "Answer: >. {L}",
           "The answer is \"{L}\".", "The answer is \"{T}\".", "The answer is \"({L}) {T}\".", "The answer is \"{T}\"",
           "The answer is \"{S}\". No, the answer is \"{T}\".", "The answer is \"{T}\". It is \"{S}\".", "<|endoftext|>{L}\n",
           "The answer is {L}<|endoftext|>", "The answer is: {L}.\nThe answer is: {M}.", "the answer is option {L}. {T}",
           "The Answer Is Option: {L}\nbecause", "{L} is correct", " {L} ", "{L},", "'{L}'", "\"{L}\"", "{L}!", "{L};{M}", "{L} {M}", "{M} {L}",
           "{LL}", "{L}{M}", "-{L}", "none of these", "", "I cannot tell", "({L} )", "( {L})", "({L})({M})", "The letter {L} letter",
           "It's {L}'", "'{L}.'", "?{L}!", "choice {L}\u3000", "（{L}）", "\u2003{L}", "Final answer:{L}", "The final answer is\n{L}"]
FULL = {chr(65 + i): chr(0xff21 + i) for i in range(26)}


def choice_texts(r, count):
    """Texts of options; some are near each other or start alike."""
    k = r.random()
    if k < 0.35:
        first = number(r)
        texts = [pick(r, [near(r, first), number(r), first + "0", restyle(r, first)]) for _ in range(count)]
    elif k < 0.85:
        texts = [pick(r, WORDS) if r.random() < 0.8 else word(r) for _ in range(count)]
    else:
        base = word(r)
        texts = [vary(r, base, 4) for _ in range(count)]
    if r.random() < 0.8:  # mostly without equal texts
        texts = [t if t not in texts[:i] else pick(r, WORDS) for i, t in enumerate(texts)]
    if r.random() < 0.1:
        texts[int(r.random() * count)] = pick(r, ["A", "b", "The", "is", "(B)", "none of these", "a", " ", "answer"])
    if r.random() < 0.1:
        texts[0] = texts[-1] + pick(r, [" ", "s", "1", " and more", ""])
    return texts


def reply(r, texts, gold, right=0.8):
    """A model's reply to a question with options; `right`: how often it is about the gold."""
    count = len(texts)
    letter = gold if r.random() < right else chr(65 + int(r.random() * (count + (r.random() < 0.1))))
    other = chr(65 + int(r.random() * count))
    text = texts[ord(letter) - 65] if ord(letter) - 65 < count else pick(r, WORDS)
    if r.random() < 0.3:
        text = vary(r, text)
    shown = FULL[letter] if r.random() < 0.02 else letter
    answer = (pick(r, REPLIES).replace("{LL}", letter + letter).replace("{L}", shown).replace("{l}", letter.lower())
              .replace("{M}", other).replace("{T}", text).replace("{S}", texts[ord(other) - 65]))
    k = r.random()
    if k < 0.06:
        answer = recase(r, answer)
    elif k < 0.14:
        answer = respace(r, answer)
    elif k < 0.2:
        answer = edit(r, answer, 1 + int(r.random() * 2))
    elif k < 0.26:
        answer += pick(r, [".", "\n", "...", "!", " ", "'", "<|endoftext|>", "\n\n", ". Therefore {L}.".replace("{L}", other), ",", "\u3000",
                           " " + pick(r, REPLIES).replace("{L}", letter).replace("{T}", text)])
    elif k < 0.31:
        answer = pick(r, ["Let me think. ", "Step 1: ", "\n", " ", "'", "Answer ", "I see {S}. ".replace("{S}", text), "((", "A: ", "İ "]) + answer
    return answer


def choice_row(r, least, most):
    texts = choice_texts(r, least + int(r.random() * (most - least + 1)))
    gold = chr(65 + int(r.random() * len(texts)))
    return {"gold": [gold], "choices": texts, "pred": reply(r, texts, gold)}


OPEN = ["{}", "{}", "so x is {}", "So x is {}.", "x = {}", "The answer is {}", "the result is {} units", "Thus {}.", "Therefore the total is {}. So {}",
        "could be {}", "final answer {}", "{} is the answer", "First 12, then {}", "a = 3\nb = {}", "a = {}\nb = 3", "It is 5. It is {}.",
        "the value\n{}\nis above", "is {}", "is: {}", "answer:", "is .", "is , {}", "= {}", "x={}", "y == {}.", "this is it: {}", "{} = {}",
        "ANSWER IS {}", "Final Answer: {}", "result {}!", "so {} so", "$ {}", "${}", "{}%", "approximately {} m/s", "{},{}", "{}, {}", "-{}",
        "about {}-{}", "({})", "x{}", "{}x", "{}e5", "{}E-2", "it is {}e3.", "a{}b", "Step 1. Is it? Step 2. {}", "is {}\nis 7", "Is 3. Is {}",
        "The volume is {} and the area is 12", "answer is\u2003{}", "not =", "ΑΣ IS {}", "the so-called {}", "{}.", "{}..", "1{}", "{}0",
        "İt is {}", "is '", "{} could be 7", "{} so 7", "{} is 7", "{} thus 7", "{} therefore 7", "{} final 7", "{} answer 7",
        "{} result 7", "{} = 7", "{} is :", "{} is ,", "{} is !", "{} so ?", "{} thus ;", "{} is '", "{} is -", "{} is", "thus :", "is nan", "so it is infinity"]


def mmmu_row(r):
    if r.random() < 0.5:
        return choice_row(r, 2, 9)
    k = r.random()
    if k < 0.6:
        gold = number(r)
        answer = gold
        k = r.random()
        if k < 0.2:
            answer = restyle(r, gold)
        elif k < 0.3:
            answer = near(r, gold)
        elif k < 0.6 and (value := to_float(gold)) is not None:  # around the second decimal
            answer = f"{value + pick(r, [0.001, 0.004, 0.005, -0.005, 0.0049999, 0.006, 0.01, -0.004, 0]):.{pick(r, [2, 3, 4, 7])}f}"
        if r.random() < 0.15:
            answer = grouped(answer)
        if r.random() < 0.3:
            gold = restyle(r, gold) if r.random() < 0.7 else grouped(gold)
        if r.random() < 0.03:  # an exponent after digits of another script
            n = 1 + int(r.random() * 9)
            gold, answer = str(n * 1000), pick(r, [*DIGITS, "0123456789"])[n] + pick(r, ["e3", "E3", "e+3", "e٣"])
    elif k < 0.7:
        gold, answer = number_pair(r)
    else:
        gold = word(r)
        answer = vary(r, gold) if r.random() < 0.7 else gold
    if r.random() < 0.7:
        answer = pick(r, OPEN).replace("{}", answer)
    if r.random() < 0.15:
        answer = pick(r, [vary, recase, respace])(r, answer)
    return {"gold": extra_golds(r, gold), "pred": answer}


def mathvista_row(r):
    if r.random() < 0.45:
        row = choice_row(r, 2, 8)
        kind = "text" if r.random() < 0.85 else pick(r, ["integer", "float", "list"])
        row["attributes"] = {"answer_type": kind, "question_type": "multi_choice"}
        if kind == "float":
            row["attributes"]["precision"] = "1"
        if kind != "text" and r.random() < 0.6:
            row["pred"] = restyle(r, pick(r, row["choices"]))
        return row
    kind = pick(r, ["integer", "integer", "integer", "float", "float", "float", "list"])
    attributes = {"answer_type": kind, "question_type": "free_form"}
    base = number(r)
    value = to_float(base) or 0.0
    if kind == "list":
        gold = pick(r, [f"[{base}, {number(r)}]", f"['{word(r)}', '{word(r)}']", f"[{base}]"])
        answer = pick(r, [gold, gold, vary(r, gold), gold.replace(" ", ""), gold.replace("'", '"')])
    elif kind == "integer":
        gold = str(int(value))
        answer = pick(r, [gold, gold, f"{gold}.{int(r.random() * 1000)}", restyle(r, gold), restyle(r, gold), near(r, gold), base, pick(r, FLOATS)])
        if r.random() < 0.05:
            gold = pick(r, [restyle(r, gold), "12345678901234567890", "12345678901234567168", "10000000000000000000000", "1000"])
            answer = pick(r, [gold, "1e22", "12345678901234567890", "1e3", "1_000", "1e400", restyle(r, gold)])
    else:
        digits = pick(r, [1, 1, 1, 2, 2, 0, 3])
        attributes["precision"] = f"{digits}.0" if r.random() < 0.2 else str(digits)
        if r.random() < 0.005:
            del attributes["precision"]
        value = round(value, digits) if abs(value) < 1e9 else value
        gold = str(value) if r.random() < 0.9 else restyle(r, str(value))
        half = 10 ** -digits / 2
        close = [value, value + half, value - half, value + half * 0.99, value - half * 0.99, value + half * 1.01, -value]
        answer = pick(r, [str(value), f"{pick(r, close):.{digits + 1}f}", f"{pick(r, close):.{digits + 3}f}", repr(pick(r, close)),
                          restyle(r, str(value)), near(r, str(value)), pick(r, FLOATS)])
    if r.random() < 0.3:
        answer = pick(r, ['The answer is "{}".', 'The answer is "{}".', "The answer is {}.", "{} ", " {}", "{}.", "{}\n", '"{}"', "({})", "${}$",
                          'So. The answer is "{}". "x".', 'The answer is "{}"', 'The answer is "1\n{}".', 'the answer is "{}".',
                          'The answer is " {} ".', 'The answer is "\r{}".', 'The answer is "x". The answer is "{}".', ""]).replace("{}", answer)
    return {"gold": [gold], "pred": answer, "attributes": attributes}


def expression(r, depth=2):
    """A short piece of LaTeX or of an answer of a chart question."""
    k = r.random()
    if depth == 0 or k < 0.3:
        return number(r) if r.random() < 0.6 else pick(r, ["x", "y", "a", "\\pi", "2", "3", "n", "\\alpha", "e", "i"])
    a = expression(r, depth - 1)
    b = expression(r, depth - 1)
    return pick(r, ["{a}+{b}", "{a}-{b}", "\\frac{{a}}{{b}}", "\\dfrac{{a}}{{b}}", "{a}/{b}", "\\sqrt{{a}}", "{a}^{2}", "{a}^2", "{a}{b}", "({a}, {b})",
                    "[{a}, {b}]", "\\{{a}, {b}\\}", "{a} = {b}", "x = {a}", "({a})", "{a} \\cdot {b}", "{a} \\times {b}", "\\left({a}\\right)",
                    "{a}, {b}", "{a} < {b}", "x \\leq {a}", "{a}\\%", "{a}%", "{a}^\\circ", "\\$ {a}", "{a} \\text{ cm}", "\\text{{a}}", "-{a}",
                    "\\frac12", "\\frac {a}{b}", "\\sin {a}", "\\log_2 {a}", "|{a}|", "{a}:{b}", "{a} \\text{ and } {b}", "{a} or {b}", "\\boxed{{a}}",
                    "{a}_{1}", "\\sqrt[3]{{a}}", "{a}!", "({a}, {b}]", "{a} \\pm {b}", "\\infty", "\\mathbf{{a}}", "{a} \\cup {b}"]) \
        .replace("{a}", a).replace("{b}", b)


def math_row(r):
    k = r.random()
    if k < 0.35:
        gold, answer = number_pair(r)
    elif k < 0.55:
        gold = word(r)
        answer = vary(r, gold)
    else:
        gold = expression(r, 1 + (r.random() < 0.4))
        k = r.random()
        if k < 0.35:
            answer = pick(r, [gold, f"({gold})", f"x = {gold}", f"\\boxed{{{gold}}}", f"{gold} \\text{{ m}}", f"\\text{{{gold}}}", f"\\left({gold}\\right)",
                              gold.replace("\\frac", "\\dfrac"), gold.replace(" ", ""), f" {gold} ", f"{gold}.", f"${gold}$", f"1 \\cdot {gold}"])
        elif k < 0.7:
            answer = edit(r, gold, 1)
        elif "," in gold:
            answer = ", ".join(reversed(gold.split(", ")))
        else:
            answer = vary(r, gold, 2)
    return {"gold": [gold], "pred": answer}


# metric: (maker of rows, the official scorer, name in the rows if another one)
METRICS = {
    "relaxed_accuracy.vlmevalkit": (relaxed_row, lambda: vlmevalkit("relaxed_accuracy", "ChartQA_TEST")),
    "relaxed_accuracy.lmms_eval": (relaxed_row, relaxed_lmms),
    "anls.vlmevalkit": (anls_row, lambda: vlmevalkit("anls", "DocVQA_VAL")),
    "anls.lmms_eval": (anls_row, anls_lmms),
    "vqa_score.vlmevalkit": (vqa_row, lambda: vlmevalkit("vqa_score", "TextVQA_VAL")),
    "contains.vlmevalkit": (contains_row, contains),
    "chartqapro.official": (chartqapro_row, chartqapro),
    "mmmu.official": (mmmu_row, mmmu),
    "mmmu_pro.official": (lambda r: choice_row(r, 4, 10), mmmu_pro),
    "mathvista.official": (mathvista_row, mathvista),
    "visulogic.vlmevalkit": (lambda r: choice_row(r, 4, 4), visulogic),
    "wemath.vlmevalkit": (lambda r: choice_row(r, 2, 8), wemath),
    "math.math_verify": (math_row, math_verify, "math"),
    "caprl.reference": (math_row, math_verify, "math"),
}


# ---------------------------------------------------------------- the run

def start(sources, metric, beyond):
    """Loads the official code, in each worker and in the parent."""
    global SOURCES, BEYOND, MAKE, SCORE, NAME
    warnings.simplefilter("ignore")  # literal_eval warns of invalid escapes
    SOURCES, BEYOND = sources, beyond
    MAKE, load, *name = METRICS[metric]
    NAME = name[0] if name else metric
    SCORE = load()


def work(task):
    """The rows of one task as bytes, how often each score came, and why rows were dropped."""
    metric, seed, index, count = task
    r = random.Random(f"{metric} {seed} {index}")
    rows = [MAKE(r) for _ in range(count)]
    dropped = collections.Counter()
    if hasattr(SCORE, "batch"):
        scores = SCORE(rows)
    else:
        scores = []
        for row in rows:
            try:
                scores.append(SCORE(row))
            except Skip as e:
                scores.append(None)
                dropped[str(e)] += 1
            except Exception as e:
                scores.append(None)
                dropped[f"{type(e).__name__}: {str(e)[:60]}"] += 1
    lines, counts = [], collections.Counter()
    for row, score in zip(rows, scores):
        if score is not None:
            counts[float(score)] += 1
            line = json.dumps({"metric": NAME, **row, "score": float(score)}, ensure_ascii=False, allow_nan=False)
            lines.append(line.encode() + b"\n")  # fails on a lone surrogate
    return b"".join(lines), counts, dropped


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", required=True, metavar="DIR", help="folder of the checkouts")
    parser.add_argument("--metric", required=True, choices=METRICS)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--beyond", action="store_true",
                        help="also characters newer than this Python's Unicode, and escapes of lone surrogates in lists")
    arguments = parser.parse_args()
    start(os.path.abspath(arguments.sources), arguments.metric, arguments.beyond)
    for path in dict.fromkeys(entry.split(":")[0] for entry in LOADED):
        entries = [entry for entry in LOADED if entry.split(":")[0] == path]
        if path.endswith(".py"):
            names = ", ".join(entry.partition(":")[2] for entry in entries)
            print(f"official code: {os.path.join(SOURCES, path)} ({version(path)}): {names}", file=sys.stderr)
        else:
            print(f"official code: package {path}", file=sys.stderr)
    tasks = [(arguments.metric, arguments.seed, i // BATCH, min(BATCH, arguments.rows - i))
             for i in range(0, arguments.rows, BATCH)]
    counts, dropped = collections.Counter(), collections.Counter()
    with multiprocessing.get_context("spawn").Pool(
            arguments.processes, start, (SOURCES, arguments.metric, arguments.beyond)) as pool:
        try:
            for lines, some, lost in pool.imap(work, tasks):
                sys.stdout.buffer.write(lines)
                counts += some
                dropped += lost
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            raise SystemExit("score-official: the reader of the rows ended early") from None
    total = sum(counts.values())
    print(f"{total} rows, {len(counts)} distinct scores, {sum(dropped.values())} dropped", file=sys.stderr)
    common = ", ".join(f"{score:.4g}: {n / total:.1%}" for score, n in counts.most_common(8))
    between = sum(n for score, n in counts.items() if 0 < score < 1)
    print(f"scores: {common}; between 0 and 1: {between / max(1, total):.1%}", file=sys.stderr)
    for reason, n in dropped.most_common(10):
        print(f"dropped {n}: {reason}", file=sys.stderr)


if __name__ == "__main__":
    main()
