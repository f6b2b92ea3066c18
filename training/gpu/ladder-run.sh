#!/bin/sh
# On the GPU machine, from the repository's root: training/gpu/ladder-run.sh check|train FOLDER MINUTES.
# `check` keeps the first half of the data and tries everything in seconds; `train` trains and writes to $OUT.
set -eu
kept=/tmp/ladder
cd training
export PYTHONPATH=. PYTHONUNBUFFERED=1
mkdir -p "$kept/data" "$kept/runs"
rm -f "$kept/data/train-1.zip" "$kept/data/val.zip"
cp -r "$2"/* "$kept/data/"
cp "$kept/data/perceptual-0.pt" "$kept/runs/"
run() {
    python3 -m tokenoscope_training ladder --data "$kept/data" --runs "$kept/runs" --base "$kept/data/karhunen-128" --seed 0 "$@"
}
if [ "$1" = check ]; then
    nvidia-smi --query-gpu=name,memory.total --format=csv,noheader
    ln -sf train-0.zip "$kept/data/train-1.zip"
    ln -sf train-0.zip "$kept/data/val.zip"
    run --size gpu-check --minutes "$3"
    rm -f "$kept/data/train-1.zip" "$kept/data/val.zip" "$kept"/runs/photos-val-*
else
    run --size gpu --minutes "$3"
    python3 -m tokenoscope_training.slim "$kept/runs/ladder-gpu-seed0"
    cp "$kept/runs/ladder-gpu-seed0/slim.pt" "$OUT/slim.pt"
    cp "$kept/runs/ladder-gpu-seed0/log.jsonl" "$OUT/log.jsonl"
fi
