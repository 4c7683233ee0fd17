// A ServiceRequest that asks for images is an order. It is kept in the transaction that writes the request, when everything
// else of that is written: the Patient it is for may come with it.

import type { Location, Organization, Practitioner, Reference, Resource, ServiceRequest } from '@medplum/fhirtypes';
import { keepOrder } from '../../orders/order-store.ts';
import { currentVersion, resourceOf, type StoredVersion, versionOf } from '../../storage/fhir-resources.ts';
import { kyselyOf, type Transaction } from '../../storage/transaction.ts';
import { personNameOf } from '../../translate/fhir-name.ts';
import { isOver, type Order } from '../../translate/order.ts';
import { orderOfServiceRequest } from '../../translate/order-of-service-request.ts';
import type { Core } from '../core.ts';
import type { Asker } from '../doors/fhir-handlers.ts';
import { type PriorsOfOrders, priorsOfOrders } from '../orders/priors-of-orders.ts';
import type { Subjects } from './subject.ts';

const TYPE = 'ServiceRequest';

export class RequestOrders {
  readonly #core: Pick<Core, 'log'>;
  readonly #subjects: Subjects;
  readonly #priors: PriorsOfOrders;

  constructor(core: Core, subjects: Subjects) {
    this.#core = core;
    this.#subjects = subjects;
    this.#priors = priorsOfOrders(core);
  }

  /** A request was written as `stored`, or deleted. */
  wrote(transaction: Transaction, { tenant }: Asker, stored: StoredVersion): void {
    transaction.lastly(async () => {
      for (const order of await this.#orders(transaction, tenant, stored)) {
        const within = kyselyOf(transaction);
        await this.#priors.plan(within, tenant, await keepOrder(within, { tenant, source: 'fhir' }, order));
      }
    });
  }

  /** What it ordered before and does not any more is called off; a status that stays says nothing of what was done since. */
  async #orders(transaction: Transaction, tenant: number, stored: StoredVersion): Promise<Order[]> {
    const before =
      stored.version === 1
        ? undefined
        : await versionOf(transaction, { tenant, type: TYPE, id: stored.id }, stored.version - 1);
    const former = before && (await this.#order(transaction, tenant, before));
    const said = await this.#order(transaction, tenant, stored);
    const isSame = former !== undefined && said !== undefined && isOneOrder(former, said);
    const calledOff: Order[] =
      former === undefined || isSame || isOver(former.status) ? [] : [{ ...former, status: 'CANCELED' }];
    if (said === undefined) return calledOff;
    const { status, ...rest } = said;
    return [...calledOff, isSame && status === former.status ? rest : said];
  }

  async #order(transaction: Transaction, tenant: number, stored: StoredVersion): Promise<Order | undefined> {
    if (stored.text === undefined) return undefined;
    const request = resourceOf(stored) as ServiceRequest;
    const nobody = { issuer: '', patientId: '', name: '' };
    if (orderOfServiceRequest(request, nobody) === undefined) return undefined;
    const patient = await this.#subjects.of(transaction, tenant, request.subject);
    if (patient === undefined) {
      this.#core.log.warn({ tenant }, 'a request is for nobody who is known here: it is no order');
      return undefined;
    }
    const names = await namesIn(transaction, tenant, request);
    return orderOfServiceRequest(request, patient, (reference) => reference && names.get(reference));
  }
}

/** The same to those who keep orders: by the number of who placed it, or of who fills it. */
function isOneOrder(one: Order, other: Order): boolean {
  return (['placer', 'filler'] as const).some(
    (by) => one[by] !== undefined && one[by].number === other[by]?.number && one[by].issuer === other[by].issuer,
  );
}

/** What its references to people and places are called: as they say themselves, else as what they refer to does. */
async function namesIn(
  transaction: Transaction,
  tenant: number,
  { contained = [], requester, performer = [], locationReference = [] }: ServiceRequest,
): Promise<Map<Reference, string>> {
  const names = new Map<Reference, string>();
  for (const reference of [requester, performer[0], locationReference[0]]) {
    if (reference === undefined) continue;
    const name = reference.display ?? nameOf(await referred(transaction, tenant, reference, contained));
    if (name !== undefined && name !== '') names.set(reference, name);
  }
  return names;
}

async function referred(
  transaction: Transaction,
  tenant: number,
  { reference = '' }: Reference,
  contained: readonly Resource[],
): Promise<Resource | undefined> {
  if (reference.startsWith('#')) return contained.find(({ id }) => id === reference.slice(1));
  const [, type, id] = /^([A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/|$)/.exec(reference) ?? [];
  const stored = type === undefined ? undefined : await currentVersion(transaction, { tenant, type, id: id! });
  const resource = stored?.text === undefined ? undefined : resourceOf(stored);
  if (resource?.resourceType !== 'PractitionerRole' || resource.practitioner === undefined) return resource;
  return referred(transaction, tenant, resource.practitioner, resource.contained ?? []);
}

function nameOf(resource: Resource | undefined): string | undefined {
  if (resource?.resourceType === 'Practitioner') return personNameOf((resource as Practitioner).name ?? []);
  return (resource as Location | Organization | undefined)?.name;
}
