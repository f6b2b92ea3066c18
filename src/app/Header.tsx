import { BackendBadge } from './BackendBadge';
import styles from './Header.module.css';
import { ShareButton } from './share/ShareButton';
import { useShell, useShellState } from './shell-context';
import { ThemeSwitch } from './ThemeSwitch';

/** Name, labs, and the settings of the whole page. */
export function Header() {
  const shell = useShell();
  const { lab, lesson } = useShellState((state) => state);
  const open = lab.id;
  return (
    <header className={styles.header}>
      <div className={styles.bar}>
        <span className={styles.name}>
          <Mark />
          <span className={styles.word}>Tokenoscope</span>
        </span>
        <nav aria-label="Labs" className={styles.nav}>
          {shell.labs.map(({ id, label }) => (
            <a
              key={id}
              href={`#${id}`}
              aria-current={id === open ? 'page' : undefined}
              ref={id === open ? keepInSight : undefined}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                event.preventDefault();
                void shell.openLab(id);
              }}
            >
              {label}
            </a>
          ))}
        </nav>
        <div className={styles.tools}>
          {lesson ? null : (
            <a className={styles.lesson} href="#lesson=lessons/first.tokenoscope">
              First lesson
            </a>
          )}
          <BackendBadge />
          <ThemeSwitch />
          <ShareButton />
        </div>
      </div>
    </header>
  );
}

/** On a phone the tabs scroll sideways. */
function keepInSight(tab: HTMLElement | null): void {
  tab?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

/** A lens over a row of tokens; the kept ones are filled. */
function Mark() {
  return (
    <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
      <rect x="1" y="14" width="4" height="6" rx="1" fill="var(--accent)" />
      <rect x="6.3" y="14" width="4" height="6" rx="1" fill="var(--accent)" />
      <rect x="12.1" y="14.5" width="3" height="5" rx="0.6" fill="none" stroke="var(--ink-3)" />
      <rect x="17.4" y="14.5" width="3" height="5" rx="0.6" fill="none" stroke="var(--ink-3)" />
      <circle cx="8.2" cy="7" r="4.9" fill="none" stroke="var(--ink)" strokeWidth="1.8" />
      <path d="M11.9 10.6l3 2.6" stroke="var(--ink)" strokeWidth="1.8" strokeLinecap="round" />
    </svg>
  );
}
