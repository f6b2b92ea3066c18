/** Address of the page that everybody can open, ending in /, where the build was told one (docs/hosting.md). */
const PUBLIC_ADDRESS: string | undefined = publicAddress(import.meta.env['VITE_PUBLIC_URL']);

/** Chats cut links from about this length on. */
export const LONG_FOR_CHATS = 2000;
/** Mail programs and many other places cut links near this length. */
export const LONG_FOR_MAIL = 8000;

/** Who can open an address: anybody, devices in the same network, or nobody but this machine. */
export type Reach = 'everybody' | 'network' | 'machine';

/** A link to what the page shows, as it can be given to others. */
export interface SharedLink {
  readonly url: string;
  /** Who can open it. */
  readonly reach: Reach;
}

/**
 * @param hash of the experiment, with its #
 * @param page address of this page
 * @param published address of the same page where others can open it, if there is one
 */
export function linkForOthers(hash: string, page: string, published = PUBLIC_ADDRESS): SharedLink {
  const here = new URL(hash, page);
  const reach = reachOf(here);
  return reach !== 'everybody' && published
    ? { url: new URL(hash, published).href, reach: 'everybody' }
    : { url: here.href, reach };
}

/**
 * Who can open an address. This machine alone: loopback (RFC 6761, RFC 5735), files. Its network: private addresses
 * (RFC 1918, RFC 4193, RFC 6598), link-local ones (RFC 3927, RFC 4291), names without a dot and those of local networks
 * (RFC 6762, RFC 8375).
 */
export function reachOf({ protocol, hostname }: URL): Reach {
  if (!/^https?:$/.test(protocol)) return 'machine';
  const host = hostname.toLowerCase().replace(/\.$/, '');
  if (/^(\[::1?\]|(.*\.)?localhost|127\.[\d.]+|0\.[\d.]+)$/.test(host)) return 'machine';
  if (host.startsWith('[')) return /^\[(f[cd]..|fe[89ab].):/.test(host) ? 'network' : 'everybody';
  if (!host.includes('.') || /\.(local|internal|home\.arpa|lan|test)$/.test(host)) return 'network';
  const inNetwork =
    /^(10|169\.254|192\.168|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.[\d.]+$/;
  return inNetwork.test(host) ? 'network' : 'everybody';
}

/** @throws Error where a build was given something that is no web address */
export function publicAddress(given: unknown): string | undefined {
  if (typeof given !== 'string' || given.trim() === '') return undefined;
  const url = new URL(given);
  if (!/^https?:$/.test(url.protocol)) throw new Error(`VITE_PUBLIC_URL is no web address: ${given}`);
  url.hash = '';
  url.search = '';
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url.href;
}
