// What is read off the syntax tree of a condition: what it may cost, and the terms it is made of, so that each can be
// evaluated for itself and shown with what was seen.

import type { ASTNode } from '@marcbachmann/cel-js';
import { limits } from './environment.ts';

/** A condition is terms joined by and, or, not; a term is a stretch of its text. */
export type Terms = JoinedTerms | Term;

export interface JoinedTerms {
  join: 'and' | 'or' | 'not';
  text: string;
  terms: Terms[];
}

export interface Term {
  text: string;
  /** The facts it names: `study.description`. */
  paths: readonly string[];
  /** Those of them without which it cannot be evaluated. */
  needs: readonly string[];
}

const comprehensions: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);

/** Calls by name, with where they stand. */
export function callsOf(node: ASTNode): { name: string; node: ASTNode }[] {
  const own = node.op === 'call' || node.op === 'rcall' ? [{ name: node.args[0], node }] : [];
  return [...own, ...childrenOf(node).flatMap(callsOf)];
}

/** How many steps it may take, each list of facts as long as `seriesAssumed`. */
export function mostSteps(node: ASTNode): number {
  const body = childrenOf(node);
  if (!isComprehension(node)) return sum(body) + 1;
  const [over, ...inside] = body;
  const length = over!.op === 'list' ? over!.args.length : limits.seriesAssumed;
  return mostSteps(over!) + length * sum(inside) + 1;
}

const sum = (nodes: ASTNode[]): number => nodes.reduce((total, node) => total + mostSteps(node), 0);

const isComprehension = (node: ASTNode): boolean => node.op === 'rcall' && comprehensions.has(node.args[0]);

const joins: Partial<Record<ASTNode['op'], JoinedTerms['join']>> = { '&&': 'and', '||': 'or', '!_': 'not' };

/** `a && b && c` are three terms beside each other, however the parser nests them. */
export function termsOf(node: ASTNode, variables: ReadonlySet<string>): Terms {
  const join = joins[node.op];
  const text = node.input.slice(node.range.start, node.range.end);
  if (join !== undefined) return { join, text, terms: operandsOf(node).map((part) => termsOf(part, variables)) };
  const all = () => true;
  return { text, paths: pathsOf(node, variables, all), needs: pathsOf(node, variables, isAlwaysEvaluated) };
}

/** A negation of several terms keeps them together. */
function operandsOf(node: ASTNode): ASTNode[] {
  if (node.op === '!_') return childrenOf(node);
  return childrenOf(node).flatMap((child) => (child.op === node.op ? operandsOf(child) : [child]));
}

/** Whether all below a node is evaluated whenever the node is. */
const isAlwaysEvaluated = (node: ASTNode): boolean =>
  !isComprehension(node) && !(node.op === 'call' && node.args[0] === 'known') && !['?:', '&&', '||'].includes(node.op);

/** `study.description`, each once; not what lies below the variable of a comprehension. */
function pathsOf(node: ASTNode, variables: ReadonlySet<string>, enter: (node: ASTNode) => boolean): string[] {
  const path = pathOf(node);
  if (path !== undefined) return variables.has(path.split('.')[0]!) ? [path] : [];
  if (!enter(node)) return [];
  return [...new Set(childrenOf(node).flatMap((child) => pathsOf(child, variables, enter)))];
}

function pathOf(node: ASTNode): string | undefined {
  if (node.op === 'id') return node.args;
  if (node.op !== '.') return undefined;
  const [of, name] = node.args;
  const path = pathOf(of);
  return path && `${path}.${name}`;
}

function childrenOf(node: ASTNode): ASTNode[] {
  const args: unknown[] = Array.isArray(node.args) ? node.args.flat() : [node.args];
  return args.filter((arg): arg is ASTNode => typeof arg === 'object' && arg !== null && 'op' in arg);
}
