import { describe, expect, it } from 'vitest';
import { encodeLink } from '../link/envelope';
import { writeExperimentFile } from '../link/experiment-file';
import { isLessonFile, type Lesson, readLesson, STEPS_LIMIT, writeLesson } from './lesson-file';
import { openStep, packFile } from './open-step';

const link = encodeLink('text', { head: { d: 1 }, blob: new TextEncoder().encode('hello') })!;
const lesson: Lesson = {
  title: 'Words',
  steps: [
    { title: 'First', sentence: 'Look at it.', link },
    { title: 'Second', sentence: '', link },
  ],
};
const file = (change: object) =>
  JSON.stringify({ lesson: 1, title: 'T', experiments: [{ title: 'E', sentence: 'S', link }], ...change });

describe('lesson files', () => {
  it('are read as they were written', () => {
    expect(readLesson(writeLesson(lesson))).toEqual(lesson);
  });

  it('give a name to what has none', () => {
    const { title, steps } = readLesson(
      writeLesson({ title: ' ', steps: [{ title: '', sentence: '', link }] }),
    );
    expect([title, steps[0]!.title]).toEqual(['Lesson', 'Experiment 1']);
  });

  it('may hold whole links, of any host', () => {
    const experiments = [{ title: 'E', link: `https://example.org/tokenoscope/${link}` }];
    expect(readLesson(file({ experiments })).steps).toEqual([{ title: 'E', sentence: '', link }]);
  });

  it('may begin with a byte order mark, and are told from experiments', async () => {
    expect(readLesson(`\uFEFF${file({})}`).title).toBe('T');
    expect(isLessonFile(new TextEncoder().encode(`\uFEFF${file({})}`))).toBe(true);
    const experiment = await writeExperimentFile('text', { head: {}, blob: new Uint8Array(1) });
    expect(isLessonFile(new Uint8Array(await experiment.arrayBuffer()))).toBe(false);
  });

  it.each([
    ['{"lesson": 1, "ti', 'it is not valid JSON, or a part of it is missing'],
    ['[]', 'it does not say “"lesson": 1”'],
    ['null', 'it does not say “"lesson": 1”'],
    [file({ lesson: 'one' }), '“lesson” is not a version number'],
    [file({ lesson: 2 }), 'made by a newer Tokenoscope (lesson version 2)'],
    [file({ title: '' }), '“title” must be a text of 1 to 120 characters'],
    [file({ experiments: [] }), `a list of 1 to ${STEPS_LIMIT} experiments`],
    [
      file({ experiments: Array.from({ length: 41 }, () => ({})) }),
      `a list of 1 to ${STEPS_LIMIT} experiments`,
    ],
    [file({ experiments: [7] }), 'experiment 1 has neither “link” nor “file”'],
    [
      file({
        experiments: [
          { title: 'E', link },
          { title: 'F', link: '#text' },
        ],
      }),
      'in experiment 2, “link” is no link',
    ],
    [file({ experiments: [{ link }] }), 'in experiment 1, “title” must be'],
    [
      file({ experiments: [{ title: 'E', sentence: 'x'.repeat(601), link }] }),
      '“sentence” must be a text of at most 600',
    ],
    [
      file({ experiments: [{ title: 'E', file: '%%' }] }),
      'in experiment 1, “file” is no experiment file in base64',
    ],
  ])('%s is refused: %s', (json, why) => {
    expect(() => readLesson(json)).toThrow(
      expect.objectContaining({ code: 'lesson-invalid', message: expect.stringContaining(why) }),
    );
  });
});

describe('the experiment of a step', () => {
  it('comes from a link', async () => {
    expect((await openStep({ link })).parts['text']!.head).toEqual({ d: 1 });
  });

  it('comes from a file, whose text is too long for a link', async () => {
    const blob = new Uint8Array(200_000).fill(65);
    const packed = await packFile(await writeExperimentFile('text', { head: {}, blob }));
    const { title, steps } = readLesson(
      writeLesson({ title: 'T', steps: [{ title: 'E', sentence: '', file: packed }] }),
    );
    expect(title).toBe('T');
    expect((await openStep(steps[0]!)).parts['text']!.blob).toEqual(blob);
  });

  it.each(['QUJD=', 'QQ', btoa('tokenoscope experiment 2\nxx')])(
    'says that %s is damaged',
    async (packed) => {
      await expect(openStep({ file: packed })).rejects.toMatchObject({ code: 'link-malformed' });
    },
  );
});
