// Everything that intake goes by of a study or an order: whose it is, what it shows, what was ordered, and under which term it
// would be read.

import { createHash } from 'node:crypto';
import { procedureForRules } from '../../delivery/normalised-facts.ts';
import { factsOfOrder } from '../../delivery/order-facts.ts';
import { studyFacts } from '../../delivery/study-facts.ts';
import { procedureFacts } from '../../normalize/procedures/procedure-facts.ts';
import type { CaseFacts } from '../../reading/gate/asked.ts';
import { factsOfStudy } from '../../reading/gate/facts-of-study.ts';
import type { Site } from '../../reading/gate/site.ts';
import type { TermMatch, UnassignedFacts } from '../../reading/terms/match-term.ts';
import type { ServiceTerm, TermReference } from '../../reading/terms/service-term.ts';
import type { StudyFacts } from '../../routing/facts.ts';
import { ordersOfStudies } from '../../storage/orders-of-studies.ts';
import { type StudyForRules, studiesForRules } from '../../storage/study-for-rules.ts';
import type { Order } from '../../translate/order.ts';
import type { Core } from '../core.ts';

/** What is agreed on, as intake asks for it (reading/store/terms.ts). */
export interface Agreed {
  termFor(client: string, facts: UnassignedFacts, at: number): TermMatch;
  term(reference: TermReference): ServiceTerm | undefined;
  contract(id: string): { provider: string; room: number } | undefined;
  contracts(): readonly { client: string; tenant: number; status: string }[];
  sites(client: string): Site[];
}

/** Under which term something is read, with the facts that go with it. */
export interface Taken {
  term: ServiceTerm;
  facts: CaseFacts;
  /** Tenant. */
  room: number;
}

export interface ToldOrder {
  /** Row of imaging_order. */
  id: string;
  order: Order;
  status: string;
}

export interface ToldStudy {
  study: StudyForRules;
  /** Name of the tenant. */
  client: string;
  order: ToldOrder | undefined;
  accession: string | undefined;
  /** StudyDate (0008,0020), YYYYMMDD. */
  date: string | undefined;
  images: number;
  person: string | undefined;
  /** Rows of other studies of the person, the newest first. */
  priors: readonly Prior[];
  /** Undefined where no term of a contract is for it. */
  taken: Taken | undefined;
}

export interface Prior extends Record<string, unknown> {
  study: string;
  date: string | null;
  modalities: string[];
}

export const limits = {
  /** Other studies of a person that are looked at. */
  priors: 100,
} as const;

/** Series of what is said of images, and not of images. */
const BESIDE = ['SR', 'KO', 'PR', 'DOC', 'SEG', 'REG', 'FID', 'RTSTRUCT', 'RTPLAN', 'RTRECORD', 'PLAN'];

export class ToldStudies {
  readonly #core: Core;
  readonly #agreed: Agreed;

  constructor(core: Core, agreed: Agreed) {
    this.#core = core;
    this.#agreed = agreed;
  }

  /** Name of the client whose archive a tenant is; undefined where nobody reads for it. */
  clientOf(tenant: number): string | undefined {
    return this.#agreed.contracts().find((each) => each.tenant === tenant && each.status === 'executed')?.client;
  }

  /** `id`: row of the study. Undefined where it is hidden, or holds nothing that is served. */
  async study(tenant: number, id: string, at: number): Promise<ToldStudy | undefined> {
    const client = this.clientOf(tenant);
    const { database } = this.#core;
    const [study] = await studiesForRules(database, [id]);
    if (client === undefined || study === undefined) return undefined;
    const [of] = await ordersOfStudies(database, [id]);
    const { people } = await this.#core.identity();
    await people.follow();
    const ofTenant = people.of(tenant);
    const person = ofTenant.personOfStudy(id);
    const others = (person === undefined ? [] : (ofTenant.person(person)?.studyIds ?? [])).filter(
      (each) => each !== id,
    );
    const priors = await this.#priors(tenant, others);
    const facts = studyFacts(study, client, {
      person: person === undefined ? {} : { id: person },
      normalised: await this.#core.normalised.of(study),
      order: of,
    });
    const order = of && { id: of.order, order: of.document as Order, status: of.status };
    const images = await this.#images(id);
    facts.study.instances = images;
    return {
      study,
      client,
      order,
      accession: facts.study.accessionNumber,
      date: facts.study.date?.replaceAll('-', ''),
      images,
      person,
      priors,
      taken: this.taken(client, facts, order?.order, priors.length, at),
    };
  }

  /** Of an order of which nothing came yet. */
  async order(tenant: number, order: Order & { studyInstanceUid: string }, at: number): Promise<Taken | undefined> {
    const client = this.clientOf(tenant);
    if (client === undefined) return undefined;
    const input = {
      modality: order.steps[0]?.modality ?? '',
      bodyPart: '',
      laterality: '',
      studyDescription: order.procedureDescription ?? order.procedureCode?.meaning ?? '',
      seriesDescriptions: [],
      contrastAgent: '',
    };
    const [procedure] = await this.#core.normalised.procedures([input]);
    const facts = factsOfOrder(order, client, procedureForRules(procedureFacts(input, procedure!)));
    return this.taken(client, facts, order, 0, at);
  }

  /** Under which term it is read; undefined where none fits, or nobody knows where the patient is. */
  taken(client: string, study: StudyFacts, order: Order | undefined, priors: number, at: number): Taken | undefined {
    const found = factsOfStudy({ client, sites: this.#agreed.sites(client), study, order, priors });
    if ('missing' in found) return undefined;
    const { term } = this.#agreed.termFor(client, found.facts, at);
    const contract = term && this.#agreed.contract(term.contract);
    if (term === undefined || contract === undefined) return undefined;
    const { provider, room } = contract;
    return { term, room, facts: { ...found.facts, provider, readType: term.readType } };
  }

  async #images(study: string): Promise<number> {
    const [row] = await this.#core.database.query<{ count: number }>(
      `select count(*)::integer as count from series r join instance i on i.series = r.id
       where r.study = $1 and r.hidden_at is null and i.served and i.hidden_at is null
         and coalesce(r.modality, '') <> all($2)`,
      [study, BESIDE],
    );
    return row!.count;
  }

  #priors(tenant: number, studies: readonly string[]): Promise<Prior[]> {
    return this.#core.database.query<Prior>(
      `select id as study, study_date as date, modalities from study
       where tenant = $1 and id = any($2::bigint[]) and hidden_at is null order by study_date desc nulls last, id desc limit $3`,
      [tenant, studies, limits.priors],
    );
  }
}

/** Of an order: what a reader goes by. What becomes of its steps changes nothing of the reading. */
export function orderDigest({ order }: Pick<ToldOrder, 'order'>): string {
  const { patient, procedureCode, procedureDescription, priority, reason, reasonCode, comments, accession } = order;
  return digest([patient, procedureCode, procedureDescription, priority, reason, reasonCode, comments, accession]);
}

export const digest = (said: unknown): string => createHash('sha256').update(JSON.stringify(said)).digest('base64url');
