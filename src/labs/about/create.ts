import { createElement } from 'react';
import type { LabInstance } from '../lab';
import { About } from './About';

const NOTHING = { head: {}, blob: new Uint8Array(0) };

/** The page about the project: it has no experiment, so its link only names it. */
export function create(): LabInstance {
  return {
    render: () => createElement(About),
    write: () => NOTHING,
    open: () => [],
    onChange: () => () => {},
    describe: () => ['This page about Tokenoscope.'],
    dispose: () => {},
  };
}
