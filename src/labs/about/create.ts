import { createElement } from 'react';
import { EMPTY_PART } from '../../core/link/link-part';
import type { LabHost, LabInstance } from '../lab';
import { About } from './About';

/** The page about the project: it has no experiment, so its link only names it. */
export function create(host: LabHost): LabInstance {
  return {
    render: () => createElement(About, { onFile: host.openFile }),
    write: () => EMPTY_PART,
    open: () => [],
    onChange: () => () => {},
    describe: () => ['This page about Tokenoscope.'],
    dispose: () => {},
  };
}
