import { version } from '../../../package.json';
import type { Citation } from '../../core/citation';
import { TOOL_AUTHOR, TOOL_NAME } from '../../core/tool';
import { reachOf } from './addresses';

/** Of the version that package.json names. */
const YEAR = 2026;

/** The tool itself, with its address where everybody can open that. @param url any address of this page */
export function citeTool(url: string): Citation {
  const address = new URL(url);
  address.hash = '';
  address.search = '';
  return {
    key: 'tokenoscope',
    kind: 'misc',
    authors: [TOOL_AUTHOR],
    title: `${TOOL_NAME}: See What a Tokenizer Sees`,
    year: YEAR,
    ...(reachOf(address) === 'everybody' ? { url: address.href } : {}),
    note: `Version ${version}`,
  };
}
