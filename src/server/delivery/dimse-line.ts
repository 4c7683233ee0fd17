// Deliveries by C-STORE: one association for as long as its presentation contexts do, whatever studies pass over it.

import { asProblem, Problem } from '../../base/problem.ts';
import type { Commitment, CommittedObject, Form, ObjectLine, Outcome, Questions } from '../../delivery/line.ts';
import { storeOutcome } from '../../delivery/store-outcome.ts';
import { DataSet } from '../../dicom/dataset.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN } from '../../dicom/transfer-syntax.ts';
import type { Destination, SendableInstance } from '../../dimse/handlers.ts';
import { dimseLimits } from '../../dimse/limits.ts';
import { RequestedAssociation } from '../../dimse/requested-association.ts';
import { commit, find, onCommitmentResult } from '../../dimse/scu.ts';
import { STORAGE_COMMITMENT_PUSH } from '../../dimse/services.ts';
import { type ContextProposal, planAssociations } from '../../dimse/store-contexts.ts';
import { sendInstance } from '../../dimse/store-scu.ts';
import type { KeptInstance } from '../../storage/catalogue.ts';
import { type Depart, departing } from './departure.ts';
import { madeDeparture } from './made-departure.ts';

export const limits = {
  /** How long an association on which storage commitment was requested stays open for the result. */
  resultOnSameMs: 10_000,
} as const;

const STUDY_ROOT_FIND = '1.2.840.10008.5.1.4.1.2.2.1';
const plain = [EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN];

export interface DimseLineOptions {
  /** Where it is just now; undefined: no such peer. */
  peer(): Destination | undefined;
  callingAeTitle: string;
  departure: Depart;
  /** Absent: it is not asked what it has. */
  askAfterMs?: number;
  /** Absent: it is not asked to commit. */
  committing?: Committing;
}

export interface Committing {
  /** How long a result may take. */
  withinMs: number;
  /** Takes a result that comes on the association of its request. */
  result(information: DataSet): Promise<void>;
}

export class DimseLine implements ObjectLine {
  readonly questions?: Questions;
  readonly commitment?: Commitment;
  readonly #options: DimseLineOptions;
  #association: RequestedAssociation | undefined;
  /** The last that was asked for, whether it is established or not. */
  #asked: RequestedAssociation | undefined;
  /** Of requests for storage commitment whose results may come on them. */
  readonly #committing = new Set<RequestedAssociation>();
  #contexts: ContextProposal[] = [];
  #proposed = new Set<string>();
  #next: readonly KeptInstance[] = [];
  #form: Form | undefined;

  constructor(options: DimseLineOptions) {
    this.#options = options;
    const { askAfterMs, committing } = options;
    if (askAfterMs !== undefined) this.questions = { askAfterMs, held: (study, series) => this.#held(study, series) };
    if (committing !== undefined) {
      const request: Commitment['request'] = (uid, objects) => this.#requestCommitment(committing, uid, objects);
      this.commitment = { withinMs: committing.withinMs, request };
    }
  }

  prepare(instances: readonly KeptInstance[], form: Form): void {
    this.#next = instances;
    this.#form = form;
  }

  send(instance: KeptInstance, form: Form): Promise<Outcome> {
    return departing(this.#options.departure, instance, form, ({ sendable }) => this.#store(sendable));
  }

  sendMade(dataset: DataSet): Promise<Outcome> {
    return this.#store(madeDeparture(dataset).sendable);
  }

  async #store(object: SendableInstance): Promise<Outcome> {
    const association = await this.#associationFor(object);
    try {
      const { status } = await sendInstance(association.messages, association.contexts.values(), object);
      return storeOutcome(status!);
    } catch (thrown) {
      const { code } = asProblem(thrown);
      if (code === 'dimse/association-ended' || !association.isOpen) return { later: 'dimse/association-ended' };
      if (code === 'storage/unavailable') throw thrown;
      return { refused: code };
    }
  }

  /** By a C-FIND at the IMAGE level, on an association of its own. PS3.4 C.4.1. */
  async #held(studyInstanceUid: string, seriesInstanceUid: string): Promise<ReadonlySet<string>> {
    const association = await this.#associate([{ abstractSyntax: STUDY_ROOT_FIND, transferSyntaxes: plain }]);
    try {
      const identifier = new DataSet()
        .set('QueryRetrieveLevel', 'IMAGE')
        .set('StudyInstanceUID', studyInstanceUid)
        .set('SeriesInstanceUID', seriesInstanceUid)
        .set('SOPInstanceUID', null);
      const held = new Set<string>();
      for await (const match of find(association, STUDY_ROOT_FIND, identifier)) {
        const uid = match.text('SOPInstanceUID');
        if (uid !== undefined) held.add(uid);
      }
      return held;
    } finally {
      await association.release();
    }
  }

  /** Most receivers bring the result on an association of their own; those who stay on this one are given a while. */
  async #requestCommitment(
    { result }: Committing,
    transactionUid: string,
    objects: readonly CommittedObject[],
  ): Promise<void> {
    const association = await this.#associate([{ abstractSyntax: STORAGE_COMMITMENT_PUSH, transferSyntaxes: plain }]);
    const over = () => {
      clearTimeout(patience);
      if (this.#committing.delete(association)) void association.release();
    };
    const patience = setTimeout(over, limits.resultOnSameMs).unref();
    this.#committing.add(association);
    onCommitmentResult(association, (information) => result(information).finally(over));
    try {
      const status = await commit(association, transactionUid, objects);
      if (status !== 0) throw new Problem('dimse/operation-failed', { operation: 'N-ACTION', status });
    } catch (thrown) {
      over();
      throw thrown;
    }
  }

  async close(): Promise<void> {
    const ending = [this.#association, ...this.#committing];
    this.#association = undefined;
    this.#committing.clear();
    await Promise.all(ending.map((association) => association?.release()));
  }

  async #associationFor(object: SendableInstance): Promise<RequestedAssociation> {
    if (this.#association?.isOpen && this.#proposed.has(keyOf(object))) return this.#association;
    await this.#association?.release();
    await this.#propose(object);
    this.#association = await this.#associate(this.#contexts);
    return this.#association;
  }

  async #associate(contexts: readonly ContextProposal[]): Promise<RequestedAssociation> {
    const { callingAeTitle, peer } = this.#options;
    const called = peer();
    if (called === undefined) throw new Problem('dimse/destination-unknown', { aeTitle: 'of the destination' });
    const { aeTitle, host, port, tls } = called;
    const request = { host, port, tls, calledAeTitle: aeTitle, callingAeTitle, contexts };
    const association = new RequestedAssociation(request);
    this.#asked = association;
    await association.established;
    return association;
  }

  abort(): void {
    this.#asked?.drop();
    for (const association of this.#committing) association.drop();
  }

  /** Contexts for what comes next, and for what came before while there is room: modalities send the same again. */
  async #propose(object: SendableInstance): Promise<void> {
    const wanted = [object, ...(await this.#alike())].filter((one) => !this.#proposed.has(keyOf(one)));
    const [plan] = planAssociations(wanted, dimseLimits.presentationContexts);
    if (plan === undefined) return;
    if (this.#contexts.length + plan.contexts.length > dimseLimits.presentationContexts) {
      this.#contexts = [];
      this.#proposed.clear();
    }
    this.#contexts.push(...plan.contexts);
    for (const one of plan.instances) this.#proposed.add(keyOf(one));
  }

  /** One of each kind of what is sent next. What steps make of it is known when they are done. */
  async #alike(): Promise<SendableInstance[]> {
    const form = this.#form;
    if (form === undefined || form.steps.length > 0) return [];
    const kinds = new Map(this.#next.map((one) => [keyOf(one), one]));
    const departures = await Promise.all([...kinds.values()].map((one) => this.#options.departure(one, form)));
    return departures.map(({ sendable }) => sendable);
  }
}

const keyOf = ({ sopClassUid, transferSyntaxUid }: Pick<KeptInstance, 'sopClassUid' | 'transferSyntaxUid'>): string =>
  `${sopClassUid} ${transferSyntaxUid}`;
