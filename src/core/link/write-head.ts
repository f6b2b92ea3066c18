import { isCheckpointId } from '../image/checkpoint-id';
import { packBits } from './bits';
import { namedCheckpoints } from './checkpoint-names';
import { V1_DEFAULTS } from './defaults';
import type { Experiment, ImageExperiment, TextExperiment } from './experiment';
import type { Payload } from './payload';
import { isTokenizerFileId, plainFileName } from './tokenizer-file';

/** Version 1: short keys, and nothing that is at its default. `read-head.ts` reads it back. */
export function payloadOf({ lab, image, text }: Experiment): Payload {
  const tokens = image.source?.kind === 'tokens' ? image.source : undefined;
  const texts = writeText(text);
  return {
    head: {
      ...(lab[0] === V1_DEFAULTS.lab ? {} : { l: lab[0] }),
      i: writeImage(image),
      ...(Object.keys(texts).length === 0 ? {} : { t: texts }),
    },
    blob: tokens ? packBits(tokens.ids, tokens.bits) : new Uint8Array(0),
  };
}

function writeImage(image: ImageExperiment): object {
  const { model, modelHash, second, checkpointNames = {}, k, view, steps, seed = 0, source } = image;
  const tokens = source?.kind === 'tokens' ? source : undefined;
  const names = namedCheckpoints(model, second).map((id) => plainFileName(checkpointNames[id] ?? ''));
  return {
    m: model,
    // A checkpoint's id says it all.
    ...(isCheckpointId(model) ? {} : { h: modelHash }),
    ...(names.length === 0 ? {} : { f: names }),
    ...(second === undefined ? {} : { c: second }),
    ...(tokens?.ids.length === k ? {} : { k }),
    ...(view === V1_DEFAULTS.view ? {} : { v: view[0] }),
    ...(steps === undefined ? {} : { e: steps === 'distilled' ? 'd' : steps }),
    ...(seed === 0 ? {} : { r: seed }),
    ...(source?.kind === 'sample' ? { s: source.id } : {}),
    // At 16 bits the blob itself tells how many there are.
    ...(tokens && tokens.bits !== V1_DEFAULTS.bits ? { n: tokens.ids.length, b: tokens.bits } : {}),
  };
}

function writeText({ tokenizers, fileNames = {}, text, showIds, showWhitespace }: TextExperiment): object {
  // The hashes stand in `z` already: names follow in the same order.
  const names = tokenizers.filter(isTokenizerFileId).map((id) => plainFileName(fileNames[id] ?? ''));
  return {
    ...(tokenizers.join() === V1_DEFAULTS.tokenizers.join() ? {} : { z: tokenizers }),
    ...(names.length === 0 ? {} : { f: names }),
    ...(text.kind === 'omitted' ? { o: text.bytes } : {}),
    ...(text.kind === 'inline' && text.value !== '' ? { x: text.value } : {}),
    ...(showIds ? { d: 1 } : {}),
    ...(showWhitespace ? { w: 1 } : {}),
  };
}
