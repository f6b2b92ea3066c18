import type {
  AlternativeNode,
  CharacterClassElementNode,
  CharacterClassNode,
  CharacterSetNode,
  DirectiveNode,
  GroupNode,
  LookaroundAssertionNode,
  Node,
  OnigurumaAst,
  QuantifiableNode,
  QuantifierNode,
} from 'oniguruma-parser/parser';
import {
  createAlternative,
  createCharacter,
  createCharacterSet,
  createQuantifier,
} from 'oniguruma-parser/parser';
import { caselessClass, caselessRun } from './caseless';
import { GRAPHEME_CLUSTER } from './grapheme-pattern';
import { anyOf, BOUNDARY, type Element, fragment, NO_BOUNDARY, PatternError, WORD } from './pattern-nodes';
import { refuseBehind, refuseNothing, refuseUntriedPlaces } from './pattern-quirks';
import { refuseReferences } from './pattern-references';
import { dependsOnContext, shapeOf } from './pattern-shape';

/** What a part of an expression inherits from what it is in. */
interface Context {
  readonly caseless: boolean;
  readonly dotAll: boolean;
  readonly behind: boolean;
  /** Seen from where the match starts: there, beyond it, or either. */
  readonly place: 'start' | 'beyond' | 'either';
}

/** Outside of classes, `\w` also has the numerals of Latin-1. */
const WORD_ALONE = `${WORD}\\x{b2}\\x{b3}\\x{b9}\\x{bc}-\\x{be}`;

/** How an expression is meant. */
export interface RewriteOptions {
  /** Whether `\G` holds; else it does nowhere. */
  readonly atSearchStart?: boolean;
  /** Whether letters without case match one by one, as in Rust: `ß` and `ss` not at all. */
  readonly simpleFolding?: boolean;
}

/**
 * Spells out, in the tree of an Oniguruma expression, what translators and JavaScript take otherwise: flags, letters
 * without case, `\w`, `\b`, `\X`, `\G`. Refuses what would not match the same.
 */
export class PatternRewriter {
  readonly #atSearchStart: boolean;
  readonly #simpleFolding: boolean;
  #calls = false;
  /** Whether the expression has `\G`. */
  hasSearchStart = false;

  constructor({ atSearchStart = true, simpleFolding = false }: RewriteOptions = {}) {
    this.#atSearchStart = atSearchStart;
    this.#simpleFolding = simpleFolding;
  }

  /** @throws PatternError that names what has no equal in JavaScript */
  rewrite(ast: OnigurumaAst): OnigurumaAst {
    refuseReferences(ast);
    const context: Context = { caseless: false, dotAll: false, behind: false, place: 'start' };
    const body = this.#alternatives(ast.body, context);
    if (this.#calls && this.hasSearchStart) throw new PatternError('\\G beside calls of groups');
    return { ...ast, body };
  }

  #alternatives(alternatives: readonly AlternativeNode[], context: Context): AlternativeNode[] {
    const out: AlternativeNode[] = [];
    for (const [i, { body }] of alternatives.entries()) {
      const cut = body.findIndex(isFlags);
      if (cut < 0) {
        out.push(createAlternative({ body: this.#sequence(body, context) }));
        continue;
      }
      // Flags hold to the end of the group, as if a group of their own began there: a(?i)b|c is a(?i:b|c).
      const rest = [createAlternative({ body: body.slice(cut + 1) }), ...alternatives.slice(i + 1)];
      const flags = (body[cut] as DirectiveNode).flags;
      const inner = withFlags(placed(context, body.slice(0, cut)), flags);
      const group = anyOf(this.#alternatives(rest, inner).map((one) => one.body));
      out.push(createAlternative({ body: [...this.#sequence(body.slice(0, cut), context), group] }));
      break;
    }
    return out;
  }

  #sequence(nodes: readonly Element[], context: Context): Element[] {
    const out: Element[] = [];
    for (let i = 0; i < nodes.length; ) {
      const run: number[] = [];
      let end = i;
      for (; context.caseless && end < nodes.length; end++) {
        const text = literalOf(nodes[end]!);
        if (!text) break;
        run.push(...text);
      }
      if (run.length > 0) out.push(...caselessRun(run, this.#simpleFolding));
      else out.push(this.#element(nodes[end++]!, placed(context, nodes.slice(0, i))));
      i = end;
    }
    refuseUntriedPlaces(out);
    return out;
  }

  #element(node: Element, context: Context): Element {
    switch (node.type) {
      case 'Assertion':
        return this.#assertion(node, context);
      case 'Backreference':
        if (context.caseless) throw new PatternError('a back-reference without case');
        return node;
      case 'AbsenceFunction':
      case 'CapturingGroup':
        return { ...node, body: this.#alternatives(node.body, context) };
      case 'Group':
        return this.#group(node, context);
      case 'LookaroundAssertion':
        return this.#lookaround(node, context);
      case 'Character':
        return context.caseless ? anyOf([caselessRun([node.value], this.#simpleFolding)]) : node;
      case 'CharacterSet':
        return characterSet(node, context);
      case 'CharacterClass':
        return this.#class(node, context, false);
      case 'Quantifier':
        return this.#quantifier(node, context);
      case 'NamedCallout':
        if (node.kind !== 'fail') throw new PatternError(`the callout (*${node.kind.toUpperCase()})`);
        return fragment('(?!)');
      case 'Subroutine':
        this.#calls = true;
        return node;
      case 'Directive':
        throw new PatternError('\\K, which moves the start of a match');
    }
  }

  #assertion(node: Extract<Node, { type: 'Assertion' }>, context: Context): Element {
    switch (node.kind) {
      case 'word_boundary':
        return createCharacter(node.negate ? NO_BOUNDARY : BOUNDARY);
      case 'text_segment_boundary':
        throw new PatternError('\\y, a boundary of text segments');
      case 'search_start':
        this.hasSearchStart = true;
        if (context.place === 'either') throw new PatternError('\\G in the middle of an expression');
        return fragment(this.#atSearchStart && context.place === 'start' ? '' : '(?!)');
      default:
        return node;
    }
  }

  #group(node: GroupNode, context: Context): Element {
    if (node.atomic && context.behind) throw new PatternError('an atomic group within a lookbehind');
    const inner = withFlags(context, node.flags);
    return anyOf(
      this.#alternatives(node.body, inner).map(({ body }) => body),
      node.atomic,
    );
  }

  #lookaround(node: LookaroundAssertionNode, context: Context): Element {
    if (context.behind) refuseBehind(node);
    const behind = context.behind || node.kind === 'lookbehind';
    const place = node.kind === 'lookbehind' ? 'either' : context.place;
    return { ...node, body: this.#alternatives(node.body, { ...context, behind, place }) };
  }

  #class(node: CharacterClassNode, { caseless }: Context, repeated: boolean): Element {
    const rewritten = withWords(node);
    return caseless ? caselessClass(rewritten, repeated, this.#simpleFolding) : rewritten;
  }

  #quantifier(node: QuantifierNode, context: Context): Element {
    const { min, max, kind } = node;
    if (kind === 'possessive' && context.behind) {
      throw new PatternError('a possessive quantifier within a lookbehind');
    }
    if (context.behind) refuseBehind(node);
    const shape = shapeOf(node.body);
    const place = context.place === 'start' && max > 1 && shape.full ? 'either' : context.place;
    const inner = { ...context, place };
    const body: Element =
      node.body.type === 'CharacterClass'
        ? this.#class(node.body, inner, max === Number.POSITIVE_INFINITY && min <= 1)
        : this.#element(node.body, inner);
    if (shape.empty && min > 1 && dependsOnContext(node.body)) {
      throw new PatternError('several repetitions of something that may be nothing at some places');
    }
    if (shape.empty && shape.emptyFirst && max > 0) {
      if (max > 1) throw new PatternError('a repetition of something that may be nothing before it is more');
      const choices = kind === 'lazy' ? [[], [body]] : [[body], []];
      return min === 1 ? body : anyOf(choices, kind === 'possessive');
    }
    const single = isSingle(body) ? body : anyOf([[body]]);
    if (kind === 'possessive') return anyOf([[createQuantifier('greedy', min, max, single)]], true);
    return createQuantifier(kind, min, max, single);
  }
}

function isFlags(node: Element): boolean {
  return node.type === 'Directive' && node.kind === 'flags';
}

function isSingle(node: Element): node is QuantifiableNode {
  return ['Backreference', 'CapturingGroup', 'Character', 'CharacterClass', 'CharacterSet', 'Group'].includes(
    node.type,
  );
}

/** The characters of a part that consists of literal characters only; groups around them do not count. */
function literalOf(node: Element): number[] | undefined {
  if (node.type === 'Character') return [node.value];
  if (node.type !== 'Group' || node.atomic || node.flags || node.body.length > 1) return undefined;
  const parts = node.body[0]!.body.map(literalOf);
  return parts.length > 0 && parts.every((part) => part) ? (parts as number[][]).flat() : undefined;
}

function withFlags(context: Context, flags: DirectiveNode['flags'] | GroupNode['flags']): Context {
  const { enable = {}, disable = {} } = flags ?? {};
  return {
    ...context,
    caseless: (context.caseless || enable.ignoreCase === true) && !disable.ignoreCase,
    dotAll: (context.dotAll || enable.dotAll === true) && !disable.dotAll,
  };
}

/** The context after some parts of a sequence. */
function placed(context: Context, nodes: readonly Element[]): Context {
  if (context.place === 'beyond') return context;
  const { empty, full } = shapeOf({ type: 'Alternative', body: [...nodes] });
  if (!full) return context;
  return { ...context, place: empty ? 'either' : 'beyond' };
}

function characterSet(node: CharacterSetNode, context: Context): Element {
  if (context.behind && node.variableLength) {
    throw new PatternError(`${node.kind === 'newline' ? '\\R' : '\\X'} within a lookbehind`);
  }
  if (node.kind === 'dot') return createCharacterSet(...dotSet(context));
  if (node.kind === 'text_segment') return fragment(GRAPHEME_CLUSTER);
  if (isWord(node)) return fragment(`[${node.negate ? '^' : ''}${WORD_ALONE}]`);
  return node;
}

function dotSet({ dotAll }: Context): Parameters<typeof createCharacterSet> {
  return dotAll ? ['any'] : ['newline', { negate: true }];
}

function isWord(node: Node): node is CharacterSetNode {
  if (node.type !== 'CharacterSet') return false;
  return node.kind === 'word' || (node.kind === 'posix' && node.value === 'word');
}

function withWords(node: CharacterClassNode): CharacterClassNode {
  const rewritten = { ...node, body: node.body.map(element) };
  refuseNothing(rewritten);
  return rewritten;
}

function element(node: CharacterClassElementNode): CharacterClassElementNode {
  if (node.type === 'CharacterClass') return withWords(node);
  if (!isWord(node)) return node;
  const words = fragment(`[${node.negate ? '^' : ''}${WORD}]`) as GroupNode;
  return words.body[0]!.body[0] as CharacterClassNode;
}
