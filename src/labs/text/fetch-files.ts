import { fetchRemoteTokenizer } from '../../engine/weights/weights.client';
import { type TakeContext, takeTokenizer } from './take-files';

/** What to fetch: what the visitor typed or a link names, and where bare names are looked up. */
export interface Wanted {
  readonly text: string;
  readonly hub: string;
  /** The id of the missing file that it is fetched for. */
  readonly wanted?: string;
}

/** Fetches a tokenizer and takes it in: loaded with the first of them. @throws what fetching and reading throw */
export async function fetchFiles(
  { text, hub, wanted }: Wanted,
  context: Pick<TakeContext, 'lab' | 'signal' | 'say'>,
): Promise<void> {
  const { signal, say } = context;
  const job = { name: text.replace(/^hf:/, '').replace(/@[0-9a-f]{40}.*$/, ''), doing: 'Downloading' };
  say({ job: { ...job, loaded: 0, total: undefined } });
  const { files, ...from } = await fetchRemoteTokenizer(
    { text, hub },
    { signal, onProgress: (progress) => say({ job: { ...job, ...progress } }) },
  );
  await takeTokenizer(files, { ...(wanted === undefined ? {} : { wanted }), from }, context);
}
