import { formatInteger, formatSignificant } from '../../ui/format';
import { More } from '../../views/experiment/More';
import below from '../../views/experiment/reading.module.css';
import { pairsHere, pureShare, type Result, type State, turkishShare } from './experiment';
import { correlation, publishedRows } from './published';
import { Scatter } from './Scatter';

interface PublishedProps {
  readonly state: State;
  readonly result: Result;
  readonly labelOf: (id: string) => string;
}

/** Shares here and in the paper's table against the models' scores, and the correlations of both. */
export function Published({ state, result, labelOf }: PublishedProps) {
  const { count } = state;
  const without = publishedRows.filter(({ model }) => model !== 'GPT-4o');
  const own = publishedRows.flatMap(({ model, mmlu, tokenizer }) => {
    const reading = result.readings.find(({ id }) => id === tokenizer);
    const x = reading && turkishShare(reading[count]);
    return x === undefined ? [] : [{ label: model, x, y: mmlu, isOwn: true }];
  });
  const published = publishedRows.map(({ model, tr, mmlu }) => ({
    label: model,
    x: tr,
    y: mmlu,
    isOwn: false,
  }));
  return (
    <section className={below.part} aria-labelledby="turkish-scores">
      <h3 id="turkish-scores">Does the model know more where more tokens are Turkish?</h3>
      <Scatter
        label="Models by the share of Turkish tokens and their score, on this text and as published"
        x="Turkish tokens, %TR"
        y="score on TR-MMLU, %, published"
        points={[...published, ...own]}
      />
      <div className={below.scroll}>
        <table className={below.table}>
          <thead>
            <tr>
              <th scope="col">Correlation with the score, r</th>
              <th scope="col">%TR</th>
              <th scope="col">%Pure</th>
            </tr>
          </thead>
          <tbody>
            <Row
              name={`this text, ${own.length} models`}
              tr={correlation(pairsHere(result, count, turkishShare))}
              pure={correlation(pairsHere(result, count, pureShare))}
            />
            <Row
              name="published table, 8 models"
              tr={correlation(publishedRows.map(({ tr, mmlu }) => [tr, mmlu]))}
              pure={correlation(publishedRows.map(({ pure, mmlu }) => [pure, mmlu]))}
            />
            <Row
              name="published table without GPT-4o"
              tr={correlation(without.map(({ tr, mmlu }) => [tr, mmlu]))}
              pure={correlation(without.map(({ pure, mmlu }) => [pure, mmlu]))}
            />
          </tbody>
        </table>
      </div>
      <p className={below.text}>
        With so few models one of them decides: %TR hardly goes along with the score in the paper’s own table,
        and somewhat where GPT-4o is left out. Shares here are not those of the paper: its questions hold
        formulas and names, its check of a token is another one, and with this page’s list many a short piece
        of a word is a root by chance: where every token is counted, a tokenizer that cuts words to pieces can
        look the purest.
      </p>
      <More summary="All figures">
        <div className={below.scroll}>
          <table className={below.table}>
            <thead>
              <tr>
                <th scope="col">Tokenizer</th>
                <th scope="col">tokens</th>
                <th scope="col">different</th>
                <th scope="col">%TR</th>
                <th scope="col">%Pure</th>
                <th scope="col">%TR, published</th>
                <th scope="col">%Pure, published</th>
                <th scope="col">score, published</th>
              </tr>
            </thead>
            <tbody>
              {result.readings.map((reading) => {
                const row = publishedRows.find(({ tokenizer }) => tokenizer === reading.id);
                const sum = ({ pure, turkish, other }: typeof reading.all) => pure + turkish + other;
                return (
                  <tr key={reading.id}>
                    <th scope="row">{labelOf(reading.id)}</th>
                    <td>{formatInteger(sum(reading.all))}</td>
                    <td>{formatInteger(sum(reading.unique))}</td>
                    <td>{number(turkishShare(reading[count]))}</td>
                    <td>{number(pureShare(reading[count]))}</td>
                    <td>{number(row?.tr)}</td>
                    <td>{number(row?.pure)}</td>
                    <td>{number(row?.mmlu)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      </More>
    </section>
  );
}

interface RowProps {
  readonly name: string;
  readonly tr: number | undefined;
  readonly pure: number | undefined;
}

function Row({ name, tr, pure }: RowProps) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{signed(tr)}</td>
      <td>{signed(pure)}</td>
    </tr>
  );
}

function signed(r: number | undefined): string {
  if (r === undefined) return '–';
  return `${r < 0 ? '−' : '+'}${Math.abs(r).toFixed(2)}`;
}

function number(value: number | undefined): string {
  return value === undefined ? '–' : formatSignificant(value);
}
