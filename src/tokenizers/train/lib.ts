import { Characters } from './characters';
import { Lexicon } from './lexicon';

export interface LibSettings {
  /** α: the share of pairs of neighbouring chunks that is memorized. */
  readonly inRate: number;
  /** ω: the share of the lexicon's tail that is put on probation at each step. */
  readonly outRate: number;
  /** τ₀: steps that a chunk may stay on probation. */
  readonly life: number;
  /** Δ: the share of its place that a chunk moves when it is rewarded or punished. */
  readonly updateRate: number;
  /** Most characters of a chunk; 0 for no limit. */
  readonly longest: number;
}

/** What stood beside a chunk when it was memorized; empty at the ends of a sentence. */
interface Context {
  readonly before: string;
  readonly after: string;
}

interface Trial {
  life: number;
  /** Null for chunks of the tail, which are released when they are seen. */
  readonly context: Context | null;
}

/** Two ways to go on from one place, until their ends meet. */
interface Contest {
  readonly usual: string[];
  readonly other: string[];
  otherEnd: number;
}

/** Starting values of the paper's demonstration. */
export const LIB_DEFAULTS: LibSettings = {
  inRate: 0.25,
  outRate: 0.01,
  life: 3,
  updateRate: 0.1,
  longest: 0,
};

/**
 * Less-is-Better (Yang 2024, arXiv 2403.00417): a lexicon that grows by the pairs it meets and forgets what does not
 * help to write the text with fewer tokens and fewer types.
 */
export class LibLearner {
  readonly lexicon = new Lexicon();
  readonly #settings: LibSettings;
  /** A number of [0, 1). */
  readonly #random: () => number;
  readonly #probation = new Map<string, Trial>();
  #verdicts: { readonly chunk: string; readonly isReward: boolean }[] = [];

  constructor(settings: LibSettings, random: () => number) {
    this.#settings = settings;
    this.#random = random;
  }

  /** Chunks on probation. */
  get onProbation(): number {
    return this.#probation.size;
  }

  /** One step: reads some sentences, then forgets, moves and marks chunks. */
  step(sentences: readonly string[]): void {
    for (const _ of this.stepping(sentences));
  }

  /** The same, yielding after each sentence. */
  *stepping(sentences: readonly string[]): Generator<void, void> {
    for (const sentence of sentences) {
      this.#read(new Characters(sentence));
      yield;
    }
    const forgotten = this.#age();
    this.lexicon.remove(forgotten);
    const gone = new Set(forgotten);
    this.lexicon.move(
      this.#verdicts.filter(({ chunk }) => !gone.has(chunk)),
      this.#settings.updateRate,
    );
    this.#verdicts = [];
    this.#markTail();
  }

  /** The end of learning: what is still on probation goes. */
  finish(): void {
    this.lexicon.remove(this.#probation.keys());
    this.#probation.clear();
  }

  #read(sentence: Characters): void {
    const contests = new Map<string, Contest>();
    let last = '';
    let beforeLast = '';
    for (let at = 0; at < sentence.length; ) {
      this.#judge(contests, sentence, at);
      const { longest, second, chunk: known, secondChunk } = this.lexicon.match(sentence, at);
      const chunk = longest > 0 ? known : sentence.text(at, at + 1);
      for (const { usual } of contests.values()) usual.push(chunk);
      const trial = longest > 0 ? this.#probation.get(chunk) : undefined;
      if (trial) this.#try(chunk, trial, sentence, at + longest, beforeLast, last);
      if (longest === 0) {
        this.#memorize(chunk, { before: last, after: this.#next(sentence, at + 1) });
      } else {
        if (longest > 1 && second > 0) {
          const other = [secondChunk];
          contests.set(chunk, { usual: [chunk], other, otherEnd: at + second });
        }
        if (this.#random() < this.#settings.inRate) {
          this.#memorize(last + chunk, { before: beforeLast, after: this.#next(sentence, at + longest) });
        }
      }
      beforeLast = last;
      last = chunk;
      at += Math.max(1, longest);
    }
  }

  /** Decides the contests whose two ways end at the same place. */
  #judge(contests: Map<string, Contest>, sentence: Characters, end: number): void {
    for (const [chunk, contest] of contests) {
      while (contest.otherEnd < end) {
        const from = contest.otherEnd;
        const { longest, chunk: next } = this.lexicon.match(sentence, from);
        contest.other.push(next || sentence.text(from, from + 1));
        contest.otherEnd += Math.max(1, longest);
      }
      if (contest.otherEnd !== end) continue;
      if (isBetter(this.lexicon, contest.other, contest.usual)) {
        this.#verdicts.push({ chunk: contest.other[0]!, isReward: true }, { chunk, isReward: false });
      } else this.#verdicts.push({ chunk, isReward: true });
      contests.delete(chunk);
    }
  }

  /** A chunk on probation is met again: with other neighbours it has proved itself, with the same ones it was too short. */
  #try(
    chunk: string,
    { context }: Trial,
    sentence: Characters,
    end: number,
    beforeLast: string,
    last: string,
  ): void {
    if (!context) {
      this.#probation.delete(chunk);
      return;
    }
    const next = this.#next(sentence, end);
    if (context.before === '' && context.after === '' && last === '' && next === '') return;
    let isExtended = false;
    if (isTail(last, context.before) || isTail(context.before, last)) {
      this.#memorize(last + chunk, { before: beforeLast, after: next });
      isExtended = true;
    }
    if (isHead(next, context.after) || isHead(context.after, next)) {
      const after = this.#next(sentence, end + [...next].length);
      this.#memorize(chunk + next, { before: last, after });
      isExtended = true;
    }
    if (isExtended) return;
    this.#verdicts.push({ chunk, isReward: true });
    this.#probation.delete(chunk);
  }

  /** The chunk that a sentence goes on with, or the character where none is known. */
  #next(sentence: Characters, from: number): string {
    if (from >= sentence.length) return '';
    return this.lexicon.match(sentence, from).chunk || sentence.text(from, from + 1);
  }

  #memorize(chunk: string, context: Context): void {
    const { longest, life } = this.#settings;
    if (chunk === '' || this.lexicon.has(chunk)) return;
    if (longest > 0 && [...chunk].length > longest) return;
    this.lexicon.append(chunk);
    this.#probation.set(chunk, { life, context });
  }

  /** A step of life less for all on probation. @returns those whose life is over */
  #age(): string[] {
    const over: string[] = [];
    for (const [chunk, trial] of this.#probation) {
      trial.life--;
      if (trial.life >= 1) continue;
      this.#probation.delete(chunk);
      over.push(chunk);
    }
    return over;
  }

  #markTail(): void {
    const { outRate, life } = this.#settings;
    const { chunks, size } = this.lexicon;
    for (let at = Math.floor((1 - outRate) * size); at < size; at++) {
      if (!this.#probation.has(chunks[at]!)) this.#probation.set(chunks[at]!, { life, context: null });
    }
  }
}

/**
 * Segments a sentence by a lexicon: at each place the longest chunk competes with the second longest one, until both
 * ways meet; fewer chunks win, then better places.
 */
export function segmentByLexicon(lexicon: Lexicon, sentence: string): string[] {
  const characters = new Characters(sentence);
  const count = characters.length;
  // Both ways ask at the same places: each is looked up once.
  const longest = new Int32Array(count).fill(-1);
  const second = new Int32Array(count);
  const chunks: string[] = [];
  const secondChunks: string[] = [];
  const look = (at: number) => {
    if (longest[at]! >= 0) return;
    const found = lexicon.match(characters, at);
    longest[at] = found.longest;
    second[at] = found.second;
    chunks[at] = found.chunk || characters.text(at, at + 1);
    secondChunks[at] = found.secondChunk;
  };
  const out: string[] = [];
  for (let at = 0; at < count; ) {
    look(at);
    if (longest[at]! <= 1 || second[at] === 0) {
      // As published: a chunk without a shorter rival is read character by character.
      out.push(characters.text(at, at + 1));
      at++;
      continue;
    }
    const usual = [chunks[at]!];
    const other = [secondChunks[at]!];
    let left = at + longest[at]!;
    for (let right = at + second[at]!; left !== right; ) {
      const behind = Math.min(left, right);
      look(behind);
      const next = behind + Math.max(1, longest[behind]!);
      if (left > right) {
        other.push(chunks[behind]!);
        right = next;
      } else {
        usual.push(chunks[behind]!);
        left = next;
      }
    }
    out.push(...(isBetter(lexicon, other, usual) ? other : usual));
    at = left;
  }
  return out;
}

/** Fewer chunks, or as many with better places. */
function isBetter(lexicon: Lexicon, chunks: readonly string[], than: readonly string[]): boolean {
  if (chunks.length !== than.length) return chunks.length < than.length;
  return places(lexicon, chunks) < places(lexicon, than);
}

function places(lexicon: Lexicon, chunks: readonly string[]): number {
  return chunks.reduce((sum, chunk) => sum + (lexicon.placeOf(chunk) ?? 0), 0);
}

function isTail(text: string, tail: string): boolean {
  return tail !== '' && text.endsWith(tail);
}

function isHead(text: string, head: string): boolean {
  return head !== '' && text.startsWith(head);
}
