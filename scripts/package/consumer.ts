// A program that uses the package, for the type checker: scripts/package.test.ts compiles it where the package is installed.
import {
  type DecodeOptions,
  fitPicture,
  type ImageModel,
  loadImageModel,
  openCheckpoint,
  type RgbImage,
  toRgba,
} from 'tokenoscope/image';
import {
  catalogue,
  loadTokenizer,
  type MergeTrace,
  mergesWithin,
  readTokenizer,
  stateAfter,
  TextSpans,
  TextStream,
  type Tokenizer,
  TokenoscopeError,
  type TokenSequence,
} from 'tokenoscope/text';

export async function texts(file: File): Promise<TokenSequence> {
  const tokenizer: Tokenizer = await loadTokenizer(catalogue[0]!.id, { vocabularies: '/vocabularies/' });
  const own = await readTokenizer([file, new URL('https://example.org/merges.txt')], { encoding: 'o200k' });
  const notes: readonly string[] = own.notes;
  const tokens = tokenizer.encode(notes.join('\n'), { special: 'parse', addSpecialTokens: true });
  const trace = tokenizer.trace('text');
  if (trace?.kind === 'merges') merges(trace);
  const { units, splits } = new TextSpans('text').of(tokens.starts[0]!, tokens.ends[0]!);
  const text: string = new TextStream(tokenizer.decodeStream()).push(units.start);
  if (splits === 'character') throw new TokenoscopeError('not-text', text, 'hint');
  // @ts-expect-error: there is no such way to treat special tokens
  return tokenizer.encode(text, { special: 'ignore' });
}

function merges(trace: MergeTrace): number {
  return stateAfter(trace, 2).firsts.length + mergesWithin(trace, 0, 2)[0]!.rank;
}

export async function pictures(picture: ImageData, weights: Uint8Array): Promise<Uint8ClampedArray> {
  const model: ImageModel = await loadImageModel('karhunen-128', {
    models: new URL('https://example.org/models/'),
  });
  const checkpoint = await openCheckpoint({ name: 'One-D-Piece-S-256', config: {}, weights }, { half: true });
  const options: DecodeOptions = { steps: 'distilled', seed: 3 };
  const image: RgbImage = fitPicture(picture, model.manifest.image);
  const ids: Uint32Array = await model.encode(image);
  // @ts-expect-error: k is needed
  await checkpoint.decode(ids);
  return toRgba(await model.decode(ids, 8, options));
}
