// @ts-check

/**
 * @typedef {object} Entry
 * @property {string} [version]
 * @property {boolean} [dev]
 * @property {boolean} [optional]
 * @property {string[]} [os]
 * @property {string[]} [cpu]
 * @property {string[]} [libc]
 * @property {Record<string, string>} [optionalDependencies]
 * @typedef {{ packages: Record<string, Entry> }} Lock
 */

/**
 * Optional dependencies that a lock file does not list. npm leaves out those that its registry did not have at
 * the time of locking (mirrors often lack other platforms' builds), and then `npm ci` refuses the file.
 * @param {Lock} lock
 * @returns {{ path: string; entry: Entry }[]} as they should be listed
 */
export function missingOptional({ packages }) {
  return Object.entries(packages).flatMap(([parent, { dev, optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !packages[`node_modules/${name}`] && !packages[`${parent}/node_modules/${name}`])
      .map(([name, range]) => ({
        path: `node_modules/${name}`,
        entry: {
          version: range.replace(/^[\^~]/, ''),
          ...(dev ? { dev } : {}),
          optional: true,
          ...platform(name),
        },
      })),
  );
}

/** The platform in a prebuilt package's name. @param {string} name */
function platform(name) {
  const systems = [
    'android',
    'darwin',
    'freebsd',
    'linux',
    'netbsd',
    'openbsd',
    'openharmony',
    'sunos',
    'win32',
  ];
  const processors = ['arm64', 'x64', 'ia32', 'riscv64', 'ppc64', 's390x', 'loong64', 'arm'];
  const os = systems.find((part) => name.includes(part));
  const cpu = processors.find((part) => name.includes(part));
  const libc = os === 'linux' ? (name.includes('musl') ? 'musl' : 'glibc') : undefined;
  return {
    ...(os ? { os: [os] } : {}),
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(libc ? { libc: [libc] } : {}),
  };
}
