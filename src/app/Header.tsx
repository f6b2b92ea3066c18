import { BackendBadge } from './BackendBadge';
import styles from './Header.module.css';
import { Mark } from './Mark';
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
