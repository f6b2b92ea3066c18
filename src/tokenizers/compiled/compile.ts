import { readSentencePieceModel } from '../files/sentencepiece-model';
import { drain, type Steps } from '../files/steps';
import { readTiktoken } from '../files/tiktoken-file';
import type { TokenizerFile } from '../files/tokenizer-file';
import { readVocabularyAndMerges } from '../files/vocabulary-and-merges';
import { readWordPieceFile } from '../files/word-piece-file';
import type { JsonObject } from '../hugging-face/json';
import { type ReadTokenizerJson, readTokenizerJson } from '../hugging-face/read-tokenizer-json';
import type { TokenizerSpec } from '../spec';
import { packPipeline } from './pipeline-format';
import { bytesOfLetters, packRanks } from './rank-format';

/** How each format of tokenizer files is read, as the `tokenizer.json` that means the same. */
const readers = {
  'tokenizer.json': ([file]) => readTokenizerJson(file.bytes, file.name),
  sentencepiece: ([file]) => readSentencePieceModel(file.bytes, file.name),
  'vocab.txt': ([file]) => readWordPieceFile(file.bytes, file.name),
  'vocab.json, merges.txt': ([vocabulary, merges]) => {
    if (!merges) throw new RangeError('vocab.json comes with merges.txt: name both files.');
    return readVocabularyAndMerges(vocabulary, merges);
  },
} satisfies Readonly<Record<string, (files: Files) => Steps<ReadTokenizerJson>>>;

type Files = readonly [TokenizerFile, ...TokenizerFile[]];

/** Formats of tokenizer files that can be compiled. */
export type VocabularyFormat = keyof typeof readers | 'tiktoken';

/** What a vocabulary is compiled from. */
export interface VocabularyFiles {
  readonly format: VocabularyFormat;
  readonly files: Files;
  /** Parts of a tokenizer.json that the files lack or have wrong: they replace what was read. */
  readonly description?: JsonObject;
}

/**
 * Compiles tokenizer files, of any model type, into what `loadTokenizer` reads; not gzipped yet.
 * @param kind of the tokenizer's spec; others than these two have no vocabulary
 * @throws TokenoscopeError `tokenizer-corrupt` that names the place in the file
 * @throws RangeError where this format has no such form
 */
export function compileVocabulary(
  kind: Extract<TokenizerSpec, { vocabulary: string }>['kind'],
  { format, files, description }: VocabularyFiles,
): Uint8Array {
  const [{ bytes, name }] = files;
  if (format === 'tiktoken') {
    if (kind === 'bpe-ranks') return packRanks(drain(readTiktoken(bytes, name)).vocabulary);
    throw new RangeError(`${name} is a .tiktoken file: its spec is of the kind bpe-ranks, with a pattern.`);
  }
  const read = drain(readers[format](files));
  if (kind === 'pipeline') return packPipeline({ ...read, json: { ...read.json, ...description } });
  if (read.model.json['type'] !== 'BPE' && read.model.merges === undefined) {
    throw new RangeError(`${name} is not a byte-level BPE vocabulary: its spec is of the kind pipeline.`);
  }
  return packRanks(bytesOfLetters(read.model.vocabulary));
}
