"""Trains the language model: `python -m training.model.train CORPORA BASE OUT`. Goes on from the last checkpoint in OUT."""

import argparse
import dataclasses
import json
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import spacy
import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from kg.gazetteer import load_gazetteer
from kg.nlp.features import Features
from kg.nlp.windows import Pieces
from kg.vocab import load_vocab
from training.model import corpora, labels
from training.model.network import Network, Sizes, published, rounded_table, simulate_rounding
from training.model.windows import IGNORE, LONGEST_WINDOW, Batch, Preparer, Window, batch, batches, windows

TIMES = {"ud_ewt": 1.5, "gum": 1, "wikigold": 1, "crossner_politics": 1, "re3d": 4, "muc4": 0.5, "written": 5}
"""How often a pass reads each text: the smaller its corpus and the closer to the task, the oftener."""
ROUNDED = 1
"""So many passes at the end simulate the rounding of the weights that ship."""
CHECKPOINT = "checkpoint.pt"
BATCH = 2048
LENGTHS = (24, 48, 96, LONGEST_WINDOW, LONGEST_WINDOW, LONGEST_WINDOW)
RATES = {"encoder": 1.5e-4, "heads": 1.0e-3}
AVERAGE = 0.998
WEIGHTS = {"pos": 0.5, "lemma": 0.5, "entity": 2.5, "trigger": 1.5, "casualty": 2.5, "cue": 1.5, "arguments": 1.5}
"""Weights of the losses; 1 where nothing is said."""


class Noise:
    """Makes the model rely on no single clue: hides features and words, drops case and spaces."""

    def __init__(self, names: list[str], mask: int, rng: torch.Generator) -> None:
        self._at = {name: column for column, name in enumerate(names)}
        self._groups = [
            [column for name, column in self._at.items() if name.startswith("trigger:")],
            [column for name, column in self._at.items() if name.startswith(("name", "demonym"))],
            [self._at["weapon"], self._at["weapon_model"]],
            [column for name, column in self._at.items() if name.startswith(("cue", "harm:"))],
        ]
        self._mask, self.rng = mask, rng

    def _drawn(self, count: int, share: float) -> Tensor:
        return torch.rand(count, generator=self.rng) < share

    def __call__(self, found: Batch) -> Batch:
        """Return the batch with noise."""
        features, rows = found.features.clone(), len(found.pieces)
        for group in self._groups:
            hidden = self._drawn(rows, 0.1)
            for column in group:
                features[hidden, :, column] = 0.0
        capitals = [self._at[name] for name in ("title", "upper", "mixed", "initial")]
        shapes = [*capitals, self._at["lower"]]
        numeric, spelling = features[..., self._at["number"]] > 0, features[..., shapes].clone()
        cased = features[..., capitals].amax(-1)
        for share, shape in ((0.06, "lower"), (0.03, "upper"), (0.03, "title")):
            chosen = self._drawn(rows, share)
            spelled = torch.maximum(cased, features[..., self._at["lower"]])
            for column in shapes:
                features[chosen, :, column] = 0.0
            features[chosen, :, self._at[shape]] = spelled[chosen]
            if shape == "lower":
                for column in (*self._groups[1], self._at["weapon_model"]):
                    features[chosen, :, column] = 0.0
        features[..., shapes] = torch.where(numeric[..., None], spelling, features[..., shapes])
        self._respace(found, features)
        pieces = found.pieces.clone()
        hidden = (torch.rand(pieces.shape, generator=self.rng) < 0.03) & (found.mask > 0)
        hidden[:, 0] = False
        pieces[hidden] = self._mask
        return dataclasses.replace(found, features=features, pieces=pieces)

    def _respace(self, found: Batch, features: Tensor) -> None:
        """Take away the white space before some sentences, or begin a line or a paragraph there; wrap the lines of some windows."""
        marks = {name: features.new_zeros(found.first.shape) for name in ("glued", "newline", "blank_line")}
        rows, starts = (found.labels["sentence"] == 1).nonzero(as_tuple=True)
        drawn = torch.rand(len(rows), generator=self.rng)
        glue, line, paragraph = drawn < 0.12, (drawn >= 0.12) & (drawn < 0.2), (drawn >= 0.2) & (drawn < 0.24)
        changed = torch.zeros_like(found.first, dtype=torch.bool)
        changed[rows[drawn < 0.24], starts[drawn < 0.24]] = True
        for name, chosen in (("glued", glue), ("newline", line | paragraph), ("blank_line", paragraph)):
            marks[name][rows[chosen], starts[chosen]] = 1.0
        begun = torch.zeros_like(found.pieces).scatter_(1, found.first, 1)
        begun[:, 0] = 0
        word = (begun.cumsum(1) - 1).clamp_min(0)
        inside = (found.mask > 0) & (begun.cumsum(1) > 0)
        touched = changed.gather(1, word) & inside
        for name, values in marks.items():
            column = features[..., self._at[name]]
            features[..., self._at[name]] = torch.where(touched, values.gather(1, word), column)
        wrapped = self._drawn(len(found.pieces), 0.04)[:, None] & (word % 12 == 11) & inside & ~touched
        features[..., self._at["newline"]] = torch.where(wrapped, 1.0, features[..., self._at["newline"]])


def losses(network: Network, found: Batch) -> dict[str, Tensor]:
    """Return the loss of each head that has labels in the batch."""
    x = network.read(found.pieces, found.mask, found.features, found.first)
    result = {}
    for name, layer in network.tokens.items():
        head = name.removesuffix("_layer")
        gold = found.labels[head]
        chosen = gold != IGNORE
        if chosen.any():
            result[head] = functional.cross_entropy(layer(x[chosen]).float(), gold[chosen], label_smoothing=0.02)
    chosen = found.heads != IGNORE
    if chosen.any():
        scores = network.arcs(x).float()
        same = found.sentence[:, :, None] == found.sentence[:, None, :]
        scores = scores.masked_fill(~same, -1e4)
        result["arc"] = functional.cross_entropy(scores[chosen], found.heads[chosen])
        rows, words = chosen.nonzero(as_tuple=True)
        known = found.relations[rows, words]
        predicted = network.labels(x[rows, words], x[rows, found.heads[rows, words]]).float()
        result["relation"] = functional.cross_entropy(predicted, known, ignore_index=IGNORE)
    for layer, (rows, at, gold) in found.anchored.items():
        if len(rows):
            head = network.anchored[layer]
            scores = head(head.anchor(x[rows, at]), head.word(x)[rows], at).float()
            scores = scores.view(*gold.shape, 3)
            result[layer] = functional.cross_entropy(scores.reshape(-1, 3), gold.reshape(-1), ignore_index=IGNORE) * 6
    return result


class Trainer:
    """Holds what a run needs between steps."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        torch.manual_seed(arguments.seed)
        self.arguments = arguments
        vocab, words = load_vocab(), spacy.blank("en").vocab
        held = corpora.names(arguments.samples)
        documents = list(training_documents(arguments.corpora, held))
        tokens, relations = labels.inventories(vocab, documents)
        features = Features(words, vocab, load_gazetteer())
        tokenizer = Tokenizer.from_file(str(arguments.base / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self.pieces = Pieces(tokenizer)
        preparer = Preparer(self.pieces, features, tokens, relations)
        self.prepared = [preparer.prepare(document, words) for document in documents]
        self.noise = Noise(
            features.names, tokenizer.token_to_id("[MASK]"), torch.Generator().manual_seed(arguments.seed)
        )
        self.sizes = Sizes(
            features=len(features),
            tokens={head: len(names) for head, names in tokens.items()},
            relations=len(relations),
            anchored={layer: 3 * len(parts) for layer, parts in labels.ANCHORED.items()},
        )
        weights = load_file(arguments.base / "model.safetensors")
        self.network = Network(weights["embeddings.word_embeddings.weight"].shape[0], self.sizes)
        self.network.encoder.load_state_dict(published(weights), strict=False)
        for table in (self.network.encoder.words, self.network.encoder.positions):
            table.weight.data = rounded_table(table.weight.data)
        self.network.encoder.words.weight.requires_grad_(requires_grad=False)
        self.network.encoder.positions.weight.requires_grad_(requires_grad=False)
        own = {name for name, _ in self.network.encoder.named_parameters() if name.startswith("features")}
        encoder = [p for n, p in self.network.encoder.named_parameters() if p.requires_grad and n not in own]
        new = [self.network.encoder.features.weight]
        new += [p for n, p in self.network.named_parameters() if not n.startswith("encoder.")]
        self.optimiser = torch.optim.AdamW(
            [{"params": encoder, "lr": RATES["encoder"]}, {"params": new, "lr": RATES["heads"]}],
            weight_decay=0.01,
            betas=(0.9, 0.98),
        )
        self.average = {name: value.clone() for name, value in self.network.state_dict().items()}
        arguments.out.mkdir(parents=True, exist_ok=True)
        description = {
            "features": features.names,
            "pieces": LONGEST_WINDOW,
            "tokens": tokens,
            "relations": relations,
            "anchored": {layer: list(parts) for layer, parts in labels.ANCHORED.items()},
        }
        self.plan_of_run = {"labels": description, "seed": arguments.seed, "passes": arguments.passes}

    def plan(self, number: int) -> list[list[Window]]:
        """Return the batches of pass `number`."""
        rng = random.Random(self.arguments.seed * 1000 + number)  # noqa: S311 - no secret
        found = [
            window
            for prepared in self.prepared
            for _ in range(int(TIMES[prepared.document.corpus] + rng.random()))
            for window in windows(prepared, rng.choice(LENGTHS))
        ]
        return batches(found, BATCH, rng)

    def run(self) -> None:
        """Train to the end, with a checkpoint after every pass, which is removed at the end."""
        start = self._resume()
        plans = {number: self.plan(number) for number in range(self.arguments.passes)}
        total = sum(len(plan) for plan in plans.values())
        step = sum(len(plans[number]) for number in range(start))
        for number in range(start, self.arguments.passes):
            if number >= self.arguments.passes - ROUNDED:
                simulate_rounding(self.network)
            began, seen, sums = time.monotonic(), 0, {}
            for index, group in enumerate(plans[number]):
                self._rate(step, total)
                found = self.noise(batch(group, self.pieces))
                for name, value in self._step(found).items():
                    sums[name] = sums.get(name, 0.0) * 0.98 + value * 0.02
                step += 1
                seen += found.pieces.numel()
                if index % 100 == 0:
                    rate = seen / (time.monotonic() - began)
                    shown = " ".join(f"{name} {value:.3f}" for name, value in sums.items())
                    print(f"pass {number} step {step}/{total} {rate:.0f} pieces/s {shown}", flush=True)
            self._save(number + 1)
        described = json.dumps(self.plan_of_run["labels"], ensure_ascii=False, indent=1) + "\n"
        (self.arguments.out / "labels.json").write_text(described, encoding="utf-8")
        (self.arguments.out / CHECKPOINT).unlink()

    def _step(self, found: Batch) -> dict[str, float]:
        self.network.train()
        with torch.autocast("cpu", dtype=torch.bfloat16):
            result = losses(self.network, found)
        total = sum(WEIGHTS.get(name, 1.0) * value for name, value in result.items())
        total.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self._averages()
        return {name: float(value.detach()) for name, value in result.items()}

    @torch.no_grad()
    def _averages(self) -> None:
        for name, value in self.network.named_parameters():
            if value.requires_grad:
                self.average[name].lerp_(value, 1 - AVERAGE)

    def _rate(self, step: int, total: int) -> None:
        warm = max(1, total // 20)
        share = step / warm if step < warm else max(0.0, (total - step) / (total - warm))
        for group, rate in zip(self.optimiser.param_groups, RATES.values(), strict=True):
            group["lr"] = rate * share

    def _save(self, done: int) -> None:
        path = self.arguments.out / CHECKPOINT
        state = {
            "done": done,
            "run": json.dumps(self.plan_of_run),
            "network": self.network.state_dict(),
            "average": self.average,
            "optimiser": self.optimiser.state_dict(),
            "random": torch.get_rng_state(),
            "noise": self.noise.rng.get_state(),
        }
        torch.save(state, path.with_suffix(".part"))
        path.with_suffix(".part").rename(path)
        save_file(self.average, self.arguments.out / "model.safetensors")

    def _resume(self) -> int:
        path = self.arguments.out / CHECKPOINT
        if not path.exists():
            return 0
        state = torch.load(path, weights_only=True)
        if state["run"] != json.dumps(self.plan_of_run):
            sys.exit(f"{path} belongs to a training with other labels, seed or passes: remove it to train anew")
        self.network.load_state_dict(state["network"])
        self.average = state["average"]
        self.optimiser.load_state_dict(state["optimiser"])
        torch.set_rng_state(state["random"])
        self.noise.rng.set_state(state["noise"])
        return int(state["done"])


def training_documents(folder: Path, held: frozenset[str]) -> Iterator[corpora.Document]:
    """Yield all documents that may be trained on."""
    yield from corpora.ud_ewt(folder, "train")
    yield from corpora.gum(folder)
    yield from corpora.wikigold(folder)
    yield from corpora.crossner(folder)
    yield from corpora.muc4(folder)
    for document in (*corpora.re3d(folder), *corpora.written(folder)):
        if not corpora.held_out(document.corpus, document.name, held):
            yield document


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("base", type=Path, help="folder with model.safetensors and tokenizer.json of all-MiniLM-L6-v2")
    parser.add_argument("out", type=Path)
    parser.add_argument("--passes", type=int, default=7)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--samples", type=Path, default=Path("training/held_out.txt"))
    Trainer(parser.parse_args()).run()


if __name__ == "__main__":
    main()
