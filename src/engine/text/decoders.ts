import { byteOfLetter } from './byte-letters';

/**
 * One step from token strings to text. Strings are *binary*: one character per UTF-8 byte, so that tokens that
 * split a character lose nothing on the way.
 */
export type Decoder = (tokens: readonly string[]) => readonly string[];

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

function toText(binary: string): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytesOfBinary([binary]));
}

/** Byte letters back to bytes. A token with a letter that is none stays as it is. */
export const byteLevelDecoder: Decoder = (tokens) =>
  tokens.map((token) => {
    let bytes = '';
    for (const letter of toText(token)) {
      const byte = byteOfLetter.get(letter.codePointAt(0)!);
      if (byte === undefined) return token;
      bytes += String.fromCharCode(byte);
    }
    return bytes;
  });

/** `<0x0A>` back to the byte. */
export const byteFallbackDecoder: Decoder = (tokens) =>
  tokens.map((token) => {
    const hex = /^<0x([0-9A-Fa-f]{2})>$/.exec(token)?.[1];
    return hex === undefined ? token : String.fromCharCode(Number.parseInt(hex, 16));
  });

/** All tokens into one. */
export const fuseDecoder: Decoder = (tokens) => [tokens.join('')];

/** Replaces in every token. */
export function replaceDecoder(pattern: string | RegExp, content: string): Decoder {
  if (typeof pattern === 'string') {
    const from = toBinary(pattern);
    const to = toBinary(content);
    return (tokens) => tokens.map((token) => (from === '' ? token : token.replaceAll(from, () => to)));
  }
  return (tokens) => tokens.map((token) => toBinary(toText(token).replace(pattern, () => content)));
}

/** Takes up to `start` and `stop` times `content` off the ends of every token. */
export function stripDecoder(content: string, start: number, stop: number): Decoder {
  const part = toBinary(content);
  return (tokens) =>
    tokens.map((token) => {
      let text = token;
      for (let i = 0; i < start && text.startsWith(part); i++) text = text.slice(part.length);
      for (let i = 0; i < stop && text.endsWith(part); i++) text = text.slice(0, -part.length);
      return text;
    });
}

/** SentencePiece's marks back to spaces; the very first mark vanishes where one had been put in front. */
export function metaspaceDecoder(replacement: string, prepended: boolean): Decoder {
  const mark = toBinary(replacement);
  return (tokens) =>
    tokens.map((token, i) => {
      const text = i === 0 && prepended && token.startsWith(mark) ? token.slice(mark.length) : token;
      return text.replaceAll(mark, ' ');
    });
}

/** WordPiece: tokens with the prefix join the one before; others get a space in front. */
export function wordPieceDecoder(prefix: string, cleanup: boolean): Decoder {
  const mark = toBinary(prefix);
  return (tokens) =>
    tokens.map((token, i) => {
      let text = token;
      if (i > 0) text = text.startsWith(mark) ? text.replace(mark, '') : ` ${text}`;
      return cleanup ? cleanUp(text) : text;
    });
}

/** End-of-word suffixes become spaces, but for the last. */
export function bpeDecoder(suffix: string): Decoder {
  const mark = toBinary(suffix);
  return (tokens) =>
    tokens.map((token, i) => token.replaceAll(mark, () => (i === tokens.length - 1 ? '' : ' ')));
}

/** CTC: repeated tokens are one, pad tokens none, word delimiters spaces. */
export function ctcDecoder(pad: string, delimiter: string, cleanup: boolean): Decoder {
  return (tokens) =>
    tokens
      .filter((token, i) => token !== tokens[i - 1])
      .map((token) => {
        const text = token.replaceAll(toBinary(pad), '');
        return cleanup ? cleanUp(text).replaceAll(toBinary(delimiter), ' ') : text;
      })
      .filter((token) => token !== '');
}

/** One after the other. */
export function decoderChain(decoders: readonly Decoder[]): Decoder {
  return (tokens) => decoders.reduce<readonly string[]>((result, decoder) => decoder(result), tokens);
}

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
