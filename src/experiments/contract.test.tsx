import { readdirSync } from 'node:fs';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { samples } from '../catalog/pictures';
import {
  type Experiment,
  type ExperimentInput,
  type Input,
  imageOf,
  readState,
  sampleText,
  textOf,
} from './experiment';
import { findPaper, papers } from './papers';
import { experiments, findExperiment } from './registry';
import { testContext } from './testing/run';
import { loadView } from './views';

/** The first sample of an experiment. */
async function sampleOf(input: ExperimentInput): Promise<Input> {
  if (input.kind === 'text') return { kind: 'text', text: await sampleText(input, input.sample) };
  const { file } = samples.find(({ id }) => id === input.sample)!;
  const { width, height } = input.size;
  const picture = sharp(`public/${file}`).resize(width, height, { fit: 'cover' }).removeAlpha();
  return { kind: 'picture', image: { width, height, data: new Uint8Array(await picture.raw().toBuffer()) } };
}

it('finds one experiment a folder', () => {
  const folders = readdirSync(new URL('.', import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'testing')
    .map(({ name }) => name);
  expect(experiments.map(({ id }) => id)).toEqual(folders.sort());
  expect(papers.map(({ id }) => id).sort()).toEqual(folders);
  expect(findExperiment('nothing')).toBeUndefined();
});

it('takes the input that it asks for, and says which one that is', () => {
  const image = { width: 1, height: 1, data: new Uint8Array(3) };
  expect(textOf({ kind: 'text', text: 'a' })).toBe('a');
  expect(imageOf({ kind: 'picture', image })).toBe(image);
  expect(() => textOf({ kind: 'picture', image })).toThrow('takes a text');
  expect(() => imageOf({ kind: 'text', text: 'a' })).toThrow('takes a picture');
});

describe.each(experiments.map((entry) => [entry.id, entry] as const))('%s', (id, entry) => {
  let experiment: Experiment<unknown, unknown>;
  let input: Input;
  let defaults: unknown;
  let first: Promise<{ result: unknown; shares: number[] }> | undefined;
  /** The run on the sample, once for all that looks at it. */
  const ran = () => {
    const shares: number[] = [];
    const context = testContext({ progress: (share) => shares.push(share) });
    first ??= experiment.run(defaults, input, context).then((result) => ({ result, shares }));
    return first;
  };
  beforeAll(async () => {
    experiment = await entry.load();
    input = await sampleOf(experiment.input);
    defaults = readState(experiment, {});
  });

  it('has complete facts', () => {
    const { title, summary, question, topics, claims, origin } = findPaper(id)!;
    expect(id).toMatch(/^[a-z0-9][a-z0-9-]*$/);
    expect(findExperiment(id)).toBe(entry);
    for (const fact of [title, summary, question]) expect(fact).not.toBe('');
    expect(question).toMatch(/\?$/);
    expect(topics.length).toBeGreaterThan(0);
    expect(claims.length).toBeGreaterThan(0);
    for (const { text, unit, where } of claims) expect([text, unit, where]).not.toContain('');
    if (origin.kind === 'paper' && origin.code) expect(new URL(origin.code.url).protocol).toBe('https:');
  });

  it('has a state of plain data with a default for every field, and knows all fields', () => {
    expect(defaults).toHaveProperty([experiment.control]);
    expect(readState(experiment, JSON.parse(JSON.stringify(defaults)))).toEqual(defaults);
    expect(() => readState(experiment, { unheard: 1 })).toThrow(/^unheard/);
  });

  it('runs on its sample to figures with units, those of its claims among them, the same every time', async () => {
    const { result, shares } = await ran();
    const figures = experiment.figures(result, defaults);
    expect(new Set(figures.map((figure) => figure.id)).size).toBe(figures.length);
    for (const { label, unit, value } of figures) {
      expect([label, unit]).not.toContain('');
      expect(Number.isFinite(value)).toBe(true);
    }
    const known = figures.map((figure) => figure.id);
    expect(known).toEqual(expect.arrayContaining(findPaper(id)!.claims.map(({ figure }) => figure)));
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    // As it goes to a worker and comes back.
    const [state, again] = structuredClone([defaults, input] as const);
    const second = await experiment.run(state, again, testContext());
    expect(structuredClone(experiment.figures(second, state))).toEqual(figures);
    expect(experiment.figures(structuredClone(result), defaults)).toEqual(figures);
  });

  it('can be cancelled, and refuses an input of the other kind', async () => {
    const signal = AbortSignal.abort();
    await expect(experiment.run(defaults, input, testContext({ signal }))).rejects.toMatchObject({
      code: 'aborted',
    });
    const other: Input =
      input.kind === 'text'
        ? { kind: 'picture', image: { width: 1, height: 1, data: new Uint8Array(3) } }
        : { kind: 'text', text: 'a' };
    await expect(experiment.run(defaults, other, testContext())).rejects.toMatchObject({
      code: input.kind === 'text' ? 'not-text' : 'not-an-image',
    });
  });

  it('renders before and after its first result', async () => {
    const View = await loadView(id);
    const { result } = await ran();
    const html = [undefined, result].map((each) =>
      renderToStaticMarkup(createElement(View, { state: defaults, result: each, onChange: () => undefined })),
    );
    expect(html[0]).not.toBe('');
    expect(html[1]).not.toBe(html[0]);
  });
});
