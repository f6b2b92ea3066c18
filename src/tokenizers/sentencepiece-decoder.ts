import { AlignedText } from './aligned-text';
import { bytesOfBinary, type Decoder, toBinary } from './decoders';

/** Options of `sentencePieceDecoder`. */
export interface SentencePieceDecoderOptions {
  /** Pieces that no text comes from. */
  readonly control: readonly string[];
  readonly unknown: string | undefined;
  /** What stands for the unknown piece. */
  readonly unknownSurface: string;
  readonly byteFallback: boolean;
  readonly dummyPrefix: boolean;
  readonly removeExtraWhitespace: boolean;
  /** Changes the whole text at the end. */
  readonly denormalize: ((text: AlignedText) => AlignedText) | undefined;
}

const MARK = toBinary('\u2581');

/**
 * Decodes as SentencePiece's processor does: control pieces vanish, marks become spaces, and the space that encoding puts in front is taken away, or, where
 * encoding removes them, all spaces at the beginning. Unlike there, bytes that are not valid UTF-8 stay as they are.
 */
export function sentencePieceDecoder(options: SentencePieceDecoderOptions): Decoder {
  const { dummyPrefix, removeExtraWhitespace, denormalize } = options;
  const control = new Set(options.control.map(toBinary));
  const unknown = options.unknown === undefined ? undefined : toBinary(options.unknown);
  const surface = toBinary(options.unknownSurface);
  return (next) => {
    let piece = '';
    let held = '';
    let mayStrip = dummyPrefix || removeExtraWhitespace;
    const give = (text: string) => {
      if (denormalize) held += text;
      else next.push(text, true);
      if (text !== '') mayStrip = false;
    };
    return {
      push(part, last) {
        piece += part;
        if (!last) return;
        let rest = piece;
        piece = '';
        const hex = options.byteFallback ? /^<0x([0-9A-F]{2})>$/.exec(rest)?.[1] : undefined;
        if (hex !== undefined) {
          give(String.fromCharCode(Number.parseInt(hex, 16)));
          return;
        }
        if (control.has(rest)) return;
        const isUnknown = rest === unknown;
        if (mayStrip && rest.startsWith(MARK)) {
          rest = rest.slice(MARK.length);
          mayStrip = removeExtraWhitespace;
        }
        give(isUnknown ? surface : rest.replaceAll(MARK, ' '));
      },
      end() {
        if (denormalize) {
          next.push(toBinary(denormalize(AlignedText.from(toText(held))).text), true);
        }
        next.end();
      },
    };
  };
}

/** A binary string as text; each byte that is not part of a character becomes U+FFFD. */
function toText(binary: string): string {
  const characters =
    /[\0-\x7f]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}|[\0-\xff]/g;
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  return binary.replace(characters, (part) => {
    try {
      return decoder.decode(bytesOfBinary([part]));
    } catch {
      return '\ufffd'.repeat(part.length);
    }
  });
}
