#!/bin/sh
# On the GPU machine, from anywhere: sh FOLDER/reflow-run.sh MINUTES. Draws pairs from the shipped flow, straightens it for
# two thirds of the minutes and distils the result for the rest, beside the minute or two that drawing pairs takes.
# Writes the averaged weights of both and their logs into $OUT.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
size=${SIZE:-gpu}
export PYTHONPATH="$here/code" PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
python=${PYTHON:-python3}
train() { # RECIPE SHARE
  "$python" -m tokenoscope_training "$1" --variant reflow --data "$here" --runs "$here/runs" --base "$here/models/karhunen-128" \
    --size "$size" --minutes "$(awk "BEGIN { print $2 * $minutes }")" ${STEPS:+--steps $STEPS}
  run="$here/runs/$1-$size-reflow-seed0"
  "$python" -m tokenoscope_training.slim "$run"
  cp "$run/slim.pt" "${OUT:?}/$1-slim.pt"
  cp "$run/log.jsonl" "$OUT/$1-log.jsonl"
}
minutes=$1
mkdir -p "$here/runs"
train flow 0.67
train flow-distilled 0.33
ls -la "$OUT"
