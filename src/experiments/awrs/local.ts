import type { Enumeration } from './enumerate';
import type { Level } from './levels';

/** The law of drawing token by token. */
export interface Local {
  /** How often a string is drawn, 0 to 1. */
  share(text: string): number;
  /** Half the sum of the differences from the exact probabilities, 0 to 1. */
  readonly distance: number;
  /** The string that is drawn too often by most. */
  readonly trap: { readonly text: string; readonly share: number; readonly exact: number };
}

/** What may be missing of a law that is called exact. */
const MISSING = 1e-3;

/** The law of drawing token by token: exactly where all of it was listed, as it was drawn elsewhere. @param one of one particle */
export function localLaw({ strings, localLeft }: Enumeration, one: Level): Local {
  const isWhole = localLeft < MISSING;
  const shares = new Map(
    isWhole
      ? strings.map(({ text, local }) => [text, local] as const)
      : one.strings.map(({ text, share }) => [text, share] as const),
  );
  const exacts = new Map(strings.map(({ text, exact }) => [text, exact] as const));
  const all = [...shares].map(([text, share]) => ({ text, share, exact: exacts.get(text) ?? 0 }));
  return {
    share: (text) => shares.get(text) ?? 0,
    distance: isWhole
      ? strings.reduce((sum, { exact, local }) => sum + Math.abs(exact - local), 0) / 2
      : (one.distance ?? 0),
    trap: all.reduce((most, each) => (each.share - each.exact > most.share - most.exact ? each : most)),
  };
}
