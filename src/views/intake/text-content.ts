import { readSvgText } from '../../core/image/formats/svg';
import { linkIn } from './links';

/** What a dropped or pasted text is, when it is looked at for pictures and links. */
export type TextContent =
  | { readonly kind: 'picture'; readonly picture: Blob }
  /** A link of this project; `hash` begins with `#`. */
  | { readonly kind: 'link'; readonly hash: string }
  /** The address of something elsewhere: on the web, on disk, or in another page. */
  | { readonly kind: 'address'; readonly scheme: 'web' | 'file' | 'page'; readonly host: string }
  /** A data: URL that holds no picture, or is damaged. */
  | { readonly kind: 'bad-data'; readonly type: string }
  | { readonly kind: 'text' };

const LONGEST_ADDRESS = 100_000;

/**
 * Tells what the text representations of a drop or a paste are. Nothing is fetched.
 * @param text as in `Collected`
 */
export function readTextContent(text: {
  readonly uris: string;
  readonly html: string;
  readonly plain: string;
}): TextContent {
  // A dragged address is in the list of addresses and in the text; lines with # are comments in the list.
  const address = text.uris.split(/\r?\n/).find((line) => line !== '' && !line.startsWith('#'));
  const fromAddress = readAddress(address ?? '');
  if (fromAddress && fromAddress.kind !== 'address') return fromAddress;
  const fromHtml = readHtml(text.html);
  if (fromHtml && fromHtml.kind !== 'address') return fromHtml;
  const plain = text.plain.trim();
  return fromAddress ?? fromHtml ?? readAddress(plain) ?? readSvg(plain) ?? { kind: 'text' };
}

function readAddress(text: string): TextContent | undefined {
  if (/^data:/i.test(text)) return readDataUrl(text);
  if (text.length > LONGEST_ADDRESS || /\s/.test(text)) return undefined;
  const hash = linkIn(text);
  if (hash) return { kind: 'link', hash };
  const scheme = /^(https?|file|blob|filesystem|content):/i.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) return undefined;
  if (scheme.startsWith('http')) {
    return { kind: 'address', scheme: 'web', host: URL.canParse(text) ? new URL(text).host : '' };
  }
  return { kind: 'address', scheme: scheme === 'file' ? 'file' : 'page', host: '' };
}

/** A data: URL without fetching it, which the page's policy does not allow (RFC 2397). */
function readDataUrl(text: string): TextContent {
  const match = /^data:([^,]*),/i.exec(text);
  const parameters = (match?.[1] ?? '').split(';').map((part) => part.trim().toLowerCase());
  const type = parameters[0] || 'text/plain';
  if (!match || !type.startsWith('image/')) return { kind: 'bad-data', type };
  try {
    const body = text.slice(match[0].length);
    const bytes = parameters.includes('base64')
      ? Uint8Array.from(atob(decodePercent(body).replace(/\s/g, '')), (c) => c.charCodeAt(0))
      : Uint8Array.from(decodePercent(body), (c) => c.charCodeAt(0));
    if (bytes.length === 0) return { kind: 'bad-data', type };
    return { kind: 'picture', picture: new Blob([bytes], { type }) };
  } catch {
    return { kind: 'bad-data', type };
  }
}

/** Percent signs decoded to bytes as Latin-1; characters beyond are UTF-8, as browsers take them. */
function decodePercent(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let decoded = '';
  for (let from = 0; from < bytes.length; from += 8_192) {
    decoded += String.fromCharCode(...bytes.subarray(from, from + 8_192));
  }
  return decoded.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

const IMAGE = /^<img\b(?:[^>"']|"[^"]*"|'[^']*')*?\ssrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i;

/** The first embedded picture of an HTML fragment, else an inline SVG, else the first picture elsewhere. */
function readHtml(html: string): TextContent | undefined {
  if (html === '') return undefined;
  // Tag by tag, so that no fragment takes long.
  const sources = html
    .split(/(?=<img\s)/i)
    .map((part) => IMAGE.exec(part))
    .map((match) => match && readAddress(decodeEntities(match[1] ?? match[2] ?? match[3] ?? '').trim()));
  const start = html.search(/<svg[\s>]/i);
  const end = html.lastIndexOf('</svg>');
  const drawn = start >= 0 && end > start ? readSvg(html.slice(start, end + 6)) : undefined;
  return sources.find((found) => found?.kind === 'picture') ?? drawn ?? sources.find(Boolean) ?? undefined;
}

function decodeEntities(text: string): string {
  return text
    .replace(/&quot;/g, '"')
    .replace(/&#39;|&apos;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}

/** The source of an SVG, as editors and developer tools copy it. */
function readSvg(text: string): TextContent | undefined {
  if (!text.startsWith('<')) return undefined;
  const bytes = new TextEncoder().encode(text);
  return readSvgText(bytes)
    ? { kind: 'picture', picture: new Blob([bytes], { type: 'image/svg+xml' }) }
    : undefined;
}
