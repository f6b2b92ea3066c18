import { describe, expect, it } from 'vitest';
import { ColumnList } from './column-list';

describe('ColumnList', () => {
  it('adds, moves and removes columns, and knows each tokenizer once', () => {
    const columns = new ColumnList(['a', 'b', 'c']);
    columns.add('b');
    columns.add('d', 1);
    expect(columns.ids).toEqual(['a', 'd', 'b', 'c']);
    columns.move('c', -1);
    columns.move('a', -1);
    columns.move('b', 1);
    columns.move('nobody', 1);
    expect(columns.ids).toEqual(['a', 'd', 'c', 'b']);
    columns.remove('d');
    columns.remove('nobody');
    expect(columns.store.getState().list.map(({ id }) => id)).toEqual(['a', 'c', 'b']);
  });

  it('keeps what is known of a column that stays, and the ids where none comes or goes', () => {
    const columns = new ColumnList(['a', 'b']);
    const { ids } = columns;
    columns.update('b', { busy: false });
    columns.update('nobody', { busy: false });
    expect(columns.ids).toBe(ids);
    columns.set(['b', 'c']);
    expect(columns.find('b')?.busy).toBe(false);
    expect(columns.find('c')?.busy).toBe(true);
    columns.set(['c']);
    columns.set(['c', 'b']);
    expect(columns.find('b')?.busy).toBe(true);
  });
});
