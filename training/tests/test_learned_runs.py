"""Training, resuming and exporting, at sizes that take seconds."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from torch import nn

from tests.conftest import drawn_photographs, run, synthetic_pictures
from tokenoscope_training import evaluate
from tokenoscope_training.glyphs.net import GlyphNet
from tokenoscope_training.glyphs.writing import batch
from tokenoscope_training.ladder.base import Base
from tokenoscope_training.ladder.build import Exported
from tokenoscope_training.ladder import gain
from tokenoscope_training.ladder.net import Refiner
from tokenoscope_training.neural import export
from tokenoscope_training.neural.config import Training
from tokenoscope_training.neural.loop import Loop, read_log
from tokenoscope_training.onnx_graph import WeightFile
from tokenoscope_training.perceptual.distance import Distance
from tokenoscope_training.perceptual.net import FeatureNet
from tokenoscope_training.torch_graph import TorchGraph
from tokenoscope_training.transform import choose_zone

torch.set_num_threads(1)  # threads that wait for each other are slow on a busy machine
_MODELS = Path(__file__).parents[2] / "public/models"
_TOY = Path(__file__).parents[2] / "src/engine/image/fixtures/toy-16"


def line_fit(folder: Path, steps: int, stops: int | None, resume: bool) -> dict[str, torch.Tensor]:
    torch.manual_seed(0)
    net = nn.Linear(4, 1)
    loop = Loop(net, Training(steps=steps, batch=8, rate=0.05, average=0.9, half=False), folder, resume)
    if stops is not None:
        loop.settings = Training(steps=steps, batch=8, rate=0.05, average=0.9, half=False)

    def losses(step: int) -> dict[str, torch.Tensor]:
        if step == stops:
            raise KeyboardInterrupt
        x = torch.from_numpy(np.random.default_rng((0, step)).normal(size=(8, 4)).astype(np.float32))
        noise = 0.01 * torch.randn(8, 1)
        return {"loss": (net(x) - x.sum(1, keepdim=True) + noise).square().mean()}

    try:
        loop.run(losses)
    except KeyboardInterrupt:
        pass  # the loop has saved what it had
    return {name: value.clone() for name, value in net.state_dict().items()}


def test_a_resumed_run_ends_where_an_unbroken_one_does(tmp_path: Path) -> None:
    whole = line_fit(tmp_path / "whole", 60, None, False)
    line_fit(tmp_path / "parts", 60, 25, False)
    parts = line_fit(tmp_path / "parts", 60, None, True)
    assert all(torch.equal(whole[name], parts[name]) for name in whole)
    logged = [line["loss"] for line in read_log(tmp_path / "whole")]
    assert logged[-1] < logged[0]


def test_glyphs_learn_a_few_pictures_by_heart(tmp_path: Path) -> None:
    torch.manual_seed(0)
    net = GlyphNet(64, 8, (16, 16, 16), 1, 8)
    grey = torch.from_numpy(batch(4, 64, np.random.default_rng(0)))[:, None].float() / 255
    k = torch.full((4,), net.tokens)

    def losses(_: int) -> dict[str, torch.Tensor]:
        return {"loss": nn.functional.binary_cross_entropy_with_logits(net(grey, k).float(), grey)}

    first = float(losses(0)["loss"])
    Loop(net, Training(steps=60, batch=4, rate=0.01), tmp_path, False).run(losses)
    assert float(losses(0)["loss"]) < 0.6 * first


def test_a_new_refiner_changes_nothing() -> None:
    refiner = Refiner(32, (8, 8, 8), (1, 1, 1, 1, 1), 8)
    drawn = torch.rand(2, 3, 32, 32)
    assert torch.equal(refiner(drawn, torch.tensor([1.0, 200.0])), drawn)


def test_a_refiner_behind_another_decoder(tmp_path: Path) -> None:
    under = Base(_TOY)
    torch.manual_seed(0)
    refiner = Refiner(under.size, (8, 8, 8), (1, 1, 1, 1, 1), 8)
    nn.init.normal_(refiner.net.out.weight, std=0.05)
    export.round_weights(refiner)
    example = (torch.rand(1, 3, under.size, under.size), torch.tensor([2], dtype=torch.int32))
    learned = export.to_onnx(Exported(refiner), example, ("drawn", "k"), "image")
    weights = WeightFile("refiner.bin")
    export.store(learned, weights)
    weights.write(tmp_path)
    for file in under.manifest["files"]["data"]:
        (tmp_path / file["path"]).write_bytes((_TOY / file["path"]).read_bytes())
    drawer = onnx.load(_TOY / "decoder.onnx", load_external_data=False)
    export.write(export.chain(drawer, learned, "drawn", ("k",)), tmp_path / "decoder.onnx")
    session = onnxruntime.InferenceSession(tmp_path / "decoder.onnx")
    rgb = synthetic_pictures(1, under.size, 7)
    ids = under.encode(rgb)
    for k in (1, under.count):
        drawn = under.decode(ids, np.array([k]))
        expected = refiner(drawn, torch.tensor([float(k)])).detach().numpy()
        image = session.run(["image"], {"ids": ids, "k": np.array([k], np.int32)})[0]
        assert np.abs(image - expected).max() < 1e-5
        assert np.abs(image - drawn.numpy()).max() > 1e-3
    # With gains, and again with other gains.
    for last in (0.25, 0.75):
        table = gain.table({1: 0.5, under.count: last}, under.count)
        gained = gain.with_table(onnx.load(tmp_path / "decoder.onnx", load_external_data=False), table)
        (tmp_path / "decoder.onnx").write_bytes(gained.SerializeToString())
        session = onnxruntime.InferenceSession(tmp_path / "decoder.onnx")
        blended = session.run(["image"], {"ids": ids, "k": np.array([under.count], np.int32)})[0]
        assert np.abs(blended - (drawn.numpy() + last * (expected - drawn.numpy()))).max() < 1e-5


def test_the_gain_that_costs_nothing() -> None:
    rng = np.random.default_rng(0)
    errors = rng.normal(size=(20, 500))
    right, wrong = -0.5 * errors, rng.normal(size=(20, 500))
    assert gain.largest_free(errors, right) == 1
    assert gain.largest_free(errors, errors) == 0
    # |e|^2 - g |e|^2 + g^2 (|e|^2 / 4 + |w|^2) is back at |e|^2 where g = 1 / (1/4 + 1).
    assert abs(gain.largest_free(errors, right + wrong) - 0.8) < 0.03
    between = gain.table({1: 0.2, 4: 0.6}, 4)
    assert np.allclose(between, [0.2, 0.4, 0.2 + 0.4 * np.log(3) / np.log(4), 0.6])


def test_the_distance_grows_with_the_distortion_and_has_gradients() -> None:
    torch.manual_seed(0)
    distance = Distance(FeatureNet((4, 8, 8, 8, 8))).eval()
    image = torch.from_numpy(synthetic_pictures(3, 64, 5)).permute(0, 3, 1, 2).float() / 255
    distance.calibrate(image, (image + 0.1 * torch.randn_like(image)).clamp(0, 1))
    noise = torch.randn_like(image)
    steps = [float(distance(image, image + level * noise).mean()) for level in (0, 0.02, 0.05, 0.1)]
    assert steps[0] == 0 and steps == sorted(steps) and 0.4 < steps[3] < 2.5
    other = (image + 0.05 * noise).requires_grad_()
    distance(image, other).sum().backward()
    assert other.grad is not None and float(other.grad.abs().max()) > 0


@pytest.fixture(scope="module")
def photographs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of drawn pictures in the photographs' format."""
    archives = (("train-0.zip", 40, 160, 1), ("train-1.zip", 40, 160, 2), ("val.zip", 8, 160, 3))
    return drawn_photographs(tmp_path_factory.mktemp("data"), *archives)


def test_the_transformer_from_the_command_line_to_a_folder(
    photographs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything a GPU run does, at size tiny: both feature networks, training in two legs, export, the golden check."""
    runs, out = tmp_path / "runs", tmp_path / "ladder-tiny"
    for seed in (0, 1):
        run(monkeypatch, "perceptual", "--data", photographs, "--runs", runs, "--size", "tiny", "--seed", seed,
            "--out", tmp_path / "measure")  # fmt: skip
    base = tmp_path / "base.npz"
    _tiny_karhunen(base)
    common = ("--data", photographs, "--runs", runs, "--size", "tiny-transformer", "--base", base, "--out", out)
    run(monkeypatch, "ladder", *common, "--minutes", 0)
    assert not out.exists()
    run(monkeypatch, "ladder", *common, "--resume")
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["tokens"] == {"count": 8, "bits": 16, "codebookSize": 64000, "ordered": True}
    session = onnxruntime.InferenceSession(tmp_path / "measure" / "distance.onnx")
    image = np.random.default_rng(0).random((1, 3, 128, 128), np.float32)
    assert abs(session.run(None, {"a": image, "b": image})[0][0]) < 1e-6
    runner = evaluate.Runner(out)
    ids = runner.encode((image[0].transpose(1, 2, 0) * 255).astype(np.uint8))
    cut = np.where(np.arange(8) < 3, ids, 0)
    assert np.array_equal(runner.decode(ids, 3), runner.decode(cut, 3))


def test_ladder_as_a_gpu_trains_it_from_the_command_line_to_a_folder(
    photographs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything a GPU run does, at size tiny; `--minutes` is the whole run, after which it is exported."""
    runs, models = tmp_path / "runs", tmp_path / "models"
    run(monkeypatch, "perceptual", "--data", photographs, "--runs", runs, "--size", "tiny", "--out", tmp_path / "measure")
    for name in ("karhunen-128", "shared"):
        shutil.copytree(_MODELS / name, models / name)
    run(monkeypatch, "ladder", "--data", photographs, "--runs", runs, "--size", "tiny", "--minutes", 0.02,
        "--base", models / "karhunen-128", "--out", models / "ladder-tiny")  # fmt: skip
    manifest = json.loads((models / "ladder-tiny" / "manifest.json").read_text())
    assert manifest["tokens"]["count"] == 256
    assert [file["path"] for file in manifest["files"]["data"]] == ["refiner.bin", "weights.bin"]


def test_a_graph_in_torch_answers_as_onnxruntime_does() -> None:
    under = Base(_MODELS / "karhunen-128")
    encoder, decoder = (TorchGraph(under.files / f"{n}.onnx", torch.device("cpu")) for n in ("encoder", "decoder"))
    rgb = synthetic_pictures(3, 128, 5)
    ids = under.encode(rgb)
    assert np.array_equal(encoder(torch.from_numpy(rgb).permute(0, 3, 1, 2).float() / 255).numpy(), ids)
    k = np.array([1, 60, 256])
    drawn = decoder(torch.from_numpy(ids), torch.from_numpy(k).int()).clamp(0, 1)
    assert (drawn - under.decode(ids, k)).abs().max() < 1e-5


def test_glyphs_from_the_command_line_to_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "glyphs"
    run(monkeypatch, "glyphs", "--runs", tmp_path / "runs", "--size", "tiny", "--out", out)
    assert json.loads((out / "manifest.json").read_text())["tokens"]["codebookSize"] == 256


def _tiny_karhunen(path: Path) -> None:
    """A checkpoint that needs no fit: the lowest DCT frequencies as components."""
    energy = -np.concatenate([np.add.outer(np.arange(n), np.arange(n)).reshape(-1) for n in (16, 8, 8)]).astype(float)
    zone = choose_zone(energy, 128, 16, 8, 200)
    even, odd = (np.eye(40, len(index), dtype=np.float32) for index in (zone.even, zone.odd))
    np.savez(
        path, zone=[128, 16, 8], zone_even=zone.even, zone_odd=zone.odd,
        mean=np.zeros(len(zone.even), np.float32), even=even, odd=odd,
    )  # fmt: skip
