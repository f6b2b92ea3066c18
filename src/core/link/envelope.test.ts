import { randomInt } from 'node:crypto';
import { deflateRawSync, inflateRawSync, crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32 } from '../crc32';
import { TokenoscopeError } from '../errors';
import { toBase64Url } from './base64url';
import { decodeLink, encodeLink } from './envelope';
import { LINK_LIMIT } from './limits';
import type { LinkPart } from './link-part';
import { joinPayload } from './payload';

const tokens = (count: number): LinkPart => ({
  head: { m: 'karhunen-128', k: 8 },
  blob: Uint8Array.from({ length: count * 2 }, () => randomInt(256)),
});

/** A link as anybody could forge it, with a correct checksum. */
function forge(head: unknown, blob = new Uint8Array(0)): string {
  return forgeBytes(joinPayload({ head, blob }));
}

function forgeBytes(payload: Uint8Array): string {
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(payload));
  return `#2.${toBase64Url(Buffer.concat([checksum, deflateRawSync(payload)]))}`;
}

function forgeV1(head: unknown, blob = new Uint8Array(0)): string {
  return `#1.${toBase64Url(deflateRawSync(joinPayload({ head, blob })))}`;
}

/** The code of the error that opening throws; the link itself if it opens. */
async function failure(hash: string): Promise<string> {
  try {
    await decodeLink(hash);
    return 'opened';
  } catch (error) {
    expect(error).toBeInstanceOf(TokenoscopeError);
    const { code, message, hint } = error as TokenoscopeError;
    expect(message).toMatch(/^This link|^This is/);
    expect(hint).not.toBe('');
    return code;
  }
}

it('the checksum is the CRC-32 of zlib, also in pieces', async () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (a, b) => {
      const whole = Buffer.concat([a, b]);
      expect(crc32(b, crc32(a))).toBe(zlibCrc32?.(whole) ?? crc32(whole));
    }),
  );
});

describe('a link', () => {
  it('is a checksum and raw DEFLATE in base64url, which any other program can read', async () => {
    const hash = encodeLink('text', { head: { z: ['gpt2'] }, blob: Uint8Array.of(1, 2) })!;
    const bytes = Buffer.from(hash.slice('#2.'.length), 'base64url');
    const payload = inflateRawSync(bytes.subarray(4));
    expect(bytes.readUInt32BE(0)).toBe(crc32(payload));
    expect(JSON.parse(payload.subarray(1, 1 + payload[0]!).toString())).toEqual(['text', { z: ['gpt2'] }]);
    expect([...payload.subarray(1 + payload[0]!)]).toEqual([1, 2]);
  });

  it('carries a picture of 64 tokens in 128 bytes and a small overhead', async () => {
    expect(encodeLink('image', tokens(64))!.length).toBeLessThan((128 + 60) * (4 / 3));
  });

  it('names a lab that has nothing to say', async () => {
    expect(encodeLink('about', { head: {}, blob: new Uint8Array(0) })).toBe('#about');
  });

  it('round-trips every part', async () => {
    const part = fc.record({
      head: fc.dictionary(
        fc.string().filter((key) => key !== '__proto__'),
        fc.jsonValue().filter((value) => !Object.is(value, -0)),
      ),
      blob: fc.uint8Array({ maxLength: 600 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('image', 'text', 'papers'), part, async (lab, { head, blob }) => {
        const hash = encodeLink(lab, { head, blob })!;
        if (hash === `#${lab}`) return;
        const opened = await decodeLink(hash);
        expect(opened).toMatchObject({ lab, problems: [] });
        expect(opened.parts[lab]!.version).toBe(2);
        expect(JSON.stringify(opened.parts[lab]!.head)).toBe(JSON.stringify(head));
        expect([...opened.parts[lab]!.blob]).toEqual([...blob]);
      }),
    );
  });

  it('is none where it would be too long, and is never longer than the limit', async () => {
    const noise = (length: number) => tokens(length / 2);
    for (const length of [48_000, 49_000, 49_152, 50_000]) {
      const hash = encodeLink('text', noise(length));
      if (hash === undefined) continue;
      expect(hash.length).toBeLessThanOrEqual(LINK_LIMIT);
      expect(await failure(hash)).toBe('opened');
    }
    expect(encodeLink('text', noise(48_000))).toBeDefined();
    expect(encodeLink('text', noise(50_000))).toBeUndefined();
    expect(encodeLink('text', { head: {}, blob: new Uint8Array(64_000_000) })).toBeUndefined();
  });
});

describe('a link of version 1', () => {
  it('says what it said of both labs', async () => {
    const opened = await decodeLink(forgeV1({ l: 't', i: { m: 'x' }, t: { x: 'hi' } }, Uint8Array.of(7)));
    expect(opened).toMatchObject({ lab: 'text', problems: [] });
    expect(opened.parts).toMatchObject({
      image: { version: 1, head: { m: 'x' }, blob: Uint8Array.of(7) },
      text: { version: 1, head: { x: 'hi' } },
    });
    expect(opened.parts['text']!.blob).toHaveLength(0);
  });

  it('opens where a part of it is bad, and says so', async () => {
    expect(await decodeLink(forgeV1({}))).toMatchObject({ lab: 'image', problems: [] });
    const { lab, problems, parts } = await decodeLink(forgeV1({ l: 'x', i: 7, t: [1] }));
    expect(lab).toBe('image');
    expect(problems).toHaveLength(3);
    expect(parts['image']!.head).toEqual({});
  });

  it('pollutes no prototype', async () => {
    const head = JSON.parse('{"l":"t","__proto__":{"bad":1},"t":{"__proto__":{"x":"bad"},"x":"good"}}');
    const { parts } = await decodeLink(forgeV1(head));
    expect(parts['text']!.head['x']).toBe('good');
    expect(Object.hasOwn(Object.prototype, 'bad')).toBe(false);
    expect(Object.getPrototypeOf(parts['text']!.head)).toBeNull();
  });
});

describe('a hostile or damaged link', () => {
  it.each([
    ['nothing', '#', 'link-malformed'],
    ['words', '#hello', 'link-malformed'],
    ['no payload', '#2.', 'link-malformed'],
    ['no payload of version 1', '#1.', 'link-malformed'],
    ['a checksum alone', '#2.AAAAAA', 'link-malformed'],
    ['less than a checksum', '#2.AAA', 'link-malformed'],
    ['foreign characters', '#2.ab!d', 'link-malformed'],
    ['no DEFLATE stream', '#1._____w', 'link-malformed'],
    ['a future version', '#3.whatever-it-holds', 'link-version'],
    ['a far future version', '#999999.x', 'link-version'],
    ['version 0', '#0.x', 'link-version'],
    ['a hash that is too long', `#2.${'A'.repeat(LINK_LIMIT)}`, 'link-too-large'],
    ['a head without fields', forge(['image']), 'link-invalid'],
    ['a head without a lab', forge([1, {}]), 'link-invalid'],
    ['fields that are a list', forge(['image', [1]]), 'link-invalid'],
    ['a head of version 1', forge({ l: 'i' }), 'link-invalid'],
    ['a head that is null', forge(null), 'link-invalid'],
    ['a list in version 1', forgeV1([1, 2]), 'link-invalid'],
    ['null in version 1', forgeV1(null), 'link-invalid'],
    ['a head that is no JSON', forgeBytes(Uint8Array.of(3, 1, 2, 3)), 'link-invalid'],
    ['a head longer than the payload', forgeBytes(Uint8Array.of(99)), 'link-invalid'],
    ['a length without end', forgeBytes(new Uint8Array(9).fill(255)), 'link-invalid'],
  ])('is refused: %s', async (_, hash, code) => {
    expect(await failure(hash)).toBe(code);
  });

  it('is refused at once where it inflates to 1 GB', async () => {
    // As long as a link may be: the stream claims far more than the cap long before its end.
    const gigabyte = deflateRawSync(Buffer.alloc(2 ** 27), { level: 9 });
    const before = process.memoryUsage().arrayBuffers;
    for (const cut of [gigabyte.length, 49_000]) {
      const bytes = gigabyte.subarray(0, cut);
      const hash = `#2.${toBase64Url(Buffer.concat([Buffer.alloc(4), bytes])).slice(0, LINK_LIMIT - 4)}`;
      expect(await failure(hash)).toBe('link-too-large');
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 2 ** 20);
  });

  it('is refused wherever it is cut', async () => {
    const hash = encodeLink('image', tokens(64))!;
    for (let length = 3; length < hash.length; length++) {
      expect(['link-malformed', 'link-invalid']).toContain(await failure(hash.slice(0, length)));
    }
  });

  it('never opens as something else: 1,200 mutations of every kind', async () => {
    const part = tokens(64);
    const hash = encodeLink('image', part)!;
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const pick = (from: number) => from + randomInt(hash.length - from);
    const mutate = () => {
      const at = pick(3);
      const other = alphabet[randomInt(64)]!;
      const [a, b] = [at, pick(3)].sort((x, y) => x - y) as [number, number];
      return [
        hash.slice(0, at) + other + hash.slice(at + 1),
        hash.slice(0, at) + hash.slice(at + 1),
        hash.slice(0, at) + other + hash.slice(at),
        hash.slice(0, a) + hash.slice(b),
        hash.slice(0, a) + [...hash.slice(a, b)].reverse().join('') + hash.slice(b),
        hash.slice(0, a) + hash.slice(a, b).toLowerCase() + hash.slice(b),
      ];
    };
    for (let i = 0; i < 200; i++) {
      for (const mutated of mutate()) {
        if ((await failure(mutated)) !== 'opened') continue;
        // The last character has unused bits.
        expect((await decodeLink(mutated)).parts['image']).toEqual((await decodeLink(hash)).parts['image']);
      }
    }
  });

  it('never throws anything but a TokenoscopeError, whatever is made up', async () => {
    const forged = fc
      .tuple(fc.constantFrom(forge, forgeV1), fc.jsonValue(), fc.uint8Array())
      .map(([how, head, blob]) => how(head, Uint8Array.from(blob)));
    const random = fc.uint8Array({ maxLength: 400 }).map((noise) => `#2.${toBase64Url(noise)}`);
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          forged,
          random,
          fc.string(),
          fc.string().map((s) => `#2.${s}`),
        ),
        async (hash) => {
          await failure(hash);
        },
      ),
      { numRuns: 500 },
    );
  });
});
