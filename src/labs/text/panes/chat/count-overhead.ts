import { utf8Length } from '../../../../core/text/utf8';
import type { RenderedChat } from '../../../../engine/chat/chat.api';
import type { EncodedText } from '../../../../engine/text/check.api';

/** A run of tokens that share characters: drawn as one. */
export interface ChatPiece {
  readonly text: string;
  /** The vocabulary's names of its tokens. */
  readonly title: string;
  readonly tokens: number;
  readonly isTemplate: boolean;
}

/** A conversation's tokens, told apart. */
export interface ChatCount {
  readonly template: number;
  readonly content: number;
  /** The first `PIECES` of them, as they are drawn. */
  readonly pieces: readonly ChatPiece[];
  readonly isCut: boolean;
}

/** More are counted but not drawn. */
const PIECES = 1500;

/** Tells tokens of the template from tokens of the messages: a token belongs to where it begins. */
export function countOverhead({ text, contents }: RenderedChat, encoded: EncodedText): ChatCount {
  const { ids, starts, ends, names } = encoded;
  const ranges = contents.map(([from, to]) => [utf8Length(text, 0, from), utf8Length(text, 0, to)] as const);
  const bytes = new TextEncoder().encode(text);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const pieces: ChatPiece[] = [];
  let content = 0;
  let range = 0;
  for (let i = 0; i < ids.length; ) {
    const start = starts[i]!;
    while (range < ranges.length && ranges[range]![1] <= start) range++;
    const isContent = range < ranges.length && start >= ranges[range]![0];
    let end = ends[i]!;
    let next = i + 1;
    // Tokens of one character stand together.
    while (next < ids.length && (isInside(bytes, end) || starts[next]! < end)) {
      end = Math.max(end, ends[next++]!);
    }
    if (isContent) content += next - i;
    if (pieces.length < PIECES) {
      pieces.push({
        text: decoder.decode(bytes.subarray(start, end)),
        title: names.slice(i, next).join(' '),
        tokens: next - i,
        isTemplate: !isContent,
      });
    }
    i = next;
  }
  const drawn = pieces.reduce((sum, { tokens }) => sum + tokens, 0);
  return { template: ids.length - content, content, pieces, isCut: drawn < ids.length };
}

function isInside(bytes: Uint8Array, at: number): boolean {
  return at < bytes.length && (bytes[at]! & 0xc0) === 0x80;
}
