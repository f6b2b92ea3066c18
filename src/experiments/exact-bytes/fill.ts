import { decodeUtf8, encodeUtf8, isContinuation } from '../../core/text/utf8';
import type { ByteState } from '../../engine/lm/byte-state';
import { continued, statesBehind } from './cut';
import type { Pause } from './held-out';
import type { Learned } from './models';

/** A middle between two texts. */
export interface Middle {
  readonly text: string;
  /** Of the middles that were proposed. */
  readonly naive: number;
  readonly exact: number;
}

export interface Filled {
  /** The likeliest by either way, the best by the exact one first. */
  readonly middles: readonly Middle[];
  /** How many were compared. */
  readonly proposed: number;
}

/** Bytes of a text that a way proposes middles with. */
const LONGEST = 8;
/** Bytes of what follows that are read. */
const FOLLOWING = 16;
const SHOWN = 4;
/** Middles that cost so many bits more than another one are not weighted to the end. */
const HOPELESS = 20;

/** A text behind the first part that is the beginning of a proposal. */
interface Node {
  readonly children: Map<number, Node>;
}

/**
 * Fills in the middle: both ways propose texts behind `before`, and each beginning of them is weighted by
 * P(middle | before) · P(after | before, middle), byte by byte. The naive way only differs in that it takes the tokens of
 * `before` for certain.
 * @param draws texts that each way proposes
 * @throws TokenoscopeError `aborted`
 */
export async function fillIn(
  learned: Learned,
  before: string,
  after: string,
  { seed, draws }: { readonly seed: number; readonly draws: number },
  pause: Pause,
): Promise<Filled | undefined> {
  const prompt = encodeUtf8(before);
  const following = encodeUtf8(after).subarray(0, FOLLOWING);
  if (prompt.length === 0 || following.length === 0) return undefined;
  const { states } = await statesBehind(learned, prompt);
  const root: Node = { children: new Map() };
  for (let i = 0; i < draws; i++) {
    for (const way of ['naive', 'exact'] as const) {
      const { tokens, read } = await continued(learned, states[way], seed + i, undefined, LONGEST);
      const bytes = tokens.flatMap((token, at) => Array.from(at === 0 ? token.subarray(read) : token));
      plant(root, bytes.slice(0, LONGEST));
    }
    await pause((0.2 * (i + 1)) / draws);
  }
  const weights = new Map<string, { naive: number; exact: number }>();
  const total = count(root);
  let done = 0;
  for (const way of ['naive', 'exact'] as const) {
    let least = Number.POSITIVE_INFINITY;
    const visit = async (node: Node, state: ByteState, bytes: readonly number[]): Promise<void> => {
      await pause(0.2 + (0.8 * done++) / (2 * total));
      if (isWhole(bytes)) {
        let now = state;
        for (const byte of following) {
          if (now.bits > least + HOPELESS) break;
          now = await learned.exact.read(now, [byte]);
        }
        least = Math.min(least, now.bits);
        const text = decodeUtf8(Uint8Array.from(bytes));
        const entry = weights.get(text) ?? { naive: 0, exact: 0 };
        entry[way] = now.bits > least + HOPELESS ? 0 : 2 ** -now.bits;
        weights.set(text, entry);
      }
      for (const [byte, child] of node.children)
        await visit(child, await learned.exact.read(state, [byte]), [...bytes, byte]);
    };
    await visit(root, states[way], []);
  }
  const all = [...weights];
  const sum = { naive: 0, exact: 0 };
  for (const [, entry] of all) {
    sum.naive += entry.naive;
    sum.exact += entry.exact;
  }
  const middles = all.map(([text, entry]) => ({
    text,
    naive: sum.naive > 0 ? entry.naive / sum.naive : 0,
    exact: sum.exact > 0 ? entry.exact / sum.exact : 0,
  }));
  const best = (way: 'naive' | 'exact') => middles.toSorted((a, b) => b[way] - a[way]).slice(0, SHOWN);
  const shown = new Set([...best('exact'), ...best('naive')]);
  return {
    middles: [...shown].sort((a, b) => b.exact - a.exact),
    proposed: middles.length,
  };
}

function plant(root: Node, bytes: readonly number[]): void {
  let at = root;
  for (const byte of bytes) {
    const next = at.children.get(byte) ?? { children: new Map() };
    at.children.set(byte, next);
    at = next;
  }
}

function count(node: Node): number {
  let nodes = 1;
  for (const child of node.children.values()) nodes += count(child);
  return nodes;
}

/** Whether bytes end where a character does. */
function isWhole(bytes: readonly number[]): boolean {
  let lead = bytes.length - 1;
  while (lead >= 0 && isContinuation(bytes[lead]!)) lead--;
  if (lead < 0) return bytes.length === 0;
  const byte = bytes[lead]!;
  return bytes.length - lead === (byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4);
}
