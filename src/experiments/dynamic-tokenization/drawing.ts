import { assignHues } from '../../core/hues';
import type { InlineToken } from '../../views/token-text/InlineTokens';
import { type Drawn, lengthAfter, savedBy } from './experiment';

const LINE_FEED = 10;

/**
 * The tokens of the drawn text after `m` merges; a line break is drawn with the token before it, other gaps with the token
 * after them.
 */
export function tokensAfter({ bytes, starts, ends, joined }: Drawn, m: number): InlineToken[] {
  const firsts = [...starts.keys()].filter((i) => joined[i]! > m);
  const known = new Map<string, number>();
  let from = 0;
  const pieces = firsts.map((first, i) => {
    const next = firsts[i + 1] ?? starts.length;
    const last = ends[next - 1]!;
    const limit = starts[next] ?? bytes.length;
    const to = Math.max(last, bytes.subarray(0, limit).lastIndexOf(LINE_FEED) + 1, from);
    const piece = bytes.slice(from, to);
    from = to;
    const name = String.fromCharCode(...piece);
    if (!known.has(name)) known.set(name, known.size);
    return { piece, id: known.get(name)!, parts: next - first };
  });
  const hues = assignHues(pieces.map(({ id }) => id));
  return pieces.map(({ piece, parts }, i) => ({
    text: piece,
    hue: hues[i]!,
    ...(parts > 1 ? { emphasis: 'strong' as const, note: `made of ${parts} tokens` } : {}),
  }));
}

/** A symbol as a reader sees it: spaces as an open box, bytes that are no character as hex. */
export function pieceText(name: string): string {
  const bytes = Uint8Array.from(name, (letter) => letter.charCodeAt(0));
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.replaceAll(' ', '␣').replaceAll('\t', '⇥');
  } catch {
    return [...bytes].map((byte) => `<${byte.toString(16).toUpperCase().padStart(2, '0')}>`).join('');
  }
}

/** Points of a curve at most. */
const POINTS = 160;

/** Numbers of merges from 1 to `last`, evenly spaced on a logarithmic scale. */
function places(last: number): number[] {
  const all = Array.from({ length: POINTS + 1 }, (_, i) => Math.round(last ** (i / POINTS)));
  return [...new Set(all)].filter((m) => m >= 1 && m <= last);
}

/** Per cent saved against merges. */
export function curvePoints(lengths: Uint32Array): [m: number, saved: number][] {
  if (lengths[0] === 0) return [];
  return places(lengths.length - 1).map((m) => [m, savedBy(lengths, m)!]);
}

/** The mean of curves, as far as the longest goes; undefined where there is none. */
export function curveOfMean(curves: readonly Uint32Array[]): [m: number, saved: number][] | undefined {
  if (curves.length === 0) return undefined;
  const last = Math.max(...curves.map((lengths) => lengths.length - 1));
  return places(last).map((m) => {
    const shares = curves.map((lengths) => 1 - lengthAfter(lengths, m) / lengths[0]!);
    return [m, (100 * shares.reduce((sum, share) => sum + share, 0)) / curves.length];
  });
}
