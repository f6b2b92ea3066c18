import { describe, expect, it } from 'vitest';
import { TokenoscopeError } from '../../../core/errors';
import { type BrokenPicture, type MeasureJob, measurePictures, type PictureNeed } from './measure-pictures';
import type { NeedModel } from './need-model';
import { needCsv } from './protocol';

/** A model whose quality after k of 8 tokens is the picture's own number plus k; a negative one does not open. */
function modelOf(encoded: number[] = [], failing: () => boolean = () => false): NeedModel<number> {
  return {
    id: 'plus',
    label: 'Plus',
    hash: '01234567',
    image: { width: 4, height: 4 },
    tokens: { count: 8, bits: 12, codebookSize: 4096, ordered: true },
    backend: 'nothing',
    async encode(picture) {
      encoded.push(picture);
      if (failing()) throw new TokenoscopeError('model-run', 'The GPU is gone.');
      if (picture < 0) throw new TokenoscopeError('image-truncated', `"${picture}" ends too early.`);
      return {
        ids: Uint32Array.of(picture, 1, 2, 3, 4, 5, 6, 7),
        source: { width: 40, height: 30 },
        qualityAt: async (k) => picture + k,
      };
    },
  };
}

function jobOf(pictures: readonly number[], model: NeedModel<number>) {
  const done: PictureNeed[] = [];
  const broken: BrokenPicture[] = [];
  const abort = new AbortController();
  const job: MeasureJob<number> = {
    pictures: pictures.map((picture) => ({ name: `p${picture}`, bytes: 100, picture })),
    models: [model],
    question: { measure: 'psnr', better: 'higher', value: 15 },
    method: 'bisection',
    signal: abort.signal,
    onPicture: (picture) => done.push(picture),
    onBroken: (file) => broken.push(file),
  };
  return { job, done, broken, abort };
}

describe('measurePictures', () => {
  it('finds what every picture needs, and skips those that do not open', async () => {
    const { job, done, broken } = jobOf([10, -1, 12, 2, 14], modelOf());
    await measurePictures(job);
    expect(done.map(({ name, needs }) => [name, needs[0]!.k, needs[0]!.quality])).toEqual([
      ['p10', 5, 15],
      ['p12', 3, 15],
      ['p2', null, 10],
      ['p14', 1, 15],
    ]);
    expect(done[0]!.needs[0]!.curve).toEqual([1, 2, 4, 8].map((k) => ({ k, quality: 10 + k })));
    expect(broken).toEqual([{ index: 1, name: 'p-1', bytes: 100, reason: '"-1" ends too early.' }]);
  });

  it('ends where the model fails, and goes on from there', async () => {
    let fails = true;
    const encoded: number[] = [];
    const model = modelOf(encoded, () => fails && encoded.length === 3);
    const { job, done, broken } = jobOf([10, -1, 12, 13], model);
    await expect(measurePictures(job)).rejects.toMatchObject({ code: 'model-run' });
    expect([done.length, broken.length]).toEqual([1, 1]);
    fails = false;
    await measurePictures({ ...job, from: done.length + broken.length });
    expect(done.map(({ index }) => index)).toEqual([0, 2, 3]);
    expect(encoded).toEqual([10, -1, 12, 12, 13]);
  });

  it('stops between two pictures and keeps what is done', async () => {
    const { job, done, abort } = jobOf([10, 11, 12], modelOf());
    const onPicture = (picture: PictureNeed) => {
      done.push(picture);
      abort.abort();
    };
    await expect(measurePictures({ ...job, onPicture })).rejects.toMatchObject({ code: 'aborted' });
    expect(done).toHaveLength(1);
  });
});

it('writes names that need quotes, needs that are not reached and equal pictures into the CSV', async () => {
  const model = modelOf();
  const { job, done, broken } = jobOf([2, Number.POSITIVE_INFINITY, -1], model);
  await measurePictures({
    ...job,
    pictures: job.pictures.map((one) => ({ ...one, name: `${one.name},"x"` })),
  });
  const csv = needCsv({
    question: job.question,
    method: 'bisection',
    models: [model],
    name: '3 files',
    files: 3,
    pictures: done,
    broken,
    date: new Date(0),
  });
  const lines = csv.trimEnd().split('\r\n');
  const header = Number(/header is line (\d+)/.exec(lines[0]!)![1]) - 1;
  expect(lines.slice(0, header).every((line) => line.startsWith('#'))).toBe(true);
  expect(lines.slice(header)).toEqual([
    'picture,width,height,file_bytes,model,tokens_needed,bytes_needed,psnr_there,method,psnr_at_1,psnr_at_2,psnr_at_4,psnr_at_8,problem',
    '"p2,""x""",40,30,100,plus,,,10,bisection,3,4,6,10,',
    // 1 token of 12 bits takes 2 bytes.
    '"pInfinity,""x""",40,30,100,plus,1,2,inf,bisection,inf,inf,inf,inf,',
    '"p-1,""x""",,,100,,,,,,,,,,"""-1"" ends too early."',
  ]);
});
