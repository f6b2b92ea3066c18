import type { ModelManifest } from './manifest';
import type { ManifestFile } from './manifest-file';

/** All files that running a model needs besides its manifest, each once. */
export function runningFiles({ files, sampler }: Pick<ModelManifest, 'files' | 'sampler'>): ManifestFile[] {
  const graphs = sampler ? [sampler.start, sampler.velocity, sampler.distilled] : [];
  const all = [files.encoder, files.decoder, ...graphs, ...files.data].filter((file) => file !== undefined);
  return [...new Map(all.map((file) => [file.path, file])).values()];
}

/** A file's path relative to its manifest: beside it, or in the folder of shared files. */
export function addressOf({ path, from }: Pick<ManifestFile, 'path' | 'from'>): string {
  return from ?? path;
}

/** The names that a file may have among files that were given without their folders. */
export function namesOf({ path, from }: Pick<ManifestFile, 'path' | 'from'>): string[] {
  return from ? [path, from.slice(from.lastIndexOf('/') + 1)] : [path];
}
