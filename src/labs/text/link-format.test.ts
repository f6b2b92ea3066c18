import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textTokenizers } from '../../catalog/tokenizers';
import type { Json } from '../../core/link/json';
import { decodeUtf8, encodeUtf8 } from '../../core/text/utf8';
import type { TextExperiment } from './experiment';
import { linkFormat } from './link-format';

const nothing = new Uint8Array(0);
const read = (head: Record<string, unknown>, blob: Uint8Array = nothing, version = 2) => {
  const problems: string[] = [];
  return { experiment: linkFormat.read({ version, head, blob }, problems), problems };
};

const ids = textTokenizers.map(({ id }) => id);
const fileId = fc.nat().map((hash) => `file:${hash.toString(16).padStart(64, '0')}`);

describe('the text part of a link', () => {
  it('round-trips every experiment', () => {
    const experiment: fc.Arbitrary<TextExperiment> = fc.record({
      tokenizers: fc.uniqueArray(fc.oneof(fc.constantFrom(...ids), fileId), { maxLength: 12 }),
      text: fc.oneof(
        // Lone surrogates, NUL and all: a text arrives as it was.
        fc.record({
          kind: fc.constant('inline' as const),
          value: fc.string({ unit: 'binary', maxLength: 500 }),
        }),
        fc.record({ kind: fc.constant('omitted' as const), bytes: fc.nat() }),
      ),
      showIds: fc.boolean(),
      showWhitespace: fc.boolean(),
    });
    const view = fc.record(
      {
        special: fc.constantFrom('parse' as const, 'error' as const),
        addSpecialTokens: fc.constant(true as const),
        pane: fc.constantFrom('numbers', 'a pane of a newer version'),
        settings: fc.dictionary(
          // No setting has such a name, and a link is read without it.
          fc
            .string({ minLength: 1, maxLength: 9 })
            .filter((key) => !/^(__proto__|prototype|constructor)$/.test(key)),
          // Of two zeros, JSON has one.
          fc
            .jsonValue({ maxDepth: 2 })
            .filter((value) => !/"(__proto__|prototype|constructor)"/.test(JSON.stringify(value)))
            .map((value) => JSON.parse(JSON.stringify(value)) as Json),
          {
            minKeys: 1,
            maxKeys: 3,
          },
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(experiment, view, (base, parts) => {
        const wanted = { ...base, ...parts };
        const files = wanted.tokenizers.filter((id) => id.startsWith('file:'));
        const named =
          files.length === 0
            ? wanted
            : {
                ...wanted,
                fileNames: Object.fromEntries(files.map((id, i) => [id, `file ${i}`])),
                fileOrigins: { [files.at(-1)!]: 'https://example.org/tokenizer.json' },
              };
        const { head, blob } = linkFormat.write(named);
        const again = read(JSON.parse(JSON.stringify(head)) as Record<string, unknown>, blob);
        expect(again.problems).toEqual([]);
        expect(again.experiment).toEqual(named);
      }),
      { numRuns: 50 },
    );
  });

  it('keeps a long text as bytes, without copying it', () => {
    const bytes = encodeUtf8('漢字'.repeat(20_000));
    const { head, blob } = linkFormat.write({
      tokenizers: ['gpt2'],
      text: { kind: 'utf8', bytes },
      showIds: false,
      showWhitespace: false,
    });
    expect(blob).toBe(bytes);
    const { text } = read(head, blob).experiment;
    expect(text.kind === 'utf8' && text.bytes).toBe(bytes);
  });

  it('reads version 1, which had the text in its head and pictures in the blob', () => {
    const picture = encodeUtf8('not a text');
    expect(read({ x: 'old', z: ['gpt2'] }, picture, 1).experiment.text).toEqual({
      kind: 'inline',
      value: 'old',
    });
    expect(read({ o: 70_000 }, picture, 1).experiment.text).toEqual({ kind: 'omitted', bytes: 70_000 });
    expect(read({}, picture, 1).experiment).toEqual({
      tokenizers: ['gpt2', 'cl100k', 'o200k', 'utf8-bytes'],
      text: { kind: 'inline', value: '' },
      showIds: false,
      showWhitespace: false,
    });
  });

  it('reads a text that is not UTF-8 as well as it can be, and says so', () => {
    const { experiment, problems } = read({}, new Uint8Array([0x61, 0xff, 0x62]));
    expect(experiment.text).toEqual({ kind: 'inline', value: 'a\ufffdb' });
    expect(problems).toEqual([expect.stringContaining('not valid UTF-8')]);
  });

  it('takes nothing on trust', () => {
    const bad = [
      { z: 'gpt2' },
      { z: [1] },
      { z: Array(33).fill('gpt2') },
      { o: -1 },
      { o: 1.5 },
      { x: 3 },
      { f: 'name', z: [`file:${'a'.repeat(64)}`] },
      { u: 'https://example.org/x', z: [`file:${'a'.repeat(64)}`] },
      { u: ['javascript:alert(1)'], z: [`file:${'a'.repeat(64)}`] },
      { u: ['http://example.org/x'], z: [`file:${'a'.repeat(64)}`] },
      { u: [`hf:../x@${'a'.repeat(40)}`], z: [`file:${'a'.repeat(64)}`] },
      { d: true },
      { w: 2 },
    ];
    for (const head of bad) expect(read(head).problems, JSON.stringify(head)).not.toEqual([]);
    expect(read({ z: ['__proto__', 'constructor', 'file:xyz'] }).experiment.tokenizers).toEqual([
      'gpt2',
      'cl100k',
      'o200k',
      'utf8-bytes',
    ]);
    const spoofed = { z: [`file:${'a'.repeat(64)}`], f: ['safe\u202etxt.exe\nsecond'] };
    expect(Object.values(read(spoofed).experiment.fileNames!)).toEqual(['safe txt.exe second']);
  });

  it('never throws, whatever comes', () => {
    const key = fc.constantFrom('z', 'f', 'o', 'x', 'd', 'w', '__proto__', 'other');
    fc.assert(
      fc.property(
        fc.dictionary(key, fc.jsonValue()),
        fc.uint8Array({ maxLength: 40 }),
        fc.integer({ min: 1, max: 3 }),
        (head, blob, version) => {
          const { experiment } = read(head as Record<string, unknown>, blob, version);
          expect(experiment.tokenizers.length).toBeLessThanOrEqual(32);
          if (experiment.text.kind === 'inline' && version >= 2 && head['x'] === undefined) {
            expect(experiment.text.value).toBe(decodeUtf8(blob));
          }
        },
      ),
    );
  });

  it('refuses settings that are no JSON objects, or endless', () => {
    for (const bad of [[], 'x', 1, { a: 'x'.repeat(20_000) }]) {
      const { experiment, problems } = read({ s: bad });
      expect(experiment.settings).toBeUndefined();
      expect(problems).toEqual([
        'The link does not properly say what its parts are set to; the default is used.',
      ]);
    }
  });
});
