#!/bin/sh
# On the GPU machine: sh FOLDER/lm-run.sh OUT [SECONDS]. SECONDS run from now until everything is written.
set -u
here=$(cd "$(dirname "$0")" && pwd)
export PYTHONPATH="$here/code" PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 TOKENIZERS_PARALLELISM=true
exec "${PYTHON:-python3}" -m tokenoscope_training lm train --data "$here/texts" --out "$1" --seconds "${2:-125}" \
  --size "${SIZE:-gpu}" --device "${DEVICE:-cuda}" ${ONLY:+--only $ONLY}
