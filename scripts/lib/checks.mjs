// @ts-check
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { ensureBuilt } from './build.mjs';
import { findAllFloorFaults } from './floors.mjs';
import { inRoot } from './paths.mjs';
import { run } from './run.mjs';
import { labSizes } from './size-budget.mjs';

/**
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {number} failed
 * @property {number} [skipped]
 * @property {string} note one line for the summary
 * @property {string} [details] shown where something failed
 */

/**
 * @typedef {object} CheckOptions
 * @property {Promise<unknown>} [built] the app, where somebody else builds it
 */

/** @typedef {{ name: string; check: (options: CheckOptions) => Promise<Outcome> }} Step */

/** @type {readonly Step[]} what reads the sources only */
const ofSources = [
  { name: 'types', check: () => program('tsc', ['-p', '.', '--pretty', 'false']) },
  { name: 'floors', check: floorRules },
  {
    name: 'lint, format',
    check: () => program('biome', ['ci', '--error-on-warnings', '--colors=off', '.']),
  },
  {
    name: 'unused code and dependencies',
    check: () => program('knip', ['--no-progress', '--no-config-hints']),
  },
];

/** @type {readonly Step[]} what needs the built app */
const ofBuild = [
  { name: 'unit tests', check: unitTests },
  { name: 'JS until a lab is usable', check: sizeBudget },
];

/**
 * Runs every check that needs no browser, and prints one line for each; details only of what failed. The sources are
 * checked while the app is built and the unit tests run, which leave a core idle.
 * @param {CheckOptions} [options]
 * @returns {Promise<{ passed: number; failed: number; skipped: number }>} tests, plus one for each other check
 */
export async function runChecks(options = {}) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  await Promise.all([runInTurn(ofSources, total, options), runInTurn(ofBuild, total, options)]);
  return total;
}

/**
 * @param {readonly Step[]} steps
 * @param {{ passed: number; failed: number; skipped: number }} total what the outcomes are added to
 * @param {CheckOptions} options
 */
async function runInTurn(steps, total, options) {
  for (const { name, check } of steps) {
    const start = performance.now();
    const outcome = await check(options);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const mark = outcome.failed > 0 ? 'FAIL' : 'ok';
    console.log(`${mark.padEnd(5)}${name.padEnd(30)}${seconds.padStart(6)} s  ${outcome.note}`);
    if (outcome.failed > 0 && outcome.details) console.log(`\n${outcome.details.trimEnd()}\n`);
    total.passed += outcome.passed;
    total.failed += outcome.failed;
    total.skipped += outcome.skipped ?? 0;
  }
}

/** @param {string} command @param {readonly string[]} args @returns {Promise<Outcome>} */
async function program(command, args) {
  const { code, output } = await run(command, args, { quiet: true });
  return code === 0
    ? { passed: 1, failed: 0, note: '' }
    : { passed: 0, failed: 1, note: '', details: output };
}

/** @returns {Promise<Outcome>} */
async function floorRules() {
  const faults = findAllFloorFaults(inRoot());
  return {
    passed: Number(faults.length === 0),
    failed: Number(faults.length > 0),
    note: '',
    details: faults.join('\n'),
  };
}

/** @param {CheckOptions} options @returns {Promise<Outcome>} */
async function unitTests({ built }) {
  const report = inRoot('.cache', `unit-${process.pid}.json`);
  mkdirSync(inRoot('.cache'), { recursive: true });
  // Tests that read the built app, or compiled vocabularies, find them.
  await (built ?? ensureBuilt());
  const { code, output } = await run(
    'vitest',
    ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`],
    { quiet: true, env: { NO_COLOR: '1' } },
  );
  try {
    const counts = JSON.parse(readFileSync(report, 'utf8'));
    const passed = counts.numPassedTests;
    const skipped = counts.numPendingTests + counts.numTodoTests;
    // A file that does not even load has no failed test of its own.
    const failed = Math.max(counts.numFailedTests, counts.success && code === 0 && passed > 0 ? 0 : 1);
    return { passed, failed, skipped, note: `${passed} tests`, details: output };
  } catch {
    return { passed: 0, failed: 1, note: 'no report', details: output };
  } finally {
    rmSync(report, { force: true });
  }
}

/** @param {CheckOptions} options @returns {Promise<Outcome>} */
async function sizeBudget({ built }) {
  await (built ?? ensureBuilt());
  /** @param {number} bytes */
  const kB = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;
  try {
    const sizes = labSizes(inRoot('dist'));
    const over = sizes.filter(({ js, budget }) => js > budget);
    return {
      passed: sizes.length - over.length,
      failed: over.length,
      note: sizes.map(({ lab, js, budget }) => `${lab} ${kB(js)} of ${kB(budget)}`).join(', '),
      details: over
        .flatMap(({ lab, scripts }) => [
          `${lab}:`,
          ...scripts.map(({ file, gzip }) => `  ${kB(gzip).padStart(9)}  ${file}`),
        ])
        .join('\n'),
    };
  } catch (error) {
    return { passed: 0, failed: 1, note: '', details: String(error) };
  }
}
