import type { EncodeOptions } from '../../core/text/token-sequence';
import type { Tokenizer } from '../../core/text/tokens';
import type { SpecialReading } from './text.api';

/** UTF-16 units of the longest text that is also cut the other way, to say what that gives. */
const LONGEST = 4_000_000;

/**
 * How the special tokens of a text were read, and how many tokens the other reading gives.
 * @param options those that the text was cut with
 * @returns undefined where no special token is written in the text and none was added
 * @throws TokenoscopeError `aborted`
 */
export async function readSpecials(
  text: string,
  tokenizer: Tokenizer,
  options: EncodeOptions,
  signal: AbortSignal,
): Promise<SpecialReading | undefined> {
  const written = tokenizer.specialsIn?.(text) ?? [];
  const added = options.addSpecialTokens ? addedTo(tokenizer) : [];
  if (written.length === 0 && added.length === 0) return undefined;
  const isCounted = written.length > 0 && text.length <= LONGEST;
  const special = options.special === 'parse' ? 'text' : 'parse';
  const other = isCounted ? await tokenizer.encodeInSlices(text, { ...options, special, signal }) : undefined;
  return { written, otherwise: other?.ids.length ?? null, added };
}

/** Names of the tokens that a tokenizer puts around a text. */
function addedTo(tokenizer: Tokenizer): readonly string[] {
  const plain = Array.from(tokenizer.encode('').ids);
  const added: string[] = [];
  for (const id of tokenizer.encode('', { addSpecialTokens: true }).ids) {
    const at = plain.indexOf(id);
    if (at < 0) added.push(tokenizer.token(id)?.name ?? `id ${id}`);
    else plain.splice(at, 1);
  }
  return added;
}
