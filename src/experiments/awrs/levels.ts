import { draw } from '../../engine/lm/draw';
import type { Enumeration } from './enumerate';
import { type DrawnString, type Draws, drawPopulations, type Population } from './particles';
import type { PrefixTree } from './tree';

/**
 * Strings that are drawn for each number of particles, and populations at least: many where their shares are compared
 * with exact ones, few where some are shown.
 */
const COMPARED = { strings: 512, runs: 16 } as const;
const ALONE = { strings: 256, runs: 8 } as const;
/** Populations that are drawn in any case. */
const LEAST_RUNS = 4;
/** Strings that are shown. */
const SHOWN = 8;
/** Strings whose share is kept. */
const KEPT = 60;

/** What is drawn with some number of particles. */
export interface Level {
  readonly particles: number;
  /** Populations that were drawn. */
  readonly runs: number;
  /** How probable strings are that one takes from a population by their weights, the likeliest first. */
  readonly strings: readonly { readonly text: string; readonly share: number }[];
  /** Half the sum of the differences from the exact probabilities, 0 to 1; undefined where these are not known. */
  readonly distance: number | undefined;
  /** log2 of the mean estimate of the probability that the model alone gives a valid string. */
  readonly log2Mass: number;
  /** One string from each of some populations, taken by weight. */
  readonly drawn: readonly DrawnString[];
  /** What the model pays for a string, the mean of those that are drawn; undefined where there is none. */
  readonly bitsPerString: number | undefined;
  /** Means for a token. */
  readonly checks: number;
  readonly toSample: number;
  /** Checks of all that was drawn. */
  readonly allChecks: number;
}

interface Effort {
  /** Of the populations that are usually drawn, 0 to 1: less where a rule costs many checks, or a model much time. */
  readonly share: number;
  /** Particles that are drawn side by side, at most, but one population: a network keeps something for each. */
  readonly together: number;
}

/**
 * Draws populations of so many particles, and sums them up.
 * @throws TokenoscopeError `aborted`
 */
export async function drawAt(
  tree: PrefixTree,
  draws: Omit<Draws, 'runs'>,
  exact: Enumeration | undefined,
  { share, together }: Effort,
): Promise<Level> {
  const { strings: wanted, runs: least } = exact ? COMPARED : ALONE;
  const usual = Math.max(least, Math.ceil(wanted / draws.particles));
  const runs = Math.max(LEAST_RUNS, Math.ceil(usual * share));
  const populations: Population[] = [];
  let [tokens, checks, toSample] = [0, 0, 0];
  const group = Math.max(1, Math.floor(together / draws.particles));
  while (populations.length < runs) {
    const some = Math.min(group, runs - populations.length);
    const drawn = await drawPopulations(tree, { ...draws, runs: some });
    populations.push(...drawn.populations);
    tokens += drawn.tokens;
    checks += drawn.checks;
    toSample += drawn.toSample;
  }
  const shares = new Map<string, number>();
  const alive = populations.filter(({ strings }) => strings.length > 0);
  let bits = 0;
  for (const { strings } of alive) {
    for (const string of strings) {
      shares.set(string.text, (shares.get(string.text) ?? 0) + string.share / alive.length);
      bits += (string.share * string.bits) / alive.length;
    }
  }
  const strings = [...shares].map(([text, share]) => ({ text, share })).sort((a, b) => b.share - a.share);
  const drawn = alive.slice(0, SHOWN).map(
    ({ strings: all }) =>
      all[
        draw(
          all.map(({ share }) => share),
          draws.uniform(),
        )
      ]!,
  );
  return {
    particles: draws.particles,
    runs,
    strings: strings.slice(0, KEPT),
    distance: exact && distance(exact, shares),
    log2Mass: meanMass(populations),
    drawn,
    bitsPerString: alive.length > 0 ? bits : undefined,
    checks: checks / tokens,
    toSample: toSample / tokens,
    allChecks: checks,
  };
}

function distance({ strings }: Enumeration, shares: ReadonlyMap<string, number>): number {
  const known = strings.reduce((sum, { text, exact }) => sum + Math.abs(exact - (shares.get(text) ?? 0)), 0);
  const texts = new Set(strings.map(({ text }) => text));
  const other = [...shares].reduce((sum, [text, share]) => sum + (texts.has(text) ? 0 : share), 0);
  return (known + other) / 2;
}

function meanMass(populations: readonly Population[]): number {
  const most = Math.max(...populations.map(({ log2Mass }) => log2Mass));
  if (most === Number.NEGATIVE_INFINITY) return most;
  const sum = populations.reduce((total, { log2Mass }) => total + 2 ** (log2Mass - most), 0);
  return most + Math.log2(sum / populations.length);
}
