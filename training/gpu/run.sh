#!/bin/sh
# On the GPU machine, from the repository's root: sh training/gpu/run.sh MINUTES SECONDS.
# ladder for MINUTES and, beside it, the language models for SECONDS; 8 files in $OUT. See GPU.md.
set -u
out=${OUT:?}
made=$(mktemp -d)
mkdir -p "$made/lm" "$made/runs"
cd training
export PYTHONPATH=. PYTHONUNBUFFERED=1
(
    sh data/lm-gpu/lm-run.sh "$made/lm" "$2" >"$made/lm.log" 2>&1
    find "$made/lm" -type f -size +1M -exec cp {} "$out/" \;
    cd "$made/lm" && find . -type f ! -size +1M | tar czf "$out/lm-small.tgz" -T -
) &
language=$!
cp runs/one/perceptual-0.pt "$made/runs/"
python3 -m tokenoscope_training ladder --data runs/one --runs "$made/runs" --base runs/one/karhunen-128 --seed 0 \
    --size gpu --minutes "$1" >"$made/ladder.log" 2>&1
tail -3 "$made/ladder.log"
python3 -m tokenoscope_training.slim "$made/runs/ladder-gpu-seed0"
cp "$made/runs/ladder-gpu-seed0/slim.pt" "$out/"
wait $language
cp "$made/runs/ladder-gpu-seed0/log.jsonl" "$made/ladder.jsonl"
(cd "$made" && tar czf "$out/logs.tgz" ladder.jsonl ladder.log lm.log)
ls -la "$out"
