#!/bin/sh
# The eye on a GPU that is there for minutes. From the repository's root:
#
#   training/gpu/eye.sh prepare PHOTOS136 PHOTOS160 [FOLDER]  here: FOLDER (default training/data/eye-gpu, 60 MiB) with code,
#                                                             pictures, the teacher's answers, the trunk and fonts; prints the call
#   sh FOLDER/picture-run.sh MINUTES                          there: trains, writes at most 8 files into $OUT
#   training/gpu/eye.sh again FILES [FOLDER]                  here: lays what came back into FOLDER, to be continued
#   training/gpu/eye.sh export FILES DATA [OUT]               here: the folder (default public/eye)
#   training/gpu/eye.sh try PHOTOS136 PHOTOS160               here: all of it at size `tiny` on the CPU
#
# The teacher (`pip install '.[eye]'`) answers once, here, a quarter of an hour of an idle core; its answers stay in runs/.
. "$(dirname "$0")/picture.sh"
prepare() {
  lay eye "$1" "$2" "$3"
  "$python" -m tokenoscope_training eye-labels --data "$3" --size "$4"
  cp runs/eye-trunk.pt "$5" "$3/runs/"
  mkdir -p "$3/fonts"
  cp /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf /usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf "$3/fonts/"
}
case "${1:-}" in
prepare) folder=${4:-data/eye-gpu}; prepare "$2" "$3" "$folder" gpu runs/eye-labels-256-1.npz; told "$folder" 7 ;;
again) again "${3:-data/eye-gpu}" "$2" ;;
export) export_from eye "$2" "$3" "${4:-../public/eye}" ;;
try) folder=data/eye-try; prepare "$2" "$3" "$folder" tiny runs/eye-labels-256-1-limit48.npz; told "$folder" 7; try eye "$folder"; rm -rf "$folder" ;;
*) sed -n '2,13p' gpu/eye.sh; exit 2 ;;
esac
