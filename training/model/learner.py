"""The steps of a training."""

from collections.abc import Iterable, Iterator

import torch
from torch import Tensor

from training.model.losses import losses
from training.model.network import Network, simulate_rounding
from training.model.noise import Noise
from training.model.plan import Stage
from training.model.teachers import Teachers, learned
from training.model.texts import Texts

WEIGHTS = {"pos": 0.5, "lemma": 0.5, "entity": 2.5, "trigger": 1.5, "casualty": 2.5, "cue": 1.5, "arguments": 1.5}
"""Weights of the losses; 1 where nothing is said."""
HARD, SOFT = 0.5, 1.0
"""Weights of what the corpora say and of what teachers say, where there are teachers."""
AVERAGE = 0.998
WARM_UP = 3
"""Steps of each shape before it is recorded as a CUDA graph."""


class Learner:
    """Trains a network in one stage after the other.

    Args:
        network: is trained in place; `average` holds the mean of its weights over the last steps.
        texts: what it reads.
        noise: what is done to them.
        teachers: whom it learns from, beside the texts.
        size: pieces of a batch.
        graphs: record each shape of step as a CUDA graph and play that.
    """

    def __init__(
        self, network: Network, texts: Texts, noise: Noise, *, teachers: Teachers | None, size: int, graphs: bool
    ) -> None:
        self.network, self.texts, self.noise, self.teachers = network, texts, noise, teachers
        self.size, self.anchors, self.graphs = size, size // 32, graphs
        self.device = network.arc.device.type
        self.trained = {name: p for name, p in network.named_parameters() if p.requires_grad}
        self.average = {name: p.detach().clone() for name, p in self.trained.items()}
        self._stream = torch.cuda.Stream() if self.device == "cuda" else None
        self._pull = torch.zeros((), device=self.device)
        self._sums: dict[str, Tensor] = {}
        self._recorded: dict[int, tuple[torch.cuda.CUDAGraph, Tensor]] = {}
        self._seen: dict[int, int] = {}
        self._done, self._total = 0, 1

    def begin(self, stage: Stage) -> None:
        """Make a fresh optimiser; begin with the averaged weights."""
        self.network.load_state_dict(self.average, strict=False)
        head = {n for n in self.trained if not n.startswith("encoder.") or n.startswith("encoder.features")}
        groups = [[p for n, p in self.trained.items() if n not in head], [self.trained[n] for n in sorted(head)]]
        cuda = self.device == "cuda"
        self.optimiser = torch.optim.AdamW(
            [{"params": group, "lr": torch.zeros((), device=self.device) if cuda else 0.0} for group in groups],
            weight_decay=0.01,
            betas=(0.9, 0.98),
            fused=True,
            capturable=cuda,
        )
        self._forget()
        simulate_rounding(self.network, on=False)
        self.network.train()
        self.stage = stage

    def round(self) -> None:
        """From now on simulate the rounding of what ships."""
        if not self.network.rounding:
            simulate_rounding(self.network)
            self._forget()

    def _forget(self) -> None:
        self._recorded.clear()
        self._seen.clear()

    def at(self, done: int, total: int) -> None:
        """Say how many of the `total` steps of the stage are done."""
        self._done, self._total = done, total

    def learn(self, batches: Iterable[tuple[int, list[int]]]) -> Iterator[int]:
        """Take a step for each batch; yield the number of steps done in the stage."""
        self._wait()
        with torch.cuda.stream(self._stream):
            for length, windows in batches:
                self._rate(self._done, self._total)
                self._take(torch.tensor(windows), length)
                self._done += 1
                yield self._done
        self._wait()

    def _wait(self) -> None:
        if self.device == "cuda":
            torch.cuda.synchronize()

    def _rate(self, step: int, total: int) -> None:
        warm = max(1, total // 20)
        share = step / warm if step < warm else max(0.0, (total - step) / (total - warm))
        for group, rate in zip(self.optimiser.param_groups, self.stage.rates, strict=True):
            if self.device == "cuda":
                group["lr"].fill_(rate * share)
            else:
                group["lr"] = rate * share
        self._pull.fill_(1.0 - min(AVERAGE, (step + 1) / (step + 10)))

    def _take(self, chosen: Tensor, length: int) -> None:
        chosen = chosen.to(self.device)
        seen = self._seen[length] = self._seen.get(length, 0) + 1
        if not self.graphs or seen <= WARM_UP:
            self._step(chosen, length)
            return
        if length not in self._recorded:
            graph, place = torch.cuda.CUDAGraph(), chosen.clone()
            pool = next((other.pool() for other, _ in self._recorded.values()), None)
            with torch.cuda.graph(graph, pool=pool, stream=self._stream):
                self._step(place, length)
            self._recorded[length] = (graph, place)
        graph, place = self._recorded[length]
        place.copy_(chosen)
        graph.replay()

    def _step(self, chosen: Tensor, length: int) -> None:
        self.optimiser.zero_grad(set_to_none=True)
        found = self.texts.batch(chosen, length, self.anchors)
        # A card has half precision to spare only where no rounding is simulated, which is as fine.
        with torch.autocast(self.device, torch.bfloat16, enabled=self.device == "cpu" or not self.network.rounding):
            told = self.teachers.tell(found, self.anchors) if self.teachers else None
            noisy = self.noise(found)
            x = self.network.read(noisy.pieces, noisy.mask, noisy.features, noisy.first)
            result = losses(self.network, x, noisy)
            if told is not None:
                soft = learned(self.network, x, noisy, told)
                result = {head: HARD * value + SOFT * soft[head] for head, value in result.items()}
        total = sum(
            (WEIGHTS.get(name, 1.0) * value for name, value in result.items()), torch.zeros((), device=x.device)
        )
        total.backward()
        torch.nn.utils.clip_grad_norm_(self.trained.values(), 1.0)
        self.optimiser.step()
        with torch.no_grad():
            for name, value in self.trained.items():
                self.average[name].lerp_(value, self._pull)
            for name, value in result.items():
                if name not in self._sums:
                    self._sums[name] = torch.zeros_like(value, dtype=torch.float32)
                self._sums[name].lerp_(value.detach().float(), 0.02)

    def shown(self) -> str:
        """Return the losses of the last steps, as text."""
        return " ".join(f"{name} {float(value):.3f}" for name, value in self._sums.items())
