import { decodeUtf8, isContinuation } from './utf8';

/**
 * One stretch of a token as it is drawn. `text` is the text itself; `symbol` is what to draw instead when
 * whitespace is made visible. `bytes` are parts of a character that the token boundary splits (or malformed
 * bytes): two hex digits each, never U+FFFD.
 */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bytes'; readonly hex: readonly string[] }
  | {
      readonly kind: 'space' | 'tab' | 'newline' | 'control';
      readonly text: string;
      readonly symbol: string;
    };

/** The stretches of the token that covers `bytes[start, end)` of a text's UTF-8. */
export function tokenPieces(bytes: Uint8Array, start: number, end: number): Piece[] {
  const pieces: Piece[] = [];
  let hex: string[] = [];
  const flush = () => {
    if (hex.length > 0) pieces.push({ kind: 'bytes', hex });
    hex = [];
  };
  for (let at = start; at < end; ) {
    const length = characterLength(bytes, at, end);
    if (length === 0) {
      hex.push(bytes[at]!.toString(16).padStart(2, '0').toUpperCase());
      at++;
    } else {
      flush();
      append(pieces, decodeUtf8(bytes.subarray(at, at + length)));
      at += length;
    }
  }
  flush();
  return pieces;
}

/** Bytes of the whole, well-formed character at `at`; 0 where there is none before `end`. */
function characterLength(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at]!;
  if (lead < 0x80) return 1;
  const length = lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xc2 ? 2 : 0;
  if (length === 0 || lead >= 0xf5 || at + length > end) return 0;
  for (let i = 1; i < length; i++) if (!isContinuation(bytes[at + i]!)) return 0;
  const second = bytes[at + 1]!;
  // Overlong forms, surrogates and what lies beyond U+10FFFF are malformed (Unicode, table 3-7).
  if ((lead === 0xe0 && second < 0xa0) || (lead === 0xed && second > 0x9f)) return 0;
  if ((lead === 0xf0 && second < 0x90) || (lead === 0xf4 && second > 0x8f)) return 0;
  return length;
}

function append(pieces: Piece[], character: string): void {
  const previous = pieces.at(-1);
  const special = invisible(character, previous?.kind === 'text');
  if (!special) {
    if (previous?.kind === 'text') {
      pieces[pieces.length - 1] = { kind: 'text', text: previous.text + character };
    } else pieces.push({ kind: 'text', text: character });
  } else if (previous && previous.kind === special.kind && 'symbol' in previous) {
    pieces[pieces.length - 1] = {
      kind: special.kind,
      text: previous.text + character,
      symbol: previous.symbol + special.symbol,
    };
  } else pieces.push({ kind: special.kind, text: character, symbol: special.symbol });
}

const NAMED: Readonly<Record<string, string>> = {
  '\u00a0': '⍽',
  '\u00ad': '‹SHY›',
  '\u200b': '‹ZWSP›',
  '\u200c': '‹ZWNJ›',
  '\u200d': '‹ZWJ›',
  '\u200e': '‹LRM›',
  '\u200f': '‹RLM›',
  '\u2060': '‹WJ›',
  '\u3000': '□',
  '\ufe0e': '‹VS15›',
  '\ufe0f': '‹VS16›',
  '\ufeff': '‹BOM›',
};

/** ASCII's own names: few faces have the control pictures, and these are too small to be read. */
const CONTROLS =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(
    ' ',
  );

function invisible(
  character: string,
  afterText: boolean,
): { kind: 'space' | 'tab' | 'newline' | 'control'; symbol: string } | undefined {
  if (character === ' ') return { kind: 'space', symbol: '·' };
  const code = character.codePointAt(0)!;
  if (code > 0x20 && code < 0x7f) return undefined;
  if (character === '\n') return { kind: 'newline', symbol: '↵' };
  if (character === '\r') return { kind: 'newline', symbol: '␍' };
  if (character === '\t') return { kind: 'tab', symbol: '→' };
  if (code < 0x20) return { kind: 'control', symbol: `‹${CONTROLS[code]!}›` };
  if (code === 0x7f) return { kind: 'control', symbol: '‹DEL›' };
  // Joiners and variation selectors shape the character before them: separated, they would break an emoji.
  if (afterText && (code === 0x200c || code === 0x200d || code === 0xfe0e || code === 0xfe0f))
    return undefined;
  if (/\p{Zs}/u.test(character)) return { kind: 'space', symbol: NAMED[character] ?? '␣' };
  if (/[\u2028\u2029]/u.test(character)) return { kind: 'newline', symbol: '↵' };
  if (NAMED[character] || /[\p{Cc}\p{Cf}]/u.test(character)) {
    // Tag characters and similar format characters inside an emoji sequence also belong to what they follow.
    if (afterText && code >= 0xe0020 && code <= 0xe007f) return undefined;
    return {
      kind: 'control',
      symbol: NAMED[character] ?? `‹${code.toString(16).toUpperCase().padStart(4, '0')}›`,
    };
  }
  return undefined;
}
