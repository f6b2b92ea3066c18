"""Pairs of models that differ in one thing: tail drop, latent perturbation; and the frequencies that the first pair stands on."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from tests.conftest import run, small_photographs, synthetic_pictures
from tokenoscope_training import evaluate, wrong
from tokenoscope_training.fixed import train as fixed
from tokenoscope_training.grid.codes import SphereCodes
from tokenoscope_training.grid.net import GridNet
from tokenoscope_training.grid.train import perturbed
from tokenoscope_training.neural import config, pictures
from tokenoscope_training.neural.frequencies import Frequencies, strongest

torch.set_num_threads(1)  # threads that wait for each other are slow on a busy machine


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_photographs(tmp_path_factory.mktemp("photographs"))


def test_what_the_frequencies_can_hold_comes_back() -> None:
    every = Frequencies(32, 12, 6)
    places = strongest(torch.randn(50, every.components) * torch.linspace(2, 1, every.components), 90)
    few = Frequencies(32, 12, 6, places)
    values = torch.randn(2, 90)
    assert torch.allclose(few.project(few.synthesise(values)), values, atol=1e-5)
    turned = few.project(few.synthesise(values).flip(3))
    assert torch.allclose(turned, values * few.mirrored, atol=1e-5)


def test_a_square_is_enlarged_by_its_frequencies() -> None:
    """A picture without high frequencies, of which the whole is the square: nothing changes but the sampling."""
    settings = {"side": 128, "luma": 12, "chroma": 6, "crop": 104}
    whole = fixed.frequencies(settings)
    rgb = synthetic_pictures(3, 128, 5)
    squares = fixed.crops(settings, whole.places, rgb, seed=1)
    rng = np.random.default_rng(1)
    side = int(rng.integers(104, 128))
    y, x = rng.integers(128 - side + 1, size=2)
    small = Frequencies(side, 12, 6).synthesise(squares * (side / 128))
    target = pictures.to_planar(rgb[:, y : y + side, x : x + side])
    lowest = Frequencies(side, 12, 6)
    assert torch.allclose(lowest.project(small), lowest.project(target), atol=1e-4)


def test_near_codes_are_the_nearest_ones() -> None:
    torch.manual_seed(0)
    codes = SphereCodes(64, 4)
    z = torch.randn(500, 4)
    order = (torch.nn.functional.normalize(z, dim=1) @ codes.codes.T).argsort(1, descending=True)
    near = codes.near(z, 5)
    rank = (near[:, None] == codes.codes[order]).all(2).int().argmax(1)
    assert set(rank.tolist()) == {0, 1, 2, 3, 4}


def test_perturbed_tokens_change_the_picture_and_nothing_else() -> None:
    torch.manual_seed(0)
    net = GridNet(64, 32, 8, (8, 8), (1, 1, 1, 1)).eval()
    image, k = torch.rand(1, 3, 64, 64), torch.tensor([64])
    none = torch.zeros(1, 64, dtype=torch.bool)
    drawn, apart = net(image, k)
    same, same_apart = net(image, k, none, 5)
    other, other_apart = net(image, k, ~none, 5)
    assert torch.equal(drawn, same)
    assert not torch.allclose(drawn, other)
    assert apart == same_apart == other_apart


def test_the_perturbed_share_falls_to_half() -> None:
    settings = config.read("grid", "cpu", "robust")
    shares = [perturbed(settings, 4000, 9, progress, np.random.default_rng(0)) for progress in (0.0, 1.0)]
    first, last = (share.mean() for share in shares if share is not None)
    assert first == pytest.approx(0.25, abs=0.01)
    assert last == pytest.approx(0.125, abs=0.01)
    assert perturbed(config.read("grid", "cpu"), 4, 9, 0.0, np.random.default_rng(0)) is None


@pytest.mark.parametrize(("recipe", "variant", "ordered"), [("fixed", "nested", True), ("grid", "robust", False)])
def test_a_pair_from_the_command_line_to_two_folders(
    recipe: str, variant: str, ordered: bool, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    common = (recipe, "--data", data, "--runs", tmp_path / "runs", "--size", "tiny", "--steps", 4)
    run(monkeypatch, *common, "--out", tmp_path / "plain")
    run(monkeypatch, *common, "--variant", variant, "--out", tmp_path / "other")
    manifests = [json.loads((tmp_path / name / "manifest.json").read_text()) for name in ("plain", "other")]
    assert [manifest["tokens"]["ordered"] for manifest in manifests] == [False, ordered]
    assert manifests[0]["parameters"] == manifests[1]["parameters"]
    assert f"--variant {variant}" in manifests[1]["training"]["command"]
    runners = [evaluate.Runner(tmp_path / name, 1) for name in ("plain", "other")]
    rgb = synthetic_pictures(1, 128, 9)[0]
    ids = runners[1].encode(rgb)
    count = len(ids)
    cut = np.where(np.arange(count) < count // 3, ids, 0)
    assert np.array_equal(runners[1].decode(ids, count // 3), runners[1].decode(cut, count // 3))
    assert not np.array_equal(runners[0].decode(ids, count), runners[1].decode(ids, count))
    if recipe == "grid":
        folders = [tmp_path / name for name in ("plain", "other")]
        wrong.wrong(folders, synthetic_pictures(2, 128, 9), [0.2], [4], 1, tmp_path / "wrong.json")
        rows = json.loads((tmp_path / "wrong.json").read_text())
        assert [(row["name"], row["share"]) for row in rows] == [("plain", 0), ("plain", 0.2), ("other", 0), ("other", 0.2)]


def test_a_share_of_the_tokens_becomes_near_ones() -> None:
    rng = np.random.default_rng(0)
    codes = rng.normal(size=(32, 3)).astype(np.float32)
    near = wrong.nearest(codes, 4)
    ids = rng.integers(32, size=200)
    other = wrong.replaced(ids, near, 0.1, rng)
    changed = np.flatnonzero(ids != other)
    assert len(changed) == 20
    apart = np.linalg.norm(codes[ids[changed], None] - codes, axis=2)
    ranks = (apart < np.linalg.norm(codes[ids[changed]] - codes[other[changed]], axis=1)[:, None]).sum(1)
    assert set(ranks.tolist()) <= {1, 2, 3, 4}
