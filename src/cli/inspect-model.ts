import { offeredSteps } from '../core/image/sampling';
import { readModelFolder } from '../engine/image/model-folder';
import { inspectCheckpointFolder } from '../engine/weights/checkpoint-folder';
import { badArguments, parseArguments } from './arguments';
import type { CliIo } from './io';
import { findModel, notHalved } from './model-argument';

const USAGE = 'inspect-model ID|FOLDER [--half]';

/**
 * The command `inspect-model`: what a model is, a line each. Of a checkpoint's weights only the header is read.
 * @returns the exit code
 * @throws TokenoscopeError `bad-arguments`, and what reading the model throws
 */
export async function inspectModelCommand(argv: string[], io: CliIo): Promise<number> {
  const { values, positionals } = parseArguments(
    { args: argv, allowPositionals: true, options: { half: { type: 'boolean' } } } as const,
    USAGE,
  );
  const [name, ...more] = positionals;
  if (name === undefined || more.length > 0) throw badArguments('Name one model.', USAGE);
  const { kind, folder } = findModel(name, USAGE);
  if (values.half && kind === 'manifest') throw notHalved(folder, USAGE);
  const facts = kind === 'manifest' ? await ofManifest(folder) : await ofCheckpoint(folder, values.half);
  const width = Math.max(...facts.map(([label]) => label.length));
  for (const [label, value] of facts) io.stdout(`${label.padEnd(width)}  ${value}\n`);
  return 0;
}

type Facts = (readonly [label: string, value: string])[];

async function ofManifest(folder: string): Promise<Facts> {
  const { manifest } = await readModelFolder(folder);
  const { parameters, decodeMflop, sampler } = manifest;
  return [
    ['family', manifest.family],
    ...common(manifest),
    ...(sampler
      ? [['steps', `${offeredSteps(sampler).join(', ')}; ${sampler.default} unless told`] as const]
      : []),
    ['parameters', parameters === undefined ? 'not stated' : millions(parameters)],
    ['decode', decodeMflop === undefined ? 'not stated' : giga(decodeMflop * 1e6)],
  ];
}

async function ofCheckpoint(folder: string, withHalf = false): Promise<Facts> {
  const { family, description, parameters, multiplications, bytes, half } =
    await inspectCheckpointFolder(folder);
  return [
    ['family', family],
    ...common(description),
    ['parameters', millions(parameters)],
    ['encode', giga(2 * multiplications.encode)],
    ['decode', giga(2 * multiplications.decode)],
    ['size', megabytes(bytes)],
    ...(withHalf ? [['half', half ? megabytes(half.bytes) : 'nothing to round'] as const] : []),
  ];
}

function common({
  image,
  tokens,
}: {
  readonly image: { readonly width: number; readonly height: number };
  readonly tokens: { readonly count: number; readonly codebookSize: number; readonly ordered: boolean };
}): Facts {
  return [
    ['picture', `${image.width} x ${image.height}`],
    ['tokens', `${tokens.count}, ${tokens.ordered ? 'any prefix decodes' : 'all are needed'}`],
    ['codebook', `${tokens.codebookSize} entries`],
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
