import { createElement } from 'react';
import { EMPTY_PART } from '../../core/link/link-part';
import type { LabInstance } from '../lab';
import { Keeping } from './keeping';
import { KeptList } from './kept-list';
import { Library } from './Library';

/** The list of what this browser keeps. It belongs to the device, so a link only names it. */
export function create(): LabInstance {
  const list = new KeptList();
  const keeping = new Keeping();
  return {
    render: () => createElement(Library, { list, keeping }),
    write: () => EMPTY_PART,
    open: () => [],
    onChange: () => () => {},
    describe: () => ['The name of this page. What your browser keeps stays in it.'],
    dispose: () => keeping.stop(),
  };
}
