import type { AlternativeNode, Node } from 'oniguruma-parser/parser';

/** What the matches of a part of an expression can be, in the order in which they are tried. */
export interface Shape {
  readonly empty: boolean;
  readonly full: boolean;
  /** Whether an empty match can be tried before one that is not. */
  readonly emptyFirst: boolean;
}

const EMPTY: Shape = { empty: true, full: false, emptyFirst: false };
const FULL: Shape = { empty: false, full: true, emptyFirst: false };

/** The shape of a part of an expression; of what refers to other parts, anything. */
export function shapeOf(node: Node): Shape {
  switch (node.type) {
    case 'Alternative':
      return node.body.map(shapeOf).reduce(after, EMPTY);
    case 'CapturingGroup':
    case 'Group': {
      const shape = shapeOfAny(node.body);
      // An atomic group keeps only what it tried first.
      return 'atomic' in node && node.atomic ? { ...shape, emptyFirst: false } : shape;
    }
    case 'Quantifier':
      return repeated(shapeOf(node.body), node);
    case 'Assertion':
    case 'Directive':
    case 'LookaroundAssertion':
    case 'NamedCallout':
      return EMPTY;
    case 'AbsenceFunction':
    case 'Backreference':
      return { empty: true, full: true, emptyFirst: false };
    case 'Subroutine':
      return { empty: true, full: true, emptyFirst: true };
    default:
      return FULL;
  }
}

/** The shape of alternatives. */
function shapeOfAny(alternatives: readonly AlternativeNode[]): Shape {
  return alternatives.map(shapeOf).reduce((first, second) => ({
    empty: first.empty || second.empty,
    full: first.full || second.full,
    emptyFirst: first.emptyFirst || second.emptyFirst || (first.empty && second.full),
  }));
}

function after(first: Shape, second: Shape): Shape {
  return {
    empty: first.empty && second.empty,
    full: first.full || second.full,
    emptyFirst: first.empty && second.empty && (first.emptyFirst || second.emptyFirst),
  };
}

function repeated(body: Shape, { min, max, kind }: { min: number; max: number; kind: string }): Shape {
  if (max === 0) return EMPTY;
  const empty = min === 0 || body.empty;
  const emptyFirst = kind !== 'possessive' && empty && (body.emptyFirst || (kind === 'lazy' && body.full));
  return { empty, full: body.full, emptyFirst };
}

/** Whether it depends on what is around a part, or was matched before, what the part matches. */
export function dependsOnContext(node: Node): boolean {
  if (['Assertion', 'LookaroundAssertion', 'Backreference', 'Subroutine'].includes(node.type)) return true;
  return 'body' in node && [node.body].flat().some(dependsOnContext);
}
