"""Trains the language model: `python -m training.model.train TEXTS BASE OUT`. Goes on from the last checkpoint in OUT.

TEXTS is the folder that `training/model/prepare.py` filled. With `--teachers`, folders of trained models, the model learns
from what these say of all texts too. A graphics card is used when there is one.
"""

import argparse
import json
import random
import sys
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from training.model.learner import Learner
from training.model.network import Network, Sizes, published, rounded_table
from training.model.noise import Noise
from training.model.plan import PLANS, Plan, Stage
from training.model.teachers import Teachers
from training.model.texts import Texts

CHECKPOINT = "checkpoint.pt"
SHOWN = 200
"""Losses are printed every so many steps."""


def fresh(texts: Path, base: Path) -> Network:
    """Return a network with the published encoder; the tables of words and positions are rounded and stay as they are."""
    weights = load_file(base / "model.safetensors")
    network = empty(texts, weights["embeddings.word_embeddings.weight"].shape[0])
    network.encoder.load_state_dict(published(weights), strict=False)
    for table in (network.encoder.words, network.encoder.positions):
        table.weight.data = rounded_table(table.weight.data)
        table.weight.requires_grad_(requires_grad=False)
    return network


def empty(texts: Path, vocabulary: int) -> Network:
    """Return a network of the sizes that `labels.json` in the folder `texts` tells."""
    told = json.loads((texts / "labels.json").read_text(encoding="utf-8"))
    sizes = Sizes(
        features=len(told["features"]),
        tokens={head: len(names) for head, names in told["tokens"].items()},
        relations=len(told["relations"]),
        anchored={layer: 3 * len(parts) for layer, parts in told["anchored"].items()},
    )
    return Network(vocabulary, sizes)


def trained(texts: Path, base: Path, folder: Path) -> Network:
    """Return the network whose weights are in `folder`."""
    network = fresh(texts, base)
    network.load_state_dict({n: v.float() for n, v in load_file(folder / "model.safetensors").items()}, strict=False)
    return network


class Run:
    """A training from its first to its last stage, with a checkpoint after every pass, which is removed at the end."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.arguments, self.out = arguments, arguments.out
        torch.set_float32_matmul_precision("high")
        torch.manual_seed(arguments.seed)
        self.told = (arguments.texts / "labels.json").read_text(encoding="utf-8")
        described = json.loads(self.told)
        layers = {layer: len(parts) for layer, parts in described["anchored"].items()}
        device = arguments.device
        self.texts = Texts(arguments.texts / "texts.safetensors", device, layers, len(described["features"]))
        begin = arguments.begin
        network = trained(arguments.texts, arguments.base, begin) if begin else fresh(arguments.texts, arguments.base)
        teachers = [trained(arguments.texts, arguments.base, folder).to(device) for folder in arguments.teachers]
        self.learner = Learner(
            network.to(device),
            self.texts,
            Noise(described["features"], self.texts.mask, device),
            teachers=Teachers(teachers) if teachers else None,
            size=arguments.size,
            graphs=arguments.graphs,
        )
        self.stages = [
            stage._replace(passes=max(1, round(stage.passes * arguments.longer))) for stage in PLANS[arguments.plan]
        ][arguments.skip :]
        self.identity = json.dumps([self.told, arguments.seed, arguments.plan, arguments.size, arguments.longer])

    def run(self) -> None:
        """Train to the end."""
        self.out.mkdir(parents=True, exist_ok=True)
        done = self._resume()
        for number, stage in enumerate(self.stages):
            if number >= done[0]:
                self._stage(number, stage, done[1] if number == done[0] else 0)
        (self.out / "labels.json").write_text(self.told, encoding="utf-8")
        (self.out / CHECKPOINT).unlink(missing_ok=True)

    def _stage(self, number: int, stage: Stage, start: int) -> None:
        if not start:
            self.learner.begin(stage)
        plan = Plan(self.texts, stage.times, self.arguments.size, self.arguments.left_out)
        passes = [
            plan.batches(random.Random((self.arguments.seed * 10 + number) * 1000 + each))  # noqa: S311 - no secret
            for each in range(stage.passes)
        ]
        total = sum(map(len, passes))
        self.learner.at(sum(map(len, passes[:start])), total)
        for each in range(start, stage.passes):
            if each >= stage.passes - stage.rounded:
                self.learner.round()
            for step in self.learner.learn(passes[each][: self.arguments.most]):
                if step % SHOWN == 0:
                    print(f"{stage.name} pass {each} step {step}/{total} {self.learner.shown()}", flush=True)
            self._save(number, each + 1)

    def _save(self, stage: int, passes: int) -> None:
        learner, path = self.learner, self.out / CHECKPOINT
        full = {name: value.cpu() for name, value in learner.network.state_dict().items()}
        full |= {name: value.cpu() for name, value in learner.average.items()}
        save_file({name: value.contiguous() for name, value in full.items()}, self.out / "model.safetensors")
        if self.arguments.device != "cpu":
            return
        state = {
            "run": self.identity,
            "stage": stage,
            "passes": passes,
            "network": learner.network.state_dict(),
            "average": learner.average,
            "optimiser": learner.optimiser.state_dict(),
            "random": torch.get_rng_state(),
        }
        torch.save(state, path.with_suffix(".part"))
        path.with_suffix(".part").rename(path)

    def _resume(self) -> tuple[int, int]:
        path = self.out / CHECKPOINT
        if not path.exists():
            return 0, 0
        state = torch.load(path, weights_only=True)
        if state["run"] != self.identity:
            sys.exit(
                f"{path}: comes from another run (labels, seed, plan or sizes differ): remove it or give another OUT"
            )
        learner = self.learner
        learner.average.update(state["average"])
        stage, passes = state["stage"], state["passes"]
        if passes == self.stages[stage].passes:
            return stage + 1, 0
        learner.begin(self.stages[stage])
        learner.network.load_state_dict(state["network"])
        learner.optimiser.load_state_dict(state["optimiser"])
        torch.set_rng_state(state["random"])
        return stage, passes


def _fold(given: str) -> tuple[int, int]:
    fold, count = given.split("/")
    return int(fold), int(count)


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("base", type=Path, help="folder with model.safetensors of all-MiniLM-L6-v2")
    parser.add_argument("out", type=Path)
    parser.add_argument("--plan", choices=PLANS, default="alone")
    parser.add_argument("--teachers", type=Path, nargs="*", default=[], help="number k has left out fold k")
    parser.add_argument("--left-out", type=_fold, metavar="K/N", help="fold of the texts that are not read")
    parser.add_argument("--begin", type=Path, help="folder of weights to begin with")
    parser.add_argument("--skip", type=int, default=0, help="leave out so many stages")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=int, default=2048, help="pieces of a batch")
    parser.add_argument("--longer", type=float, default=1.0, help="so many times the passes")
    parser.add_argument("--most", type=int, help="steps of a pass, to try it out")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--graphs", action="store_true", help="record the steps as CUDA graphs")
    Run(parser.parse_args()).run()


if __name__ == "__main__":
    main()
