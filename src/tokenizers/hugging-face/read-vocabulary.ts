import type { JsonReader } from '../files/json-reader';
import type { Steps } from '../files/steps';
import { named, TokenList } from '../files/token-list';
import type { Vocabulary } from '../vocabulary';
import { asSerdeReads } from './json-number';

/** Entries between two checks of the clock. */
const BATCH = 1023;

/** A vocabulary, and of Unigram's the log probability of every token. */
export interface ReadVocabulary {
  readonly vocabulary: Vocabulary;
  readonly scores: Float64Array | undefined;
  /** Ids of tokens without a text, which are holes in `vocabulary`. */
  readonly emptyIds: readonly number[];
}

/**
 * Reads `{"token": id, ...}`, or `[["token", score], ...]` where ids are places.
 * @throws TokenoscopeError that names the place
 */
export function* readVocabulary(reader: JsonReader): Steps<ReadVocabulary> {
  const first = reader.peek();
  if (first === 0x7b) return yield* readIds(reader);
  if (first === 0x5b) return yield* readScores(reader);
  throw reader.unexpected('an object of tokens and ids ({) or a list of tokens and scores ([)');
}

function* readIds(reader: JsonReader): Steps<ReadVocabulary> {
  const list = new TokenList((what, at) => reader.failure(what, at));
  const emptyIds: number[] = [];
  const { bytes } = reader;
  for (let more = reader.open('{'); more; more = reader.next('}')) {
    reader.keySpan();
    const { start, end } = reader;
    const token = reader.escaped ? reader.stringBytes() : undefined;
    const id = reader.number();
    if (token) list.add(token, 0, token.length, id, start);
    else list.add(bytes, start, end, id, start);
    if (start === end) emptyIds.push(id);
    if ((list.count & BATCH) === 0) yield reader.at / bytes.length;
  }
  return { vocabulary: yield* finished(reader, list, false), scores: undefined, emptyIds };
}

function* readScores(reader: JsonReader): Steps<ReadVocabulary> {
  const list = new TokenList((what, at) => reader.failure(what, at));
  const emptyIds: number[] = [];
  const { bytes } = reader;
  let scores = new Float64Array(1 << 12);
  for (let more = reader.open('['); more; more = reader.next(']')) {
    const id = list.count;
    if (reader.peek() !== 0x5b) throw reader.unexpected('a pair of token and score ([)');
    reader.open('[');
    reader.string();
    const token = reader.stringBytes();
    list.add(token, 0, token.length, id, reader.start);
    if (token.length === 0) emptyIds.push(id);
    if (!reader.next(']')) throw reader.failure(`${named(token)} has no score`);
    if (id === scores.length) {
      const grown = new Float64Array(2 * id);
      grown.set(scores);
      scores = grown;
    }
    scores[id] = asSerdeReads(reader.number());
    if (reader.next(']')) throw reader.failure(`${named(token)} has more than a score`);
    if ((id & BATCH) === BATCH) yield reader.at / bytes.length;
  }
  // SentencePiece models made by hand repeat tokens; Hugging Face's library takes them.
  const vocabulary = yield* finished(reader, list, true);
  return { vocabulary, scores: scores.slice(0, list.count), emptyIds };
}

/** Building tables does not count as progress in the file. */
function* finished(reader: JsonReader, list: TokenList, mayRepeat: boolean): Steps<Vocabulary> {
  const steps = list.finish(mayRepeat);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    yield reader.at / reader.bytes.length;
  }
}
