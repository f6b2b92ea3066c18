import { decodeUtf8 } from '../../core/text/utf8';
import { unsupported } from '../hugging-face/json';
import { type ModelParts, modelSteps } from '../hugging-face/models';
import type { ReadTokenizerJson } from '../hugging-face/read-tokenizer-json';
import { assemble, type LoadedTokenizerFile } from '../hugging-face/tokenizer-json';
import { utf8LengthOfLead } from '../models/utf8-points';
import { IdList } from './id-list';
import {
  CONTROL,
  NORMAL,
  readSentencePiece,
  type SentencePieceProto,
  UNKNOWN,
  USER_DEFINED,
} from './sentencepiece-proto';
import { type Steps, within } from './steps';

const MARK = '\u2581';

/**
 * Builds a tokenizer from a SentencePiece `.model` in small steps: BPE, Unigram, or characters.
 * @throws TokenoscopeError `tokenizer-corrupt`
 */
export function* sentencePieceSteps(bytes: Uint8Array, name: string): Steps<LoadedTokenizerFile> {
  const { json, model } = yield* within(0, 0.8, readSentencePieceModel(bytes, name));
  return assemble(json, yield* within(0.8, 0.99, modelSteps(model)));
}

/**
 * Reads a SentencePiece `.model` in small steps, as the `tokenizer.json` that means the same.
 * @throws TokenoscopeError `tokenizer-corrupt`
 */
export function* readSentencePieceModel(bytes: Uint8Array, name: string): Steps<ReadTokenizerJson> {
  const proto = yield* within(0, 0.7, readSentencePiece(bytes, name));
  const model = yield* within(0.7, 1, modelParts(proto));
  const added: object[] = [];
  proto.types.forEach((type, id) => {
    if (type !== CONTROL && type !== USER_DEFINED && type !== UNKNOWN) return;
    const content = tokenOf(proto, id);
    const isOwn = type === USER_DEFINED;
    if (content !== '') added.push({ id, content, normalized: isOwn, as_is: isOwn, special: !isOwn });
  });
  const json = {
    added_tokens: added,
    normalizer: { type: 'Sequence', normalizers: normalizers(proto) },
    decoder: {
      type: 'Sequence',
      decoders: [
        { type: 'Replace', pattern: { String: MARK }, content: ' ' },
        { type: 'ByteFallback' },
        { type: 'Fuse' },
        ...(proto.dummyPrefix ? [{ type: 'Strip', content: ' ', start: 1, stop: 0 }] : []),
      ],
    },
  };
  return { json, model, emptyIds: [] };
}

function tokenOf({ vocabulary }: SentencePieceProto, id: number): string {
  return decodeUtf8(vocabulary.bytesOf(id));
}

function normalizers(model: SentencePieceProto): object[] {
  const steps: object[] = [];
  if (model.charsmap.length > 0) {
    let binary = '';
    for (const byte of model.charsmap) binary += String.fromCharCode(byte);
    steps.push({ type: 'Precompiled', precompiled_charsmap: btoa(binary), longest_prefix: true });
  }
  if (model.removeExtraWhitespace) {
    steps.push({ type: 'Replace', pattern: { Regex: '\\A +' }, content: '' });
    steps.push({ type: 'Replace', pattern: { Regex: ' {2,}' }, content: ' ' });
  }
  if (model.dummyPrefix) steps.push({ type: 'Prepend', prepend: MARK });
  steps.push({ type: 'Replace', pattern: { String: ' ' }, content: MARK });
  // When decoding, SentencePiece no longer distinguishes a space from the mark.
  if (model.removeExtraWhitespace) {
    steps.push({ type: 'Replace', pattern: { Regex: `${MARK}+\\z` }, content: '' });
  }
  return steps;
}

function* modelParts(proto: SentencePieceProto): Steps<ModelParts> {
  const { vocabulary, types, byteFallback } = proto;
  const unknown = types.indexOf(UNKNOWN);
  switch (proto.type) {
    case 'WORD':
      throw unsupported('the SentencePiece model', 'of the type WORD; supported are BPE, Unigram and CHAR');
    case 'Unigram': {
      // Only normal pieces take part; the others must never be found in a text.
      const scores = proto.scores.map((score, id) =>
        types[id] === NORMAL || types[id] === USER_DEFINED ? score : Number.NEGATIVE_INFINITY,
      );
      const unknownId = unknown < 0 ? {} : { unk_id: unknown };
      const json = { type: 'Unigram', ...unknownId, byte_fallback: byteFallback, single_precision: true };
      return { json, vocabulary, scores, merges: undefined };
    }
    default: {
      const merges = proto.type === 'BPE' ? yield* mergesByScore(proto) : new Int32Array(0);
      const unknownToken = unknown < 0 ? {} : { unk_token: tokenOf(proto, unknown) };
      const json = { type: 'BPE', ...unknownToken, fuse_unk: true, byte_fallback: byteFallback };
      return { json, vocabulary, scores: undefined, merges };
    }
  }
}

/** SentencePiece joins the two pieces whose union scores best: every split of a piece into two pieces is a merge. */
function* mergesByScore({ vocabulary, scores, types }: SentencePieceProto): Steps<Int32Array> {
  const { pool, offsets } = vocabulary;
  const order = new Uint32Array(types.length).map((_, id) => id).filter((id) => types[id] === NORMAL);
  order.sort((a, b) => scores[b]! - scores[a]! || a - b);
  const merges = new IdList();
  const mergeable = (start: number, end: number) => {
    const id = vocabulary.find(pool, start, end);
    return id >= 0 && types[id] === NORMAL ? id : -1;
  };
  for (const [i, id] of order.entries()) {
    const start = offsets[id]!;
    const end = offsets[id + 1]!;
    for (let cut = start; cut < end; ) {
      cut += utf8LengthOfLead(pool[cut]!);
      const left = cut < end ? mergeable(start, cut) : -1;
      const right = left >= 0 ? mergeable(cut, end) : -1;
      if (right >= 0) merges.push3(left, right, id);
    }
    if ((i & 1023) === 1023) yield i / order.length;
  }
  return merges.finish();
}
