"""Training the eye to answer as its teacher does: most steps see a part of the patches, the last ones see all of them.

On a CPU the trunk's features of every picture and its mirror image are there already; on an accelerator other squares of
the pictures go through it in every step.
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from ..neural import config, pictures
from ..neural.loop import Loop, Losses, shorten
from .labels import Labels, enlarged, features, labels, paint, train_pictures, trunk_path, val_pictures
from .net import EyeNet
from .trunk import SCALE

_HELD_OUT = 1_000_000_007
"""Seed of the writing among the held-out pictures."""


def held_pages(count: int) -> np.ndarray:
    """Pages that training never saw: uint8 [count, 128, 128, 3]."""
    return paint(count, 128, pictures.step_generator(_HELD_OUT, 0))


def train(
    data: Path, runs: Path, size: str, seed: int, resume: bool, minutes: float | None, steps: int | None
) -> bool:
    """Trains in `runs/eye-SIZE-seedN`. `minutes` without `steps` is the whole run: the rate falls to zero with them."""
    settings = config.read("eye", size)
    training = shorten(config.pick(config.Training, settings, seed=seed), steps)
    given = labels(data, runs, settings)
    torch.manual_seed(seed)
    net = EyeNet.create(settings, len(given.names))
    net.trunk.load_state_dict(torch.load(trunk_path(runs), weights_only=True))
    loop = Loop(net, training, runs / f"eye-{size}-seed{seed}", resume)
    batches = _Kept(runs, settings, loop.device) if settings["keeps"] else _Cut(data, runs, settings, loop)
    held = enlarged(np.array(val_pictures(data, runs)[:: settings["probe_stride"]]), settings["side"])
    written = enlarged(held_pages(settings["probe_pages"]), settings["side"])
    truth = torch.from_numpy(given.val[:: settings["probe_stride"]])
    patches = (settings["side"] // SCALE) ** 2
    if loop.step == 0:
        _begin(net, batches, given, settings["begin"], pictures.step_generator(seed, 0))

    def losses(step: int) -> Losses:
        rng = pictures.step_generator(seed, step)
        late = loop.progress >= settings["part_until"]
        count = training.batch if late else training.batch * settings["part_batches"]
        pages = int(rng.binomial(count, settings["writing"]))
        chosen = rng.integers(len(given.train), size=count - pages)
        seen = batches.take(chosen, pages, rng)
        target = _targets(given, chosen, pages).to(loop.device)
        kept = None
        if not late:
            order = torch.from_numpy(rng.random((count, patches)).argsort(1)[:, : settings["part"]].copy())
            kept = order.to(loop.device)
        logits = net.answer(seen, kept).float()
        loss = -(target * logits.log_softmax(1)).sum(1).mean()
        return {"loss": loss, "agreement": (logits.argmax(1) == target.argmax(1)).float().mean()}

    def probe(module: nn.Module) -> dict[str, float]:
        assert isinstance(module, EyeNet)
        return measure(module, held, truth, written)

    return loop.run(losses, minutes, probe, settings["probe_every"], finish=steps is None)


def _begin(net: EyeNet, batches: _Kept | _Cut, given: Labels, most: int, rng: np.random.Generator) -> None:
    """The head from at most `most` pictures, and a page for every 24 of them."""
    parts = np.array_split(rng.permutation(len(given.train))[:most], max(1, most // 240))
    parts = [part for part in parts if len(part)]
    seen = torch.cat([batches.take(part, len(part) // 24, rng) for part in parts])
    answers = torch.cat([_targets(given, part, len(part) // 24) for part in parts])
    net.begin(seen, answers.to(seen.device))


def _targets(given: Labels, chosen: np.ndarray, pages: int) -> torch.Tensor:
    """The teacher's probabilities of the chosen pictures, then certainty for pages: [n, classes]."""
    target = torch.zeros(len(chosen) + pages, len(given.names))
    target[: len(chosen), :-1] = torch.from_numpy(given.train[chosen])
    target[len(chosen) :, -1] = 1
    return target


class _Kept:
    """Features that the teacher's pass left behind, mirrored half of the time."""

    def __init__(self, runs: Path, settings: dict, device: torch.device) -> None:
        pictures_, pages = (features(runs, settings, split) for split in ("train", "pages"))
        if pictures_ is None or pages is None:
            raise SystemExit("the trunk's features are missing: delete eye-labels-* and ask the teacher again")
        self.pictures, self.pages, self.device = pictures_, pages, device

    def take(self, chosen: np.ndarray, pages: int, rng: np.random.Generator) -> torch.Tensor:
        """Features of the chosen pictures and of some pages, [n, 112, h, w]."""
        written = self.pages[rng.integers(len(self.pages), size=pages)]
        seen = np.concatenate([self.pictures[chosen], written]).astype(np.float32)
        mirrored = rng.random(len(seen)) < 0.5
        mirrored[len(chosen) :] = False
        seen[mirrored] = seen[mirrored, :, :, ::-1]
        return torch.from_numpy(seen).to(self.device)


class _Cut:
    """Random squares through the trunk in every step."""

    def __init__(self, data: Path, runs: Path, settings: dict, loop: Loop) -> None:
        self.rgb, self.loop, self.settings = train_pictures(data, runs, settings), loop, settings

    @torch.no_grad()
    def take(self, chosen: np.ndarray, pages: int, rng: np.random.Generator) -> torch.Tensor:
        """As `_Kept.take`."""
        side, where, net = self.settings["side"], self.loop.device, self.loop.module
        assert isinstance(net, EyeNet)
        image = crops(pictures.to_planar(self.rgb[chosen], where), side, rng, self.settings["least_crop"])
        if pages:
            image = torch.cat([image, enlarged(paint(pages, 128, rng), side, where)])
        return net.trunk(image)


def crops(images: torch.Tensor, side: int, rng: np.random.Generator, least: float) -> torch.Tensor:
    """RGB [n, 3, w, w] -> random squares of at least the share `least` of the side, half of them mirrored: [n, 3, side, side]."""
    n, where = len(images), images.device
    scale = np.exp(rng.uniform(math.log(least), 0, n))
    stretch = np.exp(rng.uniform(-0.12, 0.12, n))
    mirror = np.where(rng.random(n) < 0.5, -1.0, 1.0)
    theta = np.zeros((n, 2, 3), np.float32)
    theta[:, 0, 0], theta[:, 1, 1] = np.minimum(scale * stretch, 1) * mirror, np.minimum(scale / stretch, 1)
    theta[:, :, 2] = rng.uniform(-1, 1, (n, 2)) * (1 - np.abs(theta[:, [0, 1], [0, 1]]))
    grid = F.affine_grid(torch.from_numpy(theta).to(where), [n, 3, side, side], align_corners=False)
    cut = F.grid_sample(images, grid, padding_mode="reflection", align_corners=False)
    tint = torch.from_numpy(rng.uniform(0.85, 1.15, (n, 3, 1, 1)).astype(np.float32)).to(where)
    return (cut * tint).contiguous(memory_format=torch.channels_last)


@torch.no_grad()
def measure(net: EyeNet, held: torch.Tensor, truth: torch.Tensor, written: torch.Tensor) -> dict[str, float]:
    """How often the answer, or one of the first five, is the teacher's on held-out pictures; and how often writing is seen.

    `truth` are the teacher's probabilities [n, classes - 1], of which the last is all that it rarely finds.
    """
    where = net.class_token.device
    logits = torch.cat([net(part.to(where)).float().cpu() for part in held.split(25)])
    best, named = truth.argmax(1), truth.argmax(1) < truth.shape[1] - 1
    first = logits.topk(min(5, logits.shape[1]), dim=1).indices
    hit = first[:, 0] == best
    pages = torch.cat([net(part.to(where)).float().cpu() for part in written.split(25)]).argmax(1)
    return {
        "top1": float(hit.float().mean()), "top1_named": float(hit[named].float().mean()),
        "top5": float((first == best[:, None]).any(1).float().mean()),
        "writing": float((pages == logits.shape[1] - 1).float().mean()),
    }  # fmt: skip
