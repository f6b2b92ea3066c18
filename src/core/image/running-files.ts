import type { ManifestFile, ModelManifest } from './manifest';

/** All that running a model needs beside its manifest, each file once. */
export function runningFiles({ files, sampler }: Pick<ModelManifest, 'files' | 'sampler'>): ManifestFile[] {
  const graphs = sampler ? [sampler.start, sampler.velocity, sampler.distilled] : [];
  const all = [files.encoder, files.decoder, ...graphs, ...files.data].filter((file) => file !== undefined);
  return [...new Map(all.map((file) => [file.path, file])).values()];
}

/** Where a file lies, from its manifest: beside it, or in the folder of what models share. */
export function addressOf({ path, from }: Pick<ManifestFile, 'path' | 'from'>): string {
  return from ?? path;
}

/** What a file may be called among files that were given without their folders. */
export function namesOf({ path, from }: Pick<ManifestFile, 'path' | 'from'>): string[] {
  return from ? [path, from.slice(from.lastIndexOf('/') + 1)] : [path];
}
