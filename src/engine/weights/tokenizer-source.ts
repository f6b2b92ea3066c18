import { TokenoscopeError } from '../../core/errors';
import { isRepository } from '../../core/image/checkpoint-id';
import { hubOrigin } from '../../core/link/tokenizer-origin';
import { DEFAULT_HUB } from './default-hub';
import { hubSource, isReachable, shorten } from './source';

/** A tokenizer elsewhere: in a repository of a hub that speaks Hugging Face's API, or a file at any address. */
export type RemoteTokenizer =
  | {
      readonly kind: 'hub';
      readonly hub: string;
      readonly repository: string;
      readonly revision: string;
      /** Of the file that is meant; undefined where the repository's own choice is. */
      readonly path: string | undefined;
    }
  | { readonly kind: 'url'; readonly url: string };

/**
 * Reads what a visitor typed or a link names: `owner/name`, `owner/name@revision`, an origin (core/link), an address of a
 * repository or of a file in it, or any file's address.
 * @param hub address of the hub that bare names are asked at
 * @throws TokenoscopeError `tokenizer-fetch`, `checkpoint-refused`
 */
export function parseTokenizerSource(text: string, hub: string): RemoteTokenizer {
  const given = text.trim();
  const known = hubOrigin(given);
  if (known) {
    const { repository, commit, path } = known;
    return { kind: 'hub', hub, repository, revision: commit, path };
  }
  const [, repository = '', revision = 'main'] = /^([^@\s]+)(?:@(\S+))?$/.exec(given) ?? [];
  if (isRepository(repository) && !hasHost(repository))
    return { ...hubSource(hub, repository, revision), path: undefined };
  const address = /^(?:[\w-]+\.)+[a-z]{2,}\//i.test(given) ? `https://${given}` : given;
  if (/^https?:/i.test(address) && URL.canParse(address)) return parseAddress(new URL(address), hub);
  throw new TokenoscopeError(
    'tokenizer-fetch',
    given === '' ? 'Nothing was entered.' : `"${shorten(given)}" is neither a repository nor an address.`,
    'Enter a repository as owner/name, or the https address of a tokenizer file.',
  );
}

/** `huggingface.co/gpt2` has the form of a repository, too. */
function hasHost(repository: string): boolean {
  return /^(?:www\.)?huggingface\.co\//i.test(repository);
}

function parseAddress(url: URL, hub: string): RemoteTokenizer {
  if (!isReachable(url)) {
    throw new TokenoscopeError(
      'tokenizer-fetch',
      `This page fetches over https only, and "${shorten(url.href)}" is not.`,
      'Use the https address, or download the file and drop it here.',
    );
  }
  for (const base of [hub, DEFAULT_HUB]) {
    if (!url.href.startsWith(`${base}/`)) continue;
    const rest = url.href.slice(base.length + 1).split(/[?#]/, 1)[0]!;
    const [owner, name, what, revision = 'main', ...path] = rest.split('/').map(decodeURIComponent);
    const repository = `${owner}/${name}`;
    if (!isRepository(repository)) continue;
    const isFile = (what === 'blob' || what === 'resolve' || what === 'raw') && path.length > 0;
    if (isFile) return { ...hubSource(base, repository, revision), path: path.join('/') };
    if (what === undefined || what === '' || what === 'tree') {
      return { ...hubSource(base, repository, revision || 'main'), path: undefined };
    }
  }
  url.hash = '';
  return { kind: 'url', url: url.href };
}
