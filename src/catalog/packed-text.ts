import { decodeUtf8 } from '../core/text/utf8';

/**
 * The text of a gzipped file that the bundler holds as a chunk of its own, in browsers, workers and Node alike:
 * `packedText(() => import('./corpora/alice.pack?url&inline'))`.
 * @param load gives the file as a `data:` address in base64
 */
export async function packedText(load: () => Promise<{ readonly default: string }>): Promise<string> {
  const { default: address } = await load();
  const binary = atob(address.slice(address.indexOf(',') + 1));
  const packed = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
  const plain = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return decodeUtf8(new Uint8Array(await new Response(plain).arrayBuffer()));
}
