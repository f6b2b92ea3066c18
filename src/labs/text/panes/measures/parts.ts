import { NO_SCRIPT, OTHER_SCRIPT } from '../../../../core/text/scripts';
import { decodeUtf8 } from '../../../../core/text/utf8';
import type { TextPart } from '../../../../engine/text/study.api';
import { characterEnd } from '../../documents';

/** Bytes of a line that are shown. */
const BEGINNING = 160;

/** The beginning of a line or a sentence, without spaces around it; "…" stands for what is left out. */
export function partBeginning(bytes: Uint8Array, { start, end }: Pick<TextPart, 'start' | 'end'>): string {
  if (end - start <= BEGINNING) return decodeUtf8(bytes.subarray(start, end)).trim();
  const to = Math.max(start, characterEnd(bytes, start + BEGINNING));
  return `${decodeUtf8(bytes.subarray(start, to)).trimStart()}…`;
}

/** Orders scripts by name; what is in none, or in one that is not told apart, is last. */
export function compareScripts(a: string, b: string): number {
  const last = (name: string) => [OTHER_SCRIPT, NO_SCRIPT].indexOf(name);
  return last(a) - last(b) || (a < b ? -1 : 1);
}
