// Reports as DiagnosticReports among the resources of FHIR: one of each report, which a correction or an addendum gives another
// version. What a report came as stays where it came: the message among the messages, the document among the instances.

import { createHash } from 'node:crypto';
import type { DiagnosticReport, Resource } from '@medplum/fhirtypes';
import { isRawNumber } from '../../fhir/json.ts';
import type { TenantPeople } from '../../ingest/identify/tenant-people.ts';
import {
  currentVersions,
  keptVersion,
  resourceOf,
  type StoredVersion,
  type WrittenKey,
  writeVersion,
} from '../../storage/fhir-resources.ts';
import { orderedStudy, studiesNamed } from '../../storage/report-documents.ts';
import type { Transaction } from '../../storage/transaction.ts';
import { imagingStudyId } from '../../translate/imaging-study-id.ts';
import type { OrderNumber } from '../../translate/order.ts';
import { diagnosticReportOf } from '../../translate/report/diagnostic-report.ts';
import { identityOf, type Report } from '../../translate/report/report.ts';
import type { Core } from '../core.ts';
import { matchingResources } from '../fhir/matching.ts';
import { ownWriters } from '../fhir/own-writers.ts';
import { outside, type Scope } from '../fhir/scope.ts';
import { ofSamePerson } from './study-of-report.ts';
import { subjectOf } from './subject-of-report.ts';

export const limits = {
  /** Reports that are looked at which have one number. */
  sameNumber: 20,
} as const;

export const TYPE = 'DiagnosticReport';

export interface ReportOrigin {
  tenant: number;
  /** Where the original lies, as a URI: Resource.meta.source. */
  source: string;
  /** Of a report that says of itself which it is: a document that takes the place of another. */
  id?: string;
}

export class ReportStore {
  readonly #core: Core;
  readonly #scope: Scope;

  constructor(core: Core) {
    this.#core = core;
    this.#scope = outside(core.database);
  }

  /**
   * Resolves to the version that the report is now, durable; to the one that is there where this one is older, or says the
   * same.
   */
  async keep(report: Report, origin: ReportOrigin): Promise<StoredVersion> {
    const { tenant } = origin;
    const { people, authorities } = await this.#core.identity();
    const systems = authorities.of(tenant);
    const { issuer, patientId } = report.patient;
    const registration = { issuer, id: patientId };
    const number = identityOf(report);
    const system = number?.issuer ? systems.systemOf(number.issuer) : '';
    const identifier = number && `${escaped(system)}|${escaped(number.number)}`;
    const subject = await subjectOf(this.#core, tenant, report.patient);
    const studyInstanceUid = await this.#studyOf(tenant, report);
    const known = studyInstanceUid === undefined ? report : { ...report, studyInstanceUid };
    const reference = studyInstanceUid && `ImagingStudy/${imagingStudyId({ tenant, studyInstanceUid })}`;
    const content = diagnosticReportOf(known, { systems, subject, ...(reference && { imagingStudy: { reference } }) });
    const resource = { ...content, ...numberedBy(content, origin), meta: { source: origin.source } };
    const isSame = (other: string | undefined) =>
      other === subject.reference || isOnePerson(people.of(tenant), other, registration);
    return this.#scope.transact(async (transaction) => {
      const name = `report ${tenant} ${identifier ?? origin.source}`;
      await transaction.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [name]);
      const own = `${identifier ?? origin.source} ${subject.reference}`;
      const id = origin.id ?? (await this.#idOf(transaction, tenant, identifier, isSame)) ?? idNamed(tenant, own);
      return this.#write(transaction, { tenant, type: TYPE, id, by: ownWriters.reports }, resource);
    });
  }

  /** The one that it names, that its order gave, or that is here under its accession number and is the same person's. */
  async #studyOf(tenant: number, report: Report): Promise<string | undefined> {
    const { studyInstanceUid, accession, placer, filler, patient } = report;
    if (studyInstanceUid !== undefined) return studyInstanceUid;
    const key = (number: OrderNumber | undefined) => number && `${number.issuer}|${number.number}`;
    const numbers = { accessionNumber: accession?.number, placer: key(placer), filler: key(filler) };
    const ordered = await orderedStudy(this.#core.database, tenant, { ...numbers, patientId: patient.patientId });
    if (ordered !== undefined || accession === undefined) return ordered;
    const named = await studiesNamed(this.#core.database, tenant, { accessionNumber: accession.number });
    return (await ofSamePerson(this.#core, tenant, report, named))?.studyInstanceUid;
  }

  async #write(transaction: Transaction, key: WrittenKey, resource: DiagnosticReport): Promise<StoredVersion> {
    const current = await keptVersion(transaction, key);
    const before = current?.text === undefined ? undefined : (resourceOf(current) as DiagnosticReport);
    if (before !== undefined && (isOlder(resource, before) || saysTheSame(resource, before))) return current!;
    return writeVersion(transaction, key, before === undefined ? 'POST' : 'PUT', () => resource as Resource);
  }

  /** Of the report with this number, whoever wrote it, where it is about the same person; the oldest of several. */
  async #idOf(
    transaction: Transaction,
    tenant: number,
    identifier: string | undefined,
    isSame: (subject: string | undefined) => boolean,
  ): Promise<string | undefined> {
    if (identifier === undefined) return undefined;
    const query = [{ name: 'identifier', value: identifier }];
    const ids = await matchingResources(transaction, { tenant, type: TYPE, query, limit: limits.sameNumber });
    const found = await currentVersions(transaction, { tenant, type: TYPE }, ids);
    return found.find((each) => isSame((resourceOf(each) as DiagnosticReport).subject?.reference))?.id;
  }
}

function isOnePerson(people: TenantPeople, subject = '', registration: { issuer: string; id: string }): boolean {
  const person = people.personOf(registration);
  return person !== undefined && people.person(subject.replace('Patient/', ''))?.id === person;
}

/** R4 search.html#escaping. */
const escaped = (text: string): string => text.replace(/[\\,$|]/g, '\\$&');

/** A document that has no number of its own is known by its UID. */
const numberedBy = (
  { identifier = [] }: DiagnosticReport,
  { source }: ReportOrigin,
): Pick<DiagnosticReport, 'identifier'> =>
  identifier.length > 0 || !source.startsWith('urn:oid:')
    ? {}
    : { identifier: [{ system: 'urn:dicom:uid', value: source }] };

const idNamed = (tenant: number, name: string): string =>
  `report-${createHash('sha256').update(`${tenant} ${name}`).digest('hex').slice(0, 32)}`;

/** Messages may overtake each other. */
const isOlder = ({ issued }: DiagnosticReport, before: DiagnosticReport): boolean =>
  issued !== undefined && before.issued !== undefined && Date.parse(issued) < Date.parse(before.issued);

/** But for id and meta. */
function saysTheSame(one: DiagnosticReport, other: DiagnosticReport): boolean {
  const content = ({ id: _, meta: __, ...elements }: DiagnosticReport) => JSON.stringify(sorted(elements));
  return content(one) === content(other);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null || isRawNumber(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, each]) => [name, sorted(each)]),
  );
}
