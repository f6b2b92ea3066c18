import type { TokenSequence } from '../core/text/token-sequence';
import type { Tokenizer } from '../core/text/tokens';
import { encodeUtf8 } from '../core/text/utf8';
import { runInSlices } from '../tokenizers/slices';
import type { Spelled, TypoExample } from '../tokenizers/words/levels';
import { type Typo, withTypos } from '../tokenizers/words/typos';
import type { RunContext } from './experiment';

/** Words with a typo that are shown, and that are measured. */
const SHOWN = 8;
const MEASURED = 500;

/**
 * What one typo changes in a word: its subwords before and after, and the mean share of the inputs that stay, of its
 * bytes and of its subwords (as bags: the number of common ones by the larger number of all).
 * @throws TokenoscopeError `aborted`
 */
export async function typoExamples(
  text: string,
  plan: readonly Typo[],
  tokenizer: Tokenizer,
  { signal }: Pick<RunContext, 'signal'>,
): Promise<{
  readonly examples: readonly TypoExample[];
  readonly kept: { readonly bytes: number; readonly tokens: number } | undefined;
}> {
  const measured = plan.slice(0, MEASURED);
  const examples: TypoExample[] = [];
  let bytes = 0;
  let tokens = 0;
  let at = 0;
  const step = () => {
    const typo = measured[at];
    if (!typo) return 1;
    at++;
    const [old, now] = wordsOf(text, typo);
    const [before, after] = [tokenizer.encode(old), tokenizer.encode(now)];
    bytes += commonShare(encodeUtf8(old), encodeUtf8(now));
    tokens += commonShare(before.ids, after.ids);
    if (examples.length < SHOWN) examples.push({ before: spelled(old, before), after: spelled(now, after) });
    return at / measured.length;
  };
  await runInSlices(step, { ...(signal && { signal }) });
  const count = measured.length;
  return { examples, kept: count === 0 ? undefined : { bytes: bytes / count, tokens: tokens / count } };
}

/** A word with its typo, and without; the space before it is part of what subwords see. */
function wordsOf(text: string, { word, start, end, put }: Typo): [old: string, now: string] {
  const from = text[word.start - 1] === ' ' ? word.start - 1 : word.start;
  const old = text.slice(from, word.end);
  const place = { start: start - from, end: end - from };
  return [old, withTypos(old, [{ ...place, put, word: place }]).text];
}

function spelled(text: string, { starts, ends }: TokenSequence): Spelled {
  return { text, starts: [...starts], ends: [...ends] };
}

/** Common members of two bags, by the size of the larger one; 1 where both are empty. */
function commonShare(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const counts = new Map<number, number>();
  for (let i = 0; i < a.length; i++) counts.set(a[i]!, (counts.get(a[i]!) ?? 0) + 1);
  let common = 0;
  for (let i = 0; i < b.length; i++) {
    const left = counts.get(b[i]!) ?? 0;
    if (left === 0) continue;
    counts.set(b[i]!, left - 1);
    common++;
  }
  const size = Math.max(a.length, b.length);
  return size === 0 ? 1 : common / size;
}
