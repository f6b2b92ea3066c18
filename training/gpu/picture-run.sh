#!/bin/sh
# On the GPU machine, from anywhere: sh FOLDER/picture-run.sh MINUTES. Trains the recipe of FOLDER for so long, and writes
# into $OUT what export needs and what resumes the run (files of at most 15 MiB), and the log.
# What a call before left on the machine, or `prepare` laid into FOLDER/again, is continued.
# Of a pair (FOLDER/members) the first member gets 45 % of the minutes, and the other is trained for as many steps.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
recipe=$(cat "$here/recipe")
size=${SIZE:-gpu}
members=$(cat "$here/members" 2>/dev/null || echo plain)
steps=${STEPS:-}
minutes=$1
[ "$members" = plain ] || minutes=$(awk "BEGIN { print 0.45 * $1 }")
export PYTHONPATH="$here/code" PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 TOKENOSCOPE_FONTS="$here/fonts"
python=${PYTHON:-python3}
for member in $members; do
  run="$here/runs/$recipe-$size-seed0" prefix="" variant=""
  [ "$member" = plain ] || run="$here/runs/$recipe-$size-$member-seed0" prefix="$member-" variant="--variant $member"
  mkdir -p "$run"
  if [ ! -e "$run/checkpoint.pt" ] && ls "$here"/again/"$prefix"slim.pt* >/dev/null 2>&1; then
    for file in "$here"/again/"$prefix"slim.pt*; do
      cp "$file" "$run/slim.pt${file##*/"$prefix"slim.pt}"
    done
    "$python" -m tokenoscope_training.slim --join "$run"
  fi
  # With steps the minutes only end a leg, which a pair's second member must not do.
  time="--minutes $minutes"
  [ -z "$variant" ] || time=""
  # shellcheck disable=SC2086
  "$python" -m tokenoscope_training "$recipe" --data "$here" --runs "$here/runs" --size "$size" --resume \
    $variant $time ${steps:+--steps $steps}
  steps=$(sed -n '$s/.*"step": \([0-9]*\).*/\1/p' "$run/log.jsonl")
  "$python" -m tokenoscope_training.slim --whole "$run"
  for file in "$run"/slim.pt* "$run/log.jsonl"; do
    cp "$file" "${OUT:?}/$prefix${file##*/}"
  done
done
ls -la "$OUT"
