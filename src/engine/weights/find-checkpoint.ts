import { TokenoscopeError } from '../../core/errors';
import { checkpointLabel, hubCheckpointId, isCheckpointId } from '../../core/image/checkpoint-id';
import { askText, hostOf } from './answers';
import { readStart } from './bytes-source';
import { chooseFiles } from './choose-files';
import { type ListedFile, listRepository } from './listing';
import { type CheckpointOrigin, WEIGHTS } from './plan';
import type { RemoteSource } from './source';
import { partsInIndex, SPLIT } from './weights-index';

/** Where to look: at another site, or at the visitor's files. */
export type CheckpointSource =
  | RemoteSource
  | {
      readonly kind: 'files';
      readonly files: readonly GivenFile[];
      /** Of the weights, where one file of several is meant. */
      readonly path?: string | undefined;
    };

interface GivenFile {
  readonly name: string;
  readonly content: Blob;
}

/** The files of one checkpoint, and where they come from. */
export interface Found {
  readonly origin: CheckpointOrigin;
  readonly name: string;
  /** In words. */
  readonly where: string;
  readonly id: string | null;
  readonly key: string;
  readonly files: readonly ListedFile[];
  /** Which of the files has the weights; undefined for the usual choice. */
  readonly path?: string | undefined;
}

/** Most bytes of an index of split weights. */
const INDEX_LIMIT = 20_000_000;

/**
 * Lists the files of a checkpoint.
 * @throws TokenoscopeError `model-fetch`, `model-corrupt`, `checkpoint-refused`
 */
export async function findCheckpointFiles(source: CheckpointSource, signal?: AbortSignal): Promise<Found> {
  switch (source.kind) {
    case 'hub': {
      const { hub, repository } = source;
      const { commit, files } = await listRepository(source, signal);
      const origin = { kind: 'hub', hub, repository, commit } as const;
      const path = isUsual(source.path, files) ? undefined : source.path;
      const id = hubCheckpointId(repository, commit, path);
      if (!isCheckpointId(id)) throw unnameable(source.path ?? '');
      const name = checkpointLabel(id);
      return { origin, name, where: repository, id, key: id, files, path };
    }
    case 'url':
      return await findAtAddress(source, signal);
    case 'files': {
      const files = source.files.map(({ name, content }) => ({
        path: name,
        bytes: content.size,
        sha256: null,
        from: { blob: content },
      }));
      // The key includes what the files hold, so that the same files resume where they stopped.
      const key = 'files:';
      const where = files.length === 1 ? `the file ${files[0]!.path}` : `these ${files.length} files`;
      // Whichever of them has the weights names it.
      return { origin: { kind: 'files' }, name: '', where, id: null, key, files, path: source.path };
    }
  }
}

function unnameable(path: string): TokenoscopeError {
  return new TokenoscopeError(
    'checkpoint-refused',
    `"${path}" has a name that a link of this page cannot carry.`,
    'Download the file, and drop it here.',
  );
}

/** Whether a file is the one that is chosen where none is named, so that a checkpoint has one name only. */
function isUsual(path: string | undefined, files: readonly ListedFile[]): boolean {
  if (path === undefined) return true;
  try {
    const chosen = chooseFiles(files, '');
    return chosen.format === 'safetensors' && chosen.weights.some((file) => file.path === path);
  } catch {
    return false;
  }
}

/** A folder has no listing, so the small manifest is tried first, then the usual names of weights. */
async function findAtAddress(
  { folder, weights }: Extract<RemoteSource, { kind: 'url' }>,
  signal?: AbortSignal,
): Promise<Found> {
  const addressOf = (path: string) => new URL(encodeURIComponent(path), folder).href;
  const at = (path: string): ListedFile => ({
    path,
    bytes: undefined,
    sha256: null,
    from: { url: addressOf(path) },
  });
  const parts = new URL(folder).pathname.split('/').filter(Boolean);
  const name = decodeURIComponent(parts.at(-1) ?? '') || hostOf(folder);
  const origin = { kind: 'url', url: folder } as const;
  // The key includes what is found there, so that another file at the same address does not reuse old pieces.
  const common = { origin, name, where: folder, id: null, key: `url:${folder}${weights ?? ''}` };
  if (!weights && (await exists(at('manifest.json'), signal))) {
    return { ...common, files: [at('manifest.json')] };
  }
  const named =
    weights ?? (await firstOf([WEIGHTS, 'pytorch_model.bin', ...SPLIT].map(at), signal)) ?? WEIGHTS;
  const files = SPLIT.includes(named)
    ? partsInIndex(await askText(addressOf(named), named, signal, INDEX_LIMIT), named).map(at)
    : [at(named)];
  const config = await firstOf([at('config.json')], signal);
  return {
    ...common,
    files: config ? [at(config), ...files] : files,
    path: files[0]!.path,
  };
}

/** The path of the first of files that is there. */
async function firstOf(files: readonly ListedFile[], signal?: AbortSignal): Promise<string | undefined> {
  for (const file of files) if (await exists(file, signal)) return file.path;
  return undefined;
}

/** Whether there is a file; only its first byte is read. */
export async function exists(file: ListedFile, signal?: AbortSignal): Promise<boolean> {
  return readStart(file, 1, signal).then(
    () => true,
    () => {
      if (signal?.aborted) throw signal.reason;
      return false;
    },
  );
}
