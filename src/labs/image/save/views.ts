import type { Frame } from '../../../engine/image/image.api';
import { formatBytes, formatSignificant } from '../../../ui/format';
import { difference } from '../../../views/picture/paint';
import type { ImageLab } from '../image-lab';
import type { Lane } from '../lane';
import type { Tile } from './sheet';

/** What a lane's picture is called, its model and the bytes that a token takes. */
export interface Named {
  readonly name: string;
  readonly model: string;
  readonly bits: number;
}

/** The original as the lane's model sees it; null for tokens that came in a link. */
export function originalTile(lane: Lane): Tile | null {
  const picture = lane.opened.get();
  if (!picture?.original) return null;
  const { width, height, original, label } = picture;
  return { width, height, rgba: original, caption: ['Original', label] };
}

/** A reconstruction with its rate and quality under it. */
export function frameTile({ width, height, rgba, k, metrics }: Frame, { model, bits }: Named): Tile {
  const { psnr } = metrics;
  const figures = [
    `${k} ${k === 1 ? 'token' : 'tokens'}`,
    formatBytes(Math.ceil((k * bits) / 8)),
    ...(psnr === undefined ? [] : [`${formatSignificant(psnr)} dB`]),
  ];
  return { width, height, rgba, caption: [model, figures.join(' · ')] };
}

/** What a reconstruction gets wrong, brightened as on the page. */
function differenceTile(frame: Frame, lane: Lane, named: Named): Tile | null {
  const original = lane.opened.get()?.original;
  if (!original) return null;
  const { caption, ...tile } = frameTile(frame, named);
  return { ...tile, rgba: difference(original, frame.rgba), caption: ['Difference', caption.join(', ')] };
}

/** What is on the stage, from left to right. */
export function stageTiles(lab: ImageLab, namedOf: (lane: Lane) => Named): Tile[] {
  const { lanes, view } = lab.store.getState();
  const tiles: (Tile | null)[] = [view === 'difference' && lanes.length > 1 ? null : originalTile(lanes[0]!)];
  for (const lane of lanes) {
    const frame = lane.shown.get();
    if (!frame) continue;
    tiles.push(frameTile(frame, namedOf(lane)));
    if (view === 'difference') tiles.push(differenceTile(frame, lane, namedOf(lane)));
  }
  return tiles.filter((tile) => tile !== null);
}
