import { TokenoscopeError } from '../core/errors';
import type { SpecialCount } from '../core/text/tokens';

/** A special token met in a text, in UTF-16 units. */
export interface SpecialMatch {
  readonly start: number;
  readonly end: number;
  readonly id: number;
}

/** Finds special tokens (such as `<|endoftext|>`) written in a text. */
export class SpecialTokens {
  readonly #ids: ReadonlyMap<string, number>;
  readonly #pattern: RegExp | undefined;
  readonly #texts = new Map<number, string>();

  constructor(special: Readonly<Record<string, number>>) {
    this.#ids = new Map(Object.entries(special));
    for (const [text, id] of this.#ids) this.#texts.set(id, text);
    // Longest first: one special token may be the beginning of another.
    const names = [...this.#ids.keys()].sort((a, b) => b.length - a.length);
    if (names.length > 0) this.#pattern = new RegExp(names.map(quote).join('|'), 'g');
  }

  /** One more than the largest special id; 0 where there is none. */
  get size(): number {
    let size = 0;
    for (const id of this.#ids.values()) size = Math.max(size, id + 1);
    return size;
  }

  /** The first special token at or after unit `from`. */
  next(text: string, from: number): SpecialMatch | undefined {
    if (!this.#pattern) return undefined;
    this.#pattern.lastIndex = from;
    const match = this.#pattern.exec(text);
    if (!match) return undefined;
    return { start: match.index, end: match.index + match[0].length, id: this.#ids.get(match[0])! };
  }

  /** All that are written in a text, in the order of their first places. */
  countIn(text: string): readonly SpecialCount[] {
    const counts = new Map<string, number>();
    for (let match = this.next(text, 0); match; match = this.next(text, match.end)) {
      const name = text.slice(match.start, match.end);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    return Array.from(counts, ([name, count]) => ({ name, count }));
  }

  ids(): Iterable<number> {
    return this.#texts.keys();
  }

  /** The text of a special id. */
  textOf(id: number): string | undefined {
    return this.#texts.get(id);
  }

  /** The id of a special token's text. */
  idOf(text: string): number | undefined {
    return this.#ids.get(text);
  }

  /** @throws TokenoscopeError `special-token` where the text holds one */
  refuse(text: string): void {
    const match = this.next(text, 0);
    if (!match) return;
    throw new TokenoscopeError(
      'special-token',
      `The text contains the special token ${text.slice(match.start, match.end)} at character ${match.start}.`,
      'Choose to parse special tokens or to treat them as text.',
    );
  }
}

function quote(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
