import * as v from 'valibot';
import { TokenoscopeError } from '../../core/errors';
import { isRepository } from '../../core/image/checkpoint-id';
import { ask, hostOf, readUpTo } from './answers';
import type { RemoteSource } from './source';
import { isWeights } from './weights-names';

/** A file of which parts can be read: a `Blob`, or anything that gives the same. */
export interface ReadableFile {
  readonly size: number;
  slice(from?: number, to?: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

/** A file that can be fetched or read, wherever it is. */
export interface ListedFile {
  readonly path: string;
  /** Undefined where not known yet. */
  readonly bytes: number | undefined;
  /** Hex, where it is known beforehand. */
  readonly sha256: string | null;
  readonly from: { readonly url: string } | { readonly blob: ReadableFile };
}

/** Most bytes of a repository's description. */
const LISTING_LIMIT = 20_000_000;

const schema = v.object({
  /** Its name now: repositories may be renamed. */
  id: v.optional(v.string()),
  sha: v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/)),
  siblings: v.array(
    v.object({
      rfilename: v.string(),
      size: v.optional(v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(0)))),
      lfs: v.optional(
        v.nullable(
          v.object({
            sha256: v.optional(v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)))),
            size: v.optional(v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(0)))),
          }),
        ),
      ),
    }),
  ),
});

/**
 * The files at the top of a repository, at the commit that a revision points to now (Hugging Face's API:
 * `/api/models/{repository}/revision/{revision}?blobs=true`); weights and their configs in any folder.
 * @param isWanted which files, by path
 * @throws TokenoscopeError `model-fetch`
 */
export async function listRepository(
  { hub, repository: asked, revision }: Extract<RemoteSource, { kind: 'hub' }>,
  signal?: AbortSignal,
  isWanted: (path: string) => boolean = (path) =>
    !path.includes('/') || isWeights(path) || /\/config\.json$/i.test(path),
): Promise<{
  readonly commit: string;
  /** As it is called now. */
  readonly repository: string;
  readonly files: readonly ListedFile[];
}> {
  const url = `${hub}/api/models/${asked}/revision/${encodeURIComponent(revision)}?blobs=true`;
  const response = await ask(url, `repository ${asked}`, signal);
  const text = new TextDecoder().decode(await readUpTo(response, LISTING_LIMIT));
  const parsed = v.safeParse(schema, parseJson(text));
  if (!parsed.success) {
    throw new TokenoscopeError(
      'model-fetch',
      `${hostOf(url)} did not describe ${asked} as the Hugging Face Hub does.`,
      'Check the address of the hub.',
    );
  }
  const { sha, siblings, id } = parsed.output;
  const repository = id !== undefined && isRepository(id) ? id : asked;
  const files = siblings
    .filter(({ rfilename }) => isWanted(rfilename))
    .map(({ rfilename, size, lfs }) => ({
      path: rfilename,
      bytes: lfs?.size ?? size ?? undefined,
      sha256: lfs?.sha256 ?? null,
      from: {
        url: `${hub}/${repository}/resolve/${sha}/${rfilename.split('/').map(encodeURIComponent).join('/')}`,
      },
    }));
  return { commit: sha, repository, files };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
