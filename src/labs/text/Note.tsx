import { Notice } from '../../ui/Notice';
import { useLab, useTextState } from './context';

/** What there is to say about the text. */
export function Note() {
  const { state } = useLab();
  const note = useTextState((now) => now.note);
  if (!note) return null;
  return (
    <Notice tone={note.tone} title={note.title} onDismiss={() => state.note(null)}>
      {note.hint}
    </Notice>
  );
}
