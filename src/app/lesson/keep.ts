import * as v from 'valibot';

/** Where a browser tab keeps its lesson across a reload. main.tsx looks for it. */
const KEY = 'tokenoscope.lesson';

const schema = v.object({
  /** The lesson as a file holds it. */
  text: v.string(),
  /** Where it came from, if by a link. */
  address: v.optional(v.string()),
  /** The rooms of its tabs, in order. */
  rooms: v.array(v.string()),
  /** The link to what each tab showed, by room. */
  present: v.record(v.string(), v.pipe(v.string(), v.regex(/^#/))),
});

/** A lesson across a reload. */
export type KeptLesson = v.InferOutput<typeof schema>;

/**
 * Keeps a lesson when the page goes, as far as the browser has room for it.
 * @returns the way to stop, which also forgets it
 */
export function keepLesson(present: () => KeptLesson): () => void {
  const keep = () => {
    try {
      sessionStorage.setItem(KEY, JSON.stringify(present()));
    } catch {
      // Too long, or refused: the lesson is there until the page is reloaded.
    }
  };
  window.addEventListener('pagehide', keep);
  return () => {
    window.removeEventListener('pagehide', keep);
    try {
      sessionStorage.removeItem(KEY);
    } catch {
      // Refused.
    }
  };
}

/** The lesson that was kept. @throws where there is none, or it is damaged */
export function keptLesson(): KeptLesson {
  return v.parse(schema, JSON.parse(sessionStorage.getItem(KEY) ?? ''));
}
