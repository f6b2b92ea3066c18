import { TokenoscopeError } from '../core/errors';

/** What comes with the engine. */
type Kind = 'vocabularies' | 'models' | 'lm' | 'measures' | 'samples';

/** Where it is in the repository. */
const IN_REPOSITORY: Readonly<Record<Kind, string>> = {
  vocabularies: 'generated/vocabularies',
  models: 'public/models',
  // Not part of the package, for their size.
  lm: 'public/lm',
  measures: 'public/measures',
  samples: 'public/samples',
};

/** Whether this code is part of the built package (scripts/package/build.mjs defines it), or of the repository. */
export const isPackage: boolean = import.meta.env.TOKENOSCOPE_PACKAGE === 'yes';

// Bundlers would take the address in `new URL('./x', import.meta.url)` for a file of theirs.
const here = import.meta.url;

/**
 * The folder of what comes with the engine: beside the built package's code, or below the working folder, which is the
 * repository's root.
 */
export function ownFolder(kind: Kind): URL {
  return isPackage ? new URL(`./${kind}/`, here) : toUrl(`${IN_REPOSITORY[kind]}/`);
}

/**
 * A path (in Node: of a file; in browsers: relative to the page or worker) or an address, as an absolute address.
 * @throws TypeError where it is neither
 */
function toUrl(place: string | URL): URL {
  if (place instanceof URL || /^[a-z][a-z\d+.-]+:/i.test(place)) return new URL(place);
  const url = node('node:url');
  return url ? url.pathToFileURL(place) : new URL(place, globalThis.location.href);
}

/** The same for a folder, whether or not a slash ends it. */
export function toFolderUrl(place: string | URL): URL {
  const { href } = toUrl(place);
  return new URL(href.endsWith('/') ? href : `${href}/`);
}

/** A folder's name, and the folder that it is in. @param folder as `toFolderUrl` gives it */
export function splitFolder(folder: URL): { readonly parent: URL; readonly name: string } {
  const names = folder.pathname.split('/').slice(0, -1);
  const name = names.pop() ?? '';
  return { parent: new URL(`${names.join('/')}/`, folder), name };
}

/**
 * All bytes of a file (`file:`, in Node only) or of what a server answers.
 * @param what names it in messages
 * @throws TokenoscopeError `file-unreadable` that says why; `aborted`
 */
export async function readAt(url: URL, what: string, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const files = url.protocol === 'file:' ? node('node:fs/promises') : undefined;
    if (files) return new Uint8Array(await files.readFile(url, signal && { signal }));
    const response = await fetch(url, signal ? { signal } : {});
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    if (signal?.aborted) throw new TokenoscopeError('aborted', 'Loading was ended.');
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new TokenoscopeError(
      'file-unreadable',
      `${what} could not be read: ${why}.`,
      `It is ${url.href}.`,
      {
        cause,
      },
    );
  }
}

/** The modules of Node that are used where there are such. */
interface BuiltIns {
  'node:fs/promises': typeof import('node:fs/promises');
  'node:url': typeof import('node:url');
  'node:zlib': typeof import('node:zlib');
}

/** A built-in module of Node, Bun or Deno, in a way that bundlers for browsers do not follow; undefined elsewhere. */
export function node<Name extends keyof BuiltIns>(name: Name): BuiltIns[Name] | undefined {
  return globalThis.process?.getBuiltinModule?.(name) as BuiltIns[Name] | undefined;
}
