import { Button } from '../../../../ui/Button';
import { formatInteger } from '../../../../ui/format';
import { Notice } from '../../../../ui/Notice';
import styles from './Chat.module.css';
import type { Chat } from './use-chats';

export interface ChatCardProps {
  readonly label: string;
  readonly chat: Chat | undefined;
  /** Makes the tokenizer's own template the visitor's, to edit. */
  readonly onEdit: (template: string) => void;
}

/** A conversation as one tokenizer reads it. */
export function ChatCard({ label, chat, onEdit }: ChatCardProps) {
  return (
    <section className={styles.card} aria-label={label} aria-busy={chat === undefined}>
      <h2 className={styles.name}>{label}</h2>
      {chat?.kind === 'none' ? (
        <p className={styles.none}>No chat template is known for it. Paste one under “Your template”.</p>
      ) : null}
      {chat?.kind === 'failed' ? (
        <Notice tone="error" title={chat.error.message}>
          {chat.error.hint}
        </Notice>
      ) : null}
      {chat?.kind === 'done' ? <Done chat={chat} onEdit={onEdit} /> : null}
    </section>
  );
}

function Done({
  chat,
  onEdit,
}: {
  readonly chat: Chat & { kind: 'done' };
  readonly onEdit: (t: string) => void;
}) {
  const { template, content, pieces, isCut } = chat.count;
  const all = template + content;
  return (
    <>
      <div className={styles.figures}>
        <p className={styles.total}>
          {formatInteger(all)} <span>{all === 1 ? 'token' : 'tokens'}</span>
        </p>
        <p className={styles.split}>
          <span className={styles.ofTemplate}>{formatInteger(template)} template</span>
          <span>{formatInteger(content)} messages</span>
          {all > 0 ? <span>{Math.round((100 * template) / all)}% overhead</span> : null}
        </p>
      </div>
      <div className={styles.bar} aria-hidden="true">
        <div style={{ width: `${all === 0 ? 0 : (100 * template) / all}%` }} />
      </div>
      <p className={styles.text}>
        {pieces.map((piece, i) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: a place in the text is what a piece is known by
            key={i}
            className={piece.isTemplate ? styles.template1 : styles.words}
            title={piece.tokens === 1 ? piece.title : `${piece.tokens} tokens: ${piece.title}`}
          >
            {piece.text === '' ? piece.title : piece.text.replaceAll('\n', '↵\n')}
          </span>
        ))}
        {isCut ? ' …' : null}
      </p>
      <p className={styles.source}>
        {chat.from[0]!.toUpperCase() + chat.from.slice(1)}
        {chat.isExact ? '' : '; it changes what it is given, so the messages’ tokens were found by search'}.{' '}
        {chat.from === 'your template' ? null : (
          <Button variant="quiet" size="sm" onClick={() => onEdit(chat.template.template)}>
            Edit a copy
          </Button>
        )}
      </p>
    </>
  );
}
