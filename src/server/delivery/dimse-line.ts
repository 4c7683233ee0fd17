// Deliveries by C-STORE: one association for as long as its presentation contexts do, whatever studies pass over it.

import { asProblem, Problem } from '../../base/problem.ts';
import type { Line, Outcome, Questions } from '../../delivery/line.ts';
import { storeOutcome } from '../../delivery/store-outcome.ts';
import { DataSet } from '../../dicom/dataset.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN } from '../../dicom/transfer-syntax.ts';
import type { SendableInstance } from '../../dimse/handlers.ts';
import { dimseLimits } from '../../dimse/limits.ts';
import { openAssociation, type RequestedAssociation } from '../../dimse/requested-association.ts';
import { find } from '../../dimse/scu.ts';
import { type ContextProposal, planAssociations } from '../../dimse/store-contexts.ts';
import { sendInstance } from '../../dimse/store-scu.ts';
import type { KeptInstance } from '../../storage/catalogue.ts';

const STUDY_ROOT_FIND = '1.2.840.10008.5.1.4.1.2.2.1';
const plain = [EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN];

export interface DimseLineOptions {
  /** Where it is just now; undefined: no such peer. */
  peer(): { aeTitle: string; host: string; port: number } | undefined;
  callingAeTitle: string;
  sendable(instance: KeptInstance): SendableInstance;
  /** Absent: it is not asked what it has. */
  askAfterMs?: number;
}

export class DimseLine implements Line {
  readonly questions?: Questions;
  readonly #options: DimseLineOptions;
  #association: RequestedAssociation | undefined;
  #contexts: ContextProposal[] = [];
  #proposed = new Set<string>();
  #next: readonly KeptInstance[] = [];

  constructor(options: DimseLineOptions) {
    this.#options = options;
    const { askAfterMs } = options;
    if (askAfterMs !== undefined) this.questions = { askAfterMs, held: (study, series) => this.#held(study, series) };
  }

  prepare(instances: readonly KeptInstance[]): void {
    this.#next = instances;
  }

  async send(instance: KeptInstance): Promise<Outcome> {
    const association = await this.#associationFor(instance);
    const object = this.#options.sendable(instance);
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

  async close(): Promise<void> {
    const association = this.#association;
    this.#association = undefined;
    await association?.release();
  }

  async #associationFor(instance: KeptInstance): Promise<RequestedAssociation> {
    if (this.#association?.isOpen && this.#proposed.has(keyOf(instance))) return this.#association;
    await this.close();
    this.#propose(instance);
    this.#association = await this.#associate(this.#contexts);
    return this.#association;
  }

  #associate(contexts: readonly ContextProposal[]): Promise<RequestedAssociation> {
    const { callingAeTitle, peer } = this.#options;
    const called = peer();
    if (called === undefined) throw new Problem('dimse/destination-unknown', { aeTitle: 'of the destination' });
    const { aeTitle, host, port } = called;
    return openAssociation({ host, port, calledAeTitle: aeTitle, callingAeTitle, contexts });
  }

  /** Contexts for what comes next, and for what came before while there is room: modalities send the same again. */
  #propose(instance: KeptInstance): void {
    const wanted = [instance, ...this.#next].filter((one) => !this.#proposed.has(keyOf(one)));
    const plans = planAssociations(
      wanted.map((one) => this.#options.sendable(one)),
      dimseLimits.presentationContexts,
    );
    const [first] = plans;
    if (first === undefined) return;
    if (this.#contexts.length + first.contexts.length > dimseLimits.presentationContexts) {
      this.#contexts = [];
      this.#proposed.clear();
    }
    this.#contexts.push(...first.contexts);
    for (const one of first.instances) this.#proposed.add(keyOf(one));
  }
}

const keyOf = ({ sopClassUid, transferSyntaxUid }: Pick<KeptInstance, 'sopClassUid' | 'transferSyntaxUid'>): string =>
  `${sopClassUid} ${transferSyntaxUid}`;
