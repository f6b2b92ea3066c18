import type { Frame } from '../../../engine/image/image.api';
import { imageFacts } from '../../../measures/image-facts';
import { formatBytes, formatSignificant } from '../../../ui/format';
import { DIFFERENCE_GAIN, difference } from '../../../views/picture/paint';
import type { ImageLab } from '../image-lab';
import type { Lane } from '../lane';
import { bothOf } from '../pair/difference';
import { heatOf, mappedOf } from '../pair/heat';
import { pairOf } from '../pair/pair';
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
export function frameTile({ width, height, rgba, k, file, metrics }: Frame, { model, bits }: Named): Tile {
  const { psnr } = metrics;
  const figures = [
    ...(file ? [] : [`${k} ${k === 1 ? 'token' : 'tokens'}`]),
    formatBytes(Math.ceil((k * bits) / 8)),
    ...(psnr === undefined ? [] : [`${formatSignificant(psnr)} dB`]),
  ];
  return { width, height, rgba, caption: [model, figures.join(' · ')] };
}

/** What is on the stage, from left to right, as the chosen view shows it. @param namedOf what a lane is called */
export async function stageTiles(lab: ImageLab, namedOf: (lane: Lane) => Named): Promise<Tile[]> {
  const { lanes, view, pair: chosen } = lab.store.getState();
  const tileOf = (lane: Lane) => {
    const frame = lane.shown.get();
    return frame && frameTile(frame, namedOf(lane));
  };
  const original = originalTile(lanes[0]!);
  const pair = view === 'side' ? null : pairOf(view, chosen, lanes.length, original !== null);
  if (!pair) return [original, ...lanes.map(tileOf)].filter((tile) => tile !== null);
  const tiles = pair.map((place) =>
    place === 0 ? originalTile(lanes[Math.max(...pair, 1) - 1]!) : tileOf(lanes[place - 1]!),
  );
  const [left, right] = tiles;
  if (!left || !right || view === 'blink' || view === 'side') return tiles.filter((tile) => !!tile);
  const names = [left, right].map(({ caption }) => caption[0]!);
  if (view === 'wipe') {
    if (!sameSize(left, right)) return [left, right];
    const caption = [`${names[0]} | ${names[1]}`, [left, right].map(({ caption: [, of] }) => of).join(' | ')];
    return [{ ...right, rgba: wiped(left, right, lab.split.get()), caption }];
  }
  const both = bothOf(lanes, pair);
  if (!both) return [left, right];
  const between = `${names[0]} and ${names[1]}`;
  if (view === 'difference') {
    const rgba = difference(both[0].rgba, both[1].rgba);
    return [{ ...right, rgba, caption: [`${between}: difference × ${DIFFERENCE_GAIN}`, right.caption[1]!] }];
  }
  const measure = imageFacts.find(({ id }) => id === lab.store.getState().metric);
  const mapped = measure && mappedOf(measure);
  const heat = mapped && (await heatOf(mapped, both, lab.heatMaps()));
  if (!heat) return [left, right];
  const { label, best, worst } = mapped.map;
  const unit = measure.unit && ` ${measure.unit}`;
  const ends = `${label}: dark ${best}${unit}, bright ${worst}${unit}`;
  return [{ ...right, rgba: heat.rgba, caption: [between, right.caption[1]!, ends] }];
}

function sameSize(a: Tile, b: Tile): boolean {
  return a.width === b.width && a.height === b.height;
}

/** The left picture up to the divider, the right one from there on. @param split per cent from the left */
function wiped(left: Tile, right: Tile, split: number): Uint8ClampedArray<ArrayBuffer> {
  const { width, height } = left;
  const out = new Uint8ClampedArray(right.rgba);
  const edge = Math.round((width * split) / 100) * 4;
  for (let y = 0; y < height; y++) {
    const row = y * width * 4;
    out.set(left.rgba.subarray(row, row + edge), row);
  }
  return out;
}
