import { usePaneSettings } from '../../use-pane-settings';
import styles from './Chat.module.css';
import { ChatCard } from './ChatCard';
import { Messages } from './Messages';
import { OwnTemplate } from './OwnTemplate';
import { chatDefaults, chatSettings } from './settings';
import { useChats } from './use-chats';

/** A conversation, and what every tokenizer's chat template makes of it. */
export function ChatPane() {
  const [settings, set] = usePaneSettings('chat', chatSettings, chatDefaults);
  const { entries, chats } = useChats(settings);
  return (
    <div className={styles.pane}>
      <div className={styles.form}>
        <Messages messages={settings.messages} onChange={(messages) => set({ messages })} />
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={settings.generate}
            onChange={(event) => set({ generate: event.target.checked })}
          />
          Begin the model’s answer (generation prompt)
        </label>
        <OwnTemplate settings={settings} onChange={set} />
      </div>
      <div className={styles.cards}>
        {entries.length === 0 ? <p className={styles.none}>Add a tokenizer to see its template.</p> : null}
        {[...entries]
          .sort((a, b) => rank(chats[a.id]?.kind) - rank(chats[b.id]?.kind))
          .map(({ id, label }) => (
            <ChatCard
              key={id}
              label={label}
              chat={chats[id]}
              onEdit={(template) => set({ template, everywhere: true })}
            />
          ))}
      </div>
    </div>
  );
}

/** Tokenizers with a template come first. */
function rank(kind: string | undefined): number {
  return kind === 'none' ? 1 : 0;
}
