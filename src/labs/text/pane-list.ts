import type { TextPane } from './pane';

const modules = import.meta.glob<TextPane>('./panes/*/pane.ts', { eager: true, import: 'pane' });

/** Every pane, in the order of tabs. Adding a folder to ./panes/ is the only step to add one. */
export const textPanes: readonly TextPane[] = Object.values(modules).sort((a, b) => a.place - b.place);
