#!/bin/sh
# The grid tokenizer on a GPU that is there for minutes. From the repository's root:
#
#   training/gpu/grid.sh prepare PHOTOS136 PHOTOS160 [FOLDER]  here: FOLDER (default training/data/grid-gpu, 56 MiB) with code
#                                                              and pictures; prints the call for the GPU machine
#   sh FOLDER/picture-run.sh MINUTES                           there: trains, writes at most 8 files into $OUT
#   training/gpu/grid.sh again FILES [FOLDER]                  here: lays what came back into FOLDER, to be continued
#   training/gpu/grid.sh export FILES DATA [OUT]               here: the model folder (default public/models/grid-256)
#   training/gpu/grid.sh try PHOTOS136 PHOTOS160               here: all of it at size `tiny` on the CPU
. "$(dirname "$0")/picture.sh"
case "${1:-}" in
prepare) folder=${4:-data/grid-gpu}; lay grid "$2" "$3" "$folder"; told "$folder" 7 ;;
again) again "${3:-data/grid-gpu}" "$2" ;;
export) export_from grid "$2" "$3" "${4:-../public/models/grid-256}" ;;
try) folder=data/grid-try; lay grid "$2" "$3" "$folder"; told "$folder" 7; try grid "$folder"; rm -rf "$folder" ;;
*) sed -n '2,11p' gpu/grid.sh; exit 2 ;;
esac
