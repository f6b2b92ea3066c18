import { TokenoscopeError } from '../../core/errors';
import { ARRAY, type GgufEntry, GgufError, GgufScanner, STRING } from './gguf-scan';

/** The metadata of a GGUF file by key. */
export class GgufTable {
  readonly scanner: GgufScanner;
  readonly name: string;
  readonly #entries = new Map<string, GgufEntry>();

  constructor(scanner: GgufScanner, name: string) {
    this.scanner = scanner;
    this.name = name;
  }

  add(entry: GgufEntry): void {
    this.#entries.set(entry.key, entry);
  }

  has(key: string): boolean {
    return this.#entries.has(key);
  }

  /** A text; undefined where there is none. @throws GgufError where it is of another type */
  text(key: string): string | undefined {
    const entry = this.#entries.get(key);
    if (entry && entry.type !== STRING) throw new GgufError(`${key} is not a text`, entry.start);
    return entry && this.scanner.text(entry.start);
  }

  /** A number or a truth value; undefined where there is none. @throws GgufError where it is of another type */
  number(key: string): number | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    const value = this.scanner.number(entry.start, entry.type);
    if (value === undefined) throw new GgufError(`${key} is not a number`, entry.start);
    return value;
  }

  /** A list of numbers; undefined where there is none. @throws GgufError where it is of another type */
  numbers(key: string): Float64Array | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    const { type, count, start } = this.#list(entry);
    const size = GgufScanner.sizeOf(type);
    if (!size) throw new GgufError(`${key} is not a list of numbers`, entry.start);
    return Float64Array.from({ length: count }, (_, i) => this.scanner.number(start + i * size, type)!);
  }

  /** The places `[start, end)` of the texts in a list, flat. @throws GgufError where there is none, or of another type */
  texts(key: string): Uint32Array {
    const entry = this.#entries.get(key);
    if (!entry) throw this.missing(key);
    const { type, count, start } = this.#list(entry);
    if (type !== STRING) throw new GgufError(`${key} is not a list of texts`, entry.start);
    const spans = new Uint32Array(2 * count);
    let at = start;
    for (let i = 0; i < count; i++) {
      const [from, to] = this.scanner.textSpan(at);
      spans[2 * i] = from;
      spans[2 * i + 1] = to;
      at = to;
    }
    return spans;
  }

  missing(key: string): TokenoscopeError {
    return new TokenoscopeError(
      'tokenizer-corrupt',
      `${this.name} is not usable as a GGUF file: it has no ${key}.`,
      'Check that the file is complete and unchanged.',
    );
  }

  #list(entry: GgufEntry) {
    if (entry.type !== ARRAY) throw new GgufError(`${entry.key} is not a list`, entry.start);
    return this.scanner.list(entry.start);
  }
}
