import { findTextTokenizer } from '../../catalog/tokenizers';
import { formatInteger } from '../../ui/format';
import below from '../../views/experiment/reading.module.css';
import { type Result, type State, saving, tokenizers } from './experiment';

/** Terms of the text, those first that KL3M 32k gains most on. */
export function TermTable({
  terms,
  against,
}: {
  readonly terms: Result['terms'];
  readonly against: State['against'];
}) {
  if (terms.length === 0) {
    return <p className={below.text}>None of the list’s terms is in this text.</p>;
  }
  const columns = [0, 1, tokenizers.indexOf(against)];
  const sorted = terms
    .map((term) => ({ ...term, saving: saving(term.tokens, against) ?? 0 }))
    .sort((a, b) => b.saving - a.saving || b.count - a.count);
  return (
    <div className={below.scroll}>
      <table className={below.table}>
        <thead>
          <tr>
            <th scope="col">Term, on its own</th>
            <th scope="col">kind</th>
            <th scope="col">times</th>
            {columns.map((i) => (
              <th key={i} scope="col">
                {findTextTokenizer(tokenizers[i]!)!.label}, tokens
              </th>
            ))}
            <th scope="col">32k saves</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((term) => (
            <tr key={term.text}>
              <th scope="row">{term.text}</th>
              <td>{term.kind}</td>
              <td>{formatInteger(term.count)}</td>
              {columns.map((i) => (
                <td key={i}>{term.tokens[i]}</td>
              ))}
              <td>
                {term.saving > 0 ? '+' : term.saving < 0 ? '−' : ''}
                {Math.abs(Math.round(term.saving))} %
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
