import { rasterise } from '../lib/film.mjs';
import { word } from '../lib/lettering.mjs';

// Two words as a tokenizer of writing meets them: a short one and a longer one, black on white.
function drawing() {
  const ink = '#141414';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512" width="512" height="512">
    <rect width="512" height="512" fill="#f7f7f5"/>
    ${word('ink', 136, 214, 44, 0.62, ink)}
    ${word('token', 50, 412, 34.5, 0.62, ink)}</svg>`;
}

const render = ({ width, height }) => rasterise(drawing(), width, height);

export const scene = { id: 'words', width: 512, height: 512, samples: 1, render };
