import type { AlternativeNode, Node, OnigurumaAst } from 'oniguruma-parser/parser';
import { PatternError } from './pattern-nodes';
import { shapeOf } from './pattern-shape';

type Captured = ReadonlySet<number>;

/**
 * Refuses references to groups that may have captured nothing, or in an earlier repetition only: there a reference
 * fails, or matches what was captured then, where JavaScript's matches nothing.
 * @throws PatternError that says so
 */
export function refuseReferences(ast: OnigurumaAst): void {
  new References(ast).check();
}

class References {
  readonly #ast: OnigurumaAst;
  readonly #names = new Map<string, number[]>();
  #calls = false;
  #references = false;

  constructor(ast: OnigurumaAst) {
    this.#ast = ast;
  }

  check(): void {
    this.#any(this.#ast.body, new Set(), false);
    if (this.#calls && this.#references) throw new PatternError('back-references beside calls of groups');
  }

  /** What is captured in any case after one of the alternatives. */
  #any(alternatives: readonly AlternativeNode[], before: Captured, behind: boolean): Captured {
    const [first, ...others] = alternatives.map(({ body }) =>
      body.reduce((captured: Captured, node) => this.#after(node, captured, behind), before),
    );
    return new Set([...first!].filter((group) => others.every((captured) => captured.has(group))));
  }

  #after(node: Node, before: Captured, behind: boolean): Captured {
    switch (node.type) {
      case 'CapturingGroup': {
        if (node.name) this.#names.set(node.name, [...(this.#names.get(node.name) ?? []), node.number]);
        return new Set([...this.#any(node.body, before, behind), node.number]);
      }
      case 'Group':
        return this.#any(node.body, before, behind);
      case 'AbsenceFunction':
        this.#any(node.body, before, behind);
        return before;
      case 'LookaroundAssertion': {
        const inner = this.#any(node.body, before, behind || node.kind === 'lookbehind');
        return node.negate || node.kind === 'lookbehind' ? before : inner;
      }
      case 'Quantifier': {
        const inner = this.#after(node.body, before, behind);
        return node.min > 0 && (node.max === 1 || !shapeOf(node.body).empty) ? inner : before;
      }
      case 'Subroutine':
        this.#calls = true;
        return before;
      case 'Backreference':
        this.#references = true;
        this.#refer(node.ref, before, behind);
        return before;
      default:
        return before;
    }
  }

  #refer(ref: string | number, before: Captured, behind: boolean): void {
    if (behind) throw new PatternError('a back-reference within a lookbehind');
    const groups = typeof ref === 'number' ? [ref] : (this.#names.get(ref) ?? []);
    if (groups.length !== 1) throw new PatternError(`a reference to several groups named ${ref}`);
    if (!before.has(groups[0]!)) {
      throw new PatternError(`a back-reference to group ${ref}, which may not have matched before it`);
    }
  }
}
