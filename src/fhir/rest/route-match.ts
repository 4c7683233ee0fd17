// Which rows of the table a path is of.

import { decode } from '../../base/http/query-string.ts';
import { Problem } from '../../base/problem.ts';
import { resourceTypes } from '../definitions.ts';
import type { Match, Route } from './route.ts';
import { routes } from './routes.ts';

interface Pattern {
  segments: readonly string[];
  rows: readonly Route[];
}

const patterns: readonly Pattern[] = [...Map.groupBy(routes, (route) => route.path)].map(([path, rows]) => ({
  segments: path.slice(1).split('/'),
  rows,
}));
/** By what a path begins with: nearly all begin with a type. */
const byFirst = Map.groupBy(patterns, ({ segments }) => segments[0]!);

/** The rows whose path `rawPath` is. Throws Problem catalogue/not-found, fhir/unknown-type where there is none. */
export function matchRoutes(rawPath: string): Match {
  const segments = rawPath.replace(/^\//, '').replace(/\/$/, '').split('/').map(decode);
  const [type] = segments as [string];
  const ofType = byFirst.get(type);
  for (const { segments: pattern, rows } of ofType ?? []) {
    const path = matchSegments(pattern, segments);
    if (path !== undefined) return { routes: rows, path };
  }
  if (ofType !== undefined) throw new Problem('catalogue/not-found', { what: 'resource' });
  throw new Problem('fhir/unknown-type', { resourceType: resourceTypes.has(type) ? type : 'this' });
}

function matchSegments(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const path: Record<string, string> = {};
  for (const [at, part] of pattern.entries()) {
    const segment = segments[at]!;
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined ? segment !== part : segment === '' || /^[$_]/.test(segment)) return undefined;
    if (name !== undefined) path[name] = segment;
  }
  return path;
}
