// What /api/v1 asks of readers, for whoever asks. A provider keeps its readers' credentials; what a reader may do for a client is
// that client's to grant. A client may vouch for a reader whom no other client relies on.

import type { ApiReaders } from '../../api/reading-readers.ts';
import type { Principal } from '../../auth/principal.ts';
import { systemClock } from '../../base/clock.ts';
import { Problem } from '../../base/problem.ts';
import { forecast } from '../../reading/readers/expiring.ts';
import { readPrivileges, readReader, readShifts } from '../../reading/readers/read-reader.ts';
import type { Privilege, Reader } from '../../reading/readers/reader.ts';
import { recentCases } from '../../reading/store/recent-cases.ts';
import { roomName } from '../../reading/store/rooms.ts';
import { heldAt } from '../../reading/store/terms.ts';
import type { Core } from '../core.ts';
import { isOwner } from './api-contracts.ts';
import { tenantName } from './tenant-name.ts';

export const limits = {
  /** How far back a forecast looks at cases. */
  forecastDays: 30,
} as const;

const DAY_MS = 86_400_000;

export const apiReaders = (core: Core, principal: Principal): ApiReaders => new PrincipalsReaders(core, principal);

class PrincipalsReaders implements ApiReaders {
  readonly #core: Core;
  readonly #principal: Principal;

  constructor(core: Core, principal: Principal) {
    this.#core = core;
    this.#principal = principal;
  }

  async list(): Promise<Reader[]> {
    const own = await tenantName(this.#core.database, this.#principal.tenant);
    const providers = new Set(this.#own().map(({ provider }) => provider));
    return this.#core.readers.all().flatMap((reader) => {
      if (this.#isRoomOf(reader)) return [reader];
      // What other clients grant is theirs.
      const privileges = reader.privileges.filter(({ client }) => client === own);
      return providers.has(reader.provider) || privileges.length > 0 ? [{ ...reader, privileges }] : [];
    });
  }

  async get(id: string): Promise<Reader> {
    const reader = (await this.list()).find((each) => each.id === id);
    if (reader === undefined) throw new Problem('catalogue/not-found', { what: 'reader' });
    return reader;
  }

  async put(document: unknown): Promise<Reader> {
    const { database, readers, readingResources } = this.#core;
    const own = await tenantName(database, this.#principal.tenant);
    const at = systemClock.now();
    const given = readReader(document, { provider: /^reading\/(.+)$/.exec(own)?.[1], at });
    const before = readers.reader(given.id);
    const isRoom = isOwner(this.#principal) || roomName(given.provider) === own;
    if (!isRoom) this.#requireVouching(given, before, own);
    const granted = isRoom && !isOwner(this.#principal) ? this.#asGranted(given, before) : given.privileges;
    const since = { startedAt: (document as Partial<Reader>).startedAt ?? before?.startedAt ?? given.startedAt };
    await readers.put({ ...given, ...since, privileges: granted }, this.#principal.id);
    if ((document as Partial<Reader>).shifts !== undefined) await readers.putShifts(given.id, given.shifts, at);
    await readingResources.keepProvider(given.provider);
    return this.get(given.id);
  }

  async grant(id: string, document: unknown): Promise<Reader> {
    const { database, readers, readingResources } = this.#core;
    const client = await tenantName(database, this.#principal.tenant);
    const { provider } = await this.get(id);
    await readers.grant(id, client, readPrivileges(document, client), this.#principal.id);
    await readingResources.keepProvider(provider);
    return this.get(id);
  }

  async putShifts(id: string, document: unknown): Promise<Reader> {
    const { readers, readingResources } = this.#core;
    const reader = await this.get(id);
    if (!this.#isRoomOf(reader)) throw new Problem('auth/forbidden', { action: 'change this roster' });
    await readers.putShifts(id, readShifts(document), systemClock.now());
    await readingResources.keepProvider(reader.provider);
    return this.get(id);
  }

  async expiring(days: number) {
    const { database, terms } = this.#core;
    const now = systemClock.now();
    const tenant = isOwner(this.#principal) ? undefined : this.#principal.tenant;
    const past = await recentCases(database, { tenant, since: new Date(now - limits.forecastDays * DAY_MS) });
    const cases = past.flatMap(({ facts, term: reference }) => {
      const term = terms.term(reference);
      return term === undefined ? [] : [{ facts, term }];
    });
    const inForce = this.#own().flatMap((contract) => heldAt(contract.terms, now));
    return forecast({ readers: await this.list(), terms: inForce, cases }, now, now + days * DAY_MS);
  }

  requireOwn(id: string): void {
    if (this.#core.readers.roomOf(id) === this.#principal.tenant) return;
    throw new Problem('request/malformed', { reason: `no reader ${id} reads in this tenant` });
  }

  /** Contracts of which this tenant is a party. */
  #own() {
    const { tenant } = this.#principal;
    return this.#core.terms
      .contracts()
      .filter((each) => isOwner(this.#principal) || each.tenant === tenant || each.room === tenant);
  }

  #isRoomOf({ id }: Reader): boolean {
    return isOwner(this.#principal) || this.#core.readers.roomOf(id) === this.#principal.tenant;
  }

  #requireVouching(given: Reader, before: Reader | undefined, client: string): void {
    const contracts = this.#core.terms.contracts().filter((each) => each.provider === given.provider);
    const isAlone = given.privileges.length > 0 && contracts.every((each) => each.client === client);
    const isContracted = contracts.some((each) => each.client === client);
    const privileges = [...given.privileges, ...(before?.privileges ?? [])];
    if ((isAlone || isContracted) && privileges.every((each) => each.client === client)) return;
    throw new Problem('auth/forbidden', { action: 'write this reader' });
  }

  /** A provider says again what clients granted, or nothing of it. */
  #asGranted(given: Reader, before: Reader | undefined): readonly Privilege[] {
    const granted = before?.privileges ?? [];
    const isSaidAgain = given.privileges.every((each) =>
      granted.some((one) => JSON.stringify(one) === JSON.stringify(each)),
    );
    if (isSaidAgain) return granted;
    throw new Problem('auth/forbidden', { action: 'grant privileges for a client' });
  }
}
