// The interactions of R4's RESTful API that this door has, one row each. Requests are answered, and the
// CapabilityStatement is made, by this table.

import { storedTypes } from '../served-types.ts';
import { operations } from '../subscriptions/profile.ts';
import { allTopics } from '../subscriptions/topics.ts';
import { batchOrTransaction } from './bundle/batch.ts';
import { capabilities } from './capability-statement.ts';
import { crossReference } from './cross-reference.ts';
import { WADO_RS_ENDPOINT } from './handlers.ts';
import { removePatient, revisePatient } from './identity-feed.ts';
import {
  readImagingStudy,
  readManifest,
  readWadoEndpoint,
  searchImagingStudies,
  searchImagingStudiesByForm,
} from './imaging-studies.ts';
import { matchPatient } from './match.ts';
import { searchPatients, searchPatientsByForm } from './patient-search.ts';
import { readAuditEvent, searchAuditEvents } from './resources/audit-events.ts';
import { createBinary, readBinary, updateBinary } from './resources/binary.ts';
import { everything } from './resources/everything.ts';
import { endExport, exportFile, exportGroup, exportPatients, exportStatus, exportSystem } from './resources/export.ts';
import { history } from './resources/history.ts';
import { readResource, readVersion } from './resources/read.ts';
import { renderReport } from './resources/render.ts';
import { validateResource } from './resources/validate.ts';
import {
  createResource,
  patchMatching,
  patchResource,
  removeMatching,
  removeResource,
  updateMatching,
  updateResource,
} from './resources/write.ts';
import type { Route } from './route.ts';
import { searchResources, searchResourcesByForm } from './search-resources.ts';
import { bindingToken, readTopic, searchBasics, subscriptionEvents, subscriptionStatus } from './subscriptions.ts';

const PIX = { name: 'ihe-pix', definition: 'https://profiles.ihe.net/ITI/PIXm/OperationDefinition/IHE.PIXm.pix' };
const standard = (name: string, of: string) => ({
  name,
  definition: `http://hl7.org/fhir/OperationDefinition/${of}-${name}`,
});
const MATCH = standard('match', 'Patient');
const EVERYTHING = standard('everything', 'Patient');
/** Nobody has defined one: what comes of it is IHE's. */
const MANIFEST = {
  name: 'manifest',
  definition: 'https://profiles.ihe.net/RAD/MADO/StructureDefinition/MadoFhirBundle',
};
const VALIDATE = standard('validate', 'Resource');

/** Ours: docs/results.md. */
const RENDER = { name: 'render', definition: 'urn:fascia:OperationDefinition:DiagnosticReport-render' };

const exporting = (name: string) => ({
  name: 'export',
  definition: `http://hl7.org/fhir/uv/bulkdata/OperationDefinition/${name}`,
});
const EXPORT = exporting('export');
const EXPORT_PATIENTS = exporting('patient-export');
const EXPORT_GROUP = exporting('group-export');

type Row = Omit<Route, 'type' | 'path'> & { path: string };

/** Rows of one type: paths begin with it. */
const of = (type: string, rows: readonly Row[]): Route[] =>
  rows.map(({ path, ...row }) => ({ ...row, type, path: `/${type}${path}` }));

/** What every resource has that is kept. */
const kept: readonly Row[] = [
  { method: 'GET', path: '/{id}', action: readResource, interaction: 'read', conditional: 'read' },
  { method: 'PUT', path: '/{id}', action: updateResource, interaction: 'update' },
  { method: 'PATCH', path: '/{id}', action: patchResource, interaction: 'patch' },
  { method: 'DELETE', path: '/{id}', action: removeResource, interaction: 'delete' },
  { method: 'GET', path: '/{id}/_history', action: history, interaction: 'history-instance' },
  { method: 'GET', path: '/{id}/_history/{vid}', action: readVersion, interaction: 'vread' },
  { method: 'GET', path: '/_history', action: history, interaction: 'history-type' },
  { method: 'POST', path: '', action: createResource, interaction: 'create', conditional: 'create' },
  { method: 'POST', path: '/$validate', action: validateResource, operation: VALIDATE },
  { method: 'POST', path: '/{id}/$validate', action: validateResource, operation: VALIDATE },
];

/** Patients are named by their identifiers instead: ITI-104. */
const byCriteria: readonly Row[] = [
  { method: 'PUT', path: '', action: updateMatching, conditional: 'update' },
  { method: 'PATCH', path: '', action: patchMatching },
  { method: 'DELETE', path: '', action: removeMatching, conditional: 'delete' },
];

/** By R4's parameters of the type (search/parameters.generated.ts). */
const searched: readonly Row[] = [
  { method: 'GET', path: '', action: searchResources, interaction: 'search-type' },
  { method: 'POST', path: '/_search', action: searchResourcesByForm, interaction: 'search-type' },
];

/** R4 binary.html#rest: as they are, unless asked for as a resource. */
const binary: readonly Row[] = [
  {
    method: 'GET',
    path: '/{id}',
    action: readBinary,
    interaction: 'read',
    conditional: 'read',
    isNative: true,
  },
  { method: 'PUT', path: '/{id}', action: updateBinary, interaction: 'update' },
  { method: 'POST', path: '', action: createBinary, interaction: 'create', conditional: 'create' },
];

/** HL7 Bulk Data Access: files are no FHIR, and a client asks for them by their own media type. */
const exported: readonly Route[] = [
  { method: 'GET', path: '/$export', action: exportSystem, operation: EXPORT },
  { method: 'POST', path: '/$export', action: exportSystem, operation: EXPORT },
  { method: 'GET', path: '/$export/{id}', action: exportStatus, isNative: true },
  { method: 'DELETE', path: '/$export/{id}', action: endExport, isNative: true },
  { method: 'GET', path: '/$export/{id}/{name}', action: exportFile, isNative: true },
];

/** R4 Subscriptions Backport; with GET and POST alike, in a URL or as Parameters. */
const subscribed: readonly Row[] = (['GET', 'POST'] as const).flatMap((method): Row[] => [
  { method, path: '/$status', action: subscriptionStatus, operation: operations.status },
  { method, path: '/{id}/$status', action: subscriptionStatus, operation: operations.status },
  { method, path: '/{id}/$events', action: subscriptionEvents, operation: operations.events },
  { method, path: '/$get-ws-binding-token', action: bindingToken, operation: operations.bindingToken },
  { method, path: '/{id}/$get-ws-binding-token', action: bindingToken, operation: operations.bindingToken },
]);

/** The first row of a method and a path counts. */
export const routes: readonly Route[] = [
  { method: 'GET', path: '/metadata', action: (exchange) => capabilities(exchange, routes), isPublic: true },
  { method: 'POST', path: '/', action: batchOrTransaction, interaction: ['transaction', 'batch'] },
  { method: 'GET', path: '/_history', action: history, interaction: 'history-system' },
  { method: 'GET', path: '/', action: searchResources, interaction: 'search-system' },
  { method: 'POST', path: '/_search', action: searchResourcesByForm, interaction: 'search-system' },
  ...exported,
  ...of('Patient', [
    { method: 'GET', path: '/$export', action: exportPatients, operation: EXPORT_PATIENTS },
    { method: 'POST', path: '/$export', action: exportPatients, operation: EXPORT_PATIENTS },
    // IHE PIXm: ITI-83, ITI-104
    { method: 'GET', path: '/$ihe-pix', action: crossReference, operation: PIX },
    { method: 'POST', path: '/$ihe-pix', action: crossReference, operation: PIX },
    { method: 'PUT', path: '', action: revisePatient, conditional: 'update' },
    { method: 'DELETE', path: '', action: removePatient, conditional: 'delete' },
    // IHE PDQm: ITI-119, ITI-78
    { method: 'POST', path: '/$match', action: matchPatient, operation: MATCH },
    { method: 'GET', path: '', action: searchPatients, interaction: 'search-type' },
    { method: 'POST', path: '/_search', action: searchPatientsByForm, interaction: 'search-type' },
    { method: 'GET', path: '/{id}/$everything', action: everything, operation: EVERYTHING },
    { method: 'POST', path: '/{id}/$everything', action: everything, operation: EVERYTHING },
    ...kept,
  ]),
  // Made of the catalogue: there is nothing to write.
  ...of('ImagingStudy', [
    { method: 'GET', path: '', action: searchImagingStudies, interaction: 'search-type' },
    { method: 'POST', path: '/_search', action: searchImagingStudiesByForm, interaction: 'search-type' },
    { method: 'GET', path: '/{id}', action: readImagingStudy, interaction: 'read' },
    // IHE MADO
    { method: 'GET', path: '/{id}/$manifest', action: readManifest, operation: MANIFEST, isNative: true },
  ]),
  ...of('Endpoint', [{ method: 'GET', path: `/${WADO_RS_ENDPOINT}`, action: readWadoEndpoint, interaction: 'read' }]),
  ...of('AuditEvent', [
    { method: 'GET', path: '', action: searchAuditEvents, interaction: 'search-type' },
    { method: 'GET', path: '/{id}', action: readAuditEvent, interaction: 'read' },
  ]),
  ...of('Subscription', subscribed),
  ...of('Basic', [
    ...allTopics.map((topic) => ({ method: 'GET', path: `/${topic.id}`, action: readTopic(topic) }) as const),
    { method: 'GET', path: '', action: searchBasics, interaction: 'search-type' },
  ]),
  ...of('DiagnosticReport', [
    { method: 'GET', path: '/{id}/$render', action: renderReport, operation: RENDER, isNative: true },
  ]),
  ...of('Binary', binary),
  ...of('Group', [
    { method: 'GET', path: '/{id}/$export', action: exportGroup, operation: EXPORT_GROUP },
    { method: 'POST', path: '/{id}/$export', action: exportGroup, operation: EXPORT_GROUP },
  ]),
  ...storedTypes.flatMap((type) => of(type, [...kept, ...byCriteria, ...searched])),
];
