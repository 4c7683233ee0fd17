// The CapabilityStatement (R4 capabilitystatement.html): what this door offers, made of the table of routes by which
// requests are answered and of the table of search parameters.

import type { CapabilityStatement, CapabilityStatementRestResource } from '@medplum/fhirtypes';
import { imagingStudyIncludes, imagingStudyParameters } from '../imaging-study-query.ts';
import { patientParameters } from '../patient-query.ts';
import type { Answer, Exchange } from './exchange.ts';
import { mediaTypes } from './negotiate.ts';
import type { Route } from './routes.ts';

/** The day on which what is said here was last changed. */
const CHANGED = '2026-11-23';

/** The actors of IHE whose statements this one fulfils. */
const instantiates = [
  'https://profiles.ihe.net/ITI/PIXm/CapabilityStatement/IHE.PIXm.Manager',
  'https://profiles.ihe.net/ITI/PDQm/CapabilityStatement/IHE.PDQm.PatientDemographicsSupplier',
  'https://profiles.ihe.net/ITI/PDQm/CapabilityStatement/IHE.PDQm.PatientDemographicsSupplierMatch',
];

export async function capabilities({ request }: Exchange, routes: readonly Route[]): Promise<Answer> {
  const statement: CapabilityStatement = {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: CHANGED,
    kind: 'instance',
    instantiates,
    software: { name: 'Fascia' },
    implementation: { description: 'Fascia, imaging interoperability', url: request.baseUrl },
    fhirVersion: '4.0.1',
    format: [...Object.values(mediaTypes), 'json', 'xml'],
    rest: [
      {
        mode: 'server',
        security: { cors: true, description: 'a Bearer token (RFC 6750) or a session; this statement needs none' },
        resource: [...Map.groupBy(routes.filter(isOfType), typeOf)].map(([type, rows]) => resourceOf(type, rows)),
      },
    ],
  };
  return { status: 200, resource: statement };
}

const isOfType = ({ path }: Route): boolean => /^\/[A-Z]/.test(path);
const typeOf = ({ path }: Route): string => path.split('/')[1]!;

/** What is searched by, and what comes along; a type that is not here is read only. */
const searchable: Readonly<Record<string, Partial<CapabilityStatementRestResource>>> = {
  Patient: { searchParam: Object.entries(patientParameters).map(([name, { type }]) => ({ name, type })) },
  ImagingStudy: {
    searchParam: Object.entries(imagingStudyParameters).map(([name, type]) => ({ name, type })),
    searchInclude: imagingStudyIncludes.map((name) => `ImagingStudy:${name}`),
  },
};

function resourceOf(type: string, rows: readonly Route[]): CapabilityStatementRestResource {
  const interactions = new Set(rows.flatMap(({ interaction }) => interaction ?? []));
  const operations = new Map(
    rows.flatMap(({ operation }) => (operation === undefined ? [] : [[operation.name, operation]])),
  );
  return {
    type: type as CapabilityStatementRestResource['type'],
    interaction: [...interactions].map((code) => ({ code })),
    versioning: 'versioned',
    readHistory: false,
    conditionalRead: 'not-match',
    conditionalUpdate: rows.some(({ conditional }) => conditional === 'update'),
    conditionalDelete: rows.some(({ conditional }) => conditional === 'delete') ? 'single' : 'not-supported',
    ...searchable[type],
    ...(operations.size > 0 && { operation: [...operations.values()] }),
  };
}
