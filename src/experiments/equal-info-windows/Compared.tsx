import { formatSignificant } from '../../ui/format';
import found from '../../views/experiment/pieces.module.css';
import { BarChart } from '../../views/plot/BarChart';
import { tokensIn } from './coding';
import { codingOf, PAPER, type Result, type State, TOKENIZERS } from './experiment';

export interface ComparedProps {
  readonly result: Result;
  readonly state: State;
  /** Bits of a token. */
  readonly width: 8 | 16;
}

/** Bytes of text that a token holds: bytes, windows, plain arithmetic coding, and ordinary tokenizers. */
export function Compared({ result, state, width }: ComparedProps) {
  const { bytes, codings, unigramBits, tokens } = result;
  const published = (id: string) => {
    const value = width === 8 ? PAPER.ratios[id] : PAPER.ratios16[id];
    return value === undefined ? {} : { note: `paper ${value}` };
  };
  const bars = [
    { id: 'bytes', label: 'Bytes', value: 1 },
    ...(unigramBits === undefined
      ? []
      : [
          {
            id: 'static',
            label: 'No windows, M1 a unigram',
            value: bytes / tokensIn(unigramBits, width),
            ...published('static'),
          },
        ]),
    ...codings.map(({ size, bits }) => ({
      id: String(size),
      label: size === 0 ? 'No windows' : `Windows of ${size} bits`,
      value: bytes / tokensIn(bits, width),
      isChosen: size === state.b,
      ...published(String(size)),
    })),
    ...tokens.map((count, i) => ({
      id: TOKENIZERS[i]!.id,
      label: TOKENIZERS[i]!.name,
      value: bytes / count,
      ...(i === 0 ? { note: `paper ${PAPER.sentencePiece}` } : {}),
    })),
  ];
  return (
    <>
      <BarChart label="Bytes of text in a token" bars={bars} format={(value) => formatSignificant(value)} />
      <p className={found.why}>{whyOf(result)}</p>
    </>
  );
}

function whyOf(result: Result): string {
  const { costs } = result;
  const here = costs && codingOf(result, 0) ? formatSignificant(costs.known) : undefined;
  if (here === undefined) return 'Bytes of text in a token.';
  const better = costs!.known < PAPER.m1;
  return `Bytes of text in a token. How many follows from M1: here it needs ${here} bits for a byte, the paper’s ${PAPER.m1} on web text${better ? '' : ', so that its tokens hold more'}. The paper’s SentencePiece has 32,000 tokens, as Llama 2’s.`;
}
