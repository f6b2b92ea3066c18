import { describe, expect, it } from 'vitest';
import { mulberry32 } from '../../core/image/noise';
import type { ByteState } from './byte-state';
import { uniforms } from './draw';
import { type Encodings, everyEncoding, type Merge, MergeEncodings } from './encodings';
import { ExactBytes } from './exact-bytes';
import { trainNgram } from './kneser-ney';
import {
  byteVocabulary,
  extendBy,
  idsOf,
  type LanguageModel,
  type LmVocabulary,
  type Prefix,
  START,
  textCost,
} from './language-model';

const A = 65;
const B = 66;

/** A vocabulary of spelled tokens. */
function spelled(...names: readonly string[]): LmVocabulary {
  return { size: names.length, bytes: (id) => Uint8Array.from(names[id]!, (letter) => letter.charCodeAt(0)) };
}

const bytesOf = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

/** A model given by what it says of the token behind some tokens. */
function modelOf(
  vocabulary: LmVocabulary,
  next: (ids: readonly number[]) => readonly number[],
): LanguageModel {
  const distribution = (prefix: Prefix) => Float64Array.from(next(idsOf(prefix)));
  return {
    vocabulary,
    next: async (prefixes) => prefixes.map(distribution),
    score: async (continuations) =>
      continuations.map(({ prefix, ids }) =>
        Float64Array.from(ids, (id, at) =>
          Math.log2(distribution(extendBy(prefix, Array.from(ids).slice(0, at)))[id]!),
        ),
      ),
  };
}

/**
 * A chain of two letters, P(A|A) = 0.6 and P(A|B) = 0.3, its first letter an A half of the time, read as the tokens A, B and
 * AA (the merge A A): the example of the fact sheet. What follows each token, by hand: behind a lone A, which an even number
 * of As does not end with, there is always a B.
 */
const chain = (() => {
  const vocabulary = spelled('A', 'B', 'AA');
  const from = (a: number) => [a * 0.4, 1 - a, a * 0.6];
  const model = modelOf(vocabulary, (ids) => {
    const last = ids.at(-1);
    return last === undefined ? from(0.5) : last === 0 ? [0, 1, 0] : from(last === 1 ? 0.3 : 0.6);
  });
  return { model, encodings: new MergeEncodings(vocabulary, [[0, 0, 2]], () => false) };
})();

function chainChance(text: string): number {
  let chance = 0.5;
  for (let i = 1; i < text.length; i++) {
    const a = text[i - 1] === 'A' ? 0.6 : 0.3;
    chance *= text[i] === 'A' ? a : 1 - a;
  }
  return chance;
}

describe('a Markov chain read as tokens', () => {
  it('is 0 and not 0.6 where tokens are continued, and 0.6 again by covers and by token healing', async () => {
    const exact = new ExactBytes(chain.model, chain.encodings);
    const prompt = bytesOf('BA');
    const tokens = exact.encoding(exact.encodings(prompt))!;
    expect(idsOf(tokens)).toEqual([1, 0]);
    expect((await exact.asPrompted(tokens)).next[A]).toBe(0);
    expect((await exact.behind(prompt)).next[A]).toBeCloseTo(0.6, 14);
    expect((await exact.asPrompted(tokens.before!, bytesOf('A'))).next[A]).toBeCloseTo(0.6, 14);
  });

  it('has the probability of every text', async () => {
    const exact = new ExactBytes(chain.model, chain.encodings);
    for (let length = 1; length <= 7; length++) {
      for (let bits = 0; bits < 2 ** length; bits++) {
        const text = Array.from({ length }, (_, i) => (bits & (1 << i) ? 'A' : 'B')).join('');
        const state = await exact.read(await exact.start(), bytesOf(text));
        expect(2 ** -state.bits).toBeCloseTo(chainChance(text), 14);
        const a = text.endsWith('A') ? 0.6 : 0.3;
        expect(state.next[A]).toBeCloseTo(a, 14);
        expect(state.next[B]).toBeCloseTo(1 - a, 14);
        expect((await exact.behind(bytesOf(text))).next[A]).toBeCloseTo(a, 14);
      }
    }
  });
});

/** Merges at random over a few letters, longer ones among them; two pairs may make the same token. */
function randomMerges(seed: number, letters: number, count: number) {
  const next = mulberry32(seed);
  const names = Array.from({ length: letters }, (_, i) => String.fromCharCode(A + i));
  const merges: Merge[] = [];
  while (merges.length < count) {
    const [left, right] = [next() % names.length, next() % names.length];
    if (merges.some(([l, r]) => l === left && r === right)) continue;
    const name = names[left]! + names[right]!;
    const known = names.indexOf(name);
    const merged = known >= 0 ? known : names.push(name) - 1;
    merges.push([left, right, merged]);
  }
  return { names, merges };
}

/** Byte pair encoding by its definition. */
function encode(text: string, names: readonly string[], merges: readonly Merge[], cuts: Cuts): number[] {
  const words: number[][] = [];
  for (let i = 0; i < text.length; i++) {
    if (i === 0 || cuts(text.charCodeAt(i - 1), text.charCodeAt(i))) words.push([]);
    words.at(-1)!.push(names.indexOf(text[i]!));
  }
  for (const word of words) {
    for (;;) {
      const found = merges.find(([left, right]) =>
        word.some((id, i) => id === left && word[i + 1] === right),
      );
      if (!found) break;
      const at = word.findIndex((id, i) => id === found[0] && word[i + 1] === found[1]);
      word.splice(at, 2, found[2]);
    }
  }
  return words.flat();
}

type Cuts = (left: number, right: number) => boolean;

describe.each([
  ['no cuts', (() => false) as Cuts, 2, 5, 6],
  ['cuts before every A', ((_, right) => right === A) as Cuts, 3, 6, 5],
])('a byte pair encoding with %s', (_, cuts, letters, count, longest) => {
  it.each([1, 2, 3, 4, 5])('says the same as brute force (merges %i)', async (seed) => {
    const { names, merges } = randomMerges(seed, letters, count);
    const vocabulary = spelled(...names);
    const encodings = new MergeEncodings(vocabulary, merges, cuts);
    const uniform = uniforms(seed);
    const table = new Map<string, readonly number[]>();
    const model = modelOf(vocabulary, (ids) => {
      const key = ids.slice(-2).join(' ');
      const known = table.get(key) ?? names.map(() => uniform() ** 2);
      table.set(key, known);
      const sum = known.reduce((total, each) => total + each, 0);
      return known.map((each) => each / sum);
    });

    // All sequences that encode their text, with their probabilities.
    const isValid = (ids: readonly number[]) => {
      const text = ids.map((id) => names[id]).join('');
      return encode(text, names, merges, cuts).join(' ') === ids.join(' ');
    };
    const covers = new Map<string, number>();
    const visit = (ids: readonly number[], text: string, chance: number, prefix: Prefix) => {
      const allowed = names.map((_name, id) => isValid([...ids, id]));
      expect(Array.from(encodings.after(prefix), Boolean), `${ids}`).toEqual(allowed);
      const distribution = model.next([prefix]);
      return distribution.then(async ([chances]) => {
        const sum = allowed.reduce((total, ok, id) => total + (ok ? chances![id]! : 0), 0);
        for (const [id, name] of names.entries()) {
          if (!allowed[id]) continue;
          const longer = text + name;
          const p = (chance * chances![id]!) / sum;
          // The text is covered from its first byte behind `text` to the end of the token.
          for (let end = text.length + 1; end <= Math.min(longest, longer.length); end++)
            covers.set(longer.slice(0, end), (covers.get(longer.slice(0, end)) ?? 0) + p);
          if (longer.length < longest) await visit([...ids, id], longer, p, extendBy(prefix, [id]));
        }
      });
    };
    await visit([], '', 1, START);

    const exact = new ExactBytes(model, encodings);
    const alphabet = names.slice(0, letters);
    const compare = async (text: string, state: ByteState) => {
      expect(2 ** -state.bits).toBeCloseTo(text === '' ? 1 : (covers.get(text) ?? 0), 12);
      expect(idsOf(exact.encoding(exact.encodings(bytesOf(text)))!)).toEqual(
        encode(text, names, merges, cuts),
      );
      if (text.length === longest) return;
      const found = await exact.behind(bytesOf(text));
      for (const letter of alphabet) {
        const expected = (covers.get(text + letter) ?? 0) / (text === '' ? 1 : covers.get(text)!);
        expect(state.next[letter.charCodeAt(0)]).toBeCloseTo(expected, 12);
        expect(found.next[letter.charCodeAt(0)]).toBeCloseTo(expected, 12);
        await compare(text + letter, await exact.read(state, bytesOf(letter)));
      }
    };
    await compare('', await exact.start());
  });
});

describe('the exact bytes of an n-gram model', () => {
  const text = (seed: number, length: number) => {
    const next = mulberry32(seed);
    return Array.from({ length }, () => A + Math.min(next() % 4, next() % 3));
  };

  it('over single bytes are what the model says', async () => {
    const model = await trainNgram([text(1, 2000)], byteVocabulary, { order: 3 });
    const exact = new ExactBytes(model, everyEncoding(256));
    const read = text(2, 50);
    const state = await exact.read(await exact.start(), read);
    const expected = model.distribution(extendBy(START, read));
    for (let byte = 0; byte < 256; byte++) expect(state.next[byte]).toBeCloseTo(expected[byte]!, 12);
    const { bits } = await textCost(model, read);
    expect(state.bits).toBeCloseTo(
      bits.reduce((sum, each) => sum + each, 0),
      9,
    );
    expect(state.calls).toBe(51);
    expect(state.inside).toBe(0);
  });

  it('are drawn by tokens with the same probabilities, and read together as one by one', async () => {
    const exact = new ExactBytes(chain.model, chain.encodings);
    const state = await exact.behind(bytesOf('BAA'));
    const uniform = uniforms(5);
    const DRAWS = 4000;
    let [a, inside] = [0, 0];
    for (let i = 0; i < DRAWS; i++) {
      const { bytes, read } = exact.drawToken(state, uniform())!;
      if (bytes[read] === A) a++;
      if (read > 0) inside++;
    }
    // Three standard deviations.
    expect(Math.abs(a / DRAWS - state.next[A]!)).toBeLessThan(3 * Math.sqrt(0.24 / DRAWS));
    expect(Math.abs(inside / DRAWS - state.inside)).toBeLessThan(3 * Math.sqrt(0.25 / DRAWS));
    const steps = [A, B].map((byte) => ({ state, byte }));
    const together = await exact.readEach(steps);
    for (const [i, { byte }] of steps.entries()) expect(together[i]).toEqual(await exact.read(state, [byte]));
  });

  it('end where no encoding goes on, and with a signal', async () => {
    const none: Encodings = {
      after: ({ before }) => Uint8Array.of(before ? 0 : 1, 0, 0),
      isWhole: () => true,
    };
    const exact = new ExactBytes(chain.model, none);
    const state = await exact.behind(bytesOf('B'));
    expect(state).toMatchObject({ bits: 0, covers: [] });
    expect(exact.drawToken(state, 0.5)).toBeUndefined();
    expect((await exact.read(await exact.start(), bytesOf('B'))).bits).toBe(Number.POSITIVE_INFINITY);
    const model = await trainNgram([text(1, 50)], byteVocabulary, { order: 2 });
    const stopped = new ExactBytes(model, everyEncoding(256)).start(START, AbortSignal.abort());
    await expect(stopped).rejects.toMatchObject({ code: 'aborted' });
  });
});
