// A lane for each destination, begun when it is first known and begun anew when it is changed. What is planned on any node
// is announced; each node takes what it can send.

import type { Log } from '../base/log.ts';
import type { Database } from '../storage/database.ts';
import type { Destinations, StoredDestination } from '../storage/destinations.ts';
import { DELIVERY_CHANNEL, releaseHeld } from '../storage/ledger.ts';
import { Lane, type LaneOptions } from './lane.ts';
import type { DestinationKind } from './line.ts';

export interface LanesOptions {
  database: Database;
  log: Log;
  destinations: Destinations;
  /** By the word that a destination's row has for its kind. */
  kinds: Readonly<Record<string, DestinationKind>>;
  patientOf: LaneOptions['patientOf'];
  /** The name of this node among those that share the catalogue. */
  holder: string;
}

export class Lanes {
  readonly #options: LanesOptions;
  readonly #lanes = new Map<number, { lane: Lane; of: StoredDestination }>();
  #closing = new Set<Promise<void>>();
  readonly #stops: (() => void)[] = [];

  private constructor(options: LanesOptions) {
    this.#options = options;
  }

  static async open(options: LanesOptions): Promise<Lanes> {
    const lanes = new Lanes(options);
    await releaseHeld(options.database, options.holder);
    lanes.#stops.push(
      await options.database.notices.on(DELIVERY_CHANNEL, () => lanes.look()),
      options.destinations.watch(() => lanes.look()),
    );
    lanes.look();
    return lanes;
  }

  /** Something may be sent, or a destination was changed. */
  look(): void {
    for (const destination of this.#options.destinations.all) this.#laneOf(destination)?.look();
  }

  isReachable(destination: number): boolean {
    return this.#lanes.get(destination)?.lane.isReachable ?? true;
  }

  async close(): Promise<void> {
    for (const stop of this.#stops) stop();
    for (const { lane } of this.#lanes.values()) this.#end(lane);
    this.#lanes.clear();
    await Promise.all(this.#closing);
  }

  #laneOf(destination: StoredDestination): Lane | undefined {
    const known = this.#lanes.get(destination.id);
    if (known !== undefined && JSON.stringify(known.of) === JSON.stringify(destination)) return known.lane;
    if (known !== undefined) this.#end(known.lane);
    const kind = this.#options.kinds[destination.kind];
    if (kind === undefined) return undefined;
    const { database, log, holder, patientOf } = this.#options;
    const lane = new Lane({
      database,
      log,
      holder,
      destination,
      patientOf,
      open: () => kind.line(destination),
      lines: kind.lines,
    });
    this.#lanes.set(destination.id, { lane, of: destination });
    return lane;
  }

  #end(lane: Lane): void {
    const closing: Promise<void> = lane.close().finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
  }
}
