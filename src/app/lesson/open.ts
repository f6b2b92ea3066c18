import { TokenoscopeError } from '../../core/errors';
import {
  isLessonFile,
  LESSON_BYTES,
  type Lesson,
  type LessonStep,
  readLesson,
} from '../../core/lesson/lesson-file';
import { openStep } from '../../core/lesson/open-step';
import { readExperimentFile } from '../../core/link/experiment-file';
import type { Shell } from '../shell';
import { keptLesson } from './keep';
import { drawLesson } from './LessonBar';
import { LessonSession } from './session';

/**
 * Opens what was saved from this page: an experiment, or a lesson, whose first experiment becomes a step of the history.
 * @throws TokenoscopeError for files that cannot be opened
 */
export async function openFile(shell: Shell, file: Blob): Promise<void> {
  if (!isLessonFile(new Uint8Array(await file.slice(0, 32).arrayBuffer()))) {
    return shell.openDecoded(await readExperimentFile(file));
  }
  if (file.size > LESSON_BYTES) throw tooLarge();
  await start(shell, await file.text(), undefined, true);
}

/**
 * Opens the lesson that an address names, as in `#lesson=lessons/tokens.tokenoscope`: a file on the same host, relative
 * to the page.
 * @param isWanted false once the visitor has gone elsewhere
 * @throws TokenoscopeError `lesson-invalid`
 */
export async function openLessonAt(shell: Shell, hash: string, isWanted: () => boolean): Promise<void> {
  const address = addressIn(hash, document.baseURI);
  const text = await fetchText(address);
  if (isWanted()) await start(shell, text, address, false);
}

/** Opens the lesson that this browser tab kept across a reload. @throws where there is none, or it is damaged */
export function restoreLesson(shell: Shell): void {
  const { text, ...origin } = keptLesson();
  new LessonSession(shell, drawLesson, readLesson(text), origin).take();
}

/** @throws TokenoscopeError where the hash names no file on this host */
export function addressIn(hash: string, page: string): string {
  let path = hash.slice(hash.indexOf('=') + 1);
  try {
    path = decodeURIComponent(path);
  } catch {
    // A stray % stands for itself.
  }
  const url = URL.canParse(path, page) ? new URL(path, page) : undefined;
  if (path === '' || !url) {
    throw new TokenoscopeError(
      'lesson-invalid',
      'This link names no lesson file.',
      'Ask its sender for a new link.',
    );
  }
  if (url.origin !== new URL(page).origin) {
    throw new TokenoscopeError(
      'lesson-invalid',
      `This lesson is on ${url.host || 'another host'}; links open lessons from this page’s own host only.`,
      'Download the file, then drop it on this page.',
    );
  }
  return url.href;
}

async function fetchText(address: string): Promise<string> {
  const { pathname } = new URL(address);
  let response: Response;
  try {
    response = await fetch(address);
  } catch (cause) {
    throw new TokenoscopeError(
      'lesson-invalid',
      `The lesson ${pathname} could not be loaded: the connection failed.`,
      'Check the connection and open the link again.',
      { cause },
    );
  }
  if (!response.ok) {
    throw new TokenoscopeError(
      'lesson-invalid',
      `There is no lesson at ${pathname} (the server answered ${response.status}).`,
      'Check the address, or ask its sender for a new link.',
    );
  }
  const text = await response.text();
  if (text.length > LESSON_BYTES) throw tooLarge();
  return text;
}

async function start(
  shell: Shell,
  text: string,
  address: string | undefined,
  isStep: boolean,
): Promise<void> {
  const { lesson, problems } = await openable(readLesson(text));
  const session = new LessonSession(shell, drawLesson, lesson, { address, problems });
  await session.begin(isStep);
}

/**
 * A lesson without the experiments that cannot be opened, and why those cannot.
 * @throws TokenoscopeError `lesson-invalid` where there are no others
 */
export async function openable(lesson: Lesson): Promise<{ lesson: Lesson; problems: string[] }> {
  const problems: string[] = [];
  const steps: LessonStep[] = [];
  for (const [index, step] of lesson.steps.entries()) {
    try {
      await openStep(step);
      steps.push(step);
    } catch (error) {
      const why = error instanceof TokenoscopeError ? error.message : 'It could not be read.';
      problems.push(`Experiment ${index + 1}, “${step.title}”, was left out. ${why}`);
    }
  }
  if (steps.length === 0) {
    throw new TokenoscopeError(
      'lesson-invalid',
      `None of this lesson’s experiments can be opened. ${problems[0] ?? ''}`.trim(),
      'Ask whoever made it for a new file.',
    );
  }
  return { lesson: { ...lesson, steps }, problems };
}

function tooLarge(): TokenoscopeError {
  return new TokenoscopeError(
    'lesson-invalid',
    `This lesson is larger than ${LESSON_BYTES / 1e6} MB.`,
    'Use shorter texts, or divide it into two lessons.',
  );
}
