#!/bin/sh
# On the GPU machine, from anywhere: sh FOLDER/picture-run.sh MINUTES. Trains the recipe of FOLDER for so long, and writes
# into $OUT what export needs and what resumes the run (files of at most 15 MiB), and the log.
# What a call before left on the machine, or `prepare` laid into FOLDER/again, is continued.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
recipe=$(cat "$here/recipe")
size=${SIZE:-gpu}
export PYTHONPATH="$here/code" PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 TOKENOSCOPE_FONTS="$here/fonts"
python=${PYTHON:-python3}
run="$here/runs/$recipe-$size-seed0"
mkdir -p "$run"
if [ ! -e "$run/checkpoint.pt" ] && ls "$here"/again/slim.pt* >/dev/null 2>&1; then
  cp "$here"/again/slim.pt* "$run/"
  "$python" -m tokenoscope_training.slim --join "$run"
fi
"$python" -m tokenoscope_training "$recipe" --data "$here" --runs "$here/runs" --size "$size" --minutes "$1" --resume \
  ${STEPS:+--steps $STEPS}
"$python" -m tokenoscope_training.slim --whole "$run"
cp "$run"/slim.pt* "$run/log.jsonl" "${OUT:?}/"
ls -la "$OUT"
