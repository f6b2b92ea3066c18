#!/bin/sh
# flow-128 straightened on a GPU that is there for minutes: pairs drawn from the shipped flow, reflow, one distilled step.
# From the repository's root:
#
#   training/gpu/reflow.sh prepare PHOTOS136 PHOTOS160 [FOLDER]  here: FOLDER (default training/data/reflow-gpu, 42 MiB) with code,
#                                                                every other picture, karhunen-128 and flow-128; prints the call
#   sh FOLDER/reflow-run.sh MINUTES                              there: both, writes 4 files into $OUT
#   training/gpu/reflow.sh export FILES DATA [OUT]               here: the model folder (default public/models/flow-128)
#   training/gpu/reflow.sh try PHOTOS136 PHOTOS160               here: all of it at size `tiny` on the CPU, from a flow of that size
. "$(dirname "$0")/picture.sh"
prepare() { # PHOTOS136 PHOTOS160 FOLDER
  lay flow "$1" "$2" "$3"
  rm "$3/picture-run.sh"
  cp "$here/reflow-run.sh" "$3/"
  "$python" - "$3" <<'PYTHON'
import sys, zipfile
from pathlib import Path
from tokenoscope_training.shared import gather
import shutil

folder = Path(sys.argv[1])
with zipfile.ZipFile(folder / "train.zip") as every, zipfile.ZipFile(folder / "half.zip", "w") as half:
    for name in sorted(every.namelist())[::2]:
        half.writestr(name, every.read(name))
(folder / "half.zip").replace(folder / "train.zip")
for model in ("karhunen-128", "flow-128"):
    shutil.copytree(gather(Path("../public/models") / model), folder / "models" / model, dirs_exist_ok=True)
PYTHON
}
export_() { # FILES DATA OUT
  for recipe in flow flow-distilled; do
    run="runs/$recipe-${SIZE:-gpu}-reflow-seed0"
    mkdir -p "$run"
    cp "$1/$recipe-slim.pt" "$run/checkpoint.pt"
    cp "$1/$recipe-log.jsonl" "$run/log.jsonl"
  done
  "$python" -m tokenoscope_training flow-distilled --variant reflow --data "$2" --base "${BASE:-../public/models/karhunen-128}" \
    --size "${SIZE:-gpu}" --export --out "$3"
}
told_() {
  kilobytes=$(du -sk "$1" | cut -f1)
  echo "$kilobytes KiB in training/$1"
  [ "$kilobytes" -le 63488 ] || { echo "more than 62 MiB: too much for one transfer" >&2; exit 1; }
  echo "carry: training/$1"
  echo "call:  sh training/$1/reflow-run.sh 6"
}
case "${1:-}" in
prepare) folder=${4:-data/reflow-gpu}; prepare "$2" "$3" "$folder"; told_ "$folder" ;;
export) export_ "$2" "$3" "${4:-../public/models/flow-128}" ;;
try)
  folder=data/reflow-try OUT=$(mktemp -d)
  export OUT SIZE=tiny STEPS=2 BASE="data/reflow-try/models/karhunen-128"
  prepare "$2" "$3" "$folder"; told_ "$folder"
  "$python" -m tokenoscope_training flow --data "$folder" --runs "$folder/runs" --base "$BASE" --size tiny --steps 2
  sh "$folder/reflow-run.sh" 5
  export_ "$OUT" "$folder" "$OUT/models/flow-tiny"
  rm -rf "$folder" "$OUT"
  ;;
*) sed -n '2,10p' gpu/reflow.sh; exit 2 ;;
esac
