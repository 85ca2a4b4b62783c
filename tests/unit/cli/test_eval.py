"""`kg eval` from the outside."""

import json
import subprocess
import sys
from pathlib import Path

DATA = Path(__file__).parents[2] / "data" / "evaluate"


def kg(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-c", "from kg.cli import main; main()", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_table_errors_and_confidence() -> None:
    done = kg("eval", DATA / "gold", DATA / "graph.ttl", "--errors", "1")
    assert done.returncode == 0
    assert done.stderr == "kg: warning: not in the graph: small-4\n"
    scores, confidence, errors = done.stdout.split("\n\n")
    assert scores.splitlines()[0] == "event        p 0.667 r 0.5 f1 0.571 predicted 3 gold 4"
    assert scores.splitlines()[-1] == "mean         f1 0.608"
    assert confidence.splitlines()[-1] == "claim        [0.6,0.7) records 2 right 2 share 1.0"
    assert "target          1 missed beside others\n                  small-2: bridge → –\n" in errors


def test_json() -> None:
    done = kg("eval", DATA, DATA / "graph.ttl", "--json", "--no-reliability", "--errors", "1")
    found = json.loads(done.stdout)
    assert list(found) == ["scores", "missing", "errors"]
    assert found["scores"]["event"] == {"p": 0.667, "r": 0.5, "f1": 0.571, "predicted": 3, "gold": 4}
    assert found["errors"][3] == {
        "row": "date",
        "error": "too narrow",
        "count": 1,
        "examples": ["small-2: 2024-02-01/2024-02-03 → 2024-02-01"],
    }


def test_without_a_graph_the_news_are_built(tmp_path: Path) -> None:
    (tmp_path / "gold").symlink_to(DATA / "gold")
    text = "Rebels shelled a market in Goma on Wednesday, killing at least 12 civilians, the army said."
    record = {"id": "small-1", "published": "2024-02-01", "text": text}
    (tmp_path / "news.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    done = kg("eval", tmp_path, "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["missing"] == ["small-2", "small-3", "small-4"]
    assert found["scores"]["event"]["predicted"] == 1


def test_gold_without_graph_or_news_is_refused() -> None:
    done = kg("eval", DATA)
    assert done.returncode == 2
    assert "no news.jsonl" in done.stderr
