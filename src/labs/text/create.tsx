import { findTextTokenizer } from '../../catalog/tokenizers';
import type { LabHost, LabInstance } from '../lab';
import { TextLabContext } from './context';
import { EmbedView } from './EmbedView';
import { labTokenizer } from './lab-tokenizers';
import { TextLabView } from './TextLabView';
import { createTextLab } from './text-lab';

/** A text lab as the page holds it. */
export function create(host: LabHost): LabInstance {
  const lab = createTextLab(host);
  const { link, state, columns, own } = lab;
  return {
    render: () => <TextLabContext value={lab}>{host.alone ? <EmbedView /> : <TextLabView />}</TextLabContext>,
    write: (short) => link.write(short),
    open(part) {
      // The sample of a first visit is no part of the experiment: until its text has been read, there is none.
      if (host.alone) state.clear();
      return link.open(part);
    },
    onChange: (listener) => link.onChange(listener),
    describe: (short) => link.describe(short),
    async cite() {
      const { citeTokenizers } = await import('./cite');
      const nameOf = (id: string) => labTokenizer(id, own.get())?.label ?? id;
      return citeTokenizers(columns.ids.map((id) => findTextTokenizer(id) ?? { id, name: nameOf(id) }));
    },
    async shareMore() {
      const { FingerprintShare } = await import('./fingerprint/FingerprintShare');
      return (props) => (
        <TextLabContext value={lab}>
          <FingerprintShare {...props} />
        </TextLabContext>
      );
    },
    takeDrop: (transfer) => lab.drops.take(transfer),
    dispose: () => lab.dispose(),
  };
}
