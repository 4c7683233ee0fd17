// The manifest of a study to an IHE MHD Document Recipient (ITI-65, Comprehensive Metadata without contained references): in
// DICOM and in FHIR, in the place of those that were provided of the same study before. Told twice, it is provided once.

import { createHash } from 'node:crypto';
import type { Bundle, DocumentReference, Identifier } from '@medplum/fhirtypes';
import { Problem } from '../../base/problem.ts';
import type { Form, NoticeLine, Outcome } from '../../delivery/line.ts';
import { newUid } from '../../dicom/uid.ts';
import type { KeptInstance } from '../../storage/catalogue.ts';
import type { ManifestParts } from '../../translate/manifest/bundle-of-manifest.ts';
import { type ManifestDocument, provideDocuments, supersede } from '../../translate/manifest/provide-documents.ts';
import { manifestDocument } from '../manifests/manifest-document.ts';
import { manifestSeriesUid } from '../manifests/study-manifests.ts';
import { FhirClient } from './fhir-client.ts';
import { httpOutcome } from './http-outcome.ts';
import { type ManifestOf, manifestToTell } from './manifest-object-line.ts';
import type { Settings } from './settings-schemas.ts';

export type DocumentSourceSettings = Omit<Settings<'manifest'>, 'url' | 'destination'> & { url: string };

const forms = ['kos', 'fhir'] as const;

export class DocumentSourceLine implements NoticeLine {
  readonly replaces = true;
  readonly #client: FhirClient;
  readonly #settings: DocumentSourceSettings;
  readonly #manifestOf: ManifestOf;

  constructor(settings: DocumentSourceSettings, manifestOf: ManifestOf) {
    this.#client = new FhirClient(settings);
    this.#settings = settings;
    this.#manifestOf = manifestOf;
  }

  async tell([instance]: readonly KeptInstance[], form: Form): Promise<Outcome> {
    const parts = await manifestToTell(this.#manifestOf, form);
    const uid = manifestSeriesUid(form.tenant, instance!.studyInstanceUid);
    const current = new Map<string, DocumentReference[]>();
    if ('refused' in parts && parts.refused !== 'catalogue/not-found') return parts;
    for (const each of forms) current.set(each, await this.#current(seriesOf(uid, each)));
    // Of everything that it listed nothing is shown any more.
    if ('refused' in parts)
      return this.#transact({ resourceType: 'Bundle', type: 'transaction', entry: supersede(idsIn(current)) }, '');
    const isThere = [...current.values()].every((documents) => documents.some(isOf(parts)));
    return isThere ? { taken: true } : this.#provide(parts, current);
  }

  async close(): Promise<void> {}

  abort(): void {
    this.#client.abort();
  }

  async #provide(parts: ManifestParts, current: ReadonlyMap<string, readonly DocumentReference[]>): Promise<Outcome> {
    const { profile = 'mado', language = 'en', url } = this.#settings;
    const { manifest } = parts;
    const documents = forms.map((form): ManifestDocument => {
      const { mediaType, bytes, hash } = manifestDocument(parts, form === 'kos' ? profile : 'fhir');
      const data = bytes.toString('base64');
      const isMado = form === 'fhir' || profile === 'mado';
      return {
        ...{ form, isMado },
        series: seriesOf(manifest.documentSeriesUid, form),
        contentType: mediaType,
        data,
        sizeBytes: bytes.length,
        hash,
      };
    });
    const submission = {
      ...{ ...parts, documents, language },
      replaced: new Map([...current].map(([form, each]) => [form, each.flatMap(({ id }) => id ?? [])])),
      uniqueId: `urn:oid:${uidOf(['submission', url, manifest.sopInstanceUid])}`,
      sourceId: `urn:oid:${manifest.series[0]!.from.locationUid}`,
    };
    return this.#transact(provideDocuments(submission), manifest.sopInstanceUid);
  }

  async #transact(bundle: Bundle, uid: string): Promise<Outcome> {
    if (bundle.entry?.length === 0) return { taken: true };
    const answer = await this.#client.send('POST', '', JSON.stringify(bundle), 'application/fhir+json');
    await answer.body?.cancel();
    return httpOutcome(answer.status, `HTTP ${answer.status} ${uid}`.trim());
  }

  /** ITI-67. Rejects with delivery/not-now, delivery/not-admitted. */
  async #current({ system, value }: Identifier): Promise<DocumentReference[]> {
    const query = `identifier=${encodeURIComponent(`${system}|${value}`)}&status=current`;
    const answer = await this.#client.send('GET', `DocumentReference?${query}`);
    if (!answer.ok) {
      await answer.body?.cancel();
      throw new Problem([401, 403].includes(answer.status) ? 'delivery/not-admitted' : 'delivery/not-now');
    }
    const { entry = [] } = (await answer.json()) as Bundle;
    return entry.flatMap(({ resource }) =>
      resource?.resourceType === 'DocumentReference' ? [resource as DocumentReference] : [],
    );
  }
}

const isOf =
  ({ manifest }: ManifestParts) =>
  ({ masterIdentifier }: DocumentReference): boolean =>
    masterIdentifier?.value === `urn:oid:${manifest.sopInstanceUid}`;

/** The same for every manifest of the study. */
const seriesOf = (uid: string, form: (typeof forms)[number]): Identifier => ({
  system: 'urn:ietf:rfc:3986',
  value: `urn:oid:${uid}.${forms.indexOf(form) + 1}`,
});

const idsIn = (current: ReadonlyMap<string, readonly DocumentReference[]>): string[] =>
  [...current.values()].flat().flatMap(({ id }) => id ?? []);

const uidOf = (said: readonly unknown[]): string =>
  newUid(createHash('sha256').update(JSON.stringify(said)).digest().subarray(0, 16));
