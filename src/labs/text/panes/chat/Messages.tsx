import { useId } from 'react';
import { Button } from '../../../../ui/Button';
import { Icon } from '../../../../ui/Icon';
import { Select } from '../../../../ui/Select';
import styles from './Chat.module.css';
import { type ChatSettings, ROLES } from './settings';

export interface MessagesProps {
  readonly messages: ChatSettings['messages'];
  readonly onChange: (messages: ChatSettings['messages']) => void;
}

/** The conversation as a form. */
export function Messages({ messages, onChange }: MessagesProps) {
  const change = (i: number, to: Partial<ChatSettings['messages'][number]>) =>
    onChange(messages.map((message, j) => (j === i ? { ...message, ...to } : message)));
  const move = (i: number, by: -1 | 1) =>
    onChange(messages.toSpliced(i, 1).toSpliced(i + by, 0, messages[i]!));
  const add = () => {
    const role = messages.at(-1)?.role === 'user' ? 'assistant' : 'user';
    onChange([...messages, { role, content: '' }]);
  };
  return (
    <>
      <ol className={styles.messages} aria-label="Messages">
        {messages.map((message, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a message has nothing else to be known by
          <li key={i} className={styles.message}>
            <Message
              number={i + 1}
              message={message}
              onChange={(to) => change(i, to)}
              {...(i > 0 ? { onUp: () => move(i, -1) } : {})}
              {...(i + 1 < messages.length ? { onDown: () => move(i, 1) } : {})}
              onRemove={() => onChange(messages.toSpliced(i, 1))}
            />
          </li>
        ))}
      </ol>
      <Button size="sm" className={styles.add} icon={<Icon name="plus" size={14} />} onClick={add}>
        Add a message
      </Button>
    </>
  );
}

interface MessageProps {
  readonly number: number;
  readonly message: ChatSettings['messages'][number];
  readonly onChange: (to: Partial<ChatSettings['messages'][number]>) => void;
  readonly onUp?: () => void;
  readonly onDown?: () => void;
  readonly onRemove: () => void;
}

function Message({ number, message, onChange, onUp, onDown, onRemove }: MessageProps) {
  const role = useId();
  const { content } = message;
  const roles = ROLES.some((known) => known === message.role) ? ROLES : [...ROLES, message.role];
  return (
    <>
      <div className={styles.messageHead}>
        <label className="visually-hidden" htmlFor={role}>
          Role of message {number}
        </label>
        <Select
          id={role}
          value={message.role}
          options={roles.map((one) => ({ id: one, name: one }))}
          onChange={(to) => onChange({ role: to })}
        />
        <span className={styles.moves}>
          <Button
            variant="quiet"
            size="sm"
            icon={
              <span className={styles.up}>
                <Icon name="down" />
              </span>
            }
            aria-label={`Move message ${number} up`}
            disabled={!onUp}
            onClick={onUp}
          />
          <Button
            variant="quiet"
            size="sm"
            icon={<Icon name="down" />}
            aria-label={`Move message ${number} down`}
            disabled={!onDown}
            onClick={onDown}
          />
          <Button
            variant="quiet"
            size="sm"
            icon={<Icon name="close" />}
            aria-label={`Remove message ${number}`}
            onClick={onRemove}
          />
        </span>
      </div>
      <textarea
        className={styles.content}
        aria-label={`Message ${number}`}
        rows={Math.min(8, Math.max(2, content.split('\n').length))}
        value={content}
        onChange={(event) => onChange({ content: event.target.value })}
      />
    </>
  );
}
