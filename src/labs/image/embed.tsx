import type { LabHost, LabInstance } from '../lab';
import { EmbedView } from './EmbedView';
import { ImageLab } from './image-lab';
import { instanceOf } from './instance';

/** An image lab that shows its experiment alone, for a frame on another page. */
export function create(host: LabHost): LabInstance {
  const lab = new ImageLab(host);
  return instanceOf(lab, () => <EmbedView lab={lab} />);
}
