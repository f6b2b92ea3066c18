import { createElement } from 'react';
import type { LabHost, LabInstance } from '../lab';
import { ImageLabView } from './ImageLabView';
import { ImageLab } from './image-lab';
import { instanceOf } from './instance';

/** An image lab. */
export function create(host: LabHost): LabInstance {
  const lab = new ImageLab(host);
  return instanceOf(lab, () => createElement(ImageLabView, { lab }));
}
