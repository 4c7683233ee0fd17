// The search parameters of R4's resources (searchparameter-registry.html), and those of IHE, made of their lines when a type is first
// asked for. What indexes a resource and what reads a query both go by this table.

import { resourceTypes } from '../definitions.ts';
import { type Expression, parseExpression } from './expression.ts';
import { iheParameterLines } from './ihe-parameters.ts';
import { parameterLines } from './parameters.generated.ts';

/** R4 search.html#ptypes; `special` is not offered. */
export type ParameterKind = 'number' | 'date' | 'string' | 'token' | 'reference' | 'composite' | 'quantity' | 'uri';

export interface SearchParameter {
  name: string;
  kind: ParameterKind;
  expression: Expression;
  /** Of a reference: the types it may refer to; undefined for any. */
  targets?: ReadonlySet<string>;
  /** Of codes and booleans, which do not say their system: those that they may be of. */
  systems?: ReadonlySet<string>;
  /** Of a composite, each from where the composite's own expression leads. */
  components: readonly SearchParameter[];
}

const tables = new Map<string, ReadonlyMap<string, SearchParameter>>();

/** By name: those of the type, and those of every resource. Empty for what is no type of R4. */
export function parametersOf(type: string): ReadonlyMap<string, SearchParameter> {
  const known = tables.get(type);
  if (known !== undefined) return known;
  if (!resourceTypes.has(type)) return none;
  const lines = [parameterLines.Resource, parameterLines[type], iheParameterLines[type]].flatMap((each) => each ?? []);
  const table = new Map(lines.map(parameterOf).map((parameter) => [parameter.name, parameter]));
  tables.set(type, table);
  return table;
}

const none: ReadonlyMap<string, SearchParameter> = new Map();

function parameterOf(line: string): SearchParameter {
  const [name, own, ...components] = line.split(' ') as [string, string, ...string[]];
  return { ...pieceOf(name, own), components: components.map((piece, at) => pieceOf(componentName(name, at), piece)) };
}

/** Under which a component of a composite is indexed. */
export const componentName = (composite: string, at: number): string => `${composite}$${at}`;

const written = /^(\w+):([^>]*?)(?:>(.+)|=(\w+:.+))?$/;

function pieceOf(name: string, piece: string): SearchParameter {
  const [, kind, expression, targets, systems] = written.exec(piece)!;
  return {
    name,
    kind: kind as ParameterKind,
    expression: parseExpression(expression!),
    targets: targets === undefined || targets === '*' ? undefined : new Set(targets.split('|')),
    systems: systems === undefined ? undefined : new Set(systems.split('|')),
    components: [],
  };
}
