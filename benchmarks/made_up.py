"""Runs that are made up, for what reads runs."""
import json
import random


def lines(folder, name, count, share):
    """Writes q.jsonl, four questions to an image, and an answer file of which so large a share is right.

    Gives the arguments of `refract import` and the folder that the run will have.
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
