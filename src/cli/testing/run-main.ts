import { encodeUtf8 } from '../../core/text/utf8';
import { main } from '../main';

/** How a command ended, and what it printed. */
export interface Printed {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line in this process. @param input what it is given on standard input */
export async function runMain(argv: string[], input: string | Uint8Array = ''): Promise<Printed> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main(argv, {
    stdin: async () => (typeof input === 'string' ? encodeUtf8(input) : input),
    stdout: (text) => void out.push(text),
    stderr: (text) => void err.push(text),
  });
  return { code, out: out.join(''), err: err.join('') };
}
