import * as v from 'valibot';
import { TokenoscopeError } from '../errors';

/** The newest version of lesson files; docs/lessons.md describes it. */
const LESSON_VERSION = 1;

/** Largest lesson file, in bytes: it is read at once, on the main thread. */
export const LESSON_BYTES = 8_000_000;

/** Most experiments of a lesson: more tabs than a class can follow. */
export const STEPS_LIMIT = 40;

export const TITLE_LIMIT = 120;
export const SENTENCE_LIMIT = 600;

/** An experiment as a lesson carries it: the hash of a link with its `#`, or an experiment file in base64. */
export type StepExperiment = { readonly link: string } | { readonly file: string };

/** One experiment of a lesson: a tab. */
export type LessonStep = { readonly title: string; readonly sentence: string } & StepExperiment;

export interface Lesson {
  readonly title: string;
  readonly steps: readonly LessonStep[];
}

const line = (most: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(most));

const words = {
  title: line(TITLE_LIMIT),
  sentence: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(SENTENCE_LIMIT)), ''),
};

const linked = v.object({
  ...words,
  link: v.pipe(
    v.string(),
    v.trim(),
    v.regex(/#\d+\.[\w-]+=*$/),
    v.transform((link) => link.slice(link.indexOf('#'))),
  ),
});

const packed = v.object({ ...words, file: v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]+={0,2}$/)) });

const headSchema = v.object({
  lesson: v.pipe(v.number(), v.integer(), v.minValue(1)),
  title: line(TITLE_LIMIT),
  experiments: v.pipe(v.array(v.unknown()), v.minLength(1), v.maxLength(STEPS_LIMIT)),
});

/** Whether a file is a lesson rather than an experiment, by its first bytes. */
export function isLessonFile(beginning: Uint8Array): boolean {
  return /^\uFEFF?\s*\{/.test(new TextDecoder().decode(beginning.subarray(0, 32)));
}

/**
 * Reads a lesson file: JSON with `lesson` (the version), `title`, and `experiments`, each with `title`, `sentence` and
 * either `link` or `file`. What the links hold is checked where they are opened.
 * @throws TokenoscopeError `lesson-invalid` that names the field
 */
export function readLesson(json: string): Lesson {
  let value: unknown;
  try {
    value = JSON.parse(json.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw invalid('it is not valid JSON, or a part of it is missing', { cause });
  }
  const version = (value as { lesson?: unknown } | null)?.lesson;
  if (typeof version === 'number' && version > LESSON_VERSION) {
    throw new TokenoscopeError(
      'lesson-invalid',
      `This lesson was made by a newer Tokenoscope (lesson version ${version}); this one reads versions up to ${LESSON_VERSION}.`,
      'Reload the page to get the newest version, then open the lesson again.',
    );
  }
  if (version === undefined) {
    throw new TokenoscopeError(
      'lesson-invalid',
      'This file is no lesson: it does not say “"lesson": 1”.',
      'Lessons are made with “Add to lesson” under Copy link.',
    );
  }
  const head = v.safeParse(headSchema, value);
  if (!head.success)
    throw invalid(HEAD_FAULTS[v.getDotPath(head.issues[0]) ?? ''] ?? 'its fields are damaged');
  const { title, experiments } = head.output;
  return { title, steps: experiments.map(readStep) };
}

const HEAD_FAULTS: Readonly<Record<string, string>> = {
  lesson: '“lesson” is not a version number',
  title: `“title” must be a text of 1 to ${TITLE_LIMIT} characters`,
  experiments: `“experiments” must be a list of 1 to ${STEPS_LIMIT} experiments`,
};

const STEP_FAULTS: Readonly<Record<string, string>> = {
  title: `“title” must be a text of 1 to ${TITLE_LIMIT} characters`,
  sentence: `“sentence” must be a text of at most ${SENTENCE_LIMIT} characters`,
  link: '“link” is no link to an experiment (it ends in #2. and letters)',
  file: '“file” is no experiment file in base64',
};

function readStep(value: unknown, index: number): LessonStep {
  const given = (value ?? {}) as Record<string, unknown>;
  if (typeof given['link'] !== 'string' && typeof given['file'] !== 'string') {
    throw invalid(`experiment ${index + 1} has neither “link” nor “file”`);
  }
  const parsed = v.safeParse('link' in given ? linked : packed, value);
  if (parsed.success) return parsed.output;
  const field = v.getDotPath(parsed.issues[0]) ?? '';
  throw invalid(`in experiment ${index + 1}, ${STEP_FAULTS[field] ?? 'a field is damaged'}`);
}

/** The text of a lesson file. Titles that are still empty get one. */
export function writeLesson({ title, steps }: Lesson): string {
  const experiments = steps.map((step, index) => ({
    ...step,
    title: step.title.trim() || `Experiment ${index + 1}`,
  }));
  return `${JSON.stringify({ lesson: LESSON_VERSION, title: title.trim() || 'Lesson', experiments }, null, 2)}\n`;
}

function invalid(detail: string, options?: ErrorOptions): TokenoscopeError {
  return new TokenoscopeError(
    'lesson-invalid',
    `This lesson cannot be opened: ${detail}.`,
    'Correct the file, or ask whoever made it for a new one.',
    options,
  );
}
