import { statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ModelManifest } from '../core/image/manifest';
import { offeredSteps, type SamplerFacts } from '../core/image/sampling';
import { tokenFacts } from '../core/image/token-facts';
import { readModelFolder } from '../engine/image/model-folder';
import { inspectCheckpointFolder } from '../engine/weights/checkpoint-folder';
import { networkOf } from '../engine/weights/torch/network';
import { readTorchFile, stateDicts } from '../engine/weights/torch/torch-file';
import type { ReadAt } from '../engine/weights/torch/zip';
import { defineCommand } from './command';
import { findModel, halfOption, MODEL_HELP, notHalved } from './model-argument';

/** What a model is, a line each. Of a checkpoint's weights only the header is read. */
export const command = defineCommand({
  name: 'inspect-model',
  summary: 'What a model is: family, picture size, tokens, codebook, parameters, arithmetic.',
  options: { half: halfOption },
  argument: { value: 'ID|FOLDER|FILE', missing: 'Name one model.' },
  details: `${MODEL_HELP}
  Of a file of PyTorch (.pt, .pth, .bin, .ckpt) it tells the tensors. The file is read as data; nothing in it is run.`,
  async run({ half }, io, name) {
    if (statSync(name, { throwIfNoEntry: false })?.isFile()) {
      for (const line of await tensorsIn(name)) io.stdout(`${line}\n`);
      return 0;
    }
    const { kind, folder } = findModel(name);
    if (half && kind === 'manifest') throw notHalved(folder);
    const facts = kind === 'manifest' ? await ofManifest(folder) : await ofCheckpoint(folder, half);
    const width = Math.max(...facts.map(([label]) => label.length));
    for (const [label, value] of facts) io.stdout(`${label.padEnd(width)}  ${value}\n`);
    return 0;
  },
});

/** A line for each tensor, under the place of its network in the file. */
async function tensorsIn(path: string): Promise<string[]> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const readAt: ReadAt = async (from, length) => {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, size - from)));
      await file.read(bytes, 0, bytes.length, from);
      return bytes;
    };
    const { root } = await readTorchFile(readAt, size, basename(path));
    const dicts = stateDicts(root);
    networkOf(dicts, basename(path));
    return dicts.flatMap(({ path: place, tensors }) => [
      `${place === '' ? basename(path) : place}: ${tensors.size} tensors`,
      ...[...tensors].map(
        ([key, { dims, storage }]) => `  ${key}  ${storage.type} ${dims.join(' x ') || 'scalar'}`,
      ),
    ]);
  } finally {
    await file.close();
  }
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

async function ofCheckpoint(folder: string, withHalf: boolean): Promise<Facts> {
  const { family, description, parameters, multiplications, bytes, half } =
    await inspectCheckpointFolder(folder);
  return [
    ['family', family],
    ...common(description),
    ...samplingFacts(description.sampler),
    ['parameters', millions(parameters)],
    ['encode', giga(2 * multiplications.encode)],
    ['decode', giga(2 * multiplications.decode)],
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
  return `about ${(operations / 1e9).toPrecision(3)} GFLOP a picture`;
}
