// @ts-check
import './lib/require-node.mjs';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { pathToFileURL } from 'node:url';

const { ensureInstalled } = await import('./lib/install.mjs');
await ensureInstalled();
const { ensureProgram } = await import('./lib/build.mjs');
const { ensureFixtures } = await import('./lib/fixtures.mjs');
const { inRoot } = await import('./lib/paths.mjs');

const names = ['text', 'image', 'app', 'checkpoint', 'train'];
const document = inRoot('docs/benchmarks.md');
const introduction = `# Benchmarks

Written by \`npm run bench\`, one section for each of \`npm run bench -- text|image|app|checkpoint|train\`. Compare the columns of
a table, which were measured in one run; milliseconds of different machines do not compare.
`;

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(
    `There is no benchmark "${unknown.join('", "')}".\nUsage: npm run bench -- [text] [image] [app] [checkpoint] [train]`,
  );
  process.exit(2);
}

ensureFixtures();
for (const name of wanted.length > 0 ? wanted : names) {
  const entry = `bench/${name}/run.ts`;
  const file = await ensureProgram(`bench-${name}`, entry, ['src', 'bench', 'scripts']);
  /** @type {{ run: () => Promise<string> }} */
  const { run } = await import(pathToFileURL(file).href);
  const tables = await run();
  console.log(tables);
  record(name, `${tables.trimEnd()}\n\n${provenance(name)}\n`);
}
// Native sessions may keep threads alive.
process.exit();

/** Replaces one section between its markers, or appends it; the others stay. @param {string} name @param {string} section */
function record(name, section) {
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const before = existsSync(document) ? readFileSync(document, 'utf8') : introduction;
  const from = before.indexOf(begin);
  const to = before.indexOf(end);
  const block = `${begin}\n${section}${end}`;
  const after =
    from >= 0 && to > from
      ? before.slice(0, from) + block + before.slice(to + end.length)
      : `${before.trimEnd()}\n\n${block}\n`;
  writeFileSync(document, after);
}

/** @param {string} name */
function provenance(name) {
  const processor = cpus()[0]?.model.replace(/\s+/g, ' ').trim() || process.arch;
  const memory = Math.round(totalmem() / 2 ** 30);
  const date = new Date().toISOString().slice(0, 10);
  return (
    `Measured by \`npm run bench -- ${name}\` on ${date}: ${availableParallelism()} cores (${processor}), ` +
    `${memory} GB, ${process.platform} ${process.arch}, Node ${process.versions.node}.`
  );
}
