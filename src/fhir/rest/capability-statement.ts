// The CapabilityStatement (R4 capabilitystatement.html): what this door offers, made of the table of routes by which
// requests are answered and of the table of search parameters.

import type { CapabilityStatement, CapabilityStatementRestResource } from '@medplum/fhirtypes';
import { imagingStudyIncludes, imagingStudyParameters } from '../imaging-study-query.ts';
import { patientParameters } from '../patient-query.ts';
import { profilesOf } from '../profiles/profiles.ts';
import { parametersOf } from '../search/parameters.ts';
import { storedTypes } from '../served-types.ts';
import { extensions, profiles } from '../subscriptions/profile.ts';
import { allTopics } from '../subscriptions/topics.ts';
import type { Answer, Exchange } from './exchange.ts';
import { mediaTypes } from './negotiate.ts';
import { auditParameters } from './resources/audit-events.ts';
import type { Interaction, Route } from './route.ts';
import { socketsUrl } from './subscriptions.ts';

/** The day on which what is said here was last changed. */
const CHANGED = '2026-11-23';

/** The actors of IHE whose statements this one fulfils. */
const instantiates = [
  'https://profiles.ihe.net/ITI/MHD/CapabilityStatement/IHE.MHD.DocumentRecipient.UnContained',
  'https://profiles.ihe.net/ITI/MHD/CapabilityStatement/IHE.MHD.DocumentResponder',
  'https://profiles.ihe.net/ITI/PIXm/CapabilityStatement/IHE.PIXm.Manager',
  'https://profiles.ihe.net/ITI/PDQm/CapabilityStatement/IHE.PDQm.PatientDemographicsSupplier',
  'https://profiles.ihe.net/ITI/PDQm/CapabilityStatement/IHE.PDQm.PatientDemographicsSupplierMatch',
  profiles.server,
];

export async function capabilities({ request }: Exchange, routes: readonly Route[]): Promise<Answer> {
  const [ofTypes, ofSystem] = [routes.filter(({ type }) => type), routes.filter(({ type }) => !type)];
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
    patchFormat: ['application/json-patch+json', ...Object.values(mediaTypes)],
    rest: [
      {
        extension: [{ url: extensions.websocket, valueUri: socketsUrl(request.baseUrl) }],
        mode: 'server',
        security: { cors: true, description: 'a Bearer token (RFC 6750) or a session; this statement needs none' },
        resource: [...Map.groupBy(ofTypes, ({ type }) => type!)].map(([type, rows]) => resourceOf(type, rows)),
        interaction: interactionsOf(ofSystem),
        ...operationsOf(ofSystem),
      },
    ],
  };
  return { status: 200, resource: statement };
}

function resourceOf(type: string, rows: readonly Route[]): CapabilityStatementRestResource {
  const interaction = interactionsOf(rows);
  const has = (code: Interaction): boolean => interaction.some((each) => each.code === code);
  const can = (what: Route['conditional']): boolean => rows.some(({ conditional }) => conditional === what);
  return {
    ...(type === 'Subscription' && subscriptions),
    type: type as CapabilityStatementRestResource['type'],
    ...(profilesOf(type).length > 0 && { supportedProfile: [...profilesOf(type)] }),
    interaction,
    ...(has('vread') && { versioning: 'versioned-update', readHistory: true, updateCreate: has('update') }),
    ...(has('create') && { conditionalCreate: can('create') }),
    conditionalRead: can('read') ? 'full-support' : 'not-supported',
    conditionalUpdate: can('update'),
    conditionalDelete: can('delete') ? 'single' : 'not-supported',
    ...(has('search-type') && searchOf(type)),
    ...operationsOf(rows),
  };
}

/** Which topics there are is said here in R4. */
const subscriptions: Pick<CapabilityStatementRestResource, 'extension' | 'supportedProfile'> = {
  extension: allTopics.map(({ url }) => ({ url: extensions.topic, valueCanonical: url })),
  supportedProfile: [profiles.subscription],
};

type Searched = Pick<CapabilityStatementRestResource, 'searchParam' | 'searchInclude' | 'searchRevInclude'>;

const named = (
  parameters: Readonly<Record<string, { type: 'string' | 'token' | 'date' | 'reference' }>>,
): Searched['searchParam'] => Object.entries(parameters).map(([name, { type }]) => ({ name, type }));

/** `Type:parameter` of what is kept and may refer to a type. */
function referringTo(type: string): string[] {
  return storedTypes.flatMap((other) =>
    [...parametersOf(other).values()]
      .filter(({ kind, targets }) => kind === 'reference' && (targets === undefined || targets.has(type)))
      .map(({ name }) => `${other}:${name}`),
  );
}

/** Of types that are searched by parameters of their own. */
const ownSearch: Readonly<Record<string, Searched>> = {
  Patient: {
    searchParam: named(patientParameters),
    searchRevInclude: [...referringTo('Patient'), 'ImagingStudy:patient', 'ImagingStudy:subject'],
  },
  AuditEvent: { searchParam: named(auditParameters) },
  ImagingStudy: {
    searchParam: Object.entries(imagingStudyParameters).map(([name, type]) => ({ name, type })),
    searchInclude: imagingStudyIncludes.map((name) => `ImagingStudy:${name}`),
    searchRevInclude: referringTo('ImagingStudy'),
  },
};

function searchOf(type: string): Searched {
  const own = ownSearch[type];
  if (own !== undefined) return own;
  const all = [...parametersOf(type).values()];
  const references = all.filter(({ kind }) => kind === 'reference');
  const referring = referringTo(type);
  return {
    searchParam: all.map(({ name, kind }) => ({ name, type: kind })),
    ...(references.length > 0 && { searchInclude: references.map(({ name }) => `${type}:${name}`) }),
    ...(referring.length > 0 && { searchRevInclude: referring }),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: the types' codes are two lists, of systems and of resources.
const interactionsOf = (rows: readonly Route[]): any[] =>
  [...new Set(rows.flatMap(({ interaction }) => interaction ?? []))].map((code) => ({ code }));

function operationsOf(rows: readonly Route[]): Pick<CapabilityStatementRestResource, 'operation'> {
  const byName = new Map(
    rows.flatMap(({ operation }) => (operation === undefined ? [] : [[operation.name, operation] as const])),
  );
  return byName.size === 0 ? {} : { operation: [...byName.values()] };
}
