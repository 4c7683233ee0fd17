// What principals ask of dispatch: as readers, or as a desk.

import { may, type Principal } from '../../auth/principal.ts';
import { Problem } from '../../base/problem.ts';
import { type CaseDesk, readerOf } from './case-desk.ts';
import type { Dispatcher } from './dispatcher.ts';

export class DispatchDesk {
  readonly #dispatcher: () => Promise<Dispatcher>;
  readonly #desk: CaseDesk;

  constructor(dispatcher: () => Promise<Dispatcher>, desk: CaseDesk) {
    this.#dispatcher = dispatcher;
    this.#desk = desk;
  }

  async next(principal: Principal): Promise<object | undefined> {
    const given = await (await this.#dispatcher()).next(readerOf(principal));
    if (given === undefined) return undefined;
    const { decision, ahead } = given;
    return { ...(await this.#desk.read(principal, given.case)), ...(decision && { decision }), ahead };
  }

  /** A desk is told of all readers, a reader of themselves. Rejects with auth/forbidden of anybody else. */
  async explain(principal: Principal, id: string): Promise<object> {
    const { reading } = await this.#desk.seen(principal, id);
    const only = may(principal, 'administer') ? undefined : principal.reader;
    if (only === undefined && !may(principal, 'administer'))
      throw new Problem('auth/forbidden', { action: 'administer' });
    const { decisions, readers } = await (await this.#dispatcher()).explain(reading.id, only);
    return {
      case: reading.id,
      state: reading.state,
      decisions: decisions.map(({ id: decision, reader, at, how, detail }) => ({
        ...{ id: decision, reader, how, detail },
        at: new Date(at).toISOString(),
      })),
      readers,
    };
  }
}
