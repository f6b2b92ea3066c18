import { hubCheckpointId, parseCheckpointId } from '../image/checkpoint-id';

/**
 * Where a tokenizer's files were fetched from, so that others can fetch them too: `hf:owner/name@commit` of a hub, with
 * `/path` behind it where one file of several was meant, or an https address. Its content's hash, not this, says what
 * the tokenizer is.
 */
export type TokenizerOrigin = string;

/** Longer addresses do not travel in links. */
const LONGEST = 500;

/** The parts of a hub's origin. */
export interface HubOrigin {
  readonly repository: string;
  /** 40 hex digits. */
  readonly commit: string;
  /** Of a file; undefined where the repository's own choice is meant. */
  readonly path: string | undefined;
}

/** Reads a hub's origin; undefined if it is none. */
export function hubOrigin(origin: TokenizerOrigin): HubOrigin | undefined {
  const known = parseCheckpointId(origin);
  return known?.kind === 'hub' ? { ...known, path: known.path } : undefined;
}

/** Writes one. */
export function hubOriginOf({ repository, commit, path }: HubOrigin): TokenizerOrigin {
  return hubCheckpointId(repository, commit, path);
}

/** Whether a text is an origin, and nothing that could mean something else. */
export function isTokenizerOrigin(text: string): boolean {
  if (text.length > LONGEST) return false;
  if (text.startsWith('hf:')) return hubOrigin(text) !== undefined;
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return false;
  const url = new URL(text);
  const isLocal = url.protocol === 'http:' && ['localhost', '127.0.0.1'].includes(url.hostname);
  const isPlain = url.username === '' && url.password === '' && url.hash === '' && url.href === text;
  return isPlain && (url.protocol === 'https:' || isLocal);
}

/** An origin for people: the repository, or the site and what it is called there. */
export function originLabel(origin: TokenizerOrigin): string {
  const hub = hubOrigin(origin);
  if (hub) return hub.repository;
  const { host, pathname } = new URL(origin);
  return `${host}${pathname.length > 40 ? `/…${pathname.slice(-36)}` : pathname}`;
}
