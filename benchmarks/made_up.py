"""Makes up runs for benchmarks of commands that read runs."""
import json
import random


def lines(folder, name, count, share):
    """Writes q.jsonl, with four questions per image, and an answer file in which the given share of answers is right.

    Returns the arguments of `refract import` and the folder of the future run.
    """
    rng = random.Random(name)
    with open(f"{folder}/q.jsonl", "w") as questions, open(f"{folder}/{name}.jsonl", "w") as answers:
        for i in range(count):
            gold = str(i * 7 % 997)
            questions.write(json.dumps({"question_id": f"q{i}", "image_id": f"i{i // 4}", "question": f"What is value {i}?",
                                        "gold": [gold], "metric": "relaxed_accuracy"}) + "\n")
            answers.write(json.dumps({"question_id": f"q{i}", "answer": gold if rng.random() < share else "no idea"}) + "\n")
    run = f"{folder}/runs/{name}"
    return ["import", "--questions", f"{folder}/q.jsonl", "--answers", f"{folder}/{name}.jsonl", "--captioner", name,
            "--answerer", "x", "--out", run], run
