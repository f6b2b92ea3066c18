import { mulberry32 } from '../../core/image/noise';
import type { ExperimentSample } from '../experiment';

const few = `9876543+1234567=
4821937+3156042=
99999999+1=
2718281+828459=
500000000+500000000=
31415926+53589793=
7654321+8765432=
1234567+89=
`;

/** Ten sums for each pair of lengths from 7 to 9 digits: the lengths of the paper's first experiment, digits of our own. */
function drawn(): string {
  const next = mulberry32(2402);
  const number = (digits: number) => {
    const rest = Array.from({ length: digits - 1 }, () => next() % 10);
    return [1 + (next() % 9), ...rest].join('');
  };
  const lines: string[] = [];
  for (let i = 0; i < 90; i++) lines.push(`${number(7 + (i % 3))}+${number(7 + (Math.floor(i / 3) % 3))}=`);
  return lines.join('\n');
}

export const samples: readonly ExperimentSample[] = [
  { id: 'sums', label: 'Eight sums', load: async () => few },
  { id: 'sums-7-to-9', label: '90 sums of 7 to 9 digits', load: async () => drawn() },
];
