import { TokenoscopeError } from '../../core/errors';
import { decodeUtf8, encodeUtf8 } from '../../core/text/utf8';
import { assemble, type LoadedTokenizerFile } from '../hugging-face/assemble';
import { expressions } from '../hugging-face/expressions';
import type { JsonObject } from '../hugging-face/json';
import { modelSteps } from '../hugging-face/models';
import type { ReadTokenizerJson } from '../hugging-face/read-tokenizer-json';
import { corruptGguf } from './gguf-extract';
import { byteLevelModel, sentencePieceModel, wordPieceModel } from './gguf-models';
import { GgufError, GgufScanner } from './gguf-scan';
import { GgufTable } from './gguf-table';
import { type Steps, within } from './steps';
import { surrounding } from './tokenizer-config';

/** A tokenizer from a GGUF file. */
export interface GgufFile extends LoadedTokenizerFile {
  /** A Jinja template. */
  readonly chatTemplate?: string;
}

/**
 * Builds a tokenizer from a GGUF file's metadata, in small steps: byte-level BPE, SentencePiece or WordPiece.
 * @param bytes at least as far as the metadata reach
 * @throws TokenoscopeError `tokenizer-corrupt` that names the byte; `tokenizer-unsupported` that names the tokenizer or
 *   pre-tokenizer that is not known here
 */
export function* ggufSteps(bytes: Uint8Array, name: string): Steps<GgufFile> {
  try {
    return yield* build(bytes, name);
  } catch (error) {
    if (error instanceof GgufError) throw corruptGguf(name, error);
    throw error;
  }
}

function* build(bytes: Uint8Array, name: string): Steps<GgufFile> {
  const table = readTable(bytes, name);
  const kind = table.text('tokenizer.ggml.model');
  const read = yield* within(0, 0.8, readModel(table, kind, name));
  const model = yield* within(0.8, 0.99, modelSteps(read.model));
  const { tokenizer, notes } = assemble(around(table, read, kind), model, expressions, read.emptyIds);
  const chatTemplate = table.text('tokenizer.chat_template');
  return {
    tokenizer,
    notes: [...notes, ...read.notes],
    ...(chatTemplate === undefined ? {} : { chatTemplate }),
  };
}

function readTable(bytes: Uint8Array, name: string): GgufTable {
  const header = new GgufScanner(bytes).header();
  if (!header) throw new GgufError('it ends within its header', bytes.length);
  const scanner = new GgufScanner(bytes, header);
  const table = new GgufTable(scanner, name);
  let at = header.length;
  for (let i = 0; i < header.entries; i++) {
    const entry = scanner.entry(at);
    if (!entry) throw new GgufError('it ends within its metadata', bytes.length);
    table.add(entry);
    at = entry.end;
  }
  return table;
}

/** A tokenizer.json's parts, and what the user should know. */
type Read = ReadTokenizerJson & { readonly notes: readonly string[]; readonly addsBos: boolean };

function* readModel(table: GgufTable, kind: string | undefined, name: string): Steps<Read> {
  switch (kind) {
    case 'gpt2':
      return yield* byteLevelModel(table);
    case 'llama':
      return { ...(yield* sentencePieceModel(table, 'BPE')), notes: [], addsBos: true };
    case 't5':
      return { ...(yield* sentencePieceModel(table, 'Unigram')), notes: [], addsBos: false };
    case 'bert':
      return { ...(yield* wordPieceModel(table)), addsBos: false };
    case undefined:
      throw new TokenoscopeError(
        'tokenizer-unsupported',
        `${name} is a GGUF file without a tokenizer.`,
        "Give the model's first GGUF file, or its tokenizer.json.",
      );
    default:
      throw new TokenoscopeError(
        'tokenizer-unsupported',
        `${name} has a tokenizer of the kind "${kind}", which is not read here.`,
        "Known are gpt2, llama, t5 and bert. Give the model's tokenizer.json.",
      );
  }
}

/** With the tokens around texts that the file asks for; BERT's are known already. */
function around(table: GgufTable, { json, model, addsBos }: Read, kind: string | undefined): JsonObject {
  if (kind === 'bert') return json;
  const tokenAt = (key: string) => {
    const id = table.number(`tokenizer.ggml.${key}_token_id`);
    if (id === undefined || !(id >= 0 && id < model.vocabulary.size)) return undefined;
    return decodeUtf8(model.vocabulary.bytesOf(id)) || undefined;
  };
  const isAdded = (key: string, fallback: boolean) =>
    (table.number(`tokenizer.ggml.add_${key}_token`) ?? Number(fallback)) !== 0;
  const start = isAdded('bos', addsBos) ? tokenAt('bos') : undefined;
  const end = isAdded('eos', kind === 't5') ? tokenAt('eos') : undefined;
  if (start === undefined && end === undefined) return json;
  const idOf = (content: string) => {
    const bytes = encodeUtf8(content);
    return model.vocabulary.find(bytes, 0, bytes.length);
  };
  return { ...json, post_processor: surrounding(start, end, idOf) };
}
