// @ts-check
import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { root } from './paths.mjs';

/**
 * @typedef {object} RunOptions
 * @property {boolean} [quiet] collect the output instead of showing it
 * @property {boolean} [toStderr] show standard output on standard error (standard output stays clean)
 * @property {number} [timeoutMs] end the program and all its children after this time
 * @property {string} [input] text for standard input (closed otherwise)
 * @property {Record<string, string>} [env] added to the environment
 */

/**
 * Runs a program in the repository's root, with node_modules/.bin on its PATH.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number; output: string; timedOut: boolean }>} code is 127 where it cannot start
 */
export function run(command, args, options = {}) {
  const stdout = options.quiet ? 'pipe' : options.toStderr ? process.stderr : 'inherit';
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: [options.input === undefined ? 'ignore' : 'pipe', stdout, options.quiet ? 'pipe' : 'inherit'],
      env: {
        ...process.env,
        PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env['PATH'] ?? ''}`,
        ...(options.quiet ? { NO_COLOR: '1', FORCE_COLOR: '0' } : {}),
        ...options.env,
      },
      // A group of its own, so that a time limit also ends what the program started.
      detached: options.timeoutMs !== undefined && process.platform !== 'win32',
      shell: process.platform === 'win32',
    });
    let output = '';
    let timedOut = false;
    const timer =
      options.timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            killGroup(child.pid);
          }, options.timeoutMs);
    child.stdout?.setEncoding('utf8').on('data', (text) => (output += text));
    child.stderr?.setEncoding('utf8').on('data', (text) => (output += text));
    child.stdin?.on('error', () => {});
    child.stdin?.end(options.input);
    child.on('error', (error) => finish(127, `${output}${error.message}\n`));
    child.on('close', (code) => finish(code ?? 1, output));
    /** @param {number} code @param {string} text */
    function finish(code, text) {
      clearTimeout(timer);
      done({ code, output: text, timedOut });
    }
  });
}

/** @param {number | undefined} pid */
function killGroup(pid) {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}

/** Says what failed and what to do, then ends with exit code 1. @param {string} message @returns {never} */
export function fail(message) {
  console.error(message);
  process.exit(1);
}
