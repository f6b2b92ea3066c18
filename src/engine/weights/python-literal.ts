/** How deep lists and dictionaries may be within each other. */
const DEPTH = 64;
const NUMBER = /[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const WORDS: Readonly<Record<string, unknown>> = { True: true, False: false, None: null };
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\n': '' };

/** The text is no literal, or none that is read here. */
class NoLiteral extends Error {}

/**
 * A value as Python prints it: numbers, texts, True, False and None, in lists, tuples and dictionaries, which come as in JSON.
 * Nothing is looked up or called.
 * @returns undefined where the text is anything else
 */
export function readPythonLiteral(text: string): unknown {
  const reader = new Reader(text);
  try {
    const value = reader.value(0);
    return reader.isAtEnd ? value : undefined;
  } catch (error) {
    if (error instanceof NoLiteral) return undefined;
    throw error;
  }
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    this.#skip();
    return this.#at === this.#text.length;
  }

  value(depth: number): unknown {
    if (depth > DEPTH) throw new NoLiteral();
    this.#skip();
    const first = this.#text[this.#at] ?? '';
    if (first === '{') return this.#dictionary(depth);
    if (first === '[') return this.#list(']', depth);
    if (first === '(') return this.#list(')', depth);
    if (first === "'" || first === '"') return this.#string(first);
    const word = Object.keys(WORDS).find((one) => this.#text.startsWith(one, this.#at));
    if (word !== undefined) {
      this.#at += word.length;
      return WORDS[word];
    }
    NUMBER.lastIndex = this.#at;
    const number = NUMBER.exec(this.#text)?.[0];
    if (number === undefined) throw new NoLiteral();
    this.#at += number.length;
    return Number(number);
  }

  #dictionary(depth: number): object {
    const entries: [string, unknown][] = [];
    this.#at++;
    while (!this.#take('}')) {
      const key = this.value(depth + 1);
      if (typeof key === 'object') throw new NoLiteral();
      this.#expect(':');
      entries.push([String(key), this.value(depth + 1)]);
      if (!this.#take(',')) {
        this.#expect('}');
        break;
      }
    }
    return Object.fromEntries(entries);
  }

  #list(end: string, depth: number): unknown[] {
    const values: unknown[] = [];
    this.#at++;
    while (!this.#take(end)) {
      values.push(this.value(depth + 1));
      if (!this.#take(',')) {
        this.#expect(end);
        break;
      }
    }
    return values;
  }

  #string(quote: string): string {
    let result = '';
    for (this.#at++; ; this.#at++) {
      const char = this.#text[this.#at];
      if (char === undefined) throw new NoLiteral();
      if (char === quote) break;
      result += char === '\\' ? this.#escape() : char;
    }
    this.#at++;
    return result;
  }

  /** Behind a backslash; ends at its last character. */
  #escape(): string {
    const kind = this.#text[++this.#at] ?? '';
    const digits = { x: 2, u: 4, U: 8 }[kind];
    if (digits === undefined) return ESCAPES[kind] ?? kind;
    const code = this.#text.slice(this.#at + 1, this.#at + 1 + digits);
    const point = /^[\da-f]+$/i.test(code) && code.length === digits ? Number.parseInt(code, 16) : -1;
    if (point < 0 || point > 0x10ffff) throw new NoLiteral();
    this.#at += digits;
    return String.fromCodePoint(point);
  }

  #take(char: string): boolean {
    this.#skip();
    if (this.#text[this.#at] !== char) return false;
    this.#at++;
    return true;
  }

  #expect(char: string): void {
    if (!this.#take(char)) throw new NoLiteral();
  }

  #skip(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++;
  }
}
