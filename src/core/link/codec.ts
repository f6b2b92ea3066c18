import { deflateSync } from 'fflate';
import { TokenoscopeError } from '../errors';
import { utf8Length } from '../text/utf8';
import { fromBase64Url, toBase64Url } from './base64url';
import type { Experiment } from './experiment';
import { inflateCapped } from './inflate';
import type { Known } from './known';
import { INFLATED_LIMIT, LINK_LIMIT } from './limits';
import { joinPayload, type Payload, splitPayload } from './payload';
import { readHead } from './read-head';
import { payloadOf } from './write-head';

/** UTF-16 units of a text that may fit at all; packing longer ones would only cost time. */
const TEXT_LIMIT = 200_000;

/**
 * The hash of a permalink, `#1.<base64url(deflate-raw(payload))>`, never longer than `LINK_LIMIT` characters:
 * a text that would exceed it is left out, and its length stands instead.
 * @throws RangeError where a token id needs more than `bits` bits
 */
export function encodeLink(experiment: Experiment): string {
  const { text } = experiment.text;
  if (text.kind === 'inline' && text.value.length <= TEXT_LIMIT) {
    const whole = pack(experiment);
    if (whole !== undefined) return whole;
  }
  const shorter = pack({ ...experiment, text: { ...experiment.text, text: omit(text) } });
  if (shorter === undefined) throw new RangeError('The picture has more tokens than a link can hold.');
  return shorter;
}

function omit(text: Experiment['text']['text']): Experiment['text']['text'] {
  return text.kind === 'omitted' ? text : { kind: 'omitted', bytes: utf8Length(text.value) };
}

/** Undefined where it would be too long. */
function pack(experiment: Experiment): string | undefined {
  const payload = joinPayload(payloadOf(experiment));
  if (payload.length > INFLATED_LIMIT) return undefined;
  const hash = `#1.${toBase64Url(deflateSync(payload, { level: 9 }))}`;
  return hash.length <= LINK_LIMIT ? hash : undefined;
}

/** What a link opened to, and what of it could not be opened, in sentences for the user. */
export interface DecodedLink {
  readonly experiment: Experiment;
  readonly problems: readonly string[];
}

const NEWEST = 1;

/**
 * `migrations[n]` turns a payload of version n into one of version n + 1, for every version ever published:
 * a link opens for ever.
 */
const migrations: Readonly<Record<number, (payload: Payload) => Payload>> = {};

/**
 * Opens a permalink. Each step trusts only what the steps before have checked: length -> version -> inflate
 * (capped) -> migrate -> schema -> known ids. A part that cannot be used is replaced by its default and named
 * in `problems`; the rest opens.
 * @param hash `#1.…`, with or without its `#`
 * @throws TokenoscopeError `link-too-large`, `link-malformed`, `link-version` or `link-invalid`
 */
export function decodeLink(hash: string, known: Known): DecodedLink {
  if (hash.length > LINK_LIMIT) {
    throw new TokenoscopeError(
      'link-too-large',
      `This link has ${hash.length.toLocaleString('en')} characters; the longest made here have ${LINK_LIMIT.toLocaleString('en')}. It was not opened.`,
      'Ask its sender for a new link.',
    );
  }
  const match = /^#?(\d{1,6})\.(.*)$/s.exec(hash.trim());
  if (!match) throw malformed('This is not a link to an experiment.');
  const version = Number(match[1]);
  if (version > NEWEST) {
    throw new TokenoscopeError(
      'link-version',
      `This link was made by a newer Tokenoscope (link version ${version}); this one reads versions up to ${NEWEST}.`,
      'Reload the page to get the newest version, then open the link again.',
    );
  }
  if (version < 1) {
    throw new TokenoscopeError(
      'link-version',
      `This link says that it has version ${version}; no Tokenoscope ever made such links.`,
      'Ask its sender for a new link.',
    );
  }
  const compressed = fromBase64Url(match[2]!);
  if (!compressed || compressed.length === 0) {
    throw malformed('This link is damaged: it holds characters that no link has, or its end is missing.');
  }
  let payload = splitPayload(inflateCapped(compressed, INFLATED_LIMIT));
  for (let from = version; from < NEWEST; from++) payload = migrations[from]!(payload);
  const problems: string[] = [];
  return { experiment: readHead(payload, known, problems), problems };
}

function malformed(message: string): TokenoscopeError {
  return new TokenoscopeError(
    'link-malformed',
    message,
    'Copy the whole link again; some programs cut long links or put line breaks into them.',
  );
}
