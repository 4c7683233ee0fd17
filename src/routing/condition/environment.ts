// The language of conditions: CEL (the Common Expression Language) over the table of facts. Every name is declared with its
// type, so a misspelt one is refused before it can decide anything. Left out is what could take long (`matches`, a
// backtracking expression) or what would not be checked (`has`); `like` and `known` stand in their place.

import { Environment } from '@marcbachmann/cel-js';
import { matchesPattern } from '../../dicom/wildcards.ts';
import { type FactRow, factTable, priorTable, seriesTable } from '../facts.ts';
import { groupClasses, PriorGroup, SeriesGroup } from './prepared-facts.ts';

export const limits = {
  /** Nodes of an expression, and how deep they lie in each other. */
  nodes: 1000,
  depth: 100,
  /** Steps that an expression may take for a study of `seriesAssumed` series. */
  steps: 50_000,
  seriesAssumed: 1000,
} as const;

const celTypes = {
  text: 'string',
  texts: 'list<string>',
  integer: 'int',
  number: 'double',
  yes: 'bool',
  moment: 'google.protobuf.Timestamp',
} as const satisfies Record<FactRow['kind'], string>;

/** What is asked of a study. */
export const studyEnvironment = environment();

/** What is asked of each of its series; the study is known too. */
export const seriesEnvironment = studyEnvironment.clone().registerVariable('series', 'Series');

/** What is asked of each study of the same person that may be pulled. */
export const priorEnvironment = studyEnvironment
  .clone()
  .registerType('Prior', { ctor: PriorGroup, fields: fieldsOf(priorTable) })
  .registerVariable('prior', 'Prior');

function environment(): Environment {
  const cel = new Environment({ limits: { maxAstNodes: limits.nodes, maxDepth: limits.depth } });
  cel.registerType('Series', { ctor: SeriesGroup, fields: fieldsOf(seriesTable) });
  for (const [group, rows] of Object.entries(factTable)) {
    const type = `${group[0]!.toUpperCase()}${group.slice(1)}`;
    const fields = group === 'study' ? { ...fieldsOf(rows), series: 'list<Series>' } : fieldsOf(rows);
    cel.registerType(type, { ctor: groupClasses[group as keyof typeof factTable], fields });
    cel.registerVariable(group, type);
  }
  cel.registerVariable('tenant', 'string');
  cel.registerFunction('string.like(string): bool', (value: string, pattern: string) =>
    // As in DICOM matching (PS3.4 C.2.2.2.4), but capitals do not matter.
    matchesPattern(value.toLowerCase(), pattern.toLowerCase()),
  );
  cel.registerFunction('known(ast): bool', known);
  return cel;
}

function fieldsOf(rows: Record<string, FactRow>): Record<string, string> {
  return Object.fromEntries(Object.entries(rows).map(([name, { kind }]) => [name, celTypes[kind]]));
}

interface Checker {
  check(node: unknown, context: unknown): unknown;
  getType(name: string): unknown;
}

/** Whether a fact is known and not empty. CEL's own `has` looks at its argument only when it is evaluated. */
function known({ args }: { args: unknown[] }) {
  return {
    async: false,
    typeCheck(checker: Checker, _macro: unknown, context: unknown) {
      checker.check(args[0], context);
      return checker.getType('bool');
    },
    evaluate(evaluator: { tryEval(node: unknown, context: unknown): unknown }, _macro: unknown, context: unknown) {
      const value = evaluator.tryEval(args[0], context);
      return !(
        value instanceof Error ||
        value === undefined ||
        value === '' ||
        (Array.isArray(value) && !value.length)
      );
    },
  };
}
