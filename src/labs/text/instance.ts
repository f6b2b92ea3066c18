import type { ReactNode } from 'react';
import type { LabInstance } from '../lab';
import { labTokenizer } from './lab-tokenizers';
import type { TextLab } from './text-lab';

/** A lab as a page holds it. @param render the whole lab, or its experiment alone */
export function instanceOf(lab: TextLab, render: () => ReactNode): LabInstance {
  const { link, columns, own } = lab;
  return {
    render,
    write: (short) => link.write(short),
    open: (part) => link.open(part),
    onChange: (listener) => link.onChange(listener),
    describe: (short) => link.describe(short),
    async cite() {
      const { citeTokenizers } = await import('./cite');
      return citeTokenizers(columns.ids, (id) => labTokenizer(id, own.get())?.label ?? id);
    },
    takeDrop: (transfer) => lab.drops.take(transfer),
    dispose: () => lab.dispose(),
  };
}
