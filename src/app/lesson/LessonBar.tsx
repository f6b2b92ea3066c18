import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { Notice } from '../../ui/Notice';
import { RareIcon } from '../../ui/RareIcon';
import styles from './LessonBar.module.css';
import { LessonEditor } from './LessonEditor';
import { saveLesson } from './save';
import type { LessonSession } from './session';

/** A lesson's tabs with the sentence of the one on screen. */
export function drawLesson(lesson: LessonSession) {
  return <LessonBar lesson={lesson} />;
}

function LessonBar({ lesson }: { readonly lesson: LessonSession }) {
  const { title, tabs, isEditing, isAsking, problems } = useStore(lesson.store);
  const room = useStore(lesson.shell.store, (state) => state.room);
  const at = tabs.findIndex((tab) => tab.room === room);
  const sentence = tabs[at]?.step.sentence;
  useEffect(() => {
    /** Works while a text is being typed as well. */
    const turn = (event: globalThis.KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey) return;
      const by = { PageDown: 1, PageUp: -1 }[event.key];
      const tab = by && lesson.beside(by);
      if (!tab) return;
      event.preventDefault();
      void lesson.open(tab.room);
    };
    window.addEventListener('keydown', turn);
    return () => window.removeEventListener('keydown', turn);
  }, [lesson]);
  return (
    <section className={styles.lesson} aria-label={`Lesson: ${title}`}>
      <div className={styles.inner}>
        <div className={styles.row}>
          <h2 className={styles.title}>{title}</h2>
          <Tabs lesson={lesson} at={at} />
          <Button
            variant="quiet"
            size="sm"
            icon={<RareIcon name="pencil" size={14} />}
            aria-label="Edit lesson"
            pressed={isEditing}
            onClick={() => lesson.store.setState({ isEditing: !isEditing })}
          />
          <Button
            variant="quiet"
            size="sm"
            icon={<Icon name="close" size={14} />}
            aria-label="Close lesson"
            onClick={() => lesson.askToClose()}
          />
        </div>
        <div className={styles.row}>
          <p className={styles.sentence} aria-live="polite">
            {at < 0 ? 'This is your own lab, outside of the lesson. A tab leads back to it.' : sentence}
          </p>
          <Turn lesson={lesson} by={-1} label="Previous" disabled={at <= 0} />
          <Turn lesson={lesson} by={1} label="Next" disabled={at === tabs.length - 1} />
        </div>
        {isEditing && at >= 0 ? <LessonEditor key={room} lesson={lesson} room={room} /> : null}
        {isAsking ? (
          <Notice
            tone="warning"
            title="This lesson has not been saved."
            actions={
              <>
                <Button size="sm" variant="primary" autoFocus onClick={() => saveLesson(lesson)}>
                  Save lesson
                </Button>
                <Button size="sm" onClick={() => void lesson.close()}>
                  Close without saving
                </Button>
              </>
            }
            onDismiss={() => lesson.store.setState({ isAsking: false })}
          />
        ) : null}
        {problems.length > 0 ? (
          <Notice
            tone="warning"
            title="Part of this lesson could not be opened; the rest is shown."
            onDismiss={() => lesson.store.setState({ problems: [] })}
          >
            <ul>
              {problems.map((problem) => (
                <li key={problem}>{problem}</li>
              ))}
            </ul>
          </Notice>
        ) : null}
      </div>
    </section>
  );
}

interface TabsProps {
  readonly lesson: LessonSession;
  /** Which one is on screen; -1 for none. */
  readonly at: number;
}

function Tabs({ lesson, at }: TabsProps) {
  const { title, tabs } = useStore(lesson.store);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current
      ?.querySelector('[aria-selected="true"]')
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    const tab = to === undefined ? undefined : tabs[(to + tabs.length) % tabs.length];
    if (!tab) return;
    event.preventDefault();
    void lesson.open(tab.room);
    list.current?.querySelector<HTMLElement>(`[data-room="${tab.room}"]`)?.focus();
  };
  return (
    <div ref={list} role="tablist" aria-label={title} className={styles.tabs} onKeyDown={onKeyDown}>
      {tabs.map(({ room, step }, index) => (
        <button
          key={room}
          type="button"
          role="tab"
          data-room={room}
          aria-selected={index === at}
          aria-controls="main"
          tabIndex={index === Math.max(at, 0) ? 0 : -1}
          className={styles.tab}
          onClick={() => void lesson.open(room)}
        >
          <span className={styles.number}>{index + 1}</span>
          {step.title}
        </button>
      ))}
    </div>
  );
}

interface TurnProps {
  readonly lesson: LessonSession;
  readonly by: 1 | -1;
  readonly label: string;
  readonly disabled: boolean;
}

function Turn({ lesson, by, label, disabled }: TurnProps) {
  return (
    <Button
      variant="framed"
      size="sm"
      icon={<Icon name={by < 0 ? 'left' : 'right'} size={14} />}
      aria-label={`${label} experiment`}
      aria-keyshortcuts={by < 0 ? 'Alt+PageUp' : 'Alt+PageDown'}
      title={by < 0 ? 'Alt Page Up' : 'Alt Page Down'}
      disabled={disabled}
      onClick={() => {
        const tab = lesson.beside(by);
        if (tab) void lesson.open(tab.room);
      }}
    />
  );
}
