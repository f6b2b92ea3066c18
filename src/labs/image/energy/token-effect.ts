import { changeMap, placeOfChange } from '../../../core/image/token-change';
import type { Lane } from '../lane';
import type { EnergyWatch } from './energy-watch';

/** What one token does to a lane's picture. */
export interface TokenEffect {
  /** Counted from 0. */
  readonly index: number;
  readonly width: number;
  readonly height: number;
  /** Squared change of each pixel, by rows. */
  readonly map: Float32Array;
  /** Where, for a sentence; undefined where the token changes nothing. */
  readonly place: string | undefined;
}

/** The same on the page. */
export interface ShownEffect extends TokenEffect {
  /** What it does, in words. */
  readonly text: string;
}

/**
 * Compares the pictures before and with a token; decodes them where they are not cached.
 * @returns undefined where they cannot be decoded or another picture took their place
 */
export async function effectOf(
  lane: Lane,
  watch: EnergyWatch,
  index: number,
): Promise<TokenEffect | undefined> {
  try {
    const after = lane.cached(index + 1) ?? (await lane.frame(index + 1));
    const before = index === 0 ? watch.base : (lane.cached(index) ?? (await lane.frame(index))).rgba;
    if (!before || before.length !== after.rgba.length) return undefined;
    const map = changeMap(before, after.rgba);
    const { width, height } = after;
    return { index, width, height, map, place: placeOfChange(map, width) };
  } catch {
    return undefined; // where it cannot be decoded, the lane says why
  }
}

/** What a token does, in words: where, and how much of all change where that is known. */
export function describeEffect(place: string | undefined, share: number): string {
  if (place === undefined) return 'changes nothing';
  const what = place === 'the whole picture' ? 'changes the whole picture' : `changes mostly ${place}`;
  return Number.isNaN(share) ? what : `${what}: ${formatShare(share)} of all change`;
}

/** A share as per cent, with two significant digits. */
function formatShare(share: number): string {
  const percent = share * 100;
  if (percent === 0) return '0 %';
  if (percent < 0.01) return 'under 0.01 %';
  return `${percent >= 10 ? percent.toFixed(0) : percent.toPrecision(2)} %`;
}
