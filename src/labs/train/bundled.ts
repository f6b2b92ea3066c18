import { sampleTexts } from '../../catalog/texts';
import { TokenoscopeError } from '../../core/errors';
import { decodeUtf8 } from '../../core/text/utf8';
import type { TrainSource } from '../../engine/train/train.api';
import type { Corpus } from './corpus';

/** A bundled corpus. @throws TokenoscopeError `tokenizer-fetch` where the network or the server fails */
export async function loadBundled(
  { bundled, languages }: Pick<Corpus, 'bundled' | 'languages'>,
  signal: AbortSignal,
): Promise<readonly TrainSource[]> {
  switch (bundled) {
    case 'samples':
      return sampleTexts.map(({ label, text }) => ({
        name: label,
        text: text.endsWith('\n') ? text : `${text}\n`,
      }));
    case 'alice': {
      const { default: url } = await import('../../catalog/corpora/alice.pack?url');
      return [{ name: 'Alice in Wonderland', text: await fetched(url, signal), gzip: true }];
    }
    case 'declaration': {
      const { default: url } = await import('/generated/declaration/articles.pack?url');
      const plain = (await fetched(url, signal)).stream().pipeThrough(new DecompressionStream('gzip'));
      const articles: Readonly<Record<string, readonly string[]>> = JSON.parse(
        decodeUtf8(new Uint8Array(await new Response(plain).arrayBuffer())),
      );
      return languages.map((code) => ({ name: code, text: `${(articles[code] ?? []).join('\n')}\n` }));
    }
  }
}

async function fetched(url: string, signal: AbortSignal): Promise<Blob> {
  try {
    const response = await fetch(url, { signal });
    if (!response.ok) throw new Error(`The server answered ${response.status}.`);
    return await response.blob();
  } catch (cause) {
    if (signal.aborted) throw new TokenoscopeError('aborted', 'A newer job replaced this one.');
    throw new TokenoscopeError(
      'tokenizer-fetch',
      'The corpus could not be fetched.',
      'Check the connection and try again, or paste a text.',
      { cause },
    );
  }
}
