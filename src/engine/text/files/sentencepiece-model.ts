import { TokenoscopeError } from '../../../core/errors';
import type { AddedToken } from '../added-tokens';
import { assemble, type LoadedTokenizerFile } from '../hugging-face/tokenizer-json';
import { BpeModel } from '../models/bpe';
import type { Merge } from '../models/merge-table';
import type { TokenModel } from '../models/model';
import { UnigramModel } from '../models/unigram';
import { fields } from './protobuf';

const NORMAL = 1;
const UNKNOWN = 2;
const CONTROL = 3;
const USER_DEFINED = 4;
const UNIGRAM = 1;
const BPE = 2;
const MARK = '\u2581';

interface Piece {
  readonly text: string;
  readonly score: number;
  readonly type: number;
}

interface Model {
  readonly pieces: Piece[];
  type: number;
  byteFallback: boolean;
  charsmap: Uint8Array;
  dummyPrefix: boolean;
  removeExtraWhitespace: boolean;
}

/**
 * Builds a tokenizer from a SentencePiece `.model` (sentencepiece_model.proto), BPE or Unigram.
 * @throws TokenoscopeError `tokenizer-corrupt`
 */
export function tokenizerFromSentencePiece(bytes: Uint8Array): LoadedTokenizerFile {
  const model = read(bytes);
  const added = model.pieces.flatMap(({ text, type }, id): object[] => {
    if (type !== CONTROL && type !== USER_DEFINED && type !== UNKNOWN) return [];
    return [
      { id, content: text, normalized: false, special: type !== USER_DEFINED } satisfies Partial<AddedToken>,
    ];
  });
  return assemble(
    {
      added_tokens: added,
      normalizer: { type: 'Sequence', normalizers: normalizers(model) },
      decoder: {
        type: 'Sequence',
        decoders: [
          { type: 'Replace', pattern: { String: MARK }, content: ' ' },
          { type: 'ByteFallback' },
          { type: 'Fuse' },
          ...(model.dummyPrefix ? [{ type: 'Strip', content: ' ', start: 1, stop: 0 }] : []),
        ],
      },
    },
    tokenModel(model),
  );
}

function normalizers(model: Model): object[] {
  const steps: object[] = [];
  if (model.charsmap.length > 0) {
    let binary = '';
    for (const byte of model.charsmap) binary += String.fromCharCode(byte);
    steps.push({ type: 'Precompiled', precompiled_charsmap: btoa(binary) });
  }
  if (model.removeExtraWhitespace) {
    steps.push({ type: 'Replace', pattern: { Regex: '^ +| +$' }, content: '' });
    steps.push({ type: 'Replace', pattern: { Regex: ' {2,}' }, content: ' ' });
  }
  if (model.dummyPrefix) steps.push({ type: 'Prepend', prepend: MARK });
  steps.push({ type: 'Replace', pattern: { String: ' ' }, content: MARK });
  return steps;
}

function tokenModel(model: Model): TokenModel {
  const unknown = model.pieces.findIndex(({ type }) => type === UNKNOWN);
  if (model.type === UNIGRAM) {
    // Only normal pieces take part; the others must never be found in a text.
    const vocabulary = model.pieces.map(({ text, score, type }): [string, number] => [
      text,
      type === NORMAL || type === USER_DEFINED ? score : Number.NEGATIVE_INFINITY,
    ]);
    return new UnigramModel(vocabulary, unknown < 0 ? undefined : unknown, model.byteFallback);
  }
  const ids = new Map(model.pieces.map(({ text }, id) => [text, id]));
  return new BpeModel(ids, mergesByScore(model.pieces, ids), {
    unknown: unknown < 0 ? undefined : unknown,
    fuseUnknown: true,
    byteFallback: model.byteFallback,
    ignoreMerges: false,
    continuingPrefix: '',
    endOfWordSuffix: '',
  });
}

/** SentencePiece joins the two pieces whose union scores best: every cut of a piece into pieces is a merge. */
function mergesByScore(pieces: readonly Piece[], ids: ReadonlyMap<string, number>): Merge[] {
  const order = pieces
    .map((piece, id) => ({ ...piece, id }))
    .filter(({ type }) => type === NORMAL)
    .sort((a, b) => b.score - a.score || a.id - b.id);
  const mergeable = (text: string) => {
    const id = ids.get(text);
    return id !== undefined && pieces[id]!.type === NORMAL ? id : undefined;
  };
  const merges: Merge[] = [];
  for (const { text, id } of order) {
    for (let cut = 1; cut < text.length; cut++) {
      const left = mergeable(text.slice(0, cut));
      if (left === undefined) continue;
      const right = mergeable(text.slice(cut));
      if (right !== undefined) merges.push([left, right, id]);
    }
  }
  return merges;
}

function read(bytes: Uint8Array): Model {
  const model: Model = {
    pieces: [],
    type: UNIGRAM,
    byteFallback: false,
    charsmap: new Uint8Array(0),
    dummyPrefix: true,
    removeExtraWhitespace: true,
  };
  try {
    for (const { number, value } of fields(bytes)) {
      if (!(value instanceof Uint8Array)) continue;
      if (number === 1) model.pieces.push(readPiece(value));
      else if (number === 2) {
        for (const field of fields(value)) {
          if (field.number === 3) model.type = Number(field.value);
          if (field.number === 35) model.byteFallback = field.value === 1;
        }
      } else if (number === 3) {
        for (const field of fields(value)) {
          if (field.number === 2 && field.value instanceof Uint8Array) model.charsmap = field.value;
          if (field.number === 3) model.dummyPrefix = field.value === 1;
          if (field.number === 4) model.removeExtraWhitespace = field.value === 1;
        }
      }
    }
  } catch (cause) {
    throw corrupt(cause instanceof Error ? cause.message : String(cause));
  }
  if (model.pieces.length === 0) throw corrupt('it has no pieces');
  if (model.type !== UNIGRAM && model.type !== BPE) throw corrupt('it is neither BPE nor Unigram');
  return model;
}

function readPiece(bytes: Uint8Array): Piece {
  let text = '';
  let score = 0;
  let type = NORMAL;
  for (const { number, value } of fields(bytes)) {
    if (number === 1 && value instanceof Uint8Array)
      text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(value);
    if (number === 2 && value instanceof Uint8Array) {
      score = new DataView(value.buffer, value.byteOffset, 4).getFloat32(0, true);
    }
    if (number === 3) type = Number(value);
  }
  return { text, score, type };
}

function corrupt(what: string): TokenoscopeError {
  return new TokenoscopeError(
    'tokenizer-corrupt',
    `This SentencePiece model is not usable: ${what}.`,
    'Check that the file is complete and unchanged.',
  );
}
