// Manifests that others sent: reads on in the feed for Key Object Selection Documents that are manifests, whatever door they
// came by, and for documents of IHE MHD; what they list and is not here is pulled from where they say, if that is known here.

import type { Binary, Bundle, DocumentReference } from '@medplum/fhirtypes';
import { fromJson } from '../../dicom/json-reader.ts';
import { KEY_OBJECT_SELECTION } from '../../dicom/key-object-selection.ts';
import { readDicom } from '../../dicom/reader.ts';
import { readResource } from '../../fhir/resource.ts';
import { type CatalogueEvent, EVENT_CHANNEL, readEvents } from '../../storage/events.ts';
import { advance, feedPosition } from '../../storage/feed-position.ts';
import { currentVersion, resourceOf } from '../../storage/fhir-resources.ts';
import { Follower } from '../../storage/follower.ts';
import { metadataText } from '../../storage/metadata.ts';
import { keepReceived, keptOfClass, type ReceivedManifest } from '../../storage/received-manifests.ts';
import { listedInBundle } from '../../translate/manifest/listed-in-bundle.ts';
import { listedInKos } from '../../translate/manifest/listed-in-kos.ts';
import type { ListedSeries, ListedStudy } from '../../translate/manifest/manifest.ts';
import type { Core } from '../core.ts';
import { archiveOf } from './manifest-sources.ts';

export const limits = {
  /** Events that one transaction takes in. */
  events: 500,
  /** Between two looks at a feed that goes on: what comes meanwhile is looked at together. */
  pauseMs: 1_000,
  /** Looks by itself so often: a notice was missed. */
  lookMs: 2_000,
} as const;

interface Found {
  tenant: number;
  document: string;
  studies: readonly ListedStudy[];
}

export class ManifestIntake {
  readonly #core: Core;
  #follower: Follower | undefined;

  private constructor(core: Core) {
    this.#core = core;
  }

  static async open(core: Core): Promise<ManifestIntake> {
    const intake = new ManifestIntake(core);
    intake.#follower = await Follower.open({
      notices: core.database.notices,
      channels: [EVENT_CHANNEL],
      ...limits,
      look: (signal) => intake.#look(signal),
      failed: (code) => core.log.warn({ code }, 'manifests cannot be looked for just now'),
    });
    return intake;
  }

  async close(): Promise<void> {
    await this.#follower?.close();
  }

  async #look(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && (await this.#step()));
  }

  /** Resolves to whether there may be more to read. */
  async #step(): Promise<boolean> {
    const { database } = this.#core;
    const from = await feedPosition(database, 'manifest_cursor');
    const events = await readEvents(database, { ...(from && { after: from }), limit: limits.events });
    const to = events.at(-1)?.cursor;
    if (to === undefined) return false;
    const found = [...(await this.#inInstances(events)), ...(await this.#inResources(events))];
    const received = found.flatMap((each) => this.#receivedOf(each));
    const isMine = await advance(database, 'manifest_cursor', { from, to }, async (transaction) => {
      for (const each of received) await keepReceived(transaction, each);
    });
    return !isMine || events.length === limits.events;
  }

  async #inInstances(events: readonly CatalogueEvent[]): Promise<Found[]> {
    const kept = events.filter(({ kind }) => kind === 'instances-kept').flatMap(({ instanceIds }) => instanceIds);
    if (kept.length === 0) return [];
    const documents = await keptOfClass(this.#core.database, kept, KEY_OBJECT_SELECTION);
    return documents.map(({ tenant, sopInstanceUid, metadata }) => ({
      tenant,
      document: `instance ${sopInstanceUid}`,
      studies: listedInKos(fromJson(JSON.parse(metadataText(metadata, '')))),
    }));
  }

  async #inResources(events: readonly CatalogueEvent[]): Promise<Found[]> {
    const found: Found[] = [];
    for (const { kind, tenant, detail } of events) {
      const { type, id } = (detail ?? {}) as { type?: string; id?: string };
      if (kind !== 'resource-changed' || type !== 'DocumentReference' || id === undefined) continue;
      const studies = await this.#listedBy(tenant, id);
      if (studies.length > 0) found.push({ tenant, document: `DocumentReference ${id}`, studies });
    }
    return found;
  }

  /** What came with it: a document that lies elsewhere is not fetched. */
  async #listedBy(tenant: number, id: string): Promise<readonly ListedStudy[]> {
    const reference = await this.#resource<DocumentReference>(tenant, 'DocumentReference', id);
    const attachment = reference?.status === 'current' ? reference.content?.[0]?.attachment : undefined;
    const [, type, contentId] = /(?:^|\/)(Binary|Bundle)\/([A-Za-z0-9\-.]{1,64})$/.exec(attachment?.url ?? '') ?? [];
    if (type === 'Bundle') {
      const bundle = await this.#resource<Bundle>(tenant, type, contentId!);
      return bundle === undefined ? [] : listedInBundle(bundle);
    }
    const binary = type === undefined ? undefined : await this.#resource<Binary>(tenant, type, contentId!);
    const data = binary?.data ?? attachment?.data;
    return data === undefined ? [] : listedIn(attachment?.contentType ?? '', Buffer.from(data, 'base64'));
  }

  async #resource<R>(tenant: number, type: string, id: string): Promise<R | undefined> {
    const stored = await currentVersion(this.#core.database, { tenant, type, id });
    return stored?.text === undefined ? undefined : (resourceOf(stored) as R);
  }

  #receivedOf({ tenant, document, studies }: Found): ReceivedManifest[] {
    return studies.map(({ studyInstanceUid, series }) => {
      const byArchive = Map.groupBy(series, ({ from }) => archiveOf(this.#core, tenant, from));
      const elsewhere = byArchive.get(undefined) ?? [];
      byArchive.delete(undefined);
      const known = byArchive as Map<string, ListedSeries[]>;
      return { tenant, studyInstanceUid, document, series: known, elsewhere };
    });
  }
}

/** Empty for what is no manifest, and for what cannot be read. */
function listedIn(mediaType: string, bytes: Buffer): ListedStudy[] {
  try {
    if (/^application\/dicom\b/.test(mediaType)) return listedInKos(readDicom(bytes).dataset);
    const [, format] = /^application\/fhir\+(json|xml)\b/.exec(mediaType) ?? [];
    const resource = format && readResource(bytes.toString(), format as 'json' | 'xml');
    return resource && resource.resourceType === 'Bundle' ? listedInBundle(resource as Bundle) : [];
  } catch {
    return [];
  }
}
