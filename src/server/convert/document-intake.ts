// Attachments of DocumentReference and Media become instances, where that is configured of who wrote them: reads on in the feed
// of what was written, and keeps what it made of each before it goes on. One node at a time does it; what a crash interrupts is
// made again, and is the same.

import { createHash } from 'node:crypto';
import { asProblem, type Problem } from '../../base/problem.ts';
import { outcomeOf } from '../../fhir/issue.ts';
import { alone } from '../../storage/alone.ts';
import { contentDealtWith, type DocumentInstances, keepDocumentInstances } from '../../storage/document-instances.ts';
import { EVENT_CHANNEL, latestCursor, readEvents } from '../../storage/events.ts';
import { advance, feedPosition } from '../../storage/feed-position.ts';
import { currentVersion, resourceOf, type StoredVersion, type WrittenKey } from '../../storage/fhir-resources.ts';
import { Follower } from '../../storage/follower.ts';
import { type Attached, type AttachingResource, attachedIn, namingInstances } from '../../translate/attached.ts';
import { imagingStudyId } from '../../translate/imaging-study-id.ts';
import type { Core } from '../core.ts';
import type { Asker, Behind } from '../doors/fhir-handlers.ts';
import { KnownPatients } from '../fhir/known-patients.ts';
import { ownWriters } from '../fhir/own-writers.ts';
import { Subjects } from '../fhir/subject.ts';
import { instancesAttached } from './attached-instances.ts';
import { attachingIn } from './attaching-event.ts';
import type { FileIntake } from './file-intake.ts';

export const limits = {
  /** Events read at once. */
  events: 500,
  /** Looks by itself so often: a notice was missed, or what had no room may have it now. */
  lookMs: 5_000,
  /** Between two looks at a feed that goes on: images come in it as well. */
  pauseMs: 250,
} as const;

export class DocumentIntake {
  readonly #core: Core;
  readonly #files: FileIntake;
  readonly #resources: Behind['resources'];
  readonly #subjects: Subjects;
  #follower: Follower | undefined;

  private constructor(core: Core, files: FileIntake, { resources }: Pick<Behind, 'resources'>) {
    this.#core = core;
    this.#files = files;
    this.#resources = resources;
    this.#subjects = new Subjects(core, new KnownPatients(core));
  }

  static async open(core: Core, files: FileIntake, behind: Pick<Behind, 'resources'>): Promise<DocumentIntake> {
    const intake = new DocumentIntake(core, files, behind);
    const isWanted = core.config.documents.isAny('instances');
    intake.#follower = await Follower.open({
      notices: core.database.notices,
      channels: isWanted ? [EVENT_CHANNEL] : [],
      ...limits,
      look: (signal) => (isWanted ? intake.#look(signal) : intake.#passOver()),
      failed: (code) => core.log.warn({ code }, 'attachments cannot be made instances just now'),
    });
    return intake;
  }

  async close(): Promise<void> {
    await this.#follower?.close();
  }

  async #look(signal: AbortSignal): Promise<void> {
    await alone(this.#core.database, 'documents', async () => {
      while (!signal.aborted && (await this.#step(signal)));
    });
  }

  /** Nobody wants instances: what was written until now is none either when somebody does. */
  async #passOver(): Promise<void> {
    const { database } = this.#core;
    const [from, to] = [await feedPosition(database, 'document_cursor'), await latestCursor(database)];
    if (to !== undefined && to !== from) await advance(database, 'document_cursor', { from, to }, async () => {});
  }

  /** Resolves to whether there may be more to read. */
  async #step(signal: AbortSignal): Promise<boolean> {
    const { database } = this.#core;
    let from = await feedPosition(database, 'document_cursor');
    const events = await readEvents(database, { ...(from && { after: from }), limit: limits.events });
    for (const event of events) {
      const written = attachingIn(event);
      const stored = written && (await this.#wanted(written));
      if (written === undefined || stored === undefined) continue;
      if (signal.aborted) return false;
      const became = await this.#take(written, stored);
      const to = event.cursor;
      const isMine = await advance(database, 'document_cursor', { from, to }, async (transaction) => {
        if (became !== undefined) await keepDocumentInstances(transaction, written, became);
      });
      if (!isMine) return true;
      from = to;
    }
    const to = events.at(-1)?.cursor;
    if (to !== undefined && to !== from) await advance(database, 'document_cursor', { from, to }, async () => {});
    return events.length === limits.events;
  }

  /** The current version, where attachments of this writer are to be instances. */
  async #wanted(written: WrittenKey): Promise<StoredVersion | undefined> {
    const { config, database } = this.#core;
    const [tenant] = await database.query<{ name: string }>('select name from tenant where id = $1', [written.tenant]);
    if (config.documents.of(written.by, `tenant:${tenant!.name}`) !== 'instances') return undefined;
    const stored = await currentVersion(database, written);
    return stored?.text === undefined ? undefined : stored;
  }

  /** undefined where there is nothing to be done. Rejects with what may be otherwise later. */
  async #take(written: WrittenKey, stored: StoredVersion): Promise<DocumentInstances | undefined> {
    const resource = resourceOf(stored) as AttachingResource;
    const attached = attachedIn(resource);
    const content = digestOf(attached);
    if (!attached.isCurrent || attached.attachments.length === 0) return undefined;
    if ((await contentDealtWith(this.#core.database, written)) === content) return undefined;
    const made: DocumentInstances = { state: 'kept', content, sopInstanceUids: [], findings: [] };
    try {
      const { database: queries, config } = this.#core;
      const root = config.publicUrl && `${config.publicUrl}/fhir/R4`;
      const around = { queries, tenant: written.tenant, subjects: this.#subjects, root };
      const found = await instancesAttached(around, this.#files, written, {
        attached,
        lastUpdated: stored.lastUpdated,
      });
      const became = { ...made, ...found };
      if (became.state === 'instances') await this.#name(written, became);
      return became;
    } catch (thrown) {
      const problem = asProblem(thrown);
      if (problem.answers.retry) throw problem;
      return this.#refused(made, problem);
    }
  }

  #refused(made: DocumentInstances, problem: Problem): DocumentInstances {
    this.#core.log.warn({ code: problem.code }, 'an attachment became no instance');
    return { ...made, state: 'refused', outcome: outcomeOf(problem) };
  }

  /** The resource names what was made of it, as a version of its own. */
  async #name(written: WrittenKey, { studyInstanceUid, sopInstanceUids }: DocumentInstances): Promise<void> {
    const { tenant, type, id } = written;
    const made = {
      imagingStudy: imagingStudyId({ tenant, studyInstanceUid: studyInstanceUid! }),
      studyInstanceUid: studyInstanceUid!,
      sopInstanceUids,
    };
    const asker: Asker = { tenant, id: ownWriters.documents, requestId: '' };
    const current = (await this.#resources.read(asker, { type, id })) as AttachingResource;
    if (namingInstances(current, made) === undefined) return;
    const name = (resource: AttachingResource) => namingInstances(resource, made) ?? resource;
    await this.#resources.patch(asker, { type, id }, (resource) => name(resource as AttachingResource), {});
  }
}

/** Of what is attached and whose it is: what else changes makes no other instances. */
const digestOf = ({ attachments, subject }: Attached): string =>
  createHash('sha256')
    .update(JSON.stringify([attachments, subject]))
    .digest('hex');
