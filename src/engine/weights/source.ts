import { TokenoscopeError } from '../../core/errors';
import { isRepository, parseCheckpointId } from '../../core/image/checkpoint-id';
import { DEFAULT_HUB } from './default-hub';
import { SPLIT } from './weights-index';
import { isWeights } from './weights-names';

/** A checkpoint elsewhere: in a repository of a hub that speaks Hugging Face's API, or at any address. */
export type RemoteSource =
  | {
      readonly kind: 'hub';
      readonly hub: string;
      readonly repository: string;
      readonly revision: string;
      /** Of the weights, where one file of several is meant. */
      readonly path?: string | undefined;
    }
  /** `folder` ends in /; `weights` is the file's name where the address names it. */
  | { readonly kind: 'url'; readonly folder: string; readonly weights: string | null };

const REVISION = /^[\w][\w./-]*$/;
const LOCAL_HOSTS = ['localhost', '127.0.0.1'];

/**
 * Reads what a visitor typed or pasted: `owner/name`, `owner/name@revision`, an address of a repository or of a
 * file in it, an address of a folder or of a file of weights elsewhere.
 * @param hub address of the hub that bare names are asked at
 * @throws TokenoscopeError `checkpoint-refused`
 */
export function parseSource(text: string, hub: string): RemoteSource {
  const given = text.trim();
  const known = parseCheckpointId(given);
  if (known?.kind === 'hub') {
    const { repository, commit, path } = known;
    return { kind: 'hub', hub, repository, revision: commit, path };
  }
  const [, repository = '', revision = 'main'] = /^([^@\s]+)(?:@(\S+))?$/.exec(given) ?? [];
  if (isRepository(repository)) return hubSource(hub, repository, revision);
  if (/^https?:/i.test(given) && URL.canParse(given)) return parseAddress(new URL(given), hub);
  throw new TokenoscopeError(
    'checkpoint-refused',
    given === '' ? 'Nothing was entered.' : `"${shorten(given)}" is neither a repository nor an address.`,
    'Enter a repository as owner/name, or the https address of a checkpoint.',
  );
}

/**
 * The address of a hub, as it is kept: no slash at its end.
 * @throws TokenoscopeError `checkpoint-refused`
 */
export function parseHub(text: string): string {
  const given = text.trim().replace(/\/+$/, '');
  if (given === '') return DEFAULT_HUB;
  if (/^https?:/i.test(given) && URL.canParse(given)) {
    const url = new URL(given);
    if (isReachable(url) && url.search === '' && url.hash === '') return given;
  }
  throw new TokenoscopeError(
    'checkpoint-refused',
    `"${shorten(given)}" is not the address of a hub.`,
    `Enter one that begins with https://, or nothing for ${DEFAULT_HUB}.`,
  );
}

function parseAddress(url: URL, hub: string): RemoteSource {
  if (!isReachable(url)) {
    throw new TokenoscopeError(
      'checkpoint-refused',
      `This page fetches over https only, and "${shorten(url.href)}" is not.`,
      'Use the https address, or download the files and drop them here.',
    );
  }
  for (const address of [hub, DEFAULT_HUB]) {
    if (!url.href.startsWith(`${address}/`)) continue;
    const [owner, name, what, revision = 'main', ...path] = url.href
      .slice(address.length + 1)
      .split(/[?#]/, 1)[0]!
      .split('/');
    const repository = `${owner}/${name}`;
    const isPage = what === undefined || what === '' || ['tree', 'blob', 'resolve'].includes(what);
    if (isRepository(repository) && isPage) {
      const source = hubSource(address, repository, decodeURIComponent(revision || 'main'));
      const file = decodeURIComponent(path.join('/'));
      return isWeights(file) ? { ...source, path: file } : source;
    }
  }
  url.hash = '';
  const file = url.pathname.slice(url.pathname.lastIndexOf('/') + 1);
  const isFile = isWeights(file) || /\.(json|onnx)$/i.test(file);
  if (!isFile && file !== '') url.pathname += '/';
  return {
    kind: 'url',
    folder: new URL('.', url).href,
    weights: isWeights(file) || SPLIT.includes(file) ? decodeURIComponent(file) : null,
  };
}

/** A hub's repository at a revision. @throws TokenoscopeError `checkpoint-refused` where it is no revision */
export function hubSource(
  hub: string,
  repository: string,
  revision: string,
): Extract<RemoteSource, { kind: 'hub' }> {
  if (REVISION.test(revision) && !revision.includes('..')) return { kind: 'hub', hub, repository, revision };
  throw new TokenoscopeError(
    'checkpoint-refused',
    `"${shorten(revision)}" is not a revision.`,
    'Enter a branch, a tag or a commit behind the @.',
  );
}

/** Whether the page's content security policy lets it fetch from there (scripts/lib/headers.mjs). */
export function isReachable(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOCAL_HOSTS.includes(url.hostname));
}

/** A text for messages, cut where it is long. */
export function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
