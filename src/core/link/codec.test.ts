import { randomBytes, randomInt } from 'node:crypto';
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TokenoscopeError } from '../errors';
import { toBase64Url } from './base64url';
import { decodeLink, encodeLink } from './codec';
import type { Experiment, TextExperiment } from './experiment';
import type { Known } from './known';
import { LINK_LIMIT } from './limits';
import { joinPayload } from './payload';

const known: Known = {
  models: [
    { id: 'karhunen-128', hash: '0badcafe', tokens: { count: 256, codebookSize: 65_536 } },
    { id: 'toy', hash: '12345678', tokens: { count: 16, codebookSize: 1000 } },
  ],
  samples: ['lighthouse', 'numbers'],
  tokenizers: ['gpt2', 'cl100k', 'o200k', 'utf8-bytes'],
};

function picture(count: number): Experiment {
  return {
    lab: 'image',
    image: {
      model: 'karhunen-128',
      modelHash: '0badcafe',
      k: count,
      view: 'side',
      source: {
        kind: 'tokens',
        ids: Uint32Array.from({ length: count }, () => randomInt(65_536)),
        bits: 16,
      },
    },
    text: {
      tokenizers: ['gpt2', 'o200k'],
      text: { kind: 'inline', value: '' },
      showIds: false,
      showWhitespace: true,
    },
  };
}

function withText(value: string): Experiment {
  const { image, text } = picture(64);
  return {
    lab: 'text',
    image: { ...image, source: null },
    text: { ...text, text: { kind: 'inline', value } },
  };
}

/** A link as anybody could forge it. */
function forge(head: unknown, blob = new Uint8Array(0)): string {
  return `#1.${toBase64Url(deflateRawSync(joinPayload({ head, blob })))}`;
}

/** The code of the error that opening throws; the link itself where it opens. */
function failure(hash: string): string {
  try {
    decodeLink(hash, known);
    return 'opened';
  } catch (error) {
    expect(error).toBeInstanceOf(TokenoscopeError);
    const { code, message, hint } = error as TokenoscopeError;
    expect(message).toMatch(/^This link|^This is/);
    expect(hint).not.toBe('');
    return code;
  }
}

describe('a link', () => {
  it('is raw DEFLATE in base64url that any other program can read', () => {
    const hash = encodeLink(withText('Türkçe'));
    const payload = inflateRawSync(Buffer.from(hash.slice('#1.'.length), 'base64url'));
    expect(payload[0]).toBe(payload.length - 1);
    expect(JSON.parse(payload.subarray(1).toString())).toMatchObject({ l: 't', t: { x: 'Türkçe', w: 1 } });
  });

  it('carries a picture of 64 tokens in 128 bytes and a small overhead', () => {
    const { lab, image, text } = picture(64);
    const hash = encodeLink({
      lab,
      image,
      text: { ...text, tokenizers: known.tokenizers, showWhitespace: false },
    });
    expect(hash.length).toBeLessThan('#1.'.length + (128 + 55) * (4 / 3));
    expect(decodeLink(hash, known)).toEqual({ experiment: expect.anything(), problems: [] });
  });

  it('round-trips every experiment', () => {
    const source = fc.oneof(
      fc.constant(null),
      fc.record({ kind: fc.constant('sample' as const), id: fc.constantFrom(...known.samples) }),
      fc.record({
        kind: fc.constant('tokens' as const),
        ids: fc.array(fc.nat(65_535), { minLength: 1, maxLength: 256 }).map((ids) => Uint32Array.from(ids)),
        bits: fc.integer({ min: 16, max: 24 }),
      }),
    );
    const text = fc.oneof(
      // Lone surrogates, NUL and all: a text arrives as it was.
      fc.record({
        kind: fc.constant('inline' as const),
        value: fc.string({ unit: 'binary', maxLength: 2000 }),
      }),
      fc.record({ kind: fc.constant('omitted' as const), bytes: fc.nat() }),
    );
    const experiment: fc.Arbitrary<Experiment> = fc.record({
      lab: fc.constantFrom('image' as const, 'text' as const, 'about' as const),
      image: fc.record(
        {
          model: fc.constant('karhunen-128'),
          modelHash: fc.constant('0badcafe'),
          second: fc.constant('toy'),
          k: fc.constant(1),
          view: fc.constantFrom('side', 'wipe', 'difference'),
          source,
        },
        { requiredKeys: ['model', 'modelHash', 'k', 'view', 'source'] },
      ),
      text: fc.record({
        tokenizers: fc.uniqueArray(fc.constantFrom(...known.tokenizers)),
        text,
        showIds: fc.boolean(),
        showWhitespace: fc.boolean(),
      }),
    });
    fc.assert(
      fc.property(experiment, (value) => {
        expect(decodeLink(encodeLink(value), known)).toEqual({ experiment: value, problems: [] });
      }),
    );
  });

  it('keeps lone surrogates and NULs of a text', () => {
    const value = 'a\ud800b\udfffc\u0000d\ufeff';
    expect(decodeLink(encodeLink(withText(value)), known).experiment.text.text).toEqual({
      kind: 'inline',
      value,
    });
  });

  it('leaves out a text that would make it longer than the limit, and says how long it was', () => {
    const long = Buffer.from(randomBytes(100_000)).toString('base64');
    const hash = encodeLink(withText(long));
    expect(hash.length).toBeLessThan(400);
    const { text } = decodeLink(hash, known).experiment.text;
    expect(text).toEqual({ kind: 'omitted', bytes: long.length });
    expect(decodeLink(encodeLink(withText('ü'.repeat(300_000))), known).experiment.text.text).toEqual({
      kind: 'omitted',
      bytes: 600_000,
    });
  });

  it('never exceeds the limit just below it', () => {
    const text = Buffer.from(randomBytes(48_900)).toString('latin1');
    for (const length of [32_000, 33_000, 34_000, 40_000]) {
      const hash = encodeLink(withText(text.slice(0, length)));
      expect(hash.length).toBeLessThanOrEqual(LINK_LIMIT);
      expect(decodeLink(hash, known).problems).toEqual([]);
    }
  });
});

describe('a link to a tokenizer file', () => {
  const id = (digit: string) => `file:${digit.repeat(64)}`;
  const open = (text: object) => decodeLink(forge({ l: 't', t: text }), known);
  const files: TextExperiment = {
    ...withText('hi').text,
    tokenizers: ['gpt2', id('a'), 'o200k', id('7')],
    fileNames: { [id('a')]: 'tokenizer.json', [id('7')]: 'моя модель 🤖' },
  };

  it('carries its content hash and its name, wherever it stands among the columns', () => {
    const value = { ...withText('hi'), text: files };
    const hash = encodeLink(value);
    expect(decodeLink(hash, known)).toEqual({ experiment: value, problems: [] });
    // A random hash takes 43 characters of base64 at least.
    expect(hash.length).toBeLessThan(400);
  });

  it('opens without names, with too few or with odd ones', () => {
    const z = [id('a'), id('7')];
    const unnamed = { [id('a')]: 'unnamed tokenizer', [id('7')]: 'unnamed tokenizer' };
    expect(open({ z })).toMatchObject({ experiment: { text: { fileNames: unnamed } }, problems: [] });
    expect(open({ z, f: ['one'] }).experiment.text.fileNames).toEqual({ ...unnamed, [id('a')]: 'one' });
    expect(open({ z, f: ['', ' \u202e\n '] }).experiment.text.fileNames).toEqual(unnamed);
    for (const f of ['x', [1, 2], { a: 1 }, Array(33).fill('x')]) {
      const { experiment, problems } = open({ z, f });
      expect(experiment.text).toMatchObject({ tokenizers: z, fileNames: unnamed });
      expect(problems).toEqual([expect.stringContaining('what its tokenizer files are called')]);
    }
  });

  it('shows no name that turns text around, hides in it or fills the page', () => {
    const name = (given: string) => open({ z: [id('a')], f: [given] }).experiment.text.fileNames?.[id('a')];
    expect(name('safe\u202egpj.exe')).toBe('safe gpj.exe');
    expect(name('a\u0000\u200b\r\nb')).toBe('a b');
    expect(name('می\u200cخواهم')).toBe('می\u200cخواهم');
    expect(name('\ud800x')).toBe('\ufffdx');
    expect([...(name('👩'.repeat(5000)) ?? '')]).toHaveLength(80);
  });

  it.each([
    ['upper case', `file:${'A'.repeat(64)}`],
    ['too short', `file:${'a'.repeat(63)}`],
    ['too long', `file:${'a'.repeat(65)}`],
    ['no hash', 'file:'],
    ['a path', 'file:../../etc/passwd'],
    ['with a line', `file:${'a'.repeat(64)}\n`],
  ])('leaves out a hash that is none: %s', (_, bad) => {
    const { experiment, problems } = open({ z: ['gpt2', bad], f: ['x'] });
    expect(experiment.text.tokenizers).toEqual(['gpt2']);
    expect(experiment.text.fileNames).toBeUndefined();
    expect(problems).toEqual([expect.stringContaining('which is not here')]);
  });

  it('names no more files than a link may', () => {
    const z = Array.from({ length: 33 }, (_, i) => `file:${i.toString(16).padStart(64, '0')}`);
    expect(open({ z }).problems).toEqual([expect.stringContaining('which tokenizers to compare')]);
    expect(open({ z: z.slice(1) }).experiment.text.tokenizers).toHaveLength(32);
  });
});

describe('a hostile or damaged link', () => {
  it.each([
    ['nothing', '#', 'link-malformed'],
    ['words', '#hello', 'link-malformed'],
    ['no payload', '#1.', 'link-malformed'],
    ['foreign characters', '#1.ab!d', 'link-malformed'],
    ['no DEFLATE stream', '#1._____w', 'link-malformed'],
    ['a future version', '#2.whatever-it-holds', 'link-version'],
    ['a far future version', '#999999.x', 'link-version'],
    ['version 0', '#0.x', 'link-version'],
    ['a hash that is too long', `#1.${'A'.repeat(LINK_LIMIT)}`, 'link-too-large'],
    ['a head that is no object', forge([1, 2]), 'link-invalid'],
    ['a head that is null', forge(null), 'link-invalid'],
    [
      'a head that is no JSON',
      `#1.${toBase64Url(deflateRawSync(Buffer.from([3, 1, 2, 3])))}`,
      'link-invalid',
    ],
    [
      'a head longer than the payload',
      `#1.${toBase64Url(deflateRawSync(Buffer.from([99])))}`,
      'link-invalid',
    ],
    ['a length without end', `#1.${toBase64Url(deflateRawSync(Buffer.alloc(9, 255)))}`, 'link-invalid'],
  ])('is refused: %s', (_, hash, code) => {
    expect(failure(hash)).toBe(code);
  });

  it('is refused at once where it inflates to 1 GB', () => {
    // One megabyte a thousand times over; a link of the greatest length claims far more than the cap as well.
    const megabyte = deflateRawSync(Buffer.alloc(2 ** 20), { level: 9, finishFlush: constants.Z_FULL_FLUSH });
    const gigabyte = Buffer.concat([...Array<Buffer>(1024).fill(megabyte), Buffer.of(3, 0)]);
    expect(gigabyte.length).toBeGreaterThan(49_000);
    const before = process.memoryUsage().arrayBuffers;
    expect(failure(`#1.${toBase64Url(gigabyte)}`)).toBe('link-too-large');
    expect(failure(`#1.${toBase64Url(gigabyte.subarray(0, 49_000))}`)).toBe('link-too-large');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 2 ** 20);
  });

  it('is refused wherever it is cut', () => {
    const hash = encodeLink(picture(64));
    for (let length = 3; length < hash.length; length++) {
      expect(['link-malformed', 'link-invalid']).toContain(failure(hash.slice(0, length)));
    }
  });

  it('never throws anything but a TokenoscopeError, whatever is flipped or made up', () => {
    const bytes = Buffer.from(encodeLink(picture(64)).slice('#1.'.length), 'base64url');
    const flipped = fc.array(fc.nat(bytes.length * 8 - 1), { minLength: 1, maxLength: 8 }).map((flips) => {
      const copy = Uint8Array.from(bytes);
      for (const bit of flips) copy[bit >> 3]! ^= 1 << (bit & 7);
      return `#1.${toBase64Url(copy)}`;
    });
    const forged = fc.tuple(fc.jsonValue(), fc.uint8Array()).map(([head, blob]) => forge(head, blob));
    const random = fc.uint8Array({ maxLength: 400 }).map((noise) => `#1.${toBase64Url(noise)}`);
    fc.assert(
      fc.property(
        fc.oneof(
          flipped,
          forged,
          random,
          fc.string(),
          fc.string().map((s) => `#1.${s}`),
        ),
        (hash) => {
          failure(hash);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('pollutes no prototype', () => {
    const head = JSON.parse('{"l":"t","__proto__":{"bad":1},"t":{"__proto__":{"x":"bad"},"x":"good"}}');
    const { experiment } = decodeLink(forge(head), known);
    expect(experiment.text.text).toEqual({ kind: 'inline', value: 'good' });
    expect(Object.hasOwn(Object.prototype, 'bad')).toBe(false);
    expect(decodeLink(forge({ i: { m: '__proto__' } }), known).experiment.image.model).toBe('karhunen-128');
  });
});

describe('what a link cannot give', () => {
  const open = (head: unknown, blob?: Uint8Array<ArrayBuffer>) => decodeLink(forge(head, blob), known);

  it('falls back to defaults where a link says nothing', () => {
    expect(open({})).toEqual({
      experiment: {
        lab: 'image',
        image: { model: 'karhunen-128', modelHash: '0badcafe', k: 256, view: 'side', source: null },
        text: {
          tokenizers: known.tokenizers,
          text: { kind: 'inline', value: '' },
          showIds: false,
          showWhitespace: false,
        },
      },
      problems: [],
    });
  });

  it('names an unknown model, drops its tokens and opens the rest', () => {
    const { experiment, problems } = open(
      { l: 't', i: { m: 'flextok', n: 1, b: 8 }, t: { x: 'hi' } },
      Uint8Array.of(1),
    );
    expect(problems).toEqual([
      'This link uses the image model "flextok", which is not here. Its picture was left out.',
    ]);
    expect(experiment.image).toEqual({
      model: 'karhunen-128',
      modelHash: '',
      k: 256,
      view: 'side',
      source: null,
    });
    expect(experiment.lab).toBe('text');
    expect(experiment.text.text).toEqual({ kind: 'inline', value: 'hi' });
  });

  it('names unknown tokenizers and samples', () => {
    const { experiment, problems } = open({ i: { s: 'mona-lisa' }, t: { z: ['gpt2', 'gpt9', 'gpt2'] } });
    expect(experiment.text.tokenizers).toEqual(['gpt2']);
    expect(experiment.image.source).toBeNull();
    expect(problems).toEqual([
      'This link shows the sample picture "mona-lisa", which is not here.',
      'This link uses the tokenizer "gpt9", which is not here.',
    ]);
    expect(open({ t: { z: ['gpt9'] } }).experiment.text.tokenizers).toEqual(known.tokenizers);
  });

  it('replaces a bad field by its default and says so', () => {
    const { experiment, problems } = open({
      l: 'x',
      i: { k: 'many' },
      t: { d: 'yes', x: 7, z: 'gpt2', o: -1 },
    });
    expect(problems).toHaveLength(6);
    expect(experiment).toEqual(open({}).experiment);
  });

  it.each([
    [
      'ids out of the codebook',
      { m: 'toy', n: 2, b: 16 },
      Uint8Array.of(0, 1, 255, 255),
      /65535 is not in the codebook/,
    ],
    [
      'more tokens than the model takes',
      { m: 'toy', n: 17, b: 8 },
      new Uint8Array(17),
      /17 tokens.*takes 16/,
    ],
    ['an odd number of bytes', { m: 'toy' }, new Uint8Array(3), /number of tokens/],
    ['fewer bytes than tokens need', { m: 'toy', n: 4, b: 16 }, new Uint8Array(7), /incomplete/],
    ['no tokens', { m: 'toy', n: 0, b: 16 }, new Uint8Array(0), /number of tokens/],
    ['a billion tokens', { m: 'toy', n: 1e9, b: 16 }, new Uint8Array(4), /number of tokens/],
    ['half a token', { m: 'toy', n: 1.5, b: 16 }, new Uint8Array(3), /number of tokens/],
    ['25 bits a token', { m: 'toy', n: 1, b: 25 }, new Uint8Array(4), /number of tokens/],
    ['tokens without a width', { m: 'toy', n: 1 }, new Uint8Array(2), /number of tokens/],
  ])('drops the picture and opens the rest: %s', (_, image, blob, problem) => {
    const { experiment, problems } = open({ i: image, t: { x: 'rest' } }, blob);
    expect(problems).toEqual([expect.stringMatching(problem)]);
    expect(experiment.image).toMatchObject({ model: 'toy', source: null });
    expect(experiment.text.text).toEqual({ kind: 'inline', value: 'rest' });
  });

  it('clamps k to the tokens there are', () => {
    const k = (image: object, blob?: Uint8Array<ArrayBuffer>) => open({ i: image }, blob).experiment.image.k;
    expect(k({ k: 1000 })).toBe(256);
    expect(k({ k: -4 })).toBe(1);
    expect(k({ k: 99, n: 3, b: 8 }, Uint8Array.of(1, 2, 3))).toBe(3);
  });

  it('warns where the model has changed since', () => {
    const { experiment, problems } = open({ i: { h: 'ffffffff', n: 1, b: 8 } }, Uint8Array.of(1));
    expect(problems).toEqual([expect.stringContaining('has changed since')]);
    expect(experiment.image.source).toEqual({ kind: 'tokens', ids: Uint32Array.of(1), bits: 8 });
  });
});
