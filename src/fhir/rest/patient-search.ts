// IHE PDQm Patient Demographics Query (ITI-78): the search of R4 over persons, in pages that hold still.

import type { Bundle } from '@medplum/fhirtypes';
import type { QueryParameter } from '../../base/http/query-string.ts';
import type { Criterion } from '../patient-query.ts';
import { subset } from '../subset.ts';
import type { Answer, Exchange } from './exchange.ts';
import type { PatientPage, PersonPatient } from './handlers.ts';
import { searchBundle } from './search-bundle.ts';
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

function bundleOf({ patients, ...page }: PatientPage, asked: SearchRequest, baseUrl: string): Bundle {
  const { query, summary, elements, understood, ignored } = asked;
  const systems = returnedSystems(query.criteria);
  const matches = patients.map((patient) => subset(withIdentifiersOf(patient, systems), summary, elements));
  return searchBundle({ baseUrl, type: 'Patient', understood, ignored, matches, ...page, cursor: query.cursor });
}

/** ITI-78 2:3.78.4.1.2.3: systems without a value say which identifiers are wanted; none: all. */
function returnedSystems(criteria: readonly Criterion[]): ReadonlySet<string> | undefined {
  const systems = criteria
    .filter(({ parameter, modifier }) => parameter === 'identifier' && modifier === undefined)
    .flatMap(({ values }) => values)
    .filter(({ text, system }) => text === '' && system !== undefined && system !== '');
  return systems.length === 0 ? undefined : new Set(systems.map(({ system }) => system!));
}

function withIdentifiersOf(patient: PersonPatient, systems: ReadonlySet<string> | undefined): PersonPatient {
  if (systems === undefined) return patient;
  return {
    ...patient,
    identifier: patient.identifier?.filter(({ system }) => system !== undefined && systems.has(system)),
  };
}
