// The answer to a search as a Bundle (R4 bundle.html#searchset): what matches, what was included with it, what was ignored,
// and links to the pages around it, made of the parameters that were understood.

import type { Bundle, BundleEntry, BundleLink, Resource } from '@medplum/fhirtypes';
import type { QueryParameter } from '../../base/http/query-string.ts';

export interface SearchPage {
  /** Root of the door, as the client sees it: `https://host/fhir/R4`. */
  baseUrl: string;
  /** Of the resources searched for; names the path of the links. Empty where several types were searched. */
  type: string;
  /** What the page is an answer to. */
  understood: readonly QueryParameter[];
  /** Names of parameters that were ignored. */
  ignored: readonly string[];
  matches: readonly (Resource & { id: string })[];
  included?: readonly (Resource & { id: string })[];
  /** All that match, on every page; absent where they are too many to be counted. */
  total?: number | undefined;
  /** `_cursor` of the next page; absent on the last. */
  next?: string | undefined;
  /** `_cursor` of the page before; absent on the first, and where nobody knows. */
  previous?: string | undefined;
  /** More was to be included than comes along. */
  isCut?: boolean;
  /** `_cursor` of this page; absent on the first. */
  cursor?: string | undefined;
}

/** R4 http.html#paging: links stay true while others write, for a cursor names the entry that a page begins after. */
export function searchBundle(page: SearchPage): Bundle {
  const { baseUrl, ignored, matches, included = [], isCut = false, total, next, previous, cursor } = page;
  const entryOf =
    (mode: 'match' | 'include') =>
    (resource: Resource & { id: string }): BundleEntry => ({
      fullUrl: `${baseUrl}/${resource.resourceType}/${resource.id}`,
      resource,
      search: { mode },
    });
  const entry = [
    ...matches.map(entryOf('match')),
    ...included.map(entryOf('include')),
    ...(ignored.length > 0 || isCut ? [outcomeEntry(ignored, isCut)] : []),
  ];
  const link: BundleLink[] = [{ relation: 'self', url: linkTo(page, cursor) }];
  if (cursor !== undefined) link.push({ relation: 'first', url: linkTo(page) });
  if (previous !== undefined) link.push({ relation: 'previous', url: linkTo(page, previous) });
  if (next !== undefined) link.push({ relation: 'next', url: linkTo(page, next) });
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    ...(total !== undefined && { total }),
    link,
    ...(entry.length > 0 ? { entry } : {}),
  };
}

function linkTo({ baseUrl, type, understood }: SearchPage, cursor?: string): string {
  const parameters = cursor === undefined ? understood : [...understood, { name: '_cursor', value: cursor }];
  const query = parameters
    .map(({ name, value }) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
  return `${baseUrl}/${type}${query === '' ? '' : `?${query}`}`;
}

/** R4 search.html#errors: what was ignored, and what is not all, is said beside the matches. */
const outcomeEntry = (ignored: readonly string[], isCut: boolean): BundleEntry => ({
  resource: {
    resourceType: 'OperationOutcome',
    issue: [
      ...ignored.map((name) => ({
        severity: 'warning' as const,
        code: 'not-supported' as const,
        diagnostics: `the search parameter ${name} was ignored`,
      })),
      ...(isCut ? [cutIssue] : []),
    ],
  },
  search: { mode: 'outcome' },
});

const cutIssue = {
  severity: 'warning',
  code: 'incomplete',
  diagnostics: 'more is to be included than fits on a page; ask for fewer matches at once',
} as const;
