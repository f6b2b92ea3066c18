import { Random } from './random';
import {
  LETTERS,
  randomByteTokens,
  randomDecoder,
  randomNormalizer,
  randomPostProcessor,
  randomPreTokenizer,
  randomText,
} from './random-parts';

/** In every generated tokenizer: none of its characters is ever stripped. */
export const UNSTRIPPED = '<x>';

/** A tokenizer.json of a few tokens, and what to compare. */
export interface RandomTokenizer {
  readonly json: string;
  readonly texts: readonly string[];
  /** Any ids, to be decoded. */
  readonly ids: readonly (readonly number[])[];
  /** The library counts offsets within what is left after characters were dropped, or with affixes that no text has. */
  readonly slips: boolean;
}

/** A small, odd tokenizer of any model type. The same seed gives the same one. */
export function randomTokenizer(seed: number): RandomTokenizer {
  const random = new Random(seed);
  const { model, ids, tokens, slips } = random.pick([bpe, bpe, wordPiece, wordLevel, unigram])(random);
  const normalizer = randomNormalizer(random);
  const added = addedTokens(random, tokens, ids.length === (ids.at(-1) ?? 0) + 1);
  const fragments = [...tokens.slice(0, 20), ...added.map(({ content }) => content)];
  const known = [...ids, ...added.map(({ id }) => id)];
  let json: Record<string, unknown> = {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: added,
    normalizer,
    pre_tokenizer: randomPreTokenizer(random),
    post_processor: randomPostProcessor(random),
    decoder: randomDecoder(random),
    model: shuffled(random, model),
  };
  if (random.below(8) === 0) json = broken(random, json);
  // Old files do not name the type.
  else if (random.below(12) === 0) json = { ...json, model: shuffled(random, { ...model, type: undefined }) };
  return {
    json: JSON.stringify(json),
    texts: [12, 12, 12, 90].map((longest) => randomText(random, fragments, longest)),
    ids: Array.from({ length: 3 }, () => Array.from({ length: random.below(8) }, () => random.pick(known))),
    slips: slips || slipsBySettings(json),
  };
}

function slipsBySettings(json: Record<string, unknown>): boolean {
  const { merges, vocab, unk_token } = json['model'] as Record<string, unknown>;
  const [normalizer, preTokenizer, postProcessor] = ['normalizer', 'pre_tokenizer', 'post_processor'].map(
    (part) => JSON.stringify(json[part]),
  );
  // What is put in front has the place of the character behind it, so that a token of parts of both ends before it begins.
  if (normalizer!.includes('Prepend') && preTokenizer!.includes('ByteLevel')) return true;
  const trims = postProcessor!.includes('"trim_offsets":true');
  // What is trimmed from an unknown token of Unigram depends on its text there, and of others on whole characters.
  if (trims && (Array.isArray(vocab) || /^[ Ġ]|[ Ġ]$/.test(String(unk_token)))) return true;
  return merges !== undefined && (unk_token ?? undefined) === undefined;
}

interface RandomModel {
  readonly model: object;
  readonly ids: readonly number[];
  readonly tokens: readonly string[];
  readonly slips: boolean;
}

interface AddedJson {
  readonly id: number;
  readonly content: string;
}

/** The unknown token: in the vocabulary, absent from it, or none. */
function unknownToken(random: Random, tokens: readonly string[]): string | null {
  const known = tokens.filter((token) => token !== '');
  return random.pick([null, '[NO]', random.pick(known), 'a', random.pick(known)]);
}

function bpe(random: Random): RandomModel {
  const affixed = random.below(4) === 0;
  const prefix = affixed ? random.pick([null, '', '##', '#', 'a']) : null;
  const suffix = affixed ? random.pick([null, '', '</w>', '!']) : null;
  const tokens = new Set<string>();
  for (const letter of LETTERS) {
    for (const before of ['', prefix ?? '']) {
      for (const after of ['', suffix ?? '']) if (random.below(5) > 0) tokens.add(before + letter + after);
    }
  }
  tokens.add('a');
  const byteFallback = random.pick([true, false, null, undefined]);
  if (byteFallback || random.below(6) === 0) for (const token of randomByteTokens(random)) tokens.add(token);
  const pairs: [string, string][] = [];
  for (let n = random.below(24); n > 0; n--) {
    const left = random.pick([...tokens]);
    const right = random.pick([...tokens]);
    if (!right.startsWith(prefix ?? '')) continue;
    const merged = left + right.slice((prefix ?? '').length);
    // As texts, merges cannot name tokens with spaces.
    tokens.add(merged);
    pairs.push([left, right]);
  }
  const list = [...tokens];
  if (random.below(12) === 0) list.push('');
  const asTexts = pairs.every(([a, b]) => !(a + b).includes(' ')) && random.below(2) === 0;
  const lines = pairs.map((pair) => pair.join(' '));
  if (random.below(2) === 0) lines.splice(random.pick([0, 0, lines.length]), 0, '#version: 0.2');
  const unknown = unknownToken(random, list);
  const { vocab, ids } = numbered(random, list);
  const model = {
    type: 'BPE',
    vocab,
    merges: asTexts ? lines : pairs,
    dropout: random.pick([null, null, 0, 1, undefined]),
    unk_token: unknown,
    continuing_subword_prefix: prefix,
    end_of_word_suffix: suffix,
    fuse_unk: random.pick([true, false, null, undefined]),
    byte_fallback: byteFallback,
    ignore_merges: random.pick([true, false, false, null, undefined]),
  };
  return { model, ids, tokens: list, slips: unknown === null || (affixed && byteFallback === true) };
}

function wordPiece(random: Random): RandomModel {
  const prefix = random.pick(['##', '#', '', 'a']);
  const words = pieces(random, 30).map((piece) => (random.below(2) === 0 ? piece : prefix + piece));
  const tokens = [...new Set(words)];
  const { vocab, ids } = numbered(random, tokens);
  const model = {
    type: 'WordPiece',
    vocab,
    unk_token: unknownToken(random, tokens) ?? '[UNK]',
    continuing_subword_prefix: prefix,
    max_input_chars_per_word: random.pick([0, 3, 100, 100]),
  };
  return { model, ids, tokens, slips: false };
}

function wordLevel(random: Random): RandomModel {
  const tokens = pieces(random, 40);
  const { vocab, ids } = numbered(random, tokens);
  const model = { type: 'WordLevel', vocab, unk_token: unknownToken(random, tokens) ?? '<unk>' };
  return { model, ids, tokens, slips: false };
}

function unigram(random: Random): RandomModel {
  const tokens = pieces(random, 30);
  const byteFallback = random.pick([true, false, undefined]);
  if (byteFallback) tokens.push(...randomByteTokens(random));
  if (random.below(3) === 0) tokens.push(random.pick(tokens), '', random.pick(tokens));
  const vocab = tokens.map((token) => [token, -random.below(12) / 2]);
  const model = {
    type: 'Unigram',
    vocab,
    unk_id: random.pick([null, undefined, random.below(tokens.length), random.below(tokens.length), 0]),
    byte_fallback: byteFallback,
  };
  return { model, ids: tokens.map((_, id) => id), tokens, slips: false };
}

function pieces(random: Random, count: number): string[] {
  const found = new Set<string>(['a', UNSTRIPPED]);
  for (const letter of LETTERS) if (random.below(4) > 0) found.add(letter);
  for (let n = random.below(count); n > 0; n--) found.add(randomText(random, [], 4));
  found.delete('');
  return [...found];
}

/** Ids in order, shuffled, or with holes. */
function numbered(random: Random, tokens: readonly string[]) {
  const gap = random.below(5) === 0 ? 3 : 1;
  let next = 0;
  const entries = tokens.map((token): [string, number] => {
    next += 1 + random.below(gap);
    return [token, next - 1];
  });
  const vocab = Object.fromEntries(random.below(3) === 0 ? shuffledList(random, entries) : entries);
  return { vocab, ids: entries.map(([, id]) => id) };
}

/**
 * Empty, overlapping, of the vocabulary, twice, with every flag.
 * @param dense whether the vocabulary has no holes: only then each gets an id of its own, and the library remembers of
 * which the normalized text is
 */
function addedTokens(random: Random, tokens: readonly string[], dense: boolean): AddedJson[] {
  const contents = [UNSTRIPPED];
  for (let n = random.below(6); n > 0; n--) {
    const content = random.pick(['', ' ', 'ab', 'a ', ' b', '<x', '世界', 'AB', 'é', '▁', 'x', 'b']);
    contents.push(random.below(3) === 0 ? random.pick([...tokens]) : content);
  }
  const searched = new Map<string, boolean>();
  return shuffledList(random, contents).flatMap((content, i) => {
    // Of two that become the same text, the library takes one by chance.
    const key = content
      .toLowerCase()
      .normalize('NFD')
      .replace(/[\s▁\p{M}]/gu, '');
    if (searched.get(key)) return [];
    // Of nothing but spaces a normalizer may leave nothing, which the library finds everywhere.
    const normalized = dense && key !== '' && !searched.has(key) && random.below(2) === 0;
    searched.set(key, normalized);
    const flag = () => random.below(4) === 0;
    // The library panics where a token of spaces would begin before itself.
    const lstrip = !/[\s▁]/.test(content) && flag();
    const flags = { single_word: flag(), lstrip, rstrip: flag(), normalized, special: flag() };
    return { id: random.pick([i, tokens.length + i, 900 + i]), content, ...flags };
  });
}

/** What the library refuses to load. */
function broken(random: Random, json: Record<string, unknown>): Record<string, unknown> {
  const model = json['model'] as Record<string, unknown>;
  const withModel = (parts: object) => ({ ...json, model: { ...model, ...parts } });
  const without = (object: object) => {
    // Without a type the library guesses; without a prefix it panics.
    const keys = Object.keys(object).filter(
      (name) => name !== 'type' && name !== 'continuing_subword_prefix',
    );
    const key = random.pick(keys);
    return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
  };
  switch (random.below(10)) {
    case 0:
      return { ...json, model: without(model) };
    case 1:
      return { ...json, added_tokens: [without((json['added_tokens'] as object[])[0]!)] };
    case 2:
      return { ...json, decoder: without((json['decoder'] ?? { type: 'BPEDecoder', suffix: '' }) as object) };
    case 3:
      return { ...json, post_processor: without({ type: 'BertProcessing', sep: ['a', 0], cls: ['b', 1] }) };
    case 4:
      return withModel({ dropout: random.pick([-0.1, 1.5, 'a']) });
    case 5:
      return withModel({ unk_id: 10_000, merges: [['a', 'no such token']] });
    case 6:
      return { ...json, decoder: { type: 'Strip', content: random.pick(['', 'ab', 7]), start: 0, stop: 0 } };
    case 7:
      return { ...json, version: random.pick(['1.1', null, 1]) };
    case 8:
      return random.below(2) === 0 ? { ...json, added_tokens: null } : withModel({ byte_fallback: null });
    default:
      return withModel({ merges: [['a', 'a'], 'a a'], unk_token: random.pick([7, null]) });
  }
}

function shuffled(random: Random, object: object): object {
  return Object.fromEntries(shuffledList(random, Object.entries(object)));
}

function shuffledList<T>(random: Random, list: readonly T[]): T[] {
  return list
    .map((item) => [random.unit(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
}
