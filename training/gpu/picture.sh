# What the recipes over photographs have in common: read by grid.sh, eye.sh and pair.sh, which say what it does.
# PYTHON names the interpreter (default python3) with torch, numpy, pillow; for export also onnx and onnxruntime.
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}
here=gpu

lay() { # RECIPE PHOTOS136 PHOTOS160 FOLDER: code and pictures
  rm -rf "$4/code" "$4/again" "$4/members"
  mkdir -p "$4/code/tokenoscope_training" "$4/code/configs" "$4/runs"
  echo "$1" >"$4/recipe"
  cp -R tokenoscope_training "$4/code/"
  find "$4/code" -name __pycache__ -prune -exec rm -rf {} +
  cp configs/*.toml "$4/code/configs/"
  cp "$here/picture-run.sh" "$4/"
  cp "$2/train.zip" "$4/train.zip"
  cp "$3/val.zip" "$4/val.zip"
}

told() { # FOLDER MINUTES: its size and the call
  kilobytes=$(du -sk "$1" | cut -f1)
  echo "$kilobytes KiB in training/$1"
  [ "$kilobytes" -le 63488 ] || { echo "more than 62 MiB: too much for one transfer" >&2; exit 1; }
  echo "carry: training/$1"
  echo "call:  sh training/$1/picture-run.sh $2"
  echo "again: the same call within 30 s of the last continues; later, lay what came back beside the pictures with"
  echo "       'again FILES' and carry training/$1/again alone in a call before (sh -c true), so that both fit"
}

again() { # FOLDER FILES: what came back of a run, for another machine
  mkdir -p "$1/again"
  cp "$2"/*slim.pt* "$1/again/"
  du -sk "$1/again"
}

export_from() { # RECIPE FILES DATA OUT [VARIANT]: here, from what came back
  run="runs/$1-${SIZE:-gpu}${5:+-$5}-seed0"
  mkdir -p "$run"
  for file in "$2/${5:+$5-}"slim.pt* "$2/${5:+$5-}log.jsonl"; do
    name=${file##*/}
    cp "$file" "$run/${name#"${5:+$5-}"}"
  done
  "$python" -m tokenoscope_training.slim --join "$run"
  "$python" -m tokenoscope_training "$1" --data "$3" --size "${SIZE:-gpu}" --export --out "$4" ${5:+--variant "$5"}
}

try() { # RECIPE FOLDER [VARIANT]: two legs at size tiny on the CPU, then the export
  OUT=$(mktemp -d) && export OUT SIZE=tiny
  STEPS=2 sh "$2/picture-run.sh" 5
  again "$2" "$OUT"
  rm -rf "$2/runs/$1-tiny"*
  STEPS=4 sh "$2/picture-run.sh" 5
  for run in "$2/runs/$1-tiny"*; do
    PYTHONPATH=. "$python" -m tokenoscope_training.slim --join "$run"
  done
  "$python" -m tokenoscope_training "$1" --data "$2" --runs "$2/runs" --size tiny --export --out "$OUT/models/$1-tiny"
  if [ -n "${3:-}" ]; then
    "$python" -m tokenoscope_training "$1" --data "$2" --runs "$2/runs" --size tiny --export \
      --out "$OUT/models/$1-tiny-$3" --variant "$3"
  fi
  rm -rf "$OUT"
}
