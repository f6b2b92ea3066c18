import type { LabHost, LabInstance } from '../lab';
import { TextLabContext } from './context';
import { instanceOf } from './instance';
import { TextLabView } from './TextLabView';
import { createTextLab } from './text-lab';

/** A text lab as the page holds it. */
export function create(host: LabHost): LabInstance {
  const lab = createTextLab(host);
  return instanceOf(lab, () => (
    <TextLabContext value={lab}>
      <TextLabView />
    </TextLabContext>
  ));
}
