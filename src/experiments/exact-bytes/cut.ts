import { decodeUtf8, encodeUtf8, isContinuation } from '../../core/text/utf8';
import type { ByteState, DrawnToken } from '../../engine/lm/byte-state';
import { totalVariation, uniforms } from '../../engine/lm/draw';
import { idsOf, type Prefix } from '../../engine/lm/language-model';
import type { Learned } from './models';

/** Three ways to go on behind a prompt. */
export const ways = ['naive', 'healed', 'exact'] as const;
export type Way = (typeof ways)[number];
export type ByWay<T> = Readonly<Record<Way, T>>;

/** What is expected behind a prompt that ends at some place. */
export interface Cut {
  /** Characters of the prompt that are kept. */
  readonly kept: number;
  /** The tokens of what is kept. */
  readonly tokens: readonly Uint8Array[];
  /** How far the next byte's distribution is from the exact one, 0 to 1. */
  readonly distance: { readonly naive: number; readonly healed: number };
  /** Distributions of tokens that the model was asked for. */
  readonly calls: ByWay<number>;
  /** Next characters, the likeliest first (by whichever way likes it most). */
  readonly characters: readonly NextCharacter[];
  /** The likeliest covers. */
  readonly covers: readonly Cover[];
  /** The probability that a new token begins here. */
  readonly fresh: number;
  readonly drawn: { readonly naive: Continuation; readonly exact: Continuation };
}

export interface NextCharacter extends ByWay<number> {
  readonly text: string;
}

/** Tokens that cover the end of the prompt. */
export interface Cover {
  /** The last tokens that end within the prompt. */
  readonly before: readonly Uint8Array[];
  /** The token that goes beyond it. */
  readonly last: Uint8Array;
  /** Bytes of that one within the prompt. */
  readonly read: number;
  readonly probability: number;
}

/** A text that was drawn. */
export interface Continuation {
  /** Its tokens; the first may begin within the prompt. */
  readonly tokens: readonly Uint8Array[];
  /** Bytes of the first one within the prompt. */
  readonly read: number;
  /** Distributions that were asked for to draw it, without those for the prompt. */
  readonly calls: number;
}

/** Bytes that are drawn behind a prompt. */
const DRAWN = 70;

/** Characters and covers that are kept. */
const SHOWN = { characters: 8, covers: 5, before: 3 } as const;

/** A first byte of a character beyond ASCII that is followed further. */
const WORTH = 0.002;

/** A prompt as tokens, and what each way says behind it. */
interface Behind {
  /** Its encoding. */
  readonly tokens: Prefix;
  readonly states: ByWay<ByteState>;
}

/** Reads a prompt in each way. @throws TokenoscopeError `aborted` */
export async function statesBehind(
  { exact, tokenBytes }: Learned,
  prompt: Uint8Array,
  signal?: AbortSignal,
): Promise<Behind> {
  const encodings = exact.encodings(prompt);
  // All bytes are tokens, so that every text has an encoding.
  const tokens = exact.encoding(encodings)!;
  const { before } = tokens;
  const naive = await exact.asPrompted(tokens, undefined, signal);
  const states = {
    naive,
    healed: before ? await exact.asPrompted(before, tokenBytes(tokens.id), signal) : naive,
    exact: await exact.behind(prompt, signal, encodings),
  };
  return { tokens, states };
}

/** Looks at one cut. @param seed for what is drawn @throws TokenoscopeError `aborted` */
export async function cutAt(
  learned: Learned,
  kept: string,
  seed: number,
  signal: AbortSignal | undefined,
): Promise<Cut> {
  const { tokens, states } = await statesBehind(learned, encodeUtf8(kept), signal);
  const at = (state: ByteState) => totalVariation(state.next, states.exact.next);
  return {
    kept: [...kept].length,
    tokens: idsOf(tokens).map(learned.tokenBytes),
    distance: { naive: at(states.naive), healed: at(states.healed) },
    calls: { naive: states.naive.calls, healed: states.healed.calls, exact: states.exact.calls },
    characters: await nextCharacters(learned, states, signal),
    covers: likeliestCovers(learned, states.exact),
    fresh: 1 - states.exact.inside,
    drawn: {
      naive: await continued(learned, states.naive, seed, signal),
      exact: await continued(learned, states.exact, seed, signal),
    },
  };
}

/** Characters of one byte at once, others by their bytes one after the other. */
async function nextCharacters(
  learned: Learned,
  states: ByWay<ByteState>,
  signal: AbortSignal | undefined,
): Promise<NextCharacter[]> {
  const found = new Map<string, { naive: number; healed: number; exact: number }>();
  const visit = async (way: Way, state: ByteState, read: readonly number[], share: number): Promise<void> => {
    const length = read.length === 0 ? 1 : read[0]! >= 0xf0 ? 4 : read[0]! >= 0xe0 ? 3 : 2;
    for (const [byte, chance] of state.next.entries()) {
      const p = share * chance;
      if (read.length > 0 ? !isContinuation(byte) : byte >= 0x80 && (byte < 0xc2 || byte > 0xf4)) continue;
      if (byte >= 0x80 && p < WORTH) continue;
      const bytes = [...read, byte];
      if (byte < 0x80 || (read.length > 0 && bytes.length === length)) {
        const text = decodeUtf8(Uint8Array.from(bytes));
        const entry = found.get(text) ?? { naive: 0, healed: 0, exact: 0 };
        entry[way] += p;
        found.set(text, entry);
      } else await visit(way, await learned.exact.read(state, [byte], signal), bytes, p);
    }
  };
  for (const way of ways) await visit(way, states[way], [], 1);
  const most = (entry: ByWay<number>) => Math.max(entry.naive, entry.healed, entry.exact);
  return [...found]
    .map(([text, entry]) => ({ text, ...entry }))
    .sort((a, b) => most(b) - most(a))
    .slice(0, SHOWN.characters)
    .sort((a, b) => b.exact - a.exact);
}

function likeliestCovers({ exact, tokenBytes }: Learned, state: ByteState): Cover[] {
  return exact.likeliest(state, SHOWN.covers).map(({ prefix, read, probability }) => {
    const ids = idsOf(prefix);
    return {
      before: ids.slice(0, -1).slice(-SHOWN.before).map(tokenBytes),
      last: tokenBytes(prefix.id),
      read,
      probability,
    };
  });
}

/** Draws a text token by token. @throws TokenoscopeError `aborted` */
export async function continued(
  { exact }: Learned,
  state: ByteState,
  seed: number,
  signal: AbortSignal | undefined,
  bytes: number = DRAWN,
): Promise<Continuation> {
  const uniform = uniforms(seed);
  const tokens: Uint8Array[] = [];
  let [now, length, read, calls] = [state, 0, 0, 0];
  for (;;) {
    const drawn: DrawnToken | undefined = exact.drawToken(now, uniform());
    if (!drawn) break;
    if (tokens.length === 0) read = drawn.read;
    tokens.push(drawn.bytes);
    length += drawn.bytes.length - drawn.read;
    if (length >= bytes) break;
    now = await exact.start(drawn.prefix, signal);
    calls++;
  }
  return { tokens, read, calls };
}

/** The index of the largest. */
export function likeliest(next: Float64Array): number {
  let best = 0;
  for (let i = 1; i < next.length; i++) if (next[i]! > next[best]!) best = i;
  return best;
}
