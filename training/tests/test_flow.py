"""The flow: its grid, its noise, and the path from the command line to a model folder."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from tests.test_learned_runs import photographs, run  # noqa: F401 (a fixture)
from tokenoscope_training.flow.grid import Grid
from tokenoscope_training.flow.net import Flow
from tokenoscope_training.flow.noise import mulberry32, normal
from tokenoscope_training.flow.runner import FlowRunner
from tokenoscope_training.flow.straight import measure, straightness

_TOY = Path(__file__).parents[2] / "src/engine/image/fixtures/toy-16"
_SETTINGS = {"temperature": 1.0, "condition": 8, "strength_width": 8, "widths": (8, 8, 8), "depths": (1, 1, 1, 1, 1)}


def test_what_the_grid_can_hold_comes_back() -> None:
    grid = Grid(32)
    planes = torch.randn(2, 3, 16, 16)
    assert torch.allclose(grid.down(grid.up(planes)), planes, atol=1e-5)
    assert torch.allclose(grid.places(grid.frequencies(planes)), planes, atol=1e-5)
    flat = torch.full((1, 3, 32, 32), 0.3)
    assert torch.allclose(grid.up(grid.down(flat)), flat, atol=1e-5)


def test_the_noise_is_the_one_of_the_contract() -> None:
    words = mulberry32(1)
    assert [next(words) for _ in range(3)] == [2693262067, 11749833, 2265367787]
    assert np.allclose(normal(0, (4,)), [1.62643229961, 0.00336973532103, 1.05099582672, 1.37627637386], atol=1e-6)
    noise = normal(4294967295, (1, 3, 64, 64))
    assert noise.dtype == np.float32 and abs(float(noise.mean())) < 0.03 and abs(float(noise.std()) - 1) < 0.03
    assert np.array_equal(noise, normal(-1, (1, 3, 64, 64))) and not np.array_equal(noise, normal(0, (1, 3, 64, 64)))


def test_the_coloured_noise_has_the_spread_that_is_claimed() -> None:
    torch.manual_seed(0)
    flow = Flow(_SETTINGS, 32, 5)
    flow.spectrum.levels.normal_(-2, 0.5)
    torch.nn.init.normal_(flow.strength.out.bias)
    k = torch.full((4000,), 3.0)
    with torch.no_grad():
        condition = flow.condition(torch.full((1, 3, 32, 32), 0.4), k[:1])
        noise = flow.colour(torch.randn(4000, 3, 16, 16), condition.expand(4000, -1, -1, -1), k)
        spread = noise.square().mean((0, 2, 3)).sqrt() / flow.deviation(condition, k[:1]).square().mean((0, 2, 3)).sqrt()
    assert float((spread - 1).abs().max()) < 0.03


def test_an_untrained_flow_is_exact_for_gaussian_residuals() -> None:
    """The part that is not learned moves noise to noise of the same spread, so many steps change the strength little."""
    torch.manual_seed(0)
    flow = Flow(_SETTINGS, 32, 5)
    flow.spectrum.levels.fill_(-2)
    drawn, noise = torch.full((1, 3, 32, 32), 0.5), torch.randn(1, 3, 16, 16)
    with torch.no_grad():
        start = flow.colour(noise, flow.condition(drawn, torch.ones(1)), torch.ones(1))
        kept = [float(flow.sample(noise, drawn, torch.ones(1), n)[0].std() / start.std()) for n in (1, 2, 64)]
    assert kept[0] < 1e-5 and abs(kept[1] - 0.5) < 1e-4 and abs(kept[2] - 1) < 0.02


def test_from_the_command_line_to_a_folder(
    photographs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch  # noqa: F811
) -> None:
    """The flow and its one step, then the straightened flow and its own."""
    runs, out, other = tmp_path / "runs", tmp_path / "flow-tiny", tmp_path / "reflow-tiny"
    common = ("--data", photographs, "--runs", runs, "--size", "tiny", "--base", _TOY)
    run(monkeypatch, "flow", *common)
    run(monkeypatch, "flow-distilled", *common, "--out", out)
    for recipe in ("flow", "flow-distilled"):
        run(monkeypatch, recipe, *common, "--variant", "reflow", "--out", other)
    side = json.loads((out / "manifest.json").read_text())["image"]["width"]
    rgb = np.random.default_rng(0).integers(0, 255, (1, side, side, 3), np.uint8)
    for folder in (out, other):
        assert 0 < measure(folder, rgb, [2], 4)[2] < 10
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["sampler"]["default"] == 4 and "distilled" in manifest["sampler"]
    runner = FlowRunner(out, steps=2)
    ids = runner.encode(np.random.default_rng(0).integers(0, 255, (*[manifest["image"]["width"]] * 2, 3), np.uint8))
    first = runner.decode(ids, 2)
    assert np.array_equal(first, runner.decode(np.where(np.arange(len(ids)) < 2, ids, 0), 2))
    assert not np.array_equal(first, runner.decode(ids, 2, seed=1))
    assert not np.array_equal(first, runner.decode(ids, 2, "distilled"))


def test_straightness_is_zero_where_one_step_is_enough() -> None:
    start, end = np.ones((2, 1, 2, 2), np.float32), np.zeros((2, 1, 2, 2), np.float32)
    assert np.allclose(straightness(lambda x, t: start - end, start, 4), 0)
    # The way is 3 units in four steps of speeds 6, 0, 6, 0: each is 3 away from the mean.
    speeds = iter([6.0, 0.0, 6.0, 0.0])
    assert np.allclose(straightness(lambda x, t: np.full_like(x, next(speeds)), start, 4), 1)
