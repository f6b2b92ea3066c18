import type { Tokenizer } from '../core/text/tokens';
import { arrived } from './arrived-code';
import { ByteTokenizer } from './byte-tokenizer';
import { CharacterTokenizer } from './character-tokenizer';
import type { TokenizerSpec } from './spec';

/**
 * Builds the tokenizer that `spec` describes. The code of the larger kinds is loaded with the first tokenizer of
 * that kind, while its vocabulary is read.
 * @param readVocabulary gives the compiled file of a vocabulary name, gzipped as it is built or unpacked: the browser fetches
 *   it, Node reads it and unpacks it sooner than the streams of browsers do there
 * @throws TokenoscopeError `tokenizer-corrupt` for a damaged vocabulary, `tokenizer-fetch` for code that
 *   does not arrive, and whatever `readVocabulary` throws
 */
export async function loadTokenizer(
  spec: TokenizerSpec,
  readVocabulary: (name: string) => Promise<Uint8Array>,
): Promise<Tokenizer> {
  switch (spec.kind) {
    case 'utf8-bytes':
      return new ByteTokenizer();
    case 'characters':
      return new CharacterTokenizer();
    case 'words': {
      const { WordTokenizer } = await arrived(import('./word-tokenizer'));
      return new WordTokenizer();
    }
    case 'pipeline': {
      const code = arrived(import('./hugging-face/compiled'));
      const [{ readCompiledPipeline }, file] = await Promise.all([code, readVocabulary(spec.vocabulary)]);
      return readCompiledPipeline(spec.vocabulary, file);
    }
    case 'bpe-ranks': {
      const code = arrived(import('./bpe/compiled'));
      const [{ readCompiledRanks }, file] = await Promise.all([code, readVocabulary(spec.vocabulary)]);
      return readCompiledRanks(spec, file);
    }
  }
}
