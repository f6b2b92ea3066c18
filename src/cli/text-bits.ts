import { decodeUtf8, encodeUtf8 } from '../core/text/utf8';
import { ByteReader } from '../engine/lm/read-bytes';
import { beginReading, readOn } from '../engine/lm/read-tokens';
import { badArguments, defineCommand, flag, optional } from './command';
import { languageModelOption, openLm } from './lm-argument';
import { PROGRAM } from './program';

/** What the text on standard input costs under a language model. */
export const command = defineCommand({
  name: 'text-bits',
  summary: 'Text on standard input -> one JSON line with its bits per byte under a language model.',
  options: {
    model: languageModelOption,
    exact: flag(
      'reads byte by byte, over all tokens that each byte may lie within, instead of by the text’s own tokens; slow for a model over tokens',
    ),
    wasm: flag('computes on WASM, one thread, as a browser does; to compare speeds'),
    each: optional<'token' | 'line'>('token|line', 'adds the bits of each token or line', (text, name) => {
      if (text === 'token' || text === 'line') return text;
      throw badArguments(`${name} takes token or line, not "${text}".`);
    }),
  },
  details: `  "each": [[first byte, byte behind the last, bits], ...]; with --exact, a token is a byte.
  A long text is read in windows of the model's context, each of which begins half a context before what it counts.

  ${PROGRAM} text-bits --model lm-byte --each line < text.txt`,
  async run({ model: name, exact, wasm, each }, io) {
    const bytes = await io.stdin();
    const text = decodeUtf8(bytes);
    const read = encodeUtf8(text);
    if (text.includes('\ufffd') && !isSame(read, bytes)) {
      io.stderr('The input is not valid UTF-8: what cannot be read counts as U+FFFD, also in offsets.\n');
    }
    const open = await openLm(name, wasm);
    try {
      const began = { wall: performance.now(), processor: process.cpuUsage() };
      const { starts, bits } = exact
        ? await readBytes(new ByteReader(open.exact), read)
        : await readTokens(open, text);
      const seconds = (performance.now() - began.wall) / 1000;
      const { user, system } = process.cpuUsage(began.processor);
      const total = bits.reduce((sum, one) => sum + one, 0);
      const answer = {
        model: open.manifest.id,
        bytes: read.length,
        ...(exact ? {} : { tokens: bits.length }),
        bits: rounded(total),
        bitsPerByte: read.length > 0 ? rounded(total / read.length) : null,
        heldOut: open.manifest.figures.bitsPerByte,
        ...(each === 'token'
          ? { each: Array.from(bits, (one, i) => [starts[i], starts[i + 1], rounded(one)]) }
          : {}),
        ...(each === 'line' ? { each: linesOf(read, starts, bits) } : {}),
      };
      io.stdout(`${JSON.stringify(answer)}\n`);
      io.stderr(
        `${bits.length} ${exact ? 'bytes' : 'tokens'} in ${seconds.toFixed(1)} s, ${((user + system) / 1e6).toFixed(1)} s of processor time.
`,
      );
      return 0;
    } finally {
      await open.model.release();
    }
  },
});

interface Costs {
  readonly starts: Uint32Array;
  readonly bits: Float64Array;
}

async function readTokens(open: Awaited<ReturnType<typeof openLm>>, text: string): Promise<Costs> {
  let reading = beginReading(open.encode(text));
  while (reading.count < reading.ids.length) reading = await readOn(open, reading);
  return reading;
}

async function readBytes(reader: ByteReader, bytes: Uint8Array): Promise<Costs> {
  const { bits } = await reader.read(bytes, () => {});
  return { bits, starts: Uint32Array.from({ length: bytes.length + 1 }, (_, i) => i) };
}

/** Lines with their breaks; a token that crosses one gives each side its part. */
function linesOf(
  bytes: Uint8Array,
  starts: Uint32Array,
  bits: Float64Array,
): (readonly [number, number, number])[] {
  const lines: [number, number, number][] = [];
  let token = 0;
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(0x0a, start);
    const end = found < 0 ? bytes.length : found + 1;
    let sum = 0;
    for (; token < bits.length && starts[token]! < end; token++) {
      const [from, to] = [starts[token]!, starts[token + 1]!];
      sum += (bits[token]! * (Math.min(to, end) - Math.max(from, start))) / (to - from);
      if (to > end) break;
    }
    lines.push([start, end, rounded(sum)]);
    start = end;
  }
  return lines;
}

function rounded(value: number): number {
  return Number(value.toFixed(4));
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
