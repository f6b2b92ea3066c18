import { TokenoscopeError } from '../../core/errors';
import { placeIn } from './file-place';
import { unescapeJson } from './json-strings';
import type { Steps } from './steps';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Rust's JSON parser, which Hugging Face's library reads these files with, refuses more. */
const DEEPEST = 128;
/** Everything that is read whole, apart from vocabulary and merges, is far smaller. */
const LARGEST_VALUE = 64 << 20;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Reads JSON (RFC 8259) piece by piece out of UTF-8 bytes: large parts as tokens of the grammar, so that no object
 * of a million keys is created, small parts as plain values. Failures name line, column, byte and the path.
 *
 *     for (let more = reader.open('{'); more; more = reader.next('}')) {
 *       const key = reader.key();
 *       ...read the value
 *     }
 */
export class JsonReader {
  readonly bytes: Uint8Array;
  /** The next byte to read. */
  at = 0;
  /** Keys and indices that lead to the reader's place, outermost first; the caller maintains them. */
  readonly path: (string | number)[] = [];
  /** Of the string read last: its raw bytes `[start, end)`, and whether they hold escapes. */
  start = 0;
  end = 0;
  escaped = false;
  readonly #name: string;
  #scratch = new Uint8Array(256);

  /** @param bytes valid UTF-8 (see `checkUtf8`); a byte-order mark is skipped */
  constructor(bytes: Uint8Array, name: string) {
    this.bytes = bytes;
    this.#name = name;
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) this.at = 3;
  }

  /** The first byte of what comes next; -1 at the end of the file. */
  peek(): number {
    const { bytes } = this;
    let at = this.at;
    for (; at < bytes.length; at++) {
      const byte = bytes[at]!;
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) break;
    }
    this.at = at;
    return at < bytes.length ? bytes[at]! : -1;
  }

  /** Enters an object or a list; false where it is empty, which leaves it again. */
  open(bracket: '{' | '['): boolean {
    const close = bracket === '{' ? CLOSE_OBJECT : CLOSE_LIST;
    if (this.peek() !== bracket.charCodeAt(0)) {
      throw this.unexpected(bracket === '{' ? 'an object ({)' : 'a list ([)');
    }
    this.at++;
    if (this.peek() !== close) return true;
    this.at++;
    return false;
  }

  /** Passes the comma to the next member; false at the closing bracket, which leaves. */
  next(bracket: '}' | ']'): boolean {
    const byte = this.peek();
    this.at++;
    if (byte === COMMA) return true;
    if (byte === bracket.charCodeAt(0)) return false;
    this.at--;
    throw this.unexpected(`a comma or ${bracket}`);
  }

  /** A member's key, with the colon behind it, as a text. */
  key(): string {
    this.keySpan();
    return this.text();
  }

  /** A member's key, with the colon behind it, as a span. */
  keySpan(): void {
    if (this.peek() !== QUOTE) throw this.unexpected('a key in double quotes');
    this.string();
    if (this.peek() !== COLON) throw this.unexpected('a colon behind the key');
    this.at++;
  }

  /** Skips a string and sets its span. */
  string(): void {
    if (this.peek() !== QUOTE) throw this.unexpected('a text in double quotes');
    const { bytes } = this;
    const opened = this.at;
    const { length } = bytes;
    let at = opened + 1;
    let escaped = false;
    this.start = at;
    while (at < length) {
      const byte = bytes[at]!;
      if (byte === QUOTE) {
        this.end = at;
        this.escaped = escaped;
        this.at = at + 1;
        return;
      }
      if (byte === BACKSLASH) {
        escaped = true;
        at += 2;
      } else if (byte >= 0x20) at++;
      else {
        this.at = at;
        throw this.unexpected('an escape (such as \\n) for a control character in a text');
      }
    }
    this.at = opened;
    throw this.failure('a text begins that nothing ends');
  }

  /** The string read last, its escapes resolved, as bytes: a view that the next call may overwrite. */
  stringBytes(): Uint8Array {
    const { start, end } = this;
    if (!this.escaped) return this.bytes.subarray(start, end);
    if (this.#scratch.length < end - start) this.#scratch = new Uint8Array(2 * (end - start));
    const length = unescapeJson(this.bytes, start, end, this.#scratch);
    if (typeof length === 'number') return this.#scratch.subarray(0, length);
    this.at = length.at;
    throw this.unexpected(length.expected);
  }

  /** The string read last. */
  text(): string {
    return decoder.decode(this.stringBytes());
  }

  /** A number. */
  number(): number {
    const first = this.peek();
    if (first !== 0x2d && !(first >= 0x30 && first <= 0x39)) throw this.unexpected('a number');
    const { bytes } = this;
    const start = this.at;
    let value = 0;
    let at = start;
    for (; at < bytes.length && at < start + 15; at++) {
      const digit = bytes[at]! - 0x30;
      if (!(digit >= 0 && digit <= 9)) break;
      value = value * 10 + digit;
    }
    const isPlain = at > start && (first !== 0x30 || at === start + 1) && !continuesNumber(bytes[at]);
    this.at = at;
    return isPlain ? value : this.#longNumber(start);
  }

  #longNumber(start: number): number {
    let end = start;
    while (end < this.bytes.length && continuesNumber(this.bytes[end])) end++;
    const text = decoder.decode(this.bytes.subarray(start, end));
    this.at = start;
    if (!/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text)) throw this.unexpected('a number');
    this.at = end;
    return Number(text);
  }

  /**
   * A value of any type, as plain data.
   * @throws TokenoscopeError also where it is nested too deep or too large to be read at once
   */
  value(): unknown {
    return this.#value(this.at + LARGEST_VALUE, 0);
  }

  #value(limit: number, depth: number): unknown {
    if (this.at > limit) throw this.failure('this value is larger than any tokenizer needs (64 MB)');
    if (depth > DEEPEST) throw this.failure(`lists and objects are nested more than ${DEEPEST} deep`);
    switch (this.peek()) {
      case OPEN_OBJECT: {
        const object: Record<string, unknown> = Object.create(null);
        for (let more = this.open('{'); more; more = this.next('}')) {
          const key = this.key();
          this.path.push(key);
          object[key] = this.#value(limit, depth + 1);
          this.path.pop();
        }
        return object;
      }
      case OPEN_LIST: {
        const list: unknown[] = [];
        for (let more = this.open('['); more; more = this.next(']')) {
          this.path.push(list.length);
          list.push(this.#value(limit, depth + 1));
          this.path.pop();
        }
        return list;
      }
      case QUOTE:
        this.string();
        return this.text();
      case 0x74:
        return this.#word('true', true);
      case 0x66:
        return this.#word('false', false);
      case 0x6e:
        return this.#word('null', null);
      default: {
        const byte = this.peek();
        if (byte === 0x2d || (byte >= 0x30 && byte <= 0x39)) return this.number();
        throw this.unexpected('a value');
      }
    }
  }

  /** Skips a value; its brackets must match, nothing else is checked. */
  *skip(): Steps<void> {
    let depth = 0;
    for (let count = 1; ; count++) {
      const byte = this.peek();
      if (byte === QUOTE) this.string();
      else if (byte < 0) throw this.unexpected('a value');
      else {
        this.at++;
        if (byte === OPEN_LIST || byte === OPEN_OBJECT) depth++;
        if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth--;
      }
      const next = this.peek();
      if (depth === 0 && (next === COMMA || next === CLOSE_LIST || next === CLOSE_OBJECT)) return;
      if ((count & 8191) === 0) yield this.at / this.bytes.length;
    }
  }

  #word<T>(word: string, value: T): T {
    for (let i = 0; i < word.length; i++) {
      if (this.bytes[this.at + i] !== word.charCodeAt(i)) throw this.unexpected('a value');
    }
    this.at += word.length;
    return value;
  }

  /** @throws TokenoscopeError where anything but white space follows */
  finish(): void {
    if (this.peek() >= 0) throw this.unexpected('the end of the file');
  }

  /** The error for a place where the grammar expects something else. */
  unexpected(expected: string): TokenoscopeError {
    const { bytes, at } = this;
    let found = 'the file ends';
    if (at < bytes.length) {
      const text = decoder.decode(bytes.subarray(at, at + 24)).replace(/\ufffd+$/, '');
      found = `there is ${JSON.stringify(text.slice(0, 12))}`;
    }
    return this.failure(`${expected} is expected here, but ${found}`);
  }

  /** A failure that names the place. @param at the byte, where it is not the one to be read next */
  failure(what: string, at = this.at): TokenoscopeError {
    const path = this.path.length > 0 ? ` in ${pathText(this.path)}` : '';
    return new TokenoscopeError(
      'tokenizer-corrupt',
      `${this.#name} is not usable: ${what} (${placeIn(this.bytes, at)}${path}).`,
      'Check that the file is complete and unchanged.',
    );
  }
}

function continuesNumber(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  return (
    (byte >= 0x30 && byte <= 0x39) ||
    byte === 0x2e ||
    byte === 0x65 ||
    byte === 0x45 ||
    byte === 0x2b ||
    byte === 0x2d
  );
}

/** A path as people write it: `model.merges[12]`. */
function pathText(path: readonly (string | number)[]): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else if (/^[\w-]+$/.test(part)) text += text === '' ? part : `.${part}`;
    else text += `[${JSON.stringify(part.length > 60 ? `${part.slice(0, 60)}…` : part)}]`;
  }
  // A path thousands of steps long shows its two ends.
  return text.length > 200 ? `${text.slice(0, 100)} … ${text.slice(-80)}` : text;
}
