import { Tokenizer as Oracle } from 'tokenizers';
import { TokenoscopeError } from '../../core/errors';
import { stateAfter } from '../../core/text/merge-trace';
import type { TokenSequence } from '../../core/text/token-sequence';
import { decodeUtf8, encodeUtf8 } from '../../core/text/utf8';
import { drain } from '../files/steps';
import { tokenizerJsonSteps } from '../hugging-face/tokenizer-json';
import type { PipelineTokenizer } from '../pipeline-tokenizer';
import { askOracle, difference } from './oracle';
import { type RandomTokenizer, UNSTRIPPED } from './random-tokenizer';

/** What was compared, and the first difference, in words. */
export interface Compared {
  readonly loads: boolean;
  readonly encoded: number;
  readonly decoded: number;
  readonly difference: string | undefined;
}

/** Loads a generated tokenizer here and in Hugging Face's library; compares ids, offsets, failures, decoded texts. */
export async function compareTokenizer({ json, texts, ids, slips }: RandomTokenizer): Promise<Compared> {
  const counts = { loads: true, encoded: 0, decoded: 0 };
  const ours = attempt(() => drain(tokenizerJsonSteps(encodeUtf8(json), 'tokenizer.json')).tokenizer);
  const theirs = attempt(() => Oracle.fromString(json));
  if ('failure' in ours || 'failure' in theirs) {
    const difference = unlike('loading', ours, theirs, () => undefined);
    return { ...counts, loads: false, difference };
  }
  const tokenizer = ours.value;
  const oracle = theirs.value;
  const differ = (what: string | undefined) => ({ ...counts, difference: what && `${what} with ${json}` });
  const sequences = [...ids];
  for (const [i, text] of texts.entries()) {
    const addSpecialTokens = i === 0;
    const mine = attempt(() => tokenizer.encode(text, { special: 'parse', addSpecialTokens }));
    const official = await attempted(askOracle(oracle, text, addSpecialTokens));
    const found = unlike(JSON.stringify(text), mine, official, (a, b) =>
      slips && a.ids.join() === b.ids.join() ? undefined : difference(text, a, b),
    );
    if (found) return differ(found);
    if ('value' in mine) {
      counts.encoded++;
      const inconsistent = addSpecialTokens ? undefined : disagreement(tokenizer, text, mine.value);
      if (inconsistent) return differ(`${JSON.stringify(text)}: ${inconsistent}`);
      sequences.push([...mine.value.ids]);
    }
  }
  const stripsEnds = /"stop":[1-9]/.test(json);
  for (const sequence of sequences) {
    // Where ends are stripped, the library panics if nothing else is there.
    const guard = tokenizer.idOf(UNSTRIPPED);
    if (stripsEnds && guard === undefined) continue;
    const all = stripsEnds ? [...sequence, guard!, ...sequence] : sequence;
    // The library leaves ids out that it does not know; here they are refused.
    const known = all.filter((id) => oracle.idToToken(id) !== null);
    const mine = attempt(() => tokenizer.decode(known));
    const official = await attempted(oracle.decode(known, false));
    const found = unlike(`decoding ${known.join(' ')}`, mine, official, (a, b) => {
      // Bytes that are no text become U+FFFD there in ways that depend on their neighbours; here they stay bytes.
      if (b.includes('\ufffd')) return undefined;
      counts.decoded++;
      const text = decodeUtf8(a);
      const stream = tokenizer.decodeStream();
      const streamed = [...known.map((id) => stream.push(id)), stream.end()].flatMap((bytes) => [...bytes]);
      if (streamed.join() !== [...a].join()) return `streaming ${known.join(' ')} gives other bytes`;
      return text === b ? undefined : `decoding ${known.join(' ')}: ${JSON.stringify([text, b])}`;
    });
    if (found) return differ(found);
  }
  return differ(undefined);
}

/** Where the engine does not agree with itself. */
function disagreement(tokenizer: PipelineTokenizer, text: string, tokens: TokenSequence): string | undefined {
  const unnamed = tokens.ids.find((id) => tokenizer.token(id) === undefined);
  if (unnamed !== undefined) return `no token has the id ${unnamed}`;
  const trace = tokenizer.trace(text, { special: 'parse' });
  if (trace?.kind !== 'merges') return undefined;
  const { ids } = stateAfter(trace, trace.ids.length);
  return ids.join() === tokens.ids.join() ? undefined : `the trace ends with ${ids.join(' ')}`;
}

type Outcome<T> = { readonly value: T } | { readonly failure: unknown };

function attempt<T>(act: () => T): Outcome<T> {
  try {
    return { value: act() };
  } catch (failure) {
    return { failure };
  }
}

async function attempted<T>(promise: Promise<T>): Promise<Outcome<T>> {
  return await promise.then(
    (value) => ({ value }),
    (failure: unknown) => ({ failure }),
  );
}

/** Both fail, ours in words; or neither does. */
function unlike<A, B>(
  what: string,
  ours: Outcome<A>,
  theirs: Outcome<B>,
  compare: (ours: A, theirs: B) => string | undefined,
): string | undefined {
  if ('value' in ours) {
    if ('value' in theirs) return compare(ours.value, theirs.value);
    return `${what}: the library fails with ${theirs.failure}, this engine does not`;
  }
  if (!(ours.failure instanceof TokenoscopeError)) return `${what}: fails with ${ours.failure}`;
  return 'value' in theirs ? `${what}: only this engine fails, with ${ours.failure.message}` : undefined;
}
