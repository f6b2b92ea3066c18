import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspectCheckpoint } from './inspect';
import { configOfMetadata } from './metadata-config';
import { readPythonLiteral } from './python-literal';

describe('readPythonLiteral', () => {
  it.each<[string, unknown]>([
    ["{'a': 1, 'b': [1.5, -2e-05, (3,)], \"it's\": None}", { a: 1, b: [1.5, -2e-5, [3]], "it's": null }],
    ["  {'deep': {'x': {'y': True}}, 'no': False, }  ", { deep: { x: { y: true } }, no: false }],
    ["'a\\n\\'\\x41\\u00e9\\\\'", "a\n'Aé\\"],
    ['[]', []],
    ['{}', {}],
    ['()', []],
    ['{1: 2}', { 1: 2 }],
    ['.5', 0.5],
  ])('reads %s', (text, value) => {
    expect(readPythonLiteral(text)).toEqual(value);
  });

  it.each([
    '',
    'nan',
    'print(1)',
    "{'a': open('x')}",
    "{'a' 1}",
    "{'a': 1",
    "'open",
    "'\\x4'",
    '[1 2]',
    '1 2',
    '{[1]: 2}',
    `${'['.repeat(100)}${']'.repeat(100)}`,
    '['.repeat(100_000),
  ])('leaves %s alone', (text) => {
    expect(readPythonLiteral(text)).toBeUndefined();
  });

  it('gives a key that every object has as a value of its own', () => {
    const value = readPythonLiteral("{'__proto__': {'x': 1}}") as object;
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.keys(value)).toEqual(['__proto__']);
  });
});

it('metadata that say only who wrote the file are no config', () => {
  expect(configOfMetadata({ format: 'pt' })).toBeUndefined();
  expect(configOfMetadata({ levels: '[8, 8]' })).toBeUndefined();
  expect(configOfMetadata({ _target_: 'flextok.FlexTok', vae: "{'scale': 1}" })).toEqual({
    _target_: 'flextok.FlexTok',
    vae: { scale: 1 },
  });
});

const FLEXTOK = join(import.meta.dirname, '../families/fixtures/flextok-tiny');

/** As Python prints what came from JSON. */
function printed(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(printed).join(', ')}]`;
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value !== 'object' || value === null) return value === null ? 'None' : String(value);
  return `{${Object.entries(value)
    .map(([key, inner]) => `'${key}': ${printed(inner)}`)
    .join(', ')}}`;
}

it('a FlexTok without config.json is read by what its own file says', async () => {
  const config = JSON.parse(readFileSync(join(FLEXTOK, 'config.json'), 'utf8')) as object;
  const weights = readFileSync(join(FLEXTOK, 'model.safetensors'));
  const end = 8 + Number(weights.readBigUInt64LE(0));
  const header = JSON.parse(weights.subarray(8, end).toString()) as object;
  const look = (metadata: Record<string, string>) => {
    const json = Buffer.from(JSON.stringify({ ...header, __metadata__: metadata }));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(json.length));
    const content = new Blob([length, json, weights.subarray(end)]);
    return inspectCheckpoint({ kind: 'files', files: [{ name: 'model.safetensors', content }] });
  };
  const said = Object.fromEntries(Object.entries(config).map(([key, value]) => [key, printed(value)]));
  const plan = await look(said);
  expect(plan).toMatchObject({ family: 'flextok', sampler: { default: 20 } });
  expect(JSON.parse(plan.config)).toEqual(config);
  await expect(look({ format: 'pt' })).rejects.toThrow('There is no config.json beside model.safetensors');
});
