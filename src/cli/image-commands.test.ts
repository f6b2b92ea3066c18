import { copyFile, mkdtemp, readFile, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { tinyFlow, tinyFlowPicture } from '../engine/image/testing/tiny-flow';
import { torchArchiveOf, torchStreamOf } from '../engine/weights/testing/torch-writer';
import { runMain } from './testing/run-main';

const TOY = 'src/engine/image/fixtures/toy-16';
let folder: string;
/** A model that samples. */
let flow: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokenoscope-'));
  flow = await mkdtemp(join(tmpdir(), 'tokenoscope-flow-'));
  for (const [name, bytes] of tinyFlow()) await writeFile(join(flow, name), bytes);
  const gradient = Uint8Array.from({ length: 40 * 30 * 3 }, (_, i) => (i * 7) % 256);
  const raw = sharp(gradient, { raw: { width: 40, height: 30, channels: 3 } });
  await raw.clone().png().toFile(join(folder, 'a.png'));
  await raw.clone().jpeg({ quality: 90 }).toFile(join(folder, 'b.jpg'));
  await writeFile(join(folder, 'notes.txt'), 'no picture');
});

const run = runMain;

describe('encode-image and decode-image', () => {
  it('print all ids on one line, and turn them back into a picture', async () => {
    const encoded = await run(['encode-image', '--model', TOY, join(folder, 'a.png')]);
    expect(encoded.code).toBe(0);
    expect(encoded.out).toMatch(/^\{.*\}\n$/);
    const { model, ids } = JSON.parse(encoded.out);
    expect(model).toBe('toy-16');
    expect(ids).toHaveLength(8);

    const write = async (name: string, input: string) => {
      const out = join(folder, name);
      const result = await run(['decode-image', '--model', TOY, '--k', '4', '--out', out], input);
      expect(result).toMatchObject({ code: 0, out: '' });
      return sharp(await readFile(out))
        .raw()
        .toBuffer({ resolveWithObject: true });
    };
    const decoded = await write('out.png', encoded.out);
    expect(decoded.info).toMatchObject({ width: 16, height: 16, channels: 3 });
    expect((await write('list.png', JSON.stringify(ids))).data).toEqual(decoded.data);
    expect((await write('plain.png', `${ids.slice(0, 4).join(' ')}\n`)).data).toEqual(decoded.data);
  });

  it.each([
    ['no ids', '', 'no list of ids'],
    ['words', 'one two', 'Id 1'],
    ['a negative id', '[1,2,-3]', 'Id 3'],
    ['an id beyond the codebook', '[0,0,0,256]', 'Token 4'],
    ['too few', '1 2', 'got 2 tokens'],
    ['too many', '1 2 3 4 5 6 7 8 9', 'got 9 tokens'],
    ['something else', '{"ids":"4"}', 'no list of ids'],
  ])('decode-image exits with 2 for %s', async (_, input, message) => {
    const out = join(folder, 'never.png');
    const result = await run(['decode-image', '--model', TOY, '--k', '4', '--out', out], input);
    expect(result).toMatchObject({ code: 2, out: '' });
    expect(result.err).toContain(message);
  });

  it.each([
    [['encode-image', '--model', TOY]],
    [['encode-image', 'a.png']],
    [['encode-image', '--model', 'nope', 'a.png']],
    [['encode-image', '--model', TOY, 'a.png', 'b.png']],
    [['encode-image', '--model', TOY, '--what', 'a.png']],
    [['encode-image', '--model', TOY, '--crop', '1,2', 'a.png']],
    [['encode-image', '--model', TOY, '--crop', '1,2,0', 'a.png']],
    [['encode-image', '--model', TOY, '--crop=-1,2,9', 'a.png']],
    [['encode-image', '--model', TOY, '--crop', '1,2,9,9', 'a.png']],
    [['encode-image', '--model', TOY, '--crop', 'middle', 'a.png']],
    [['decode-image', '--model', TOY, '--out', 'x.png']],
    [['decode-image', '--model', TOY, '--k', '0', '--out', 'x.png']],
    [['decode-image', '--model', TOY, '--k', '9', '--out', 'x.png']],
    [['decode-image', '--model', TOY, '--k', '2.5', '--out', 'x.png']],
    [['decode-image', '--model', TOY, '--k', '2']],
    [['eval-images', '--models', TOY]],
    [['eval-images', '.']],
    [['eval-images', '--models', TOY, '--k', '1,x', '.']],
    [['eval-images', '--models', TOY, '/no/such/folder']],
    [['eval-images', '--models', TOY, '--json', '/no/such/folder/x.json', '.']],
  ])('exits with 2 and a usage line for %j', async (argv) => {
    const { code, out, err } = await run(argv, '[1,2,3,4,5,6,7,8]');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(`${argv[0]} --model`);
  });

  it('encode-image takes a square in pixels of the picture as displayed', async () => {
    // Stored on its side: what is displayed has 30 x 40 pixels.
    const turned = join(folder, 'turned.jpg');
    const ramp = Uint8Array.from(
      { length: 40 * 30 * 3 },
      (_, i) => ((i / 3) % 40) * 4 + Math.floor(i / 120) * 3,
    );
    await sharp(ramp, { raw: { width: 40, height: 30, channels: 3 } })
      .jpeg({ quality: 95 })
      .withMetadata({ orientation: 6 })
      .toFile(turned);
    const upright = sharp(await sharp(turned).autoOrient().png().toBuffer());
    const cut = join(folder, 'cut.png');
    await upright.clone().extract({ left: 4, top: 15, width: 24, height: 24 }).toFile(cut);
    const around = { left: 5, right: 5, background: '#fff' } as const;
    const whole = join(folder, 'whole.png');
    await upright.clone().removeAlpha().extend(around).toFile(whole);
    const ids = async (...argv: string[]) => (await run(['encode-image', '--model', TOY, ...argv])).out;
    expect(await ids('--crop', '4,15,24', turned)).toBe(await ids(cut));
    expect(await ids('--crop', 'whole', turned)).toBe(await ids(whole));
    expect(await ids('--crop', '0,5,30', turned)).toBe(await ids(turned));
    expect(await ids('--crop', '4,15,24', turned)).not.toBe(await ids(turned));
    const { code, err } = await run(['encode-image', '--model', TOY, '--crop', '4,17,24', turned]);
    expect(code).toBe(2);
    expect(err).toContain('The square 4,17,24 is not within the picture, which has 30 x 40 pixels.');
  });

  it('names a file that is no picture, with exit code 1', async () => {
    const { code, err } = await run(['encode-image', '--model', TOY, join(folder, 'notes.txt')]);
    expect(code).toBe(1);
    expect(err).toContain('"notes.txt" cannot be opened as a picture: it is text.');
  });
});

describe('a model that samples', () => {
  const decode = (out: string, ...more: string[]) =>
    run(['decode-image', '--model', flow, '--k', '3', '--out', out, ...more], '15 2 9');

  it.each([
    [[], { steps: 2, seed: 0 }],
    [['--steps', '1', '--seed', '7'], { steps: 1, seed: 7 }],
    [['--steps', 'distilled'], { steps: 'distilled', seed: 0 }],
    [['--seed', '4294967295'], { steps: 2, seed: 4294967295 }],
  ] as const)('is drawn by decode-image as %j says', async (options, sampling) => {
    const out = join(folder, 'flow.png');
    expect(await decode(out, ...options)).toMatchObject({ code: 0, out: '', err: '' });
    const pixels = await sharp(await readFile(out))
      .raw()
      .toBuffer();
    expect([...pixels]).toEqual([...tinyFlowPicture([15, 2, 9], 3, sampling)]);
  });

  it.each([
    [['--steps', '0'], '"0" in --steps is neither'],
    [['--steps', '257'], 'from 1 to 256'],
    [['--steps', 'fast'], '"fast" in --steps'],
    [['--seed', '-1'], '--seed'],
    [['--seed=-1'], 'not "-1"'],
    [['--seed', '4294967296'], 'from 0 to 4294967295, not "4294967296"'],
  ])('decode-image exits with 2 for %j', async (options, message) => {
    const { code, err } = await decode(join(folder, 'never.png'), ...options);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(err).toContain('decode-image --model');
  });

  it('is needed for --steps and --seed', async () => {
    const argv = ['decode-image', '--model', TOY, '--k', '2', '--out', join(folder, 'never.png')];
    for (const option of [
      ['--steps', '4'],
      ['--seed', '1'],
    ]) {
      const { code, err } = await run([...argv, ...option], '1 2');
      expect(code).toBe(2);
      expect(err).toContain('Toy 16 draws in one go: it has neither steps nor a seed.');
    }
  });

  it('says by inspect-model what can be asked of it', async () => {
    expect((await run(['inspect-model', flow])).out).toMatch(/^steps +distilled, 1, 2, 4; 2 unless told$/m);
  });

  it('is measured by eval-images at each of the steps', async () => {
    const json = join(folder, 'flow.json');
    const argv = ['eval-images', '--models', `${flow},${TOY}`, '--k', '1,3', '--steps', '1,distilled'];
    const { code, out } = await run([...argv, '--seed', '5', folder, '--json', json]);
    expect(code).toBe(0);
    const { models } = JSON.parse(await readFile(json, 'utf8'));
    expect(models['tiny-flow']).toMatchObject([
      { k: 1, steps: 1, seed: 5, bytes: 0.5 },
      { k: 3, steps: 1, seed: 5, bytes: 1.5 },
      { k: 1, steps: 'distilled', seed: 5 },
      { k: 3, steps: 'distilled', seed: 5 },
    ]);
    const [once, , distilled] = models['tiny-flow'];
    expect(once.psnr).not.toBe(distilled.psnr);
    expect(models['toy-16'][0]).not.toHaveProperty('steps');
    expect(out).toMatch(/^tiny-flow +k 3, 1 step +1\.5 /m);
    expect(out).toMatch(/^tiny-flow +k 1, distilled +0\.5 /m);
    const wrong = await run([...argv.slice(0, -1), '1,0', folder]);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('"0" in --steps');
  });
});

describe('a checkpoint as it is on its hub', () => {
  const CHECKPOINT = 'src/engine/families/fixtures/one-d-piece-tiny';

  it('encodes and decodes any prefix', async () => {
    const encoded = await run(['encode-image', '--model', CHECKPOINT, join(folder, 'a.png')]);
    expect(encoded.code).toBe(0);
    const out = join(folder, 'checkpoint.png');
    const argv = ['decode-image', '--model', CHECKPOINT, '--k', '3', '--out', out];
    expect(await run(argv, encoded.out)).toMatchObject({ code: 0, err: '' });
    expect(await sharp(out).metadata()).toMatchObject({ width: 64, height: 64 });
  });

  it('is described by inspect-model, as bundled models are', async () => {
    const { code, out } = await run(['inspect-model', CHECKPOINT]);
    expect(code).toBe(0);
    expect(out).toMatch(/^family +one-d-piece$/m);
    expect(out).toMatch(/^tokens +32, any prefix decodes$/m);
    expect(out).toMatch(/^parameters +1\.6 M$/m);
    expect((await run(['inspect-model', TOY])).out).toMatch(/^codebook +256 entries$/m);
  });

  it('is described in gigabytes where it is that large; only its header is read', async () => {
    const from = 'src/engine/families/fixtures/detailflow-tiny';
    const large = await mkdtemp(join(folder, 'large-'));
    await copyFile(join(from, 'config.json'), join(large, 'config.json'));
    const file = await readFile(join(from, 'model.safetensors'));
    const length = Number(file.readBigUInt64LE());
    const tensors = JSON.parse(file.subarray(8, 8 + length).toString());
    const end = file.length - 8 - length;
    // More numbers behind, of which a disk keeps nothing.
    tensors.more = { dtype: 'F32', shape: [3e8], data_offsets: [end, end + 12e8] };
    const header = Buffer.from(JSON.stringify(tensors));
    const start = Buffer.alloc(8);
    start.writeBigUInt64LE(BigInt(header.length));
    const path = join(large, 'model.safetensors');
    await writeFile(path, Buffer.concat([start, header]));
    await truncate(path, 8 + header.length + end + 12e8);
    const { out } = await run(['inspect-model', large]);
    expect(out).toMatch(/^family +detailflow$/m);
    expect(out).toMatch(/^size +1\.20 GB$/m);
  });

  it('runs from files of PyTorch: in a folder, or one alone, without a config', async () => {
    const weights = await readFile(join(CHECKPOINT, 'model.safetensors'));
    const torch = await mkdtemp(join(folder, 'torch-'));
    await writeFile(join(torch, 'pytorch_model.bin'), torchArchiveOf(weights));
    const file = join(folder, 'alone.pt');
    await writeFile(file, torchStreamOf(weights));
    const encode = async (model: string, ...flags: string[]) => {
      const { code, out, err } = await run([
        'encode-image',
        '--model',
        model,
        ...flags,
        join(folder, 'a.png'),
      ]);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      return JSON.parse(out).ids as number[];
    };
    const ids = await encode(CHECKPOINT);
    for (const model of [torch, file]) {
      expect(await encode(model)).toEqual(ids);
      expect(await encode(model, '--half')).toEqual(await encode(CHECKPOINT, '--half'));
    }
    const { out } = await run(['inspect-model', torch]);
    expect(out).toMatch(/^family +titok$/m);
    expect(out).toMatch(/^weights +pytorch_model\.bin$/m);
    await copyFile(join(CHECKPOINT, 'model.safetensors'), join(torch, 'model.safetensors'));
    const both = (await run(['inspect-model', torch])).out;
    expect(both).toMatch(/^weights +model\.safetensors$/m);
    expect(both).toMatch(/^also there +pytorch_model\.bin$/m);
  });

  it('runs in half precision, and says what it would take', async () => {
    expect((await run(['inspect-model', CHECKPOINT])).out).not.toMatch(/^half/m);
    const { out } = await run(['inspect-model', CHECKPOINT, '--half']);
    expect(out).toMatch(/^size +6\.42 MB$/m);
    expect(out).toMatch(/^half +3\.23 MB$/m);
    const encode = async (...flags: string[]) =>
      run(['encode-image', '--model', CHECKPOINT, ...flags, join(folder, 'a.png')]);
    const [full, half] = [await encode(), await encode('--half')];
    expect(JSON.parse(half.out).ids).toHaveLength(32);
    const decode = async (...flags: string[]) => {
      const file = join(folder, `half${flags.length}.png`);
      await run(['decode-image', '--model', CHECKPOINT, ...flags, '--k', '32', '--out', file], full.out);
      return sharp(await readFile(file))
        .raw()
        .toBuffer();
    };
    const [exact, rounded] = [await decode(), await decode('--half')];
    const levels = exact.map((value, i) => Math.abs(value - rounded[i]!));
    expect(Math.max(...levels)).toBe(1);
  });

  it('does not halve graphs that somebody made', async () => {
    for (const argv of [
      ['inspect-model', TOY, '--half'],
      ['encode-image', '--model', TOY, '--half', join(folder, 'a.png')],
    ]) {
      const { code, err } = await run(argv);
      expect(code).toBe(2);
      expect(err).toContain('--half is for checkpoints');
    }
  });

  it.each([
    [['inspect-model'], 'Name one model.'],
    [['inspect-model', 'nope'], 'There is no model "nope".'],
    [
      ['inspect-model', 'src'],
      '"src" is neither a file of weights nor a folder with one or with a manifest.json.',
    ],
  ])('exits with 2 for %j', async (argv, words) => {
    const { code, err } = await run(argv);
    expect(code).toBe(2);
    expect(err).toContain(words);
  });
});

it('eval-images measures models and codecs', async () => {
  await writeFile(join(folder, 'broken.png'), 'text');
  const json = join(folder, 'eval.json');
  const { code, out, err } = await run([
    'eval-images',
    '--models',
    TOY,
    '--k',
    '1,4,8,64',
    folder,
    '--json',
    json,
  ]);
  expect(code).toBe(0);
  expect(err).toContain('Left out: "broken.png"');
  expect(err).toContain('k = 64');
  const result = JSON.parse(await readFile(json, 'utf8'));
  expect(result.images).toBeGreaterThanOrEqual(2);
  const scores: { k: number; bytes: number; psnr: number }[] = result.models['toy-16'];
  expect(scores.map(({ k, bytes }) => [k, bytes])).toEqual([
    [1, 1],
    [4, 4],
    [8, 8],
  ]);
  for (const codec of ['jpeg', 'webp', 'avif']) {
    const { [codec]: curve } = result.codecs as Record<
      string,
      { quality: number; bytes: number; psnr: number }[]
    >;
    expect(curve!.at(-1)!.psnr).toBeGreaterThan(curve![0]!.psnr + 3);
    expect(curve!.at(-1)!.bytes).toBeGreaterThan(curve![0]!.bytes);
  }
  expect(out).toContain('toy-16');
}, 60_000);
