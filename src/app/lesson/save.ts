import { writeLesson } from '../../core/lesson/lesson-file';
import { download } from '../../views/export/download';
import type { LessonSession } from './session';

/** Saves a lesson as a file, named by its title. */
export function saveLesson(lesson: LessonSession): void {
  const { title } = lesson.store.getState();
  const file = new Blob([writeLesson(lesson.lesson())], { type: 'application/json' });
  download(file, lessonFileName(title));
  lesson.store.setState({ isChanged: false, isAsking: false });
}

/** "Five languages, one sentence" -> "five-languages-one-sentence.tokenoscope" */
export function lessonFileName(title: string): string {
  const words = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  return `${words.join('-').slice(0, 60) || 'lesson'}.tokenoscope`;
}
