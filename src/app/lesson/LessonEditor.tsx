import { type Ref, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { SENTENCE_LIMIT, TITLE_LIMIT } from '../../core/lesson/lesson-file';
import { Button } from '../../ui/Button';
import { RareIcon } from '../../ui/RareIcon';
import styles from './LessonEditor.module.css';
import { saveLesson } from './save';
import type { LessonSession } from './session';
import { stepOnScreen } from './step';

interface LessonEditorProps {
  readonly lesson: LessonSession;
  /** The tab on screen. */
  readonly room: string;
}

/** Changes a lesson: its title, the words of the tab on screen, its place, and what it opens. */
export function LessonEditor({ lesson, room }: LessonEditorProps) {
  const [said, setSaid] = useState('');
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.select(), []);
  const { title, tabs } = useStore(lesson.store);
  const at = tabs.findIndex((tab) => tab.room === room);
  const tab = tabs[at];
  if (!tab) return null;
  const { step } = tab;
  const take = async () => {
    const now = await stepOnScreen(lesson.shell);
    if (!now) return;
    lesson.change(room, { ...now, title: step.title, sentence: step.sentence });
    setSaid('This tab now opens what is on screen.');
  };
  return (
    <form className={styles.editor} onSubmit={(event) => event.preventDefault()}>
      <Field
        label="Tab"
        value={step.title}
        most={TITLE_LIMIT}
        onChange={(title) => lesson.change(room, { ...step, title })}
        ref={first}
      />
      <Field
        label="Sentence"
        value={step.sentence}
        most={SENTENCE_LIMIT}
        onChange={(sentence) => lesson.change(room, { ...step, sentence })}
      />
      <Field label="Lesson" value={title} most={TITLE_LIMIT} onChange={(title) => lesson.rename(title)} />
      <div className={styles.actions}>
        <Button size="sm" onClick={() => void take()}>
          Take what is on screen
        </Button>
        <Button size="sm" disabled={at === 0} onClick={() => lesson.move(room, -1)}>
          Move left
        </Button>
        <Button size="sm" disabled={at === tabs.length - 1} onClick={() => lesson.move(room, 1)}>
          Move right
        </Button>
        <Button size="sm" icon={<RareIcon name="trash" size={14} />} onClick={() => void lesson.remove(room)}>
          Remove tab
        </Button>
        <Button
          size="sm"
          variant="primary"
          icon={<RareIcon name="download" size={14} />}
          onClick={() => saveLesson(lesson)}
        >
          Save lesson
        </Button>
        <span role="status" className={styles.said}>
          {said}
        </span>
      </div>
    </form>
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly most: number;
  readonly onChange: (value: string) => void;
  readonly ref?: Ref<HTMLInputElement>;
}

function Field({ label, value, most, onChange, ref }: FieldProps) {
  return (
    <label className={styles.field}>
      <span className={styles.label}>{label}</span>
      <input
        ref={ref}
        className={styles.input}
        value={value}
        maxLength={most}
        onChange={({ target }) => onChange(target.value)}
      />
    </label>
  );
}
