import type { LabHost, LabInstance } from '../lab';
import { TextLabContext } from './context';
import { EmbedView } from './EmbedView';
import { instanceOf } from './instance';
import { createTextLab } from './text-lab';

/** A text lab that shows its experiment alone, for a frame on another page. */
export function create(host: LabHost): LabInstance {
  const lab = createTextLab(host);
  const instance = instanceOf(lab, () => (
    <TextLabContext value={lab}>
      <EmbedView />
    </TextLabContext>
  ));
  return {
    ...instance,
    open(part) {
      // The sample of a first visit is no part of the experiment: until its text has been read, there is none.
      lab.state.clear();
      return instance.open(part);
    },
  };
}
