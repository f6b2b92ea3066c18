#!/bin/sh
# Language models on a GPU that is there for minutes. From the repository's root:
#
#   training/gpu/lm.sh prepare CORPORA [FOLDER]   here: FOLDER (default training/data/lm-gpu, at most 9 MiB) with the code, the
#                                                 recipe and the texts; prints the call for the GPU machine
#   sh FOLDER/lm-run.sh OUT [SECONDS]             there: trains every model at once, writes at most 7 files into OUT
#   training/gpu/lm.sh export WEIGHTS [OUT]       here: model folders (default public/lm) from the files that came back
#   training/gpu/lm.sh try CORPORA                here: all of it at size `tiny` on the CPU
#
# PYTHON names the interpreter (default python3) with torch, numpy, tokenizers; for export also onnx and onnxruntime.
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}
step=${1:-}
case "$step" in
prepare)
  folder=${3:-data/lm-gpu}
  rm -rf "$folder"
  mkdir -p "$folder/code/tokenoscope_training" "$folder/code/configs"
  "$python" -m tokenoscope_training lm prepare --corpora "$2" --out "$folder/texts"
  cp tokenoscope_training/__init__.py tokenoscope_training/__main__.py "$folder/code/tokenoscope_training/"
  cp -R tokenoscope_training/lm "$folder/code/tokenoscope_training/"
  rm -rf "$folder/code/tokenoscope_training/lm/__pycache__"
  cp configs/lm.toml "$folder/code/configs/"
  cp gpu/lm-run.sh "$folder/"
  du -sk "$folder"
  echo "carry: training/$folder"
  echo "call:  sh training/$folder/lm-run.sh \"\$OUT\" 125"
  ;;
export)
  "$python" -m tokenoscope_training lm export --weights "$2" --data "${TEXTS:-data/lm-gpu/texts}" --out "${3:-../public/lm}" \
    --command "${COMMAND:-training/gpu/lm.sh prepare CORPORA; sh training/data/lm-gpu/lm-run.sh OUT 125}"
  ;;
try)
  try=$(mktemp -d)
  "$python" -m tokenoscope_training lm prepare --corpora "$2" --out "$try/texts" --limit 60000
  "$python" -m tokenoscope_training lm train --data "$try/texts" --out "$try/out" --size tiny --seconds "${SECONDS_OF_TRY:-40}" --device cpu --held-limit 4000
  "$python" -m tokenoscope_training lm export --weights "$try/out" --data "$try/texts" --out "$try/models" --held-limit 2000
  rm -rf "$try"
  ;;
*)
  sed -n '2,11p' gpu/lm.sh
  exit 2
  ;;
esac
