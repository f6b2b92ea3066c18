import { describe, expect, it } from 'vitest';
import { textPanes } from './pane-list';
import { Panes } from './pane-state';

describe('the panes of the text lab', () => {
  it('have ids, places and labels of their own', () => {
    for (const key of ['id', 'place', 'label'] as const) {
      const all = textPanes.map((pane) => pane[key]);
      expect(new Set(all).size).toBe(all.length);
    }
    for (const { id, label, summary } of textPanes) {
      expect(id).toMatch(/^[a-z-]+$/);
      expect(label).toMatch(/^[A-Z][a-z]+$/);
      expect(summary).toMatch(/\.$/);
    }
  });

  it('are in folders of their ids', () => {
    const folders = Object.keys(import.meta.glob('./panes/*/pane.ts')).map((path) => path.split('/')[2]);
    expect(folders.sort()).toEqual(textPanes.map(({ id }) => id).sort());
  });

  it('keep settings until they are set back, and tell of changes only', () => {
    const panes = new Panes();
    let changes = 0;
    panes.store.subscribe(() => changes++);
    panes.set('a', { b: 1 });
    panes.set('a', { b: 1 });
    panes.show('a');
    panes.show('a');
    panes.replace({ open: 'a', settings: { a: { b: 1 } } });
    expect(changes).toBe(2);
    panes.set('a', undefined);
    expect(panes.get()).toEqual({ open: 'a', settings: {} });
  });
});
