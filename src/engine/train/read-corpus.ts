import { TokenoscopeError, throwIfAborted } from '../../core/errors';
import type { Corpus } from '../../tokenizers/train/corpus';
import { CORPUS_LIMIT, type TrainSource } from './train.api';

/** A line longer than this is cut, so that memory does not grow with it. */
const LONGEST_LINE = 1 << 22;

/**
 * Reads sources into a corpus, by slices that end where lines end.
 * @param onRead told how many bytes of the sources have been read
 * @throws TokenoscopeError `not-text` for a file that holds no text, `file-unreadable`, `text-too-large`, `aborted`
 */
export async function readCorpus(
  corpus: Corpus,
  sources: readonly TrainSource[],
  signal: AbortSignal,
  onRead: (bytes: number) => void,
): Promise<void> {
  let read = 0;
  for (const { name, text, gzip } of sources) {
    if (typeof text === 'string') {
      corpus.add(text);
      read += text.length;
      onRead(read);
      continue;
    }
    const lines = new LineSlices(corpus);
    const counting = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        read += chunk.length;
        onRead(read);
        controller.enqueue(chunk);
      },
    });
    let bytes: ReadableStream<BufferSource> = text
      .stream()
      .pipeThrough(counting) as ReadableStream<BufferSource>;
    if (gzip) bytes = bytes.pipeThrough(new DecompressionStream('gzip'));
    try {
      const reader = bytes.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        throwIfAborted(signal);
        const { done, value } = await reader.read();
        if (done) break;
        if (value.includes('\0')) {
          throw new TokenoscopeError(
            'not-text',
            `${name} is not a text: it holds zero bytes.`,
            'Drop text files, in UTF-8.',
          );
        }
        lines.add(value);
        if (corpus.bytes > CORPUS_LIMIT) {
          throw new TokenoscopeError(
            'text-too-large',
            `These files hold more than ${CORPUS_LIMIT / 1e6} MB of text.`,
            'Take fewer files; the command line (train-text) has no such limit.',
          );
        }
      }
    } catch (error) {
      if (error instanceof TokenoscopeError) throw error;
      throw new TokenoscopeError(
        'file-unreadable',
        `${name} cannot be read: ${(error as Error).message}`,
        'Try again.',
      );
    }
    lines.end();
  }
}

class LineSlices {
  readonly #corpus: Corpus;
  #rest = '';

  constructor(corpus: Corpus) {
    this.#corpus = corpus;
  }

  add(piece: string): void {
    const text = this.#rest + piece;
    const end = text.length > LONGEST_LINE ? text.length : text.lastIndexOf('\n') + 1;
    if (end > 0) this.#corpus.add(text.slice(0, end));
    this.#rest = text.slice(end);
  }

  end(): void {
    if (this.#rest !== '') this.#corpus.add(this.#rest);
    this.#rest = '';
  }
}
