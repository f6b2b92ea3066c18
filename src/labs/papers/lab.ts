import type { LabEntry } from '../lab';

export const papersLab: LabEntry = {
  id: 'papers',
  label: 'Papers',
  title: 'Papers',
  load: () => import('./create'),
  // An experiment as it opens at first; without a name, the list.
  path: {
    read: (path) => ({ head: path === '' ? {} : { e: path }, blob: new Uint8Array(0) }),
    write: ({ head, blob }) => {
      const { e = '', ...more } = head;
      return blob.length === 0 && Object.keys(more).length === 0 ? String(e) : undefined;
    },
  },
};
