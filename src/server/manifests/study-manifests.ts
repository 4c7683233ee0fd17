// The manifest of a study as it stands now: of what is shown of it, and of whom it is known to be. The same state gives the
// same document, under the same UID; a change of either gives another.

import { createHash } from 'node:crypto';
import type { ImagingStudy, Patient } from '@medplum/fhirtypes';
import type { Config } from '../../base/config.ts';
import { type CoercedValues, put } from '../../dicom/coercion.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import { fromJson } from '../../dicom/json-reader.ts';
import type { Code } from '../../dicom/key-object-selection.ts';
import { newUid } from '../../dicom/uid.ts';
import { certain } from '../../normalize/fact.ts';
import { ordersOfStudies } from '../../storage/orders-of-studies.ts';
import { findImagingStudies } from '../../storage/search/imaging-studies.ts';
import type { ServedDemographics } from '../../storage/served-demographics.ts';
import { bodyPartsOf } from '../../translate/body-site.ts';
import type { ManifestParts } from '../../translate/manifest/bundle-of-manifest.ts';
import { issuedBy } from '../../translate/manifest/identifiers.ts';
import type { Manifest, ManifestOrder, RetrieveFrom } from '../../translate/manifest/manifest.ts';
import type { Order } from '../../translate/order.ts';
import type { Core } from '../core.ts';
import type { Behind } from '../doors/fhir-handlers.ts';
import { type Derived, DerivedStudies } from '../fhir/derived-study.ts';
import { reconciledDemographics } from '../identity/reconciled-demographics.ts';
import { manifestSeries } from './manifest-series.ts';

const limits = {
  /** Patients to whom sources give one Study Instance UID. */
  sameUid: 100,
} as const;

/** A study by the row of any of what it is made of, or by its resource. */
export type WhichStudy = { row: string } | { id: string; studyInstanceUid: string };

export class StudyManifests {
  readonly #core: Core;
  readonly #resources: Pick<Behind['resources'], 'read'>;
  readonly #derived: DerivedStudies;
  readonly #reconciled: ServedDemographics;

  constructor(core: Core, resources: Pick<Behind['resources'], 'read'>) {
    this.#core = core;
    this.#resources = resources;
    this.#derived = new DerivedStudies(core);
    this.#reconciled = reconciledDemographics(core);
  }

  /** `root`: of DICOMweb, as its reader reaches it. undefined where nothing is shown of such a study. */
  async of(tenant: number, which: WhichStudy, root: string): Promise<ManifestParts | undefined> {
    const derived = await this.#find(tenant, which);
    if (derived === undefined) return undefined;
    const from: RetrieveFrom = { url: root, locationUid: locationUidOf(this.#core.config, root) };
    const contents = await manifestSeries(this.#core.database, tenant, derived.rows, from);
    if (contents.length === 0) return undefined;
    const [row] = derived.rows as [string];
    const { resource } = derived;
    const patient = await this.#patient(tenant, resource);
    const own = derived.row.patients.find(({ id }) => id === row)!;
    const dataset = await this.#patientAndStudy(tenant, row, fromJson(JSON.parse(own.attributes)), resource);
    const { studyInstanceUid } = derived.row;
    const changes = [resource.meta?.lastUpdated, patient.meta?.lastUpdated].flatMap((at) => at ?? []);
    const state = [tenant, studyInstanceUid, resource.meta?.versionId, patient.meta?.versionId, from, contents.length];
    const byUid = new Map((resource.series ?? []).map((series) => [series.uid, series]));
    const series = contents.map((each) => {
      const site = byUid.get(each.seriesInstanceUid)?.bodySite;
      const region = site?.code && site.system ? snomed(site.code, site.display) : undefined;
      return { ...each, ...(region && { region }) };
    });
    const manifest: Manifest = {
      sopInstanceUid: uidOf(['manifest', ...state]),
      documentSeriesUid: manifestSeriesUid(tenant, studyInstanceUid),
      studyInstanceUid,
      createdAt: new Date(Math.max(...changes.map((at) => Date.parse(at)))),
      offset: offsetOf(resource),
      manufacturer: 'Fascia',
      institution: this.#core.config.institution,
      patientAndStudy: dataset,
      orders: [await this.#order(tenant, row, dataset, resource, from)],
      procedures: dataset.items('ProcedureCodeSequence').flatMap(codeIn),
      regions: distinct(series.flatMap(({ region }) => region ?? [])),
      series,
    };
    return { manifest, study: listedIn(manifest, resource), patient };
  }

  async #find(tenant: number, which: WhichStudy): Promise<Derived | undefined> {
    const isRow = 'row' in which;
    const asked = {
      ...{ tenant, criteria: [], started: [], bodyPartsOf, certain },
      among: isRow ? [[which.row]] : [],
      uids: isRow ? [] : [[which.studyInstanceUid]],
    };
    const page = { limit: limits.sameUid, detail: 'instances' } as const;
    const { studies } = await findImagingStudies(this.#core.database, asked, page);
    const derived = await this.#derived.of(tenant, studies, 'instances');
    return isRow ? derived[0] : derived.find(({ resource }) => resource.id === which.id);
  }

  async #patient(tenant: number, { subject }: ImagingStudy): Promise<Patient> {
    const id = subject?.reference?.replace('Patient/', '');
    const identifier = subject?.identifier;
    if (id === undefined) return { resourceType: 'Patient', ...(identifier && { identifier: [identifier] }) };
    const asker = { tenant, id: 'manifest', requestId: '' };
    return (await this.#resources.read(asker, { type: 'Patient', id })) as Patient;
  }

  /** Under the number of its source, that which survived a merge; with all other numbers of the person. */
  async #patientAndStudy(tenant: number, row: string, dataset: DataSet, study: ImagingStudy): Promise<DataSet> {
    const authorities = this.#core.authorities.of(tenant);
    const { people } = await this.#core.identity();
    const survivor = people.of(tenant).survivorOfStudy(row);
    const known = (await this.#reconciled(tenant, [row])).get(row)?.values ?? {};
    const { OtherPatientIDsSequence = [], PatientName, PatientBirthDate, PatientSex } = known;
    const system = survivor ? authorities.systemOf(survivor.issuer) : study.subject?.identifier?.system;
    const values: CoercedValues = {
      ...(PatientName && { PatientName }),
      ...(PatientBirthDate && { PatientBirthDate }),
      ...(PatientSex && { PatientSex }),
      ...(survivor && { PatientID: survivor.id, IssuerOfPatientID: undefined }),
      ...(system && { IssuerOfPatientIDQualifiersSequence: [qualifiersOf(system)] }),
      OtherPatientIDsSequence,
    };
    for (const [keyword, value] of Object.entries(values)) put(dataset, keyword, value);
    return dataset;
  }

  /** MADO 6.X.2.6.1: a study without an accession number gets one that names it. */
  async #order(
    tenant: number,
    row: string,
    dataset: DataSet,
    study: ImagingStudy,
    { locationUid }: RetrieveFrom,
  ): Promise<ManifestOrder> {
    const ours = { universalId: locationUid!, universalIdType: 'ISO' };
    const [accession] = (study.identifier ?? []).filter(({ type }) => type?.coding?.[0]?.code === 'ACSN');
    const number = dataset.text('AccessionNumber');
    const issuer = accession?.system ? issuedBy(accession.system) : ours;
    const [ordered] = await ordersOfStudies(this.#core.database, [row]);
    const placer = (ordered?.document as Order | undefined)?.placer;
    const placedBy = placer?.issuer ? issuedBy(this.#core.authorities.of(tenant).systemOf(placer.issuer)) : ours;
    return {
      accession: number === undefined ? { number: madeAccession(dataset), ...ours } : { number, ...issuer },
      ...(placer && { placer: { number: placer.number, ...placedBy } }),
    };
  }
}

/** Retrieve Location UID (0040,E011) of this node, whose DICOMweb root is `root`. */
export const locationUidOf = ({ locationUid }: Pick<Config, 'locationUid'>, root: string): string =>
  locationUid ?? uidOf(['location', root]);

/** Of the series that manifests of a study are of, whatever they list. */
export const manifestSeriesUid = (tenant: number, studyInstanceUid: string): string =>
  uidOf(['manifests', tenant, studyInstanceUid]);

const hash = (said: readonly unknown[]): Buffer => createHash('sha256').update(JSON.stringify(said)).digest();

const uidOf = (said: readonly unknown[]): string => newUid(hash(said).subarray(0, 16));

/** SH: 16 characters. */
const madeAccession = (dataset: DataSet): string =>
  `M${hash(['accession', dataset.text('StudyInstanceUID')])
    .toString('hex')
    .slice(0, 15)
    .toUpperCase()}`;

const qualifiersOf = (system: string): CoercedValues => {
  const { universalId, universalIdType } = issuedBy(system);
  return { UniversalEntityID: universalId, UniversalEntityIDType: universalIdType };
};

/** Of the times of the study; UTC where nobody says. */
function offsetOf({ started = '' }: ImagingStudy): string {
  const [, offset = '+00:00'] = /T.*([+-]\d\d:\d\d)$/.exec(started) ?? [];
  return offset.replace(':', '');
}

function codeIn(item: DataSet): Code[] {
  const [value, scheme] = [item.text('CodeValue'), item.text('CodingSchemeDesignator')];
  return value && scheme ? [{ value, scheme, meaning: item.text('CodeMeaning') ?? value }] : [];
}

const snomed = (value: string, meaning = value): Code => ({ value, scheme: 'SCT', meaning });

const distinct = (codes: readonly Code[]): Code[] => [...new Map(codes.map((code) => [code.value, code])).values()];

/** What the manifest does not list is not counted. */
function listedIn({ series }: Manifest, study: ImagingStudy): ImagingStudy {
  const listed = new Set(series.map(({ seriesInstanceUid }) => seriesInstanceUid));
  return {
    ...study,
    numberOfSeries: series.length,
    numberOfInstances: series.reduce((sum, { instances }) => sum + instances.length, 0),
    series: (study.series ?? []).filter(({ uid }) => listed.has(uid!)),
  };
}
