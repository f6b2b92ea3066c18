#!/bin/sh
# A pair of models of the same size, steps, seed and data on a GPU that is there for minutes: fixed-32 with and without tail
# drop, or grid-256 with and without latent perturbation. RECIPE is fixed or grid. From the repository's root:
#
#   training/gpu/pair.sh prepare RECIPE PHOTOS136 PHOTOS160 [FOLDER]  here: FOLDER (default training/data/RECIPE-pair, 56 MiB)
#                                                                     with code and pictures; prints the call
#   sh FOLDER/picture-run.sh MINUTES                                  there: trains both, writes at most 8 files into $OUT
#   training/gpu/pair.sh again RECIPE FILES [FOLDER]                  here: lays what came back into FOLDER, to be continued
#   training/gpu/pair.sh export RECIPE FILES DATA [MODELS]            here: both folders (default public/models)
#   training/gpu/pair.sh try RECIPE PHOTOS136 PHOTOS160               here: all of it at size `tiny` on the CPU
. "$(dirname "$0")/picture.sh"
recipe=${2:-}
case "$recipe" in
fixed) variant=nested first=fixed-32 second=nested-32 ;;
grid) variant=robust first=grid-256 second=grid-robust-256 ;;
*) sed -n '2,10p' gpu/pair.sh; exit 2 ;;
esac
both() { # PHOTOS136 PHOTOS160 FOLDER
  lay "$recipe" "$1" "$2" "$3"
  echo "plain $variant" >"$3/members"
  told "$3" 7
}
case "${1:-}" in
prepare) both "$3" "$4" "${5:-data/$recipe-pair}" ;;
again) again "${4:-data/$recipe-pair}" "$3" ;;
export)
  models=${5:-../public/models}
  export_from "$recipe" "$3" "$4" "$models/$first"
  export_from "$recipe" "$3" "$4" "$models/$second" "$variant"
  ;;
try) folder=data/$recipe-pair-try; both "$3" "$4" "$folder"; try "$recipe" "$folder" "$variant"; rm -rf "$folder" ;;
*) sed -n '2,10p' gpu/pair.sh; exit 2 ;;
esac
