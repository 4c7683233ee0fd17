// Everything by which a resource can be found (R4 search.html): what the expressions of its type's parameters give, as index
// values.

import type { JsonObject } from '../json.ts';
import { datesOf } from './date-values.ts';
import { evaluate, type Typed } from './expression.ts';
import type { IndexValue } from './index-value.ts';
import { type ParameterKind, parametersOf, type SearchParameter } from './parameters.ts';
import { quantitiesOf } from './quantity-values.ts';
import { referencesOf, urisOf } from './reference-values.ts';
import { stringsOf } from './string-values.ts';
import { tokensOf } from './token-values.ts';

/** Of what the catalogue has in columns of its own, nothing is indexed beside them. */
const inColumns: ReadonlySet<string> = new Set(['_id', '_lastUpdated']);

/** Each once. `resource` is one that was read: it is what R4 says it is. */
export function indexValuesOf(resource: JsonObject & { resourceType: string }): IndexValue[] {
  const whole = { value: resource, type: resource.resourceType };
  return [...parametersOf(resource.resourceType).values()]
    .filter(({ name }) => !inColumns.has(name))
    .flatMap((parameter) =>
      parameter.kind === 'composite' ? compositesOf(parameter, whole) : withExtremes(valuesOf(parameter, whole)),
    );
}

function valuesOf({ name, kind, expression }: SearchParameter, from: Typed): IndexValue[] {
  const values = evaluate(expression, from).flatMap((each) => makers[kind](name, each));
  return values.length < 2 ? values : [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

const makers: Readonly<Record<ParameterKind, (parameter: string, value: Typed) => IndexValue[]>> = {
  token: tokensOf,
  string: stringsOf,
  date: datesOf,
  number: quantitiesOf,
  quantity: quantitiesOf,
  reference: referencesOf,
  uri: urisOf,
  composite: () => [],
};

/** R4 search.html#composite: all components are met in one element. */
function compositesOf({ expression, components }: SearchParameter, whole: Typed): IndexValue[] {
  return evaluate(expression, whole).flatMap((from, element) =>
    components.flatMap((component) => valuesOf(component, from).map((value) => ({ ...value, element }))),
  );
}

/** Marks one value of each parameter as the least, and one as the most. */
function withExtremes(values: IndexValue[]): IndexValue[] {
  for (const sorted of Map.groupBy(values.filter(hasKey), ({ parameter }) => parameter).values()) {
    const keys = sorted.map(keyOf);
    const { least, most } = keys.reduce(
      (at, key, now) => ({
        least: key < keys[at.least]! ? now : at.least,
        most: key > keys[at.most]! ? now : at.most,
      }),
      { least: 0, most: 0 },
    );
    sorted[least]!.isLeast = true;
    sorted[most]!.isMost = true;
  }
  return values;
}

const hasKey = (value: IndexValue): boolean => keyOf(value) !== '';

/** What a resource is sorted by. */
function keyOf(value: IndexValue): string | number {
  switch (value.kind) {
    case 'token':
      return value.code ?? '';
    case 'string':
      return value.folded;
    case 'date':
      return value.start ?? '';
    case 'quantity':
      return value.low === undefined ? '' : Number(value.low);
    case 'reference':
      return value.id ?? '';
    case 'uri':
      return value.uri;
  }
}
