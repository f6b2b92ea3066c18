import { crc32 } from '../crc32';
import { TokenoscopeError } from '../errors';
import { checkVersion, type DecodedLink, LINK_VERSION, openPayload, payloadOf } from './envelope';
import { collect, inflateCapped, TooLarge } from './inflate';
import type { LinkPart } from './link-part';

/** How a file begins: this, its version in digits, a line feed. Then the same bytes as in a link. */
const MAGIC = 'tokenoscope experiment ';
const HEADER = /^tokenoscope experiment (\d{1,6})\n/;
const HEADER_BYTES = MAGIC.length + 7;

/** Most bytes that a file may inflate to: the largest text, and its columns. */
const FILE_LIMIT = 80_000_000;

/** Bytes whose checksum takes a few milliseconds. */
const SLICE = 2 ** 20;

/** Whether a file is an experiment, by its first bytes (at least 32, where it has them). */
export function isExperimentFile(beginning: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(beginning.subarray(0, MAGIC.length)) === MAGIC;
}

/** An experiment as a file: what a link would hold, without a link's limits. */
export async function writeExperimentFile(lab: string, part: LinkPart): Promise<Blob> {
  const payload = payloadOf(lab, part);
  // The browser's own compression runs off the main thread.
  const packed = await collect(new Blob([payload as BlobPart]), new CompressionStream('deflate-raw'));
  const checksum = new DataView(new ArrayBuffer(4));
  checksum.setUint32(0, await checksumOf(payload));
  return new Blob([`${MAGIC}${LINK_VERSION}\n`, checksum.buffer, packed as BlobPart], {
    type: 'application/octet-stream',
  });
}

/**
 * Opens an experiment file.
 * @throws TokenoscopeError `link-malformed`, `link-version`, `link-too-large`, `link-invalid`
 */
export async function readExperimentFile(file: Blob): Promise<DecodedLink> {
  const beginning = new TextDecoder('latin1').decode(await file.slice(0, HEADER_BYTES).arrayBuffer());
  const header = HEADER.exec(beginning);
  if (!header) throw damaged();
  const version = Number(header[1]);
  checkVersion(version);
  const body = header[0].length;
  const checksum = new DataView(await file.slice(body, body + 4).arrayBuffer());
  const payload = await unpack(file.slice(body + 4));
  if (checksum.byteLength < 4 || checksum.getUint32(0) !== (await checksumOf(payload))) throw damaged();
  return openPayload(payload, version);
}

/** The CRC-32 of many bytes, a few milliseconds at a time. */
async function checksumOf(bytes: Uint8Array): Promise<number> {
  let checksum = 0;
  for (let at = 0; at < bytes.length; at += SLICE) {
    checksum = crc32(bytes.subarray(at, at + SLICE), checksum);
    if (at + SLICE < bytes.length) await new Promise((resolve) => setTimeout(resolve));
  }
  return checksum;
}

async function unpack(packed: Blob): Promise<Uint8Array> {
  try {
    return await inflateCapped(packed, FILE_LIMIT);
  } catch (error) {
    if (!(error instanceof TooLarge)) throw damaged(error);
    throw new TokenoscopeError(
      'link-too-large',
      `This file unpacks to more than ${FILE_LIMIT / 1e6} MB, which no experiment does. It was not opened.`,
      'Ask its sender for a new file.',
    );
  }
}

function damaged(cause?: unknown): TokenoscopeError {
  return new TokenoscopeError(
    'link-malformed',
    'This experiment file is damaged: a part of it is missing or was changed.',
    'Ask its sender for the file again.',
    { cause },
  );
}
