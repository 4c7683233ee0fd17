// IHE PDQm Patient Demographics Query (ITI-78): the search of R4 over persons, in pages that hold still.

import type { Bundle, BundleEntry, Patient } from '@medplum/fhirtypes';
import type { QueryParameter } from '../../base/http/query-string.ts';
import type { Criterion } from '../patient-query.ts';
import { subset } from '../subset.ts';
import type { Answer, Exchange } from './exchange.ts';
import type { PatientPage } from './handlers.ts';
import { type SearchRequest, searchRequest } from './search-request.ts';

export const searchPatients = (exchange: Exchange): Promise<Answer> => search(exchange, exchange.query);

/** R4 http.html#search: the parameters of the URL count too. */
export async function searchPatientsByForm(exchange: Exchange): Promise<Answer> {
  return search(exchange, [...exchange.query, ...(await exchange.form())]);
}

async function search(
  { handlers, request, headers }: Exchange,
  parameters: readonly QueryParameter[],
): Promise<Answer> {
  const asked = searchRequest(parameters, headers.prefer as string | undefined);
  const page = await handlers.identity.search(request, asked.query);
  return { status: 200, resource: bundleOf(page, asked, request.baseUrl) };
}

function bundleOf({ patients, total, next }: PatientPage, asked: SearchRequest, baseUrl: string): Bundle {
  const systems = returnedSystems(asked.query.criteria);
  const entry: BundleEntry[] = patients.map((patient) => ({
    fullUrl: `${baseUrl}/Patient/${patient.id}`,
    resource: subset(withIdentifiersOf(patient, systems), asked.summary, asked.elements),
    search: { mode: 'match' },
  }));
  if (asked.ignored.length > 0) entry.push(ignoredEntry(asked.ignored));
  const self = linkTo(baseUrl, asked.understood);
  const cursor =
    next === undefined
      ? []
      : [{ relation: 'next' as const, url: linkTo(baseUrl, [...asked.understood, { name: '_cursor', value: next }]) }];
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    ...(total !== undefined && { total }),
    link: [{ relation: 'self', url: self }, ...cursor],
    ...(entry.length > 0 ? { entry } : {}),
  };
}

/** ITI-78 2:3.78.4.1.2.3: systems without a value say which identifiers are wanted; none: all. */
function returnedSystems(criteria: readonly Criterion[]): ReadonlySet<string> | undefined {
  const systems = criteria
    .filter(({ parameter, modifier }) => parameter === 'identifier' && modifier === undefined)
    .flatMap(({ values }) => values)
    .filter(({ text, system }) => text === '' && system !== undefined && system !== '');
  return systems.length === 0 ? undefined : new Set(systems.map(({ system }) => system!));
}

function withIdentifiersOf(patient: Patient, systems: ReadonlySet<string> | undefined): Patient {
  if (systems === undefined) return patient;
  return {
    ...patient,
    identifier: patient.identifier?.filter(({ system }) => system !== undefined && systems.has(system)),
  };
}

/** R4 search.html#errors: what was ignored is said beside the matches. */
const ignoredEntry = (names: readonly string[]): BundleEntry => ({
  resource: {
    resourceType: 'OperationOutcome',
    issue: names.map((name) => ({
      severity: 'warning',
      code: 'not-supported',
      diagnostics: `the search parameter ${name} was ignored`,
    })),
  },
  search: { mode: 'outcome' },
});

function linkTo(baseUrl: string, parameters: readonly QueryParameter[]): string {
  const query = parameters
    .map(({ name, value }) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
  return `${baseUrl}/Patient${query === '' ? '' : `?${query}`}`;
}
