import type { Steps } from '../files/steps';
import { BpeModel } from '../models/bpe';
import type { BpeOptions } from '../models/bpe-symbols';
import { MergeTable } from '../models/merge-table';
import type { TokenModel } from '../models/model';
import { PointTrie } from '../models/point-trie';
import { UnigramModel } from '../models/unigram';
import { WordLevelModel } from '../models/word-level';
import { WordPieceModel, type WordPieceOptions } from '../models/word-piece';
import type { Vocabulary } from '../vocabulary';
import {
  booleanAt,
  corrupt,
  countAt,
  idFrom,
  type JsonObject,
  numberAt,
  stringAt,
  unsupported,
} from './json';
import { sentencePieceModelSteps } from './sentencepiece';

/** A model's description in a file, without its large parts. */
export interface ModelParts {
  /** All but vocabulary and merges. */
  readonly json: JsonObject;
  readonly vocabulary: Vocabulary;
  /** Where the vocabulary is a list of tokens and scores. */
  readonly scores: Float64Array | undefined;
  /** Ids, flat: left, right, merged. */
  readonly merges: Int32Array | undefined;
}

/**
 * Builds the model that a tokenizer.json describes.
 * @throws TokenoscopeError `tokenizer-corrupt` that names the place
 */
export function* modelSteps({ json, vocabulary, scores, merges }: ModelParts): Steps<TokenModel> {
  const place = 'model';
  // Old files do not name the type.
  const type = stringAt(json, 'type', place, guessedType(json, scores, merges));
  // Not in files: SentencePiece models come this way too.
  if (type === 'SentencePiece' && scores) return yield* sentencePieceModelSteps(json, vocabulary, scores);
  if (!['BPE', 'WordPiece', 'WordLevel', 'Unigram'].includes(type)) {
    throw unsupported(`${place}.type`, `the model ${type}`);
  }
  if ((scores !== undefined) !== (type === 'Unigram')) {
    const wanted = type === 'Unigram' ? 'not a list of tokens and scores' : 'not an object of tokens and ids';
    throw corrupt(`${place}.vocab`, `is ${wanted}, as a ${type} model needs`);
  }
  if (type === 'BPE' && !merges) throw corrupt(`${place}.merges`, 'is missing');
  if (scores) {
    const trie = yield* PointTrie.inSteps(vocabulary);
    const unknown = json['unk_id'] ?? undefined;
    if (unknown !== undefined && idFrom(unknown, `${place}.unk_id`) >= vocabulary.size) {
      throw corrupt(`${place}.unk_id`, `is ${unknown}, beyond the vocabulary`);
    }
    const byteFallback = booleanAt(json, 'byte_fallback', place, false);
    return new UnigramModel(vocabulary, trie, scores, unknown as number | undefined, byteFallback);
  }
  if (type === 'BPE') {
    const options = bpeOptionsFrom(json);
    // Dropout skips each merge by chance; with certainty it skips all.
    const kept = json['dropout'] === 1 ? new Int32Array(0) : merges!;
    return new BpeModel(vocabulary, yield* MergeTable.inSteps(kept), options);
  }
  if (type === 'WordPiece') return new WordPieceModel(vocabulary, wordPieceOptionsFrom(json));
  return new WordLevelModel(vocabulary, stringAt(json, 'unk_token', place, '<unk>'));
}

function guessedType(
  json: JsonObject,
  scores: Float64Array | undefined,
  merges: Int32Array | undefined,
): string {
  if (merges) return 'BPE';
  if (scores) return 'Unigram';
  return 'continuing_subword_prefix' in json ? 'WordPiece' : 'WordLevel';
}

/**
 * Options of a WordPiece model.
 * @throws TokenoscopeError `tokenizer-corrupt` that names the place
 */
function wordPieceOptionsFrom(json: JsonObject): WordPieceOptions {
  const place = 'model';
  return {
    unknownToken: stringAt(json, 'unk_token', place, '[UNK]'),
    prefix: stringAt(json, 'continuing_subword_prefix', place, '##'),
    maxCharacters: countAt(json, 'max_input_chars_per_word', place, 100),
  };
}

/**
 * Options of a BPE model.
 * @throws TokenoscopeError `tokenizer-corrupt` that names the place
 */
function bpeOptionsFrom(json: JsonObject): BpeOptions {
  const place = 'model';
  const dropout = numberAt(json, 'dropout', place, 0);
  if (!(dropout >= 0 && dropout <= 1))
    throw corrupt(`${place}.dropout`, `is ${dropout}, not between 0 and 1`);
  const unknown = json['unk_token'] ?? undefined;
  return {
    unknownToken: unknown === undefined ? undefined : stringAt(json, 'unk_token', place),
    fuseUnknown: booleanAt(json, 'fuse_unk', place, false),
    byteFallback: booleanAt(json, 'byte_fallback', place, false),
    ignoreMerges: booleanAt(json, 'ignore_merges', place, false) && dropout < 1,
    continuingPrefix: stringAt(json, 'continuing_subword_prefix', place, ''),
    endOfWordSuffix: stringAt(json, 'end_of_word_suffix', place, ''),
  };
}
