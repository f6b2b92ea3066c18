import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../core/text/utf8';
import { idsOf } from '../../engine/lm/language-model';
import { pauses } from '../../tokenizers/slices';
import { alice } from '../alice';
import { runOn, testContext } from '../testing/run';
import { ByteReading } from './constraints/bytes';
import { regexConstraint } from './constraints/regex';
import { enumerate } from './enumerate';
import { experiment } from './experiment';
import { sentencesOf } from './sentences';
import { paragraphTarget } from './target';
import { PrefixTree } from './tree';

const rest = pauses({});
const pause = () => rest(0);

describe('a network that writes paragraphs', () => {
  it('has the exact probabilities that its own scores of whole paragraphs give', async () => {
    const { model } = await testContext().languageModel('lm-draft');
    const target = paragraphTarget(model, sentencesOf('The cat sat. A dog ran! The rat ran at a cat.'));
    const before = 'The cat sat.\n\nA dog ran!\n\nThe rat ran at a cat.\n\n';
    expect(idsOf(target.start)).toEqual([...encodeUtf8(before)]);
    const texts = [
      'The cat ran.',
      'The cat sat.',
      'The dog ran.',
      'The dog sat.',
      'The cow ran.',
      'The cow sat.',
    ];
    const tree = new PrefixTree(
      target,
      ByteReading.start(regexConstraint('The (cat|dog|cow) (ran|sat)\\.'), 40)!,
    );
    const { strings, log2Mass } = (await enumerate(tree, pause))!;
    const logs = await model.score(
      texts.map((text) => ({ prefix: target.start, ids: encodeUtf8(`${text}\n`) })),
    );
    const masses = logs.map((bits) => 2 ** bits.reduce((sum, each) => sum + each, 0));
    const all = masses.reduce((sum, mass) => sum + mass, 0);
    expect(2 ** log2Mass / all).toBeCloseTo(1, 2);
    for (const [i, text] of texts.entries())
      expect(strings.find((each) => each.text === text)?.exact).toBeCloseTo(masses[i]! / all, 3);
  });

  it('is sampled under a rule with weights that are right on average, and particles correct what one gets wrong', async () => {
    const { result, figures } = await runOn(experiment, (await alice.load()).slice(0, 30_000), {
      model: 'network',
    });
    expect(result.vocabulary).toBe(256);
    expect(figures['weight-ratio']).toBeCloseTo(1, 1);
    expect(figures['checks']).toBeLessThan(20);
    expect(figures['distance-most']).toBeLessThan(figures['local-distance']!);
    const most = result.levels.at(-1)!;
    expect(Math.abs(most.log2Mass - result.exact!.log2Mass)).toBeLessThan(1);
  }, 60_000);

  it('keeps a rule with too many strings to list', async () => {
    const { result } = await runOn(experiment, 'The cat sat. A dog ran!', {
      model: 'network',
      kind: 'letters',
      most: 8,
    });
    expect(result.exact).toBeUndefined();
    const drawn = result.levels.flatMap((level) => level.drawn.map(({ text }) => text));
    // Not only the empty string, which a single line feed in front would call for.
    expect(drawn.filter((text) => text.length > 3).length).toBeGreaterThan(10);
    expect(drawn.join('')).not.toMatch(/[e\n]/i);
  }, 120_000);
});
