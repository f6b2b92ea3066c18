import { AlignedText } from './aligned-text';
import { byteOfLetter } from './byte-letters';
import { matchPattern } from './pretokenizers/split';

/**
 * Takes token strings one by one and passes on the result. Strings are *binary*: one character per
 * UTF-8 byte, so that tokens that split a character lose nothing on the way.
 */
export interface DecoderStage {
  /** A token, or a part of one: `last` is true where the token ends with it. */
  push(part: string, last: boolean): void;
  /** There are no more tokens. */
  end(): void;
}

/**
 * One step from token strings to text, as a stage in front of the next one. There is no separate code to decode a
 * whole text: it is decoded by streaming as well.
 */
export type Decoder = (next: DecoderStage) => DecoderStage;

const encoder = new TextEncoder();

/** A text as a binary string. */
export function toBinary(text: string): string {
  let binary = '';
  for (const byte of encoder.encode(text)) binary += String.fromCharCode(byte);
  return binary;
}

/** The bytes of binary strings, joined. */
export function bytesOfBinary(parts: readonly string[]): Uint8Array {
  const binary = parts.join('');
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** What a decoder makes of whole tokens. */
export function decodeWhole(decoder: Decoder, tokens: Iterable<string>): string[] {
  const parts: string[] = [];
  const stage = decoder({ push: (part) => parts.push(part), end: () => undefined });
  for (const token of tokens) stage.push(token, true);
  stage.end();
  return parts;
}

function toText(binary: string): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytesOfBinary([binary]));
}

/**
 * A decoder that needs whole tokens: parts are held back until the token is complete.
 * @param change what becomes of token `i`; undefined where it vanishes
 */
function eachToken(change: (token: string, i: number) => string | undefined): Decoder {
  return (next) => {
    let count = 0;
    let token = '';
    return {
      push(part, last) {
        token += part;
        if (!last) return;
        const changed = change(token, count++);
        token = '';
        if (changed !== undefined) next.push(changed, true);
      },
      end: () => next.end(),
    };
  };
}

/** All tokens into one, which passes in parts. */
export const fuseDecoder: Decoder = (next) => ({
  push: (part) => next.push(part, false),
  end() {
    next.push('', true);
    next.end();
  },
});

/** Byte letters back to bytes, of all tokens into one. A token with any other letter stays as it is. */
export const byteLevelDecoder: Decoder = (next) =>
  eachToken((token) => {
    let bytes = '';
    for (const letter of toText(token)) {
      const byte = byteOfLetter.get(letter.codePointAt(0)!);
      if (byte === undefined) return token;
      bytes += String.fromCharCode(byte);
    }
    return bytes;
  })(fuseDecoder(next));

/** `<0x0A>` back to the byte; the bytes in a row become one token. */
export const byteFallbackDecoder: Decoder = (next) => {
  let open = false;
  const close = () => {
    if (open) next.push('', true);
    open = false;
  };
  return eachToken((token) => token)({
    push(token) {
      // Rust takes a plus sign as well.
      const hex = /^<0x(?:\+([0-9A-Fa-f])|([0-9A-Fa-f]{2}))>$/.exec(token);
      if (hex) {
        next.push(String.fromCharCode(Number.parseInt(hex[1] ?? hex[2]!, 16)), false);
        open = true;
        return;
      }
      close();
      next.push(token, true);
    },
    end() {
      close();
      next.end();
    },
  });
};

/**
 * Replaces in every token.
 * @param pattern a text, not empty, or an expression (global, Unicode-aware)
 */
export function replaceDecoder(pattern: string | RegExp, content: string): Decoder {
  const to = toBinary(content);
  if (typeof pattern !== 'string') {
    return eachToken((token) => {
      const text = AlignedText.from(toText(token));
      const parts = matchPattern(text, pattern);
      return parts
        .map(([from, end, isMatch]) => (isMatch ? to : toBinary(text.slice(from, end).text)))
        .join('');
    });
  }
  const from = toBinary(pattern);
  return (next) => {
    let held = '';
    return {
      push(part, last) {
        const text = (held + part).split(from);
        const rest = text.pop()!;
        const keep = last ? 0 : beginningAtEnd(rest, from);
        held = rest.slice(rest.length - keep);
        next.push([...text, rest.slice(0, rest.length - keep)].join(to), last);
      },
      end: () => next.end(),
    };
  };
}

/** In a token, every `sought` becomes `by`; nothing is found between all its characters. */
function replaced(token: string, sought: string, by: string): string {
  if (sought !== '') return token.replaceAll(sought, by);
  return by === '' ? token : token.replace(/(?=[^\x80-\xbf])|$/g, by);
}

/** How many of the last characters of `text` may be the beginning of `sought`. */
function beginningAtEnd(text: string, sought: string): number {
  let length = Math.min(text.length, sought.length - 1);
  while (length > 0 && !text.endsWith(sought.slice(0, length))) length--;
  return length;
}

/** Takes up to `start` and `stop` times `content` off the ends of every token. */
export function stripDecoder(content: string, start: number, stop: number): Decoder {
  const sought = toBinary(content);
  return (next) => {
    let left = start;
    let held = '';
    return {
      push(part, last) {
        held += part;
        for (; left > 0 && held.startsWith(sought); left--) held = held.slice(sought.length);
        if (left > 0 && !last && sought.startsWith(held)) return;
        left = 0;
        // What is at the end may still have to be removed.
        let ready = last ? held.length : Math.max(0, held.length - stop * sought.length);
        if (last) {
          for (let i = 0; i < stop && held.endsWith(sought, ready); i++) ready -= sought.length;
        }
        next.push(held.slice(0, ready), last);
        held = last ? '' : held.slice(ready);
        if (last) left = start;
      },
      end: () => next.end(),
    };
  };
}

/**
 * SentencePiece's marks back to spaces. If encoding puts one in front, all marks of the first token are removed:
 * Hugging Face's library does so, which loses the spaces that a text began with.
 */
export function metaspaceDecoder(replacement: string, prepended: boolean): Decoder {
  const mark = toBinary(replacement);
  return eachToken((token, i) => token.replaceAll(mark, i === 0 && prepended ? '' : ' '));
}

/** WordPiece: tokens with the prefix join the one before; others get a space in front. */
export function wordPieceDecoder(prefix: string, cleanup: boolean): Decoder {
  const mark = toBinary(prefix);
  return eachToken((token, i) => {
    let text = token;
    if (i > 0) text = text.startsWith(mark) ? text.replace(mark, '') : ` ${text}`;
    return cleanup ? cleanUp(text) : text;
  });
}

/** End-of-word suffixes become spaces, except for the last: each token is held back until the next. */
export function bpeDecoder(suffix: string): Decoder {
  const mark = toBinary(suffix);
  return (next) => {
    let waiting: string | undefined;
    return eachToken((token) => token)({
      push(token) {
        if (waiting !== undefined) next.push(replaced(waiting, mark, ' '), true);
        waiting = token;
      },
      end() {
        if (waiting !== undefined) next.push(replaced(waiting, mark, ''), true);
        next.end();
      },
    });
  };
}

/** CTC: repeated tokens become one, pad tokens are dropped, word delimiters become spaces. */
export function ctcDecoder(pad: string, delimiter: string, cleanup: boolean): Decoder {
  return (next) => {
    let before: string | undefined;
    return eachToken((token) => {
      const repeated = token === before;
      before = token;
      if (repeated) return undefined;
      const plain = token.replaceAll(toBinary(pad), '');
      const text = cleanup ? replaced(cleanUp(plain), toBinary(delimiter), ' ') : plain;
      return text === '' ? undefined : text;
    })(next);
  };
}

/** One after the other. */
export function decoderChain(decoders: readonly Decoder[]): Decoder {
  return (next) => decoders.reduceRight((stage, decoder) => decoder(stage), next);
}

/** Without a decoder, Hugging Face puts spaces between tokens. */
export const spacingDecoder: Decoder = eachToken((token, i) => (i > 0 ? ` ${token}` : token));

function cleanUp(text: string): string {
  return text
    .replaceAll(' .', '.')
    .replaceAll(' ?', '?')
    .replaceAll(' !', '!')
    .replaceAll(' ,', ',')
    .replaceAll(" ' ", "'")
    .replaceAll(" n't", "n't")
    .replaceAll(" 'm", "'m")
    .replaceAll(' do not', " don't")
    .replaceAll(" 's", "'s")
    .replaceAll(" 've", "'ve")
    .replaceAll(" 're", "'re");
}
