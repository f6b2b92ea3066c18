import { declarationLanguages, SCRIPT_NAMES } from '../../../../catalog/declaration';
import { TokenoscopeError } from '../../../../core/errors';
import { decodeUtf8 } from '../../../../core/text/utf8';
import type { Parallel } from './parallel';

/**
 * The thirty articles of the declaration in every language of the catalogue, English first; compiled by
 * scripts/declaration/build.mjs.
 * @throws TokenoscopeError `tokenizer-fetch` where the network or the server fails
 */
export async function loadDeclaration(signal: AbortSignal): Promise<Parallel> {
  const { default: url } = await import('/generated/declaration/articles.pack?url');
  let articles: Record<string, readonly string[]>;
  try {
    const response = await fetch(url, { signal });
    if (!response.ok || !response.body) throw new Error(`The server answered ${response.status}.`);
    const plain = response.body.pipeThrough(new DecompressionStream('gzip'));
    articles = JSON.parse(decodeUtf8(new Uint8Array(await new Response(plain).arrayBuffer())));
  } catch (cause) {
    signal.throwIfAborted();
    throw new TokenoscopeError(
      'tokenizer-fetch',
      'The Universal Declaration could not be fetched.',
      'Check the connection and try again.',
      { cause },
    );
  }
  return {
    reference: 'English',
    rows: declarationLanguages.map(({ code, tag, name, own, script }) => ({
      key: code,
      tag,
      name,
      own,
      group: SCRIPT_NAMES[script] ?? script,
    })),
    texts: declarationLanguages.map(({ code }) => (articles[code] ?? []).join('\n')),
  };
}
