import { TokenoscopeError } from '../../../core/errors';
import { type Characters, meets } from './characters';
import type { Reading } from './reading';
import { type Expression, parseExpression } from './regex-syntax';

/** States that an expression may have. */
const MOST_STATES = 4000;

/** A nondeterministic automaton (Thompson 1968): a state reads a character, or goes on without one. */
interface Automaton {
  readonly sets: (Characters | undefined)[];
  /** Where a state goes behind its character. */
  readonly next: number[];
  readonly free: number[][];
}

/**
 * The strings that match a regular expression as a whole.
 * @throws TokenoscopeError `query-invalid` for what is not read, and where no string matches
 */
export function regexConstraint(pattern: string): Reading {
  const automaton: Automaton = { sets: [], next: [], free: [] };
  const end = addState(automaton);
  const start = build(automaton, parseExpression(pattern), end);
  const shortest = distances(automaton, end);
  if (shortest[start] === Number.POSITIVE_INFINITY)
    throw new TokenoscopeError(
      'query-invalid',
      'No string matches this pattern.',
      'It has a class without characters.',
    );
  return new States({ automaton, shortest, known: new Map() }, [start]);
}

/** Adds what reads an expression in front of a state; gives its first state. */
function build(automaton: Automaton, expression: Expression, then: number): number {
  switch (expression.kind) {
    case 'one': {
      const state = addState(automaton);
      automaton.sets[state] = expression.of;
      automaton.next[state] = then;
      return state;
    }
    case 'sequence':
      return expression.parts.reduceRight((after, part) => build(automaton, part, after), then);
    case 'choice': {
      const state = addState(automaton);
      automaton.free[state] = expression.parts.map((part) => build(automaton, part, then));
      return state;
    }
    case 'repeat':
      return buildRepeat(automaton, expression, then);
  }
}

function buildRepeat(
  automaton: Automaton,
  { part, least, most }: Extract<Expression, { kind: 'repeat' }>,
  then: number,
): number {
  let first = then;
  if (most === Number.POSITIVE_INFINITY) {
    first = addState(automaton);
    automaton.free[first] = [then, build(automaton, part, first)];
  } else {
    for (let turn = least; turn < most; turn++) {
      const state = addState(automaton);
      automaton.free[state] = [then, build(automaton, part, first)];
      first = state;
    }
  }
  for (let turn = 0; turn < least; turn++) first = build(automaton, part, first);
  return first;
}

function addState({ sets, next, free }: Automaton): number {
  if (sets.length >= MOST_STATES)
    throw new TokenoscopeError(
      'query-invalid',
      'This pattern is too large.',
      'Repeat less, or shorter parts.',
    );
  sets.push(undefined);
  next.push(-1);
  free.push([]);
  return sets.length - 1;
}

/** The fewest characters from each state to the end; Infinity where it is not reached. */
function distances({ sets, next, free }: Automaton, end: number): number[] {
  const found = new Array<number>(sets.length).fill(Number.POSITIVE_INFINITY);
  const before: { free: number[]; reading: number[] }[] = sets.map(() => ({ free: [], reading: [] }));
  for (const [state, set] of sets.entries()) {
    for (const target of free[state]!) before[target]!.free.push(state);
    if (set && set.length > 0) before[next[state]!]!.reading.push(state);
  }
  let layer = [end];
  for (let distance = 0; layer.length > 0; distance++) {
    const farther: number[] = [];
    while (layer.length > 0) {
      const state = layer.pop()!;
      if (found[state]! <= distance) continue;
      found[state] = distance;
      layer.push(...before[state]!.free);
      farther.push(...before[state]!.reading);
    }
    layer = farther;
  }
  return found;
}

/** What all states of one automaton share. */
interface Shared {
  readonly automaton: Automaton;
  readonly shortest: readonly number[];
  /** Sets of states by their names, so that each is one object. */
  readonly known: Map<string, States>;
}

/** The states that an automaton may be in, those left out from which the end cannot be reached. */
class States implements Reading {
  readonly shortest: number;
  readonly #shared: Shared;
  readonly #states: readonly number[];
  readonly #behind = new Map<number, States | undefined>();

  constructor(shared: Shared, from: readonly number[]) {
    this.#shared = shared;
    this.#states = closure(shared, from);
    this.shortest = Math.min(...this.#states.map((state) => shared.shortest[state]!));
  }

  read(character: number): Reading | undefined {
    if (this.#behind.has(character)) return this.#behind.get(character);
    const found = this.#go(character);
    this.#behind.set(character, found);
    return found;
  }

  shortestBehind(low: number, high: number): number {
    const { automaton, shortest } = this.#shared;
    const behind = this.#reading(low, high).map((state) => shortest[automaton.next[state]!]!);
    return Math.min(Number.POSITIVE_INFINITY, ...behind);
  }

  #go(character: number): States | undefined {
    const { automaton, shortest, known } = this.#shared;
    const targets = this.#reading(character, character)
      .map((state) => automaton.next[state]!)
      .filter((state) => shortest[state]! < Number.POSITIVE_INFINITY);
    if (targets.length === 0) return undefined;
    const name = [...new Set(targets)].sort((a, b) => a - b).join(' ');
    const found = known.get(name) ?? new States(this.#shared, targets);
    known.set(name, found);
    return found;
  }

  #reading(low: number, high: number): readonly number[] {
    const { sets } = this.#shared.automaton;
    return this.#states.filter((state) => sets[state] && meets(sets[state], low, high));
  }
}

/** States that are reached without a character. */
function closure({ automaton, shortest }: Shared, from: readonly number[]): readonly number[] {
  const found = new Set<number>();
  const open = [...from];
  while (open.length > 0) {
    const state = open.pop()!;
    if (found.has(state) || shortest[state] === Number.POSITIVE_INFINITY) continue;
    found.add(state);
    open.push(...automaton.free[state]!);
  }
  return [...found];
}
