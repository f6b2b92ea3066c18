import { main } from './main';

/** The command line of this process: runs it, and ends the process with its exit code once all output is out. */
export async function runProcess(): Promise<never> {
  // A reader that stops early (`| head`) is not a failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
  const code = await main(process.argv.slice(2));
  await drained(process.stdout);
  await drained(process.stderr);
  // Native sessions may keep threads alive.
  process.exit(code);
}

/** Resolves when all output is flushed, also into a slow pipe. */
function drained(stream: NodeJS.WriteStream): Promise<unknown> {
  return new Promise((done) => stream.write('', done));
}
