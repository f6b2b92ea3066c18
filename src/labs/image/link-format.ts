import * as v from 'valibot';
import { samples } from '../../catalog/pictures';
import {
  checkpointHash,
  checkpointLabel,
  isCheckpointId,
  parseCheckpointId,
} from '../../core/image/checkpoint-id';
import { isCodecId } from '../../core/image/codec-id';
import { type CropSquare, keptSquare } from '../../core/image/crop';
import { joinBytes } from '../../core/image/formats/bytes';
import { TOKENS_LIMIT } from '../../core/link/limits';
import type { LinkPart, VersionedPart } from '../../core/link/link-part';
import { fieldReader, idField as id, type ReadField } from '../../core/link/read-fields';
import { plainFileName } from '../../core/link/tokenizer-file';
import { bundledModels } from '../../engine/image/models';
import type { LinkFormat } from '../lab';
import { foldEdit, readEditField, unfoldEdit } from './edit/edited-link';
import { type ImageExperiment, LANES_LIMIT, type LaneExperiment } from './experiment';
import type { Known, KnownModel } from './known';
import { readLinked, writeLinked } from './lanes/linked-field';
import { packSent, readFiles, readSentFields } from './lanes/sent';
import { readComparing, writeComparing } from './read-comparing';
import { readSampling, writeSampling } from './read-sampling';
import { type PackedRows, packRows, readRows } from './token-rows';

const KNOWN: Known = { models: bundledModels, samples: samples.map((sample) => sample.id) };

const views = { s: 'side', w: 'wipe', d: 'difference', b: 'blink', h: 'heat' } as const;

const whole = v.pipe(v.number(), v.safeInteger());
const squareField = v.pipe(
  v.strictTuple([whole, whole, whole]),
  v.transform(([x, y, size]): CropSquare => ({ x, y, size })),
);
const hashField = v.pipe(v.string(), v.regex(/^[0-9a-f]{0,16}$/));
const oneOrMore = <T>(field: v.GenericSchema<unknown, T>) =>
  v.union([
    v.pipe(
      field,
      v.transform((value) => [value]),
    ),
    v.pipe(v.array(field), v.minLength(1)),
  ]);

/** What a link says about a lane, before it is known whether that can be opened. */
interface Named {
  readonly id: string;
  readonly hash: string;
  readonly row: number | undefined;
}

/**
 * Reads the image lab's part of a link. Whatever is unusable falls back to its default, with a sentence in `problems`.
 *
 * The head, where absent means a default: `m` model, `h` hash of its decoder, `k`, `v` view, `w` the two pictures that it
 * compares, `y` measure, `e` steps, `r` seed, `g` guidance, `f` names of checkpoints out of files, `s` sample, `q` its square (x, y, size),
 * `n` number of tokens, `b` bits of a token. Version 1 has at most one row of tokens, which are those of `m`, and a model
 * beside it, `c`. In version 2 `m` and `h` are arrays where there are several lanes, `e` and `r` where these draw differently,
 * `n` and `b` where there are several rows, and `t` holds the row of each lane (-1 for none). `l` is what lanes have in
 * common, `z` what travels of them beside their tokens: codecs' files, which stand behind these, and figures.
 * `x` says that the lead's tokens are edited, see `foldEdit`.
 * @param known what this build can open
 */
export function readImagePart(
  part: VersionedPart,
  problems: string[],
  known: Known = KNOWN,
): ImageExperiment {
  const read = fieldReader(part.head, problems);
  const named = part.version === 1 ? namedV1(read, known) : named2(read, known, problems);
  const wanted = findModels(named, known, problems);
  if (wanted.length === 0) return nothing(named[0]?.id ?? '', known);
  const x = readEditField(read);
  const sent = readSentFields(read);
  const hasFiles = sent.sizes.some((size) => size > 0);
  const { rows, rowOf, end } = readRows(
    part,
    [...wanted, { model: wanted[0]!.model, row: x === undefined || x < 0 ? undefined : x }],
    problems,
    hasFiles,
  );
  const files =
    rows.length > 0 && hasFiles
      ? readFiles(
          part.blob.subarray(end),
          sent,
          named.map(({ id }) => id),
          problems,
        )
      : [];
  const ids = wanted.map(({ model }) => model.id);
  const sampling = readSampling(
    read,
    ids,
    wanted.map(({ at }) => at),
    known.models,
  );
  const lanes = wanted.map(({ model, hash, at }, i): LaneExperiment => {
    const row = rowOf[i];
    const figure = rows.length > 0 ? sent.figures[at] : undefined;
    return {
      model: model.id,
      modelHash: hash || model.hash,
      ...(row === undefined ? {} : { row }),
      ...sampling.each[i],
      ...(row !== undefined && sent.secondHand.includes(at) ? { secondHand: true as const } : {}),
      ...(files[at] ? { file: files[at] } : {}),
      ...(typeof figure === 'number' ? { figure } : {}),
    };
  });
  const hasFigures = sent.metric !== undefined && lanes.some(({ figure }) => figure !== undefined);
  const source = rows.length > 0 ? ({ kind: 'tokens', rows } as const) : readSample(read, known, problems);
  for (const { model, hash, row } of source?.kind === 'tokens' ? wanted : []) {
    if (row === undefined || hash === '' || hash === model.hash || model.sameAs?.includes(hash)) continue;
    problems.push(
      `The model "${model.id}" has changed since this link was made: its picture may look different.`,
    );
  }
  const [lead] = wanted;
  const most = rows[rowOf[0] ?? -1]?.ids.length ?? lead!.model.tokens.count;
  const k = read('k', v.pipe(v.number(), v.integer()), most, 'how many tokens to show');
  const view = views[read('v', v.picklist(['s', 'w', 'd', 'b', 'h']), 's', 'how to show the picture')];
  const image: ImageExperiment = {
    lanes,
    ...readCheckpointNames(read, ids),
    k: Math.min(Math.max(k, 1), most),
    view,
    ...readComparing(read, lanes.length),
    ...readLinked(read, lanes.length),
    ...(hasFigures ? { metricOfFigures: sent.metric } : {}),
    ...sampling.all,
    source,
  };
  return unfoldEdit(image, x, rowOf.at(-1), () => readSample(read, known, problems));
}

function namedV1(read: ReadField, known: Known): Named[] {
  const model = read('m', id, known.models[0]?.id ?? '', 'which image model to use');
  const hash = read('h', hashField, '', 'which build of the model');
  const beside = read('c', v.nullable(id), null, 'which model to compare with');
  const lead = { id: model, hash, row: 0 };
  return beside === null || beside === model ? [lead] : [lead, { id: beside, hash: '', row: undefined }];
}

function named2(read: ReadField, known: Known, problems: string[]): Named[] {
  const models = read('m', oneOrMore(id), [known.models[0]?.id ?? ''], 'which image models to use');
  const hashes = read('h', oneOrMore(hashField), [], 'which builds of the models');
  const row = v.pipe(v.number(), v.integer(), v.minValue(-1), v.maxValue(LANES_LIMIT - 1));
  const rows = read('t', v.array(row), [], 'whose tokens are whose');
  if (models.length > LANES_LIMIT) {
    problems.push(
      `This link shows ${models.length} models side by side; the first ${LANES_LIMIT} are opened.`,
    );
  }
  return models.slice(0, LANES_LIMIT).map((model, i) => {
    const of = rows[i] ?? 0;
    return { id: model, hash: hashes[i] ?? '', row: of < 0 ? undefined : of };
  });
}

/** The models of a link that can be opened; adds a sentence for each that is missing. */
function findModels(named: readonly Named[], known: Known, problems: string[]) {
  const present = named.flatMap(({ id: model, hash, row }, at) => {
    const here =
      known.models.find((candidate) => candidate.id === model) ?? checkpoint(model) ?? codec(model);
    // A codec has no tokens, whatever the link says.
    return here ? [{ model: here, hash, row: isCodecId(model) ? undefined : row, at }] : [];
  });
  // The slider shows tokens, so a model comes first.
  const lead = present.find(({ model }) => !isCodecId(model.id));
  const found = lead ? [lead, ...present.filter((lane) => lane !== lead)] : [];
  const left = found.length === 0 ? ' Its picture was left out.' : '';
  for (const { id: model } of named) {
    if (model === '' || found.some(({ model: here }) => here.id === model)) continue;
    problems.push(
      isCodecId(model)
        ? `This link names a codec, "${model}", and no model.${left}`
        : `This link uses the image model "${model}", which is not here.${left}`,
    );
  }
  return found;
}

/** What opens where none of the models is available. */
function nothing(wanted: string, known: Known): ImageExperiment {
  const [model] = known.models;
  const lane = { model: model?.id ?? wanted, modelHash: '' };
  return { lanes: [lane], k: model?.tokens.count ?? 1, view: 'side', source: null };
}

/** A checkpoint that the page may have to ask for: its limits are unknown, so any tokens that fit a link are valid. */
function checkpoint(model: string): KnownModel | undefined {
  if (!isCheckpointId(model)) return undefined;
  return { id: model, hash: checkpointHash(model), tokens: { count: TOKENS_LIMIT, codebookSize: 2 ** 24 } };
}

/** A codec. Whether it is here is known only when its lane loads. */
function codec(id: string): KnownModel | undefined {
  return isCodecId(id) ? { id, hash: '', tokens: { count: 0, codebookSize: 0 } } : undefined;
}

/** The checkpoints whose ids are content hashes, in the order of their names in a link. */
function nameless(ids: readonly string[]): string[] {
  return ids.filter((model) => parseCheckpointId(model)?.kind === 'file');
}

function readCheckpointNames(
  read: ReadField,
  ids: readonly string[],
): Pick<ImageExperiment, 'checkpointNames'> {
  const files = nameless(ids);
  if (files.length === 0) return {};
  const listed = v.pipe(v.array(v.string()), v.maxLength(LANES_LIMIT));
  const names = read('f', listed, [], 'what its checkpoints are called');
  return {
    checkpointNames: Object.fromEntries(
      files.map((file, i) => [file, plainFileName(names[i] ?? '', checkpointLabel(file))]),
    ),
  };
}

function readSample(read: ReadField, known: Known, problems: string[]): ImageExperiment['source'] {
  const sample = read('s', v.nullable(id), null, 'which sample to show');
  if (sample === null) return null;
  if (known.samples.includes(sample)) {
    const crop = read('q', v.nullable(squareField), null, 'which part of the picture to show');
    const size = crop && samples.find(({ id: other }) => other === sample);
    const kept = size && keptSquare(crop, size);
    return { kind: 'sample', id: sample, ...(kept ? { crop: kept } : {}) };
  }
  problems.push(`This link shows the sample picture "${sample}", which is not here.`);
  return null;
}

/** The inverse of `readImagePart`, in the newest version: short keys, and nothing that is at its default. */
function writeImagePart(experiment: ImageExperiment): LinkPart {
  const { image, field } = foldEdit(experiment);
  const { source: named } = experiment;
  const { lanes, checkpointNames = {}, k, view, source } = image;
  const ids = lanes.map(({ model }) => model);
  const names = nameless(ids).map((model) =>
    plainFileName(checkpointNames[model] ?? '', checkpointLabel(model)),
  );
  // A checkpoint's id already identifies its content.
  const hashes = lanes.map(({ model, modelHash }) => (isCheckpointId(model) ? '' : modelHash));
  const sent = source?.kind === 'tokens' ? packSent(image) : undefined;
  const hasFiles = sent !== undefined && sent.blob.length > 0;
  const packed: PackedRows | undefined =
    source?.kind === 'tokens' ? packRows(source.rows, lanes, hasFiles) : undefined;
  const full = source?.kind === 'tokens' ? source.rows[lanes[0]?.row ?? -1]?.ids.length : undefined;
  const head = {
    m: short(ids),
    ...(hashes.some((hash) => hash !== '') ? { h: short(hashes) } : {}),
    ...(names.length === 0 ? {} : { f: names }),
    ...(full === k ? {} : { k }),
    ...(view === 'side' ? {} : { v: view[0] }),
    ...writeComparing(image),
    ...writeLinked(image),
    ...writeSampling(image),
    ...(named?.kind === 'sample' ? { s: named.id, ...squareHead(named.crop) } : {}),
    ...field,
    ...packed?.fields,
    ...sent?.field,
  };
  const tokens = packed?.blob ?? new Uint8Array(0);
  return { head, blob: hasFiles ? joinBytes(tokens, sent.blob) : tokens };
}

function squareHead(crop: CropSquare | undefined) {
  return crop ? { q: [crop.x, crop.y, crop.size] } : {};
}

/** A list of one is written as the value alone. */
function short<T>(values: readonly T[]): T | readonly T[] {
  return values.length === 1 ? values[0]! : values;
}

export const linkFormat: LinkFormat<ImageExperiment> = { read: readImagePart, write: writeImagePart };
