import type { ViewProps } from '../experiment';
import type { Result, State } from './experiment';

export function View({ result }: ViewProps<State, Result>) {
  return <p>{result ? result.sums.length : '–'}</p>;
}
