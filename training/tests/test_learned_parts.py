"""The pieces that the learned models share."""

from __future__ import annotations

import numpy as np
import torch

from tokenoscope_training.glyphs.net import GlyphNet, dither_order
from tokenoscope_training.neural import measures, prefix
from tokenoscope_training.neural.config import Training
from tokenoscope_training.neural.loop import schedule
from tokenoscope_training.neural.quantise import Fsq, Sign, Vq
from tokenoscope_training.neural.transformer import from_patches, to_patches
from tokenoscope_training.ladder.vit import LadderVit

torch.set_num_threads(1)  # threads that wait for each other are slow on a busy machine
TINY = {
    "patch": 8, "tokens": 6, "levels": [8, 8, 8, 5, 5, 5], "encoder_depth": 2, "encoder_width": 64,
    "decoder_depth": 2, "decoder_width": 64, "components": 8,
}  # fmt: skip


def lively_vit(ordered: bool) -> LadderVit:
    """A tiny transformer whose zero-initialised layers are woken up, so that everything reaches everything."""
    torch.manual_seed(0)
    net = LadderVit.create(TINY, 32, ordered)
    with torch.no_grad():
        for parameter in net.parameters():
            parameter.add_(0.1 * torch.randn_like(parameter))
        net.basis.normal_()
    return net.eval()


def test_fsq_takes_exactly_its_levels() -> None:
    fsq = Fsq([8, 5])
    z = torch.stack(torch.meshgrid(torch.linspace(-9, 9, 200), torch.linspace(-9, 9, 200), indexing="ij"), -1)
    z = z.reshape(-1, 2)
    assert [len(torch.unique(fsq(z)[:, i])) for i in range(2)] == [8, 5]
    ids = fsq.ids(z)
    assert fsq.count == 40 and sorted(set(ids.tolist())) == list(range(40))
    assert torch.allclose(fsq.values(ids), fsq(z))


def test_fsq_ids_reach_the_last_of_64000() -> None:
    fsq = Fsq([8, 8, 8, 5, 5, 5])
    assert int(fsq.ids(torch.full((1, 6), 9.0))) == 63999
    assert torch.equal(fsq.ids(torch.full((1, 6), -9.0)), torch.zeros(1, dtype=torch.int32))


def test_signs_survive_the_ids_and_pass_gradients() -> None:
    sign = Sign(8)
    z = torch.randn(100, 8, requires_grad=True)
    q = sign(z)
    assert torch.equal(sign.values(sign.ids(z)), q.detach())
    q.sum().backward()
    assert z.grad is not None and float(z.grad.abs().min()) > 0


def test_vq_takes_the_nearest_code() -> None:
    torch.manual_seed(0)
    vq = Vq(16, 3)
    z = torch.randn(50, 3)
    nearest = torch.cdist(z, vq.codes).argmin(1)
    assert torch.equal(vq.ids(z).long(), nearest)
    quantised, pull = vq(z)
    assert torch.allclose(quantised, vq.codes[nearest], atol=1e-6) and float(pull.detach()) > 0


def test_prefix_keeps_exactly_k() -> None:
    assert prefix.kept(torch.tensor([1, 3]), 4).tolist() == [[True, False, False, False], [True, True, True, False]]
    k = prefix.cuts(5000, 16, np.random.default_rng(0))
    assert k.min() == 1 and k.max() == 16


def test_patches_are_undone() -> None:
    image = torch.randn(2, 3, 16, 16)
    assert torch.equal(from_patches(to_patches(image, 4), 4), image)


def test_tokens_from_k_on_do_not_matter() -> None:
    net = lively_vit(ordered=True)
    values = net.quantiser(net.latents(torch.rand(1, 3, 32, 32)))
    for k in (1, 3, 5):
        other = values.clone()
        other[:, k:] = -other[:, k:] + 0.5
        length = torch.tensor([k])
        assert torch.equal(net.draw(values, length), net.draw(other, length))
        other = values.clone()
        other[:, k - 1] = -other[:, k - 1] + 0.5
        assert not torch.allclose(net.draw(values, length), net.draw(other, length), atol=1e-4)


def test_a_register_depends_on_no_later_one() -> None:
    net = lively_vit(ordered=True)
    image = torch.rand(1, 3, 32, 32)
    before = net.latents(image)
    with torch.no_grad():
        net.places[:, -2] += torch.randn(64)  # register 4 of 0..5
    after = net.latents(image)
    assert torch.allclose(before[:, :4], after[:, :4], atol=1e-6)
    assert not torch.allclose(before[:, 4], after[:, 4], atol=1e-3)
    assert not torch.allclose(before[:, 5], after[:, 5], atol=1e-4)


def test_without_order_every_register_sees_every_other() -> None:
    net = lively_vit(ordered=False)
    image = torch.rand(1, 3, 32, 32)
    before = net.latents(image)
    with torch.no_grad():
        net.places[:, -1] += torch.randn(64)
    assert not torch.allclose(before[:, 0], net.latents(image)[:, 0], atol=1e-4)


def test_schedule_warms_up_holds_and_ends_at_zero() -> None:
    settings = Training(steps=100, batch=1, rate=1, warmup=0.1, decay=0.2)
    assert schedule(settings, 0) == 0.1 and schedule(settings, 50) == 1
    assert 0 < schedule(settings, 99) < 0.06


def test_measures_of_equal_and_of_worse_pictures() -> None:
    torch.manual_seed(0)
    image = torch.nn.functional.interpolate(torch.rand(2, 3, 16, 16), (128, 128), mode="bilinear")
    some, more = (image + level * torch.randn_like(image) for level in (0.02, 0.08))
    assert torch.allclose(measures.ms_ssim(image, image), torch.ones(2), atol=1e-5)
    assert torch.allclose(measures.psnr(image, image + 0.1), torch.full((2,), 20.0, dtype=torch.float64), atol=1e-3)
    for measure in (measures.psnr, measures.ssim, measures.ms_ssim):
        assert (measure(image, some) > measure(image, more)).all()


def test_a_dithered_prefix_is_spread_over_the_grid() -> None:
    order = dither_order(8)
    assert sorted(order.tolist()) == list(range(64))
    first = [divmod(int(cell), 8) for cell in order[:16]]
    assert len({(y // 2, x // 2) for y, x in first}) == 16


def test_glyphs_draw_from_the_first_k_tokens_only() -> None:
    torch.manual_seed(0)
    net = GlyphNet(32, 4, (8, 8, 8), 1, 8).eval()
    values = torch.randint(0, 2, (1, net.tokens, 4)) * 2.0 - 1
    for k in (1, 4, 20, net.tokens - 1):
        other = values.clone()
        other[:, k:] *= -1
        length = torch.tensor([k])
        assert torch.equal(net.draw(values, length), net.draw(other, length))
        other = values.clone()
        other[:, k - 1] *= -1
        assert not torch.equal(net.draw(values, length), net.draw(other, length))
