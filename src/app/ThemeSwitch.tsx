import { useLayoutEffect } from 'react';
import type { ThemeChoice } from '../labs/lab';
import { Button } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { useSettings, useShell } from './shell-context';

const NEXT: Record<ThemeChoice, ThemeChoice> = { system: 'light', light: 'dark', dark: 'system' };
const ICONS = { system: 'system', light: 'sun', dark: 'moon' } as const;
const NAMES: Record<ThemeChoice, string> = { system: 'follows the system', light: 'light', dark: 'dark' };

/** Cycles system, light, dark; the choice is set on the root element for the stylesheet. */
export function ThemeSwitch() {
  const { settings } = useShell().host;
  const theme = useSettings((state) => state.theme);
  useLayoutEffect(() => {
    const root = document.documentElement;
    if (theme === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = theme;
  }, [theme]);
  const label = `Theme: ${NAMES[theme]}`;
  return (
    <Button
      variant="quiet"
      icon={<Icon name={ICONS[theme]} />}
      aria-label={label}
      title={label}
      onClick={() => settings.setState({ theme: NEXT[theme] })}
    />
  );
}
