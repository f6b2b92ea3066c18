import type { Tokenizer } from '../../core/text/tokens';
import { encodeUtf8, utf8Length } from '../../core/text/utf8';
import { runInSlices } from '../../tokenizers/slices';

/** Lines of a text, each encoded by itself, as a batch of examples. */
export interface Batch {
  /** The text's UTF-8. */
  readonly bytes: Uint8Array;
  /** Symbols, one line after another. */
  readonly ids: readonly number[];
  /** What each symbol spells, as a binary string: one character a byte. In the order in which they first occur. */
  readonly names: readonly string[];
  /** Bytes of the text that each token covers. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** The first token of each line that has one. */
  readonly lines: readonly number[];
}

/** UTF-16 units of a line that is encoded in steps of its own. */
const LONG = 4096;

/**
 * Encodes a text line by line; empty lines and line breaks belong to no example.
 * @throws TokenoscopeError `aborted`
 */
export async function encodeBatch(
  text: string,
  tokenizer: Tokenizer,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (share: number) => void },
): Promise<Batch> {
  const whole = text.toWellFormed();
  const symbols = new Map<number, number>();
  const byName = new Map<string, number>();
  const batch = {
    bytes: encodeUtf8(whole),
    ids: [] as number[],
    names: [] as string[],
    starts: [] as number[],
    ends: [] as number[],
    lines: [] as number[],
  };
  const symbolOf = (id: number) => {
    let symbol = symbols.get(id);
    if (symbol !== undefined) return symbol;
    const name = String.fromCharCode(...tokenizer.tokenBytes(id));
    symbol = byName.get(name) ?? batch.names.push(name) - 1;
    byName.set(name, symbol);
    symbols.set(id, symbol);
    return symbol;
  };

  let at = 0;
  let byte = 0;
  const add = (line: string, tokens: ReturnType<Tokenizer['encode']>) => {
    if (tokens.ids.length > 0) batch.lines.push(batch.ids.length);
    for (const [i, id] of tokens.ids.entries()) {
      batch.ids.push(symbolOf(id));
      batch.starts.push(byte + tokens.starts[i]!);
      batch.ends.push(byte + tokens.ends[i]!);
    }
    byte += utf8Length(line) + 1;
  };
  const nextLine = () => {
    const feed = whole.indexOf('\n', at);
    return whole.slice(at, feed < 0 ? whole.length : feed);
  };
  const step = () => {
    const line = nextLine();
    if (line.length > LONG) return 1;
    add(line, tokenizer.encode(line));
    at += line.length + 1;
    return at >= whole.length ? 1 : Math.min(0.999, at / whole.length);
  };
  const sliced = signal ? { signal } : {};
  while (at < whole.length) {
    await runInSlices(step, sliced);
    const line = nextLine();
    if (line.length > LONG) {
      add(line, await tokenizer.encodeInSlices(line, sliced));
      at += line.length + 1;
    }
    onProgress?.(Math.min(1, at / whole.length));
  }
  return batch;
}
