import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readLesson } from '../../core/lesson/lesson-file';
import { openStep } from '../../core/lesson/open-step';
import { linkFormats } from '../../labs/link-formats';
import { addressIn, openable } from './open';
import { lessonFileName } from './save';

const first = readLesson(readFileSync('public/lessons/first.tokenoscope', 'utf8'));

describe('the lesson that comes with the page', () => {
  it('opens whole, in labs that know everything it names', async () => {
    expect(first.steps.length).toBeGreaterThanOrEqual(5);
    for (const step of first.steps) {
      expect(step.sentence).not.toBe('');
      const { lab, parts } = await openStep(step);
      const problems: string[] = [];
      linkFormats[lab]!.read(parts[lab]!, problems);
      expect(problems).toEqual([]);
    }
  });
});

describe('a lesson with broken experiments', () => {
  const [good] = first.steps;
  const broken = { title: 'Cut', sentence: '', link: '#2.abcd' };

  it('opens without them, and says which and why', async () => {
    const { lesson, problems } = await openable({ title: 'T', steps: [broken, good!] });
    expect(lesson.steps).toEqual([good]);
    expect(problems).toEqual([
      expect.stringMatching(/^Experiment 1, “Cut”, was left out\. This link is damaged/),
    ]);
  });

  it('is refused where none is left', async () => {
    await expect(openable({ title: 'T', steps: [broken] })).rejects.toThrow(
      'None of this lesson’s experiments can be opened. Experiment 1, “Cut”',
    );
  });
});

describe('the address of a lesson', () => {
  const page = 'https://example.org/tokenoscope/';

  it.each([
    ['#lesson=lessons/first.tokenoscope', 'https://example.org/tokenoscope/lessons/first.tokenoscope'],
    ['#lesson=/class/7%20b.json', 'https://example.org/class/7%20b.json'],
    ['#lesson=100%', 'https://example.org/tokenoscope/100%'],
    ['#lesson=https%3A%2F%2Fexample.org%2Fx', 'https://example.org/x'],
  ])('%s is %s', (hash, address) => {
    expect(addressIn(hash, page)).toBe(address);
  });

  it.each([
    ['#lesson=', 'names no lesson file'],
    ['#lesson=https://elsewhere.org/x', 'This lesson is on elsewhere.org'],
    ['#lesson=//elsewhere.org/x', 'This lesson is on elsewhere.org'],
    ['#lesson=javascript:alert(1)', 'This lesson is on another host'],
  ])('%s is refused: %s', (hash, why) => {
    expect(() => addressIn(hash, page)).toThrow(why);
  });
});

it.each([
  ['Five languages, one sentence', 'five-languages-one-sentence.tokenoscope'],
  ['Čeština: písmena', 'cestina-pismena.tokenoscope'],
  ['日本語', '日本語.tokenoscope'],
  ['?!', 'lesson.tokenoscope'],
])('%s is saved as %s', (title, name) => {
  expect(lessonFileName(title)).toBe(name);
});
