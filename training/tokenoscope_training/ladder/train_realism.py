"""Training ladder's decoder on an accelerator: all pictures and their ids are there, one network for every realism."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from ..log import say
from ..neural import config, pictures, prefix
from ..neural.loop import Loop, Losses, device, shorten
from ..neural.measures import ms_ssim, psnr, ssim
from ..perceptual import distance as perceptual
from ..torch_graph import TorchGraph
from ..transform import COLOUR
from .base import Base
from .critic import Critics
from .net import RealismRefiner
from .pool import Pool, fill, planar

HELD = 300
"""The last training pictures, kept for choosing the realism of each prefix length."""


class Trained(nn.Module):
    """What the optimiser sees: the refiner, which is exported, and the critics, which are not."""

    def __init__(self, settings: Mapping[str, Any], size: int) -> None:
        super().__init__()
        self.refiner = RealismRefiner(
            size, tuple(settings["widths"]), tuple(settings["depths"]), settings["condition"]
        )
        self.critics = Critics(tuple(settings["judged"]))


def train(
    data: Path, runs: Path, base: Path, size: str, seed: int, resume: bool, minutes: float | None, steps: int | None
) -> bool:
    """Trains over the ids of the model folder `base`; `perceptual-0.pt` in `runs` is the loss network.

    With `minutes` (and without `steps`) the rate falls to zero when they are over.
    """
    settings = config.read("ladder", size)
    training = shorten(config.pick(config.Training, settings, seed=seed), steps)
    where = device()
    under = Base(base)
    encoder, decoder = (TorchGraph(under.files / f"{name}.onnx", where) for name in ("encoder", "decoder"))
    rgb = pictures.cached(data, runs, "train", settings["picture"], settings.get("limit"))
    held = HELD if len(rgb) > 10 * HELD else 0
    pool = fill(rgb[: len(rgb) - held], under.size, settings["rounds"], encoder, where, seed)
    val = pictures.cached(data, runs, "val", under.size)[:: settings["probe_stride"]]
    val_rgb = torch.from_numpy(np.array(val)).to(where)
    probes = Pool(val_rgb, torch.cat([encoder(planar(part)) for part in val_rgb.split(64)]).int())
    torch.manual_seed(seed)
    trained = Trained(settings, under.size)
    loop = Loop(trained, training, runs / f"ladder-{size}-seed{seed}", resume)
    loss_net = perceptual.load(runs / "perceptual-0.pt").to(where, memory_format=torch.channels_last)
    say(f"{sum(p.numel() for p in trained.refiner.parameters()):,} parameters over {len(pool.ids):,} pictures")

    def losses(step: int) -> Losses:
        rng = pictures.step_generator(seed, step)
        target, ids = pool.take(rng.integers(len(pool.ids), size=training.batch))
        lengths = torch.from_numpy(_lengths(training.batch, under.count, rng)).to(where)
        realism = torch.from_numpy(_realisms(training.batch, rng)).to(where)
        drawn = decoder(ids, lengths.int()).clamp_(0, 1).contiguous(memory_format=torch.channels_last)
        out = trained.refiner.draw(drawn, lengths.float(), realism)
        return _weigh(settings, loop.progress, out, target, realism, loss_net, trained.critics)

    def probe(module: nn.Module) -> dict[str, float]:
        assert isinstance(module, Trained)
        return measure(decoder, module.refiner, loss_net, probes, settings["probe_k"])

    return loop.run(losses, minutes, probe, settings["probe_every"], finish=steps is None)


def _lengths(count: int, longest: int, rng: np.random.Generator) -> np.ndarray:
    """int64 [count]: log-uniform in 1..longest, a third of them in the upper part, where there is most to draw."""
    low = np.log(longest / 8)
    upper = np.exp(rng.uniform(low, np.log(longest + 1), count)).astype(np.int64).clip(1, longest)
    return np.where(rng.random(count) < 1 / 3, upper, prefix.cuts(count, longest, rng))


def _realisms(count: int, rng: np.random.Generator) -> np.ndarray:
    """float32 [count], uniform but for both ends, which are drawn more often."""
    return (rng.random(count) * 1.5 - 0.25).clip(0, 1).astype(np.float32)


def _weigh(
    settings: Mapping[str, Any],
    progress: float,
    out: torch.Tensor,
    target: torch.Tensor,
    realism: torch.Tensor,
    loss_net: perceptual.Distance,
    critics: Critics,
) -> Losses:
    """Each picture's squared error (as PSNR counts it) and what the eye minds, shared out by its realism."""
    error = out.float() - target
    squared = error.square().mean((1, 2, 3))
    absolute = error.abs().mean((1, 2, 3))
    opponent = torch.from_numpy(COLOUR[1:]).to(error)
    tint = torch.einsum("ck,nkyx->ncyx", opponent, F.avg_pool2d(error, 4)).abs().mean((1, 2, 3))
    with torch.no_grad():
        real = loss_net.normalised(target)
    seen = loss_net.normalised(out)
    distance = loss_net.between(seen, real)
    with torch.autocast(out.device.type, enabled=False):
        unlike = 2 - ssim(out.float(), target) - ms_ssim(out.float(), target)
    lifelike = (
        settings["absolute"] * absolute + settings["chroma"] * tint
        + settings["perceptual"] * distance + settings["structural"] * unlike
    )  # fmt: skip
    exact = settings["squared"] * (squared + 1e-5).log()
    loss = ((1 - realism) * exact + realism * lifelike).mean()
    values = {"loss": loss, "psnr": -10 * squared.log10().mean(), "distance": distance.mean(), "unlike": unlike.mean()}
    if settings["adversarial"] and progress >= settings["adversarial_from"]:
        first = len(real) - len(settings["judged"])
        own, drawer = critics.losses(real[first:], seen[first:], realism)
        ramp = min(1.0, (progress - settings["adversarial_from"]) / 0.1)
        values["loss"] = loss + own + settings["adversarial"] * ramp * drawer
        values |= {"critic": own, "drawer": drawer}
    return values


@torch.no_grad()
def measure(
    decoder: TorchGraph, refiner: RealismRefiner, loss_net: perceptual.Distance, given: Pool, lengths: list[int]
) -> dict[str, float]:
    """PSNR, MS-SSIM and distance of the base (b) and at realism 0, 0.5 and 1 (r0, r5, r10) by prefix length."""
    figures: dict[str, float] = {}
    for k in lengths:
        rows: dict[str, list[torch.Tensor]] = {}
        for start in range(0, len(given.ids), 64):
            ids, target = given.ids[start : start + 64], planar(given.rgb[start : start + 64])
            count = torch.full((len(ids),), k, device=ids.device)
            drawn = decoder(ids, count.int()).clamp_(0, 1)
            made = {"b": drawn} | {
                f"r{ten}": refiner.draw(drawn, count.float(), torch.full_like(count, ten / 10, dtype=torch.float32))
                for ten in (0, 5, 10)
            }
            for name, image in made.items():
                image = image.float().clamp(0, 1)
                kinds = (("psnr", psnr(image, target)), ("ms", ms_ssim(image, target)), ("dist", loss_net(image, target)))
                for kind, value in kinds:
                    rows.setdefault(f"{kind}_{name}_{k}", []).append(value)
        figures |= {name: float(torch.cat(parts).mean()) for name, parts in rows.items()}
    return figures
