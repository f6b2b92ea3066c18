import { TokenoscopeError } from '../../../core/errors';
import { tinyLab } from './tiny-lab';

/** What the engine says where the weights of Glyphs cannot be fetched. */
export const offline = new TokenoscopeError('model-fetch', 'Glyphs could not be fetched.', 'Try again.');

/** A lab on screen, with its first picture. */
export async function opened() {
  const tiny = tinyLab();
  tiny.session.activate();
  await tiny.settled();
  tiny.told.length = 0;
  return tiny;
}

/** The same with a visitor's own photograph. */
export async function withPhotograph() {
  const tiny = await opened();
  tiny.session.openFile(new File(['mine'], 'mine.png'), 'mine.png');
  await tiny.settled();
  tiny.told.length = 0;
  return tiny;
}
