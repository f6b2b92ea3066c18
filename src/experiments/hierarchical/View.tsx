import type { ViewProps } from '../experiment';
import type { Result, State } from './experiment';

/** Placeholder until the shared view is here. */
export function View({ result }: ViewProps<State, Result>) {
  return <p>{result ? result.bytes : '–'}</p>;
}
