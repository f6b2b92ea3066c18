import type { SampleText } from '../sample-text';

export const sample: SampleText = {
  id: 'code',
  label: 'Code',
  hint: 'Newer vocabularies hold whole runs of indentation as one token.',
  order: 50,
  text: `def byte_pairs(ids: list[int]) -> dict[tuple[int, int], int]:
    """Count neighbouring pairs."""
    counts = {}
    for pair in zip(ids, ids[1:]):
        if pair not in counts:
            counts[pair] = 0
        counts[pair] += 1
    return counts

export async function* readLines(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const lines = (rest + value).split(/\\r?\\n/);
    rest = lines.pop() ?? '';
    yield* lines;
  }
\tif (rest !== '') yield rest; // tab, not spaces
}
`,
};
