import type { Shell } from '../shell';
import { drawLesson } from './LessonBar';
import { LessonSession } from './session';
import { stepOnScreen } from './step';

/**
 * Adds the experiment on screen to the lesson that is open, or to a new one, and shows it there, ready to be named.
 * @returns false where what is on screen is no experiment
 */
export async function addToLesson(shell: Shell): Promise<boolean> {
  const step = await stepOnScreen(shell);
  if (!step) return false;
  const { lesson } = shell.store.getState();
  if (lesson) await lesson.add(step);
  else {
    const session = new LessonSession(shell, drawLesson, { title: 'My lesson', steps: [step] });
    session.store.setState({ isEditing: true, isChanged: true });
    await session.begin(true);
  }
  return true;
}
