"""A tiny model fitted on synthetic pictures, shared by the tests."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tokenoscope_training import __main__ as command_line
from tokenoscope_training import codebooks, karhunen, local, pca, transform
from tokenoscope_training.model import Model, assemble


def synthetic_pictures(count: int, size: int, seed: int) -> np.ndarray:
    """Smooth coloured ramps with a disc and a little noise, uint8 [count, size, size, 3]."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:size, 0:size] / size
    out = np.empty((count, size, size, 3), np.uint8)
    for index in range(count):
        a, b, c = rng.uniform(-1, 1, (3, 3))
        picture = 0.5 + 0.25 * (a * x[..., None] + b * y[..., None])
        cx, cy, radius = rng.uniform(0.1, 0.9, 3)
        picture = np.where(((x - cx) ** 2 + (y - cy) ** 2 < (radius / 3) ** 2)[..., None], 0.5 + 0.4 * c, picture)
        noisy = picture + rng.normal(0, 0.02, picture.shape)
        out[index] = np.clip(noisy * 255, 0, 255).astype(np.uint8)
    return out


def drawn_photographs(folder: Path, *archives: tuple[str, int, int, int]) -> Path:
    """A data folder of drawn pictures in the photographs' format: name, pictures, side and seed of each archive."""
    for name, count, side, seed in archives:
        with zipfile.ZipFile(folder / name, "w") as archive:
            for index, rgb in enumerate(synthetic_pictures(count, side, seed)):
                payload = io.BytesIO()
                Image.fromarray(rgb).save(payload, "WEBP", quality=76)
                archive.writestr(f"drawn/{index:05d}.webp", payload.getvalue())
    return folder


def small_photographs(folder: Path) -> Path:
    """A folder as photos136 lays it, all training pictures in one file: 48 drawn ones, and 8 to measure on."""
    return drawn_photographs(folder, ("train.zip", 48, 136, 1), ("val.zip", 8, 160, 3))


def run(monkeypatch: pytest.MonkeyPatch, *words: object) -> None:
    """The package's command line with these words."""
    monkeypatch.setattr("sys.argv", ["tokenoscope_training", *map(str, words)])
    command_line.main()


@pytest.fixture(scope="session")
def pictures() -> np.ndarray:
    return synthetic_pictures(600, 32, 1)


@pytest.fixture(scope="session")
def model(pictures: np.ndarray) -> Model:
    weights = np.ones(len(pictures))
    energy = pca.coefficient_energy(pictures, 24, 12, weights)
    zone = transform.choose_zone(energy, 32, 24, 12, 400)
    basis = pca.fit([pictures], weights, zone, 300)
    coefficients = basis.project(pictures)
    recipe = codebooks.Recipe(count=12, dims=6, samples=600, kmeans_steps=3, joint_steps=1, beam=4)
    tokens, left = codebooks.fit(coefficients, np.zeros(len(pictures)), weights, recipe, 0)
    small = {"choices": 64, "dims": 10, "pictures": 200, "scouts": 32, "first_steps": 1, "steps": 1}
    rounds = (local.Recipe(block=8, rounds=10, **small), local.Recipe(block=4, rounds=2, **small))
    return assemble(basis, tokens, karhunen.fit_local(pictures, basis, coefficients - left, rounds, 0))
