/** The longest name of a repository that the hub gives, owner included. */
const REPOSITORY_LIMIT = 96;
const PART = '[A-Za-z0-9_][A-Za-z0-9_.-]*';
const REPOSITORY = new RegExp(`^${PART}/${PART}$`);
/** Of a file in a repository: no part begins with a dot, and longer ones do not travel in links. */
const PATH = '(?!.{200})[\\w-][\\w.-]*(?:/[\\w-][\\w.-]*)*';
const HUB = new RegExp(`^hf:([^@]+)@([0-9a-f]{40})(?:/(${PATH}))?$`);
const FILE = /^file:([0-9a-f]{64})$/;

/**
 * The parts of a checkpoint's id. A checkpoint of a hub is identified by its repository and commit (and by the path of its
 * weights, where the repository has several), any other by its content: both mean the same everywhere and never change.
 */
export type CheckpointName =
  | {
      readonly kind: 'hub';
      readonly repository: string;
      readonly commit: string;
      readonly path?: string;
    }
  | { readonly kind: 'file'; readonly sha256: string };

/** Whether a text is `owner/name` as the hub allows it; nothing that could change the rest of an address is. */
export function isRepository(text: string): boolean {
  return text.length <= REPOSITORY_LIMIT && REPOSITORY.test(text) && !text.includes('..');
}

/**
 * `hf:owner/name@commit`, with `/path` behind it for one file of several.
 * @param commit 40 hex digits
 */
export function hubCheckpointId(repository: string, commit: string, path?: string): string {
  return `hf:${repository}@${commit}${path === undefined ? '' : `/${path}`}`;
}

/** `file:sha256`. @param sha256 64 hex digits, over all that the checkpoint consists of */
export function fileCheckpointId(sha256: string): string {
  return `file:${sha256}`;
}

/** Reads an id; undefined if it is not a checkpoint's (but a bundled model's, or a forged one). */
export function parseCheckpointId(id: string): CheckpointName | undefined {
  const [, repository = '', commit = '', path] = HUB.exec(id) ?? [];
  if (isRepository(repository)) return { kind: 'hub', repository, commit, ...(path && { path }) };
  const [, sha256] = FILE.exec(id) ?? [];
  return sha256 === undefined ? undefined : { kind: 'file', sha256 };
}

/** Whether an id names a checkpoint, here or elsewhere. */
export function isCheckpointId(id: string): boolean {
  return parseCheckpointId(id) !== undefined;
}

/** First 8 hex digits of commit or content, as links carry them for bundled models; empty for other ids. */
export function checkpointHash(id: string): string {
  const name = parseCheckpointId(id);
  if (!name) return '';
  return (name.kind === 'hub' ? name.commit : name.sha256).slice(0, 8);
}

/** The name of a checkpoint of which only the id is known. */
export function checkpointLabel(id: string): string {
  const name = parseCheckpointId(id);
  if (!name) return id;
  if (name.kind === 'file') return `checkpoint ${name.sha256.slice(0, 8)}`;
  const { repository, path } = name;
  const file = path ? ` ${path.replace(/^.*\/|\.\w+$/g, '')}` : '';
  return repository.slice(repository.indexOf('/') + 1) + file;
}
