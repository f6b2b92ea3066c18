import { formatSignificant } from '../../ui/format';
import below from '../../views/experiment/reading.module.css';
import { type Result, type State, share, totalsOf } from './experiment';
import { publishedAccuracies, publishedByLength } from './published';

/** The published accuracies of models beside how much lines up here for the same way of writing sums. */
export function Published({ state, result }: { readonly state: State; readonly result: Result }) {
  const under = (grouping: State['grouping'], separator: State['separator']) =>
    totalsOf(result, state.tokenizer, grouping, separator);
  const [none, right] = [under('none', 'comma'), under('right', 'comma')];
  return (
    <>
      <p className={below.text}>
        Sums that the models got right, as the paper’s authors published them; nothing of the last two columns
        is measured here. GPT-3.5 is gpt-3.5-turbo-0301, GPT-4 is gpt-4-0314, both after eight examples; both
        use the tokenizer cl100k.
      </p>
      <div className={below.scroll}>
        <table className={below.table}>
          <thead>
            <tr>
              <th scope="col">Written as</th>
              <th scope="col">digits line up here</th>
              <th scope="col">GPT-3.5, published</th>
              <th scope="col">GPT-4, published</th>
            </tr>
          </thead>
          <tbody>
            {publishedAccuracies.map(({ grouping, separator, gpt35, gpt4 }) => {
              const { all } = under(grouping, separator ?? 'comma');
              return (
                <tr key={`${grouping} ${separator}`}>
                  <th scope="row">
                    <code>{nameOf(grouping, separator)}</code>
                  </th>
                  <td>{percent(share(all.agreeing, all.places))}</td>
                  <td>{percent(gpt35)}</td>
                  <td>{percent(gpt4)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p className={below.text}>
        Alignment does not explain everything: commas from the left line up exactly as no commas do, yet
        GPT-3.5 fell from 75.6 % to 27.8 %. Nobody writes numbers like that, so the model has hardly read any.
      </p>
      <div className={below.scroll}>
        <table className={below.table}>
          <thead>
            <tr>
              <th scope="col">Result</th>
              <th scope="col">sums line up, no commas</th>
              <th scope="col">GPT-3.5, published</th>
              <th scope="col">sums line up, from the right</th>
              <th scope="col">GPT-3.5, published</th>
            </tr>
          </thead>
          <tbody>
            {(['longer', 'notLonger'] as const).map((key) => (
              <tr key={key}>
                <th scope="row">{key === 'longer' ? 'longer than all operands' : 'no longer'}</th>
                <td>{percent(share(none[key].aligned, none[key].sums))}</td>
                <td>{percent(publishedByLength[key].none)}</td>
                <td>{percent(share(right[key].aligned, right[key].sums))}</td>
                <td>{percent(publishedByLength[key].right)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function nameOf(grouping: State['grouping'], separator: State['separator'] | undefined): string {
  if (grouping === 'none') return '1234567';
  const between = separator === 'comma' ? ',' : ' ';
  return (grouping === 'left' ? ['123', '456', '7'] : ['1', '234', '567']).join(between);
}

function percent(value: number | undefined): string {
  return value === undefined ? '–' : `${formatSignificant(value)} %`;
}
