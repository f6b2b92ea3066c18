import { openAsBlob, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { ModelManifest } from '../core/image/manifest';
import { offeredSteps, type SamplerFacts } from '../core/image/sampling';
import { tokenFacts } from '../core/image/token-facts';
import { readModelFolder } from '../engine/image/model-folder';
import { inspectCheckpointFolder } from '../engine/weights/checkpoint-folder';
import { openParts } from '../engine/weights/file-parts';
import { openWeights } from '../engine/weights/open-weights';
import { networkOf } from '../engine/weights/torch/network';
import { isTorchFile, readTorchFile, stateDicts } from '../engine/weights/torch/torch-file';
import { defineCommand } from './command';
import { findModel, halfOption, MODEL_HELP, notHalved } from './model-argument';

/** What a model is, a line each. Of a checkpoint's weights only the header is read. */
export const command = defineCommand({
  name: 'inspect-model',
  summary: 'What a model is: family, picture size, tokens, codebook, parameters, arithmetic.',
  options: { half: halfOption },
  argument: { value: 'ID|FOLDER|FILE', missing: 'Name one model.' },
  details: `${MODEL_HELP}
  Of one file of weights it tells the tensors as well.`,
  async run({ half }, io, name) {
    const isFile = statSync(name, { throwIfNoEntry: false })?.isFile();
    const tensors = isFile ? await tensorsIn(name) : [];
    if (isFile && !(await isKnown(name))) {
      for (const line of tensors) io.stdout(`${line}\n`);
      return 0;
    }
    const { kind, path } = findModel(name);
    if (half && kind === 'manifest') throw notHalved(path);
    const facts = kind === 'manifest' ? await ofManifest(path) : await ofCheckpoint(path, half);
    const width = Math.max(...facts.map(([label]) => label.length));
    for (const [label, value] of facts) io.stdout(`${label.padEnd(width)}  ${value}\n`);
    for (const line of tensors) io.stdout(`${line}\n`);
    return 0;
  },
});

/** Whether a file of weights tells what it is of. */
async function isKnown(path: string): Promise<boolean> {
  return inspectCheckpointFolder(path).then(
    () => true,
    () => false,
  );
}

/** A line for each tensor, under the place of its network in the file. */
async function tensorsIn(path: string): Promise<string[]> {
  const name = basename(path);
  const blob = await openAsBlob(path);
  const file = { path: name, bytes: blob.size, sha256: null, from: { blob } };
  const { readAt, length } = await openParts(file);
  if (!isTorchFile(await readAt(0, 4))) {
    const { tensors } = await openWeights([file]);
    const lines = [...tensors].map(([key, { type, dims }]) => tensorLine(key, type, dims));
    return [`${name}: ${tensors.size} tensors`, ...lines];
  }
  const { root } = await readTorchFile(readAt, length, name);
  const dicts = stateDicts(root);
  networkOf(dicts, name);
  return dicts.flatMap(({ path: place, tensors }) => [
    `${place === '' ? name : place}: ${tensors.size} tensors`,
    ...[...tensors].map(([key, { dims, storage }]) => tensorLine(key, storage.type, dims)),
  ]);
}

function tensorLine(name: string, type: string, dims: readonly number[]): string {
  return `  ${name}  ${type} ${dims.join(' x ') || 'scalar'}`;
}

type Facts = (readonly [label: string, value: string])[];

async function ofManifest(folder: string): Promise<Facts> {
  const { manifest } = await readModelFolder(folder);
  const { parameters, decodeMflop, sampler } = manifest;
  return [
    ['family', manifest.family],
    ...common(manifest),
    ...samplingFacts(sampler),
    ['parameters', parameters === undefined ? 'not stated' : millions(parameters)],
    ['decode', decodeMflop === undefined ? 'not stated' : giga(decodeMflop * 1e6)],
  ];
}

async function ofCheckpoint(path: string, withHalf: boolean): Promise<Facts> {
  const { family, description, parameters, work, bytes, half, weights, others } =
    await inspectCheckpointFolder(path);
  const { multiplications, onProcessor } = work;
  const here = onProcessor ? `; ${significant(2 * onProcessor.decode)} on a processor, in tiles` : '';
  return [
    ['family', family],
    ['weights', weights.join(', ')],
    ...(others.length > 0 ? [['also there', others.join(', ')] as const] : []),
    ...common(description),
    ...samplingFacts(description.sampler),
    ['parameters', millions(parameters)],
    ['encode', giga(2 * multiplications.encode)],
    ['decode', `${giga(2 * multiplications.decode)}${here}`],
    ['size', megabytes(bytes)],
    ...(withHalf ? [['half', half ? megabytes(half.bytes) : 'nothing to round'] as const] : []),
  ];
}

function samplingFacts(sampler: SamplerFacts | undefined): Facts {
  if (!sampler) return [];
  const { guidance } = sampler;
  return [
    ['steps', `${offeredSteps(sampler).join(', ')}; ${sampler.default} unless told`],
    ...(guidance
      ? [['guidance', `${guidance.offered.join(', ')}; ${guidance.default} unless told`] as const]
      : []),
  ];
}

function common({
  image,
  tokens,
}: {
  readonly image: { readonly width: number; readonly height: number };
  readonly tokens: ModelManifest['tokens'];
}): Facts {
  const words = tokenFacts(tokens, String);
  return [
    ['picture', `${image.width} x ${image.height}`],
    ['tokens', words.tokens],
    ['codebook', words.codebook],
  ];
}

function millions(count: number): string {
  return `${(count / 1e6).toFixed(1)} M`;
}

function megabytes(bytes: number): string {
  return bytes < 999.5e6 ? `${(bytes / 1e6).toPrecision(3)} MB` : `${(bytes / 1e9).toPrecision(3)} GB`;
}

/** Floating point operations: two for a multiply-accumulate. */
function giga(operations: number): string {
  return `about ${significant(operations)} GFLOP a picture`;
}

/** Billions, with three digits. */
function significant(operations: number): string {
  return (operations / 1e9).toPrecision(3);
}
