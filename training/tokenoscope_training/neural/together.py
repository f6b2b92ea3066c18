"""Several processes train one model: each computes a share of every batch, and their gradients are averaged.

On a busy machine processes of one thread each, which sync once a step, are much faster than threads, which wait for
each other in every layer. Started by `python -m torch.distributed.run --standalone --nproc-per-node N -m
tokenoscope_training ...`; without it there is one process, and nothing here does anything.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import distributed


def begin() -> None:
    """Joins the other processes, if this one was started as one of several."""
    if int(os.environ.get("WORLD_SIZE", "1")) > 1:
        distributed.init_process_group("gloo")


def rank() -> int:
    """This process's number, from 0; only 0 writes files."""
    return distributed.get_rank() if distributed.is_initialized() else 0


def count() -> int:
    """How many processes there are."""
    return distributed.get_world_size() if distributed.is_initialized() else 1


def average(parameters: list[torch.nn.Parameter]) -> None:
    """Replaces the gradients by their mean over all processes."""
    if not distributed.is_initialized():
        return
    grads = [p.grad for p in parameters if p.grad is not None]
    flat = torch.cat([g.reshape(-1) for g in grads])
    distributed.all_reduce(flat)
    flat /= count()
    for grad, part in zip(grads, flat.split([g.numel() for g in grads]), strict=True):
        grad.copy_(part.view_as(grad))


def agreed(value: bool) -> bool:
    """True when process 0 says so: all must leave a loop at the same step."""
    if not distributed.is_initialized():
        return value
    flag = torch.tensor([int(value)])
    distributed.broadcast(flag, 0)
    return bool(flag.item())


@contextmanager
def first() -> Iterator[None]:
    """Process 0 goes first: the others find the files that it writes inside the block."""
    if distributed.is_initialized() and rank():
        distributed.barrier()
    yield
    if distributed.is_initialized() and not rank():
        distributed.barrier()
