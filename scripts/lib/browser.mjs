// @ts-check
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fail, run } from './run.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const wellKnown = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** An installed Chrome or Chromium, Playwright's own included, or undefined. CHROMIUM_PATH comes first. */
export async function findBrowser() {
  const chosen = process.env['CHROMIUM_PATH'];
  if (chosen)
    return isExecutable(chosen) ? chosen : fail(`CHROMIUM_PATH is "${chosen}", which cannot be run.`);
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  const { chromium } = await import('@playwright/test');
  return [...wellKnown, ...onPath, chromium.executablePath()].find(isExecutable);
}

/**
 * The path of a browser for tests; installs one where there is none: the distribution's package (Debian and
 * its derivatives, with root's rights) or Playwright's own, each within a time limit.
 * @returns {Promise<string>}
 */
export async function ensureBrowser() {
  const found = await findBrowser();
  if (found) return found;
  // The distribution's package includes its libraries, so it is preferred where available.
  for (const install of [installWithApt, installWithPlaywright]) {
    await install();
    const installed = await findBrowser();
    if (installed) return installed;
  }
  return fail(
    'The end-to-end tests need Chrome or Chromium, and none could be installed.\n' +
      'Install one (Debian: apt-get install chromium) or name one: CHROMIUM_PATH=/path/to/chrome npm test',
  );
}

async function installWithApt() {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get')) return;
  const isRoot = process.getuid?.() === 0;
  const sudo = isRoot ? [] : ['sudo', '-n'];
  if (!isRoot && (await run('sudo', ['-n', 'true'], { quiet: true, timeoutMs: 5_000 })).code !== 0) return;
  console.error('Installing Chromium (apt-get install chromium) ...');
  /** @param {string[]} args */
  const apt = (args) => {
    const [command = '', ...rest] = [...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
    return run(command, rest, { quiet: true, timeoutMs: 300_000 });
  };
  await apt(['-q', '-o', 'DPkg::Lock::Timeout=120', 'update']);
  // With recommended packages, which include fonts.
  const { code, output } = await apt(['-q', '-y', '-o', 'DPkg::Lock::Timeout=120', 'install', 'chromium']);
  if (code !== 0) console.error(`apt-get could not install it:\n${output.slice(-1500)}`);
}

async function installWithPlaywright() {
  console.error('Installing Chromium (playwright install chromium) ...');
  const { code, output, timedOut } = await run('playwright', ['install', 'chromium'], {
    quiet: true,
    timeoutMs: 180_000,
  });
  if (timedOut) console.error('The download took longer than three minutes.');
  else if (code !== 0) console.error(`Playwright could not install it:\n${output.slice(-1500)}`);
}

/** Arguments for every start of the browser: no foreign network, and no sandbox for root (it cannot have one). */
export function browserArguments() {
  return [
    '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
