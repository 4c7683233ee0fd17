// Rows of the audit as AuditEvents (R4 auditevent.html, IHE BALP): who did what, through which door, to what, and how it
// ended.

import type { AuditEvent, AuditEventEntity, Coding } from '@medplum/fhirtypes';
import type { AuditRow } from '../../audit/entry.ts';
import { readAudit } from '../../audit/read-audit.ts';
import { Problem, type ProblemCode, problems } from '../../base/problem.ts';
import type { AuditPage, AuditQuery } from '../../fhir/rest/audit-handlers.ts';
import type { Database } from '../../storage/database.ts';
import type { Asker } from '../doors/fhir-handlers.ts';

export class AuditEvents {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async search({ tenant }: Asker, { count, cursor, entity, ...span }: AuditQuery): Promise<AuditPage> {
    if (count === 0) return { events: [] };
    const [at, id] = cursor?.split('.') ?? [];
    const rows = await readAudit(this.#database, tenant, {
      ...span,
      ...(entity !== undefined && { resource: entity }),
      ...(id !== undefined && { after: { at: new Date(Number(at)), id } }),
      limit: count,
    });
    const last = rows.length === count ? rows.at(-1) : undefined;
    return { events: rows.map(eventOf), ...(last && { next: `${last.at.getTime()}.${last.id}` }) };
  }

  async read({ tenant }: Asker, id: string): Promise<AuditEvent & { id: string }> {
    const [row] = /^[1-9]\d{0,17}$/.test(id) ? await readAudit(this.#database, tenant, { id, limit: 1 }) : [];
    if (row === undefined) throw new Problem('catalogue/not-found', { what: 'AuditEvent' });
    return eventOf(row);
  }
}

const DCM = 'http://dicom.nema.org/resources/ontology/DCM';
const REST = { system: 'http://terminology.hl7.org/CodeSystem/audit-event-type', code: 'rest' };

/** PS3.16 CID 400, CID 404 and CID 405. */
const types: Readonly<Record<string, Coding>> = {
  search: { system: DCM, code: '110112', display: 'Query' },
  retrieve: { system: DCM, code: '110104', display: 'DICOM Instances Transferred' },
  store: { system: DCM, code: '110104', display: 'DICOM Instances Transferred' },
  'sign-in': { system: DCM, code: '110114', display: 'User Authentication' },
  admit: { system: DCM, code: '110114', display: 'User Authentication' },
};
const activity: Coding = { system: DCM, code: '110100', display: 'Application Activity' };

/** http://hl7.org/fhir/ValueSet/audit-event-action */
const actions: Readonly<Record<string, AuditEvent['action']>> = {
  search: 'E',
  retrieve: 'R',
  store: 'U',
  hide: 'U',
  purge: 'D',
};

function eventOf({
  id,
  at,
  principal,
  action,
  outcome,
  door,
  remoteAddress,
  ...row
}: AuditRow): AuditEvent & { id: string } {
  const entity = entitiesOf(row);
  const code = actions[action] ?? 'E';
  return {
    resourceType: 'AuditEvent',
    id,
    meta: { versionId: '1', lastUpdated: at.toISOString() },
    type: door === 'fhir' ? REST : (types[action] ?? activity),
    subtype: [{ code: action }],
    action: code,
    recorded: at.toISOString(),
    outcome: outcomeCode(outcome),
    ...(outcome !== 'success' && { outcomeDesc: outcome }),
    agent: [
      {
        who: { identifier: { value: principal } },
        requestor: true,
        ...(remoteAddress !== undefined && { network: { address: remoteAddress, type: '2' as const } }),
      },
    ],
    source: { observer: { display: `Fascia, ${door}` } },
    ...(entity.length > 0 ? { entity } : {}),
  };
}

/** http://hl7.org/fhir/ValueSet/audit-event-outcome: what was refused, and what failed. */
function outcomeCode(outcome: string): AuditEvent['outcome'] {
  if (outcome === 'success') return '0';
  return (problems[outcome as ProblemCode]?.http ?? 400) >= 500 ? '8' : '4';
}

function entitiesOf({ studyUid, resource, query, requestId }: Partial<AuditRow>): AuditEventEntity[] {
  return [
    ...(resource?.includes('/') ? [{ what: { reference: resource } }] : []),
    ...(studyUid === undefined
      ? []
      : [{ what: { identifier: { system: 'urn:dicom:uid', value: `urn:oid:${studyUid}` } } }]),
    // As the client sent it (BALP: base64).
    ...(query === undefined ? [] : [{ query: Buffer.from(query).toString('base64') }]),
    ...(requestId === undefined ? [] : [{ what: { identifier: { value: requestId } } }]),
  ];
}
