import type { LessonStep } from '../../core/lesson/lesson-file';
import { packFile } from '../../core/lesson/open-step';
import type { Shell } from '../shell';

/** The experiment on screen as a lesson's step: its link, or its file where that is too short. Its words are to be written. */
export async function stepOnScreen(shell: Shell): Promise<LessonStep | undefined> {
  const { lab, instance } = shell.store.getState();
  const words = { title: lab.title, sentence: '' };
  const { url, isWhole } = shell.link();
  if (isWhole && /^#\d/.test(url)) return { ...words, link: url };
  // About and the Library have no experiment.
  const file = instance && !isWhole ? await shell.file() : undefined;
  return file && { ...words, file: await packFile(file) };
}
