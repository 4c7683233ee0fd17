// By which model each tenant's log is folded, and by which it is to be: the last entry of the log that names one says so,
// on every node.

import type { Model } from '../../identity/model.ts';
import type { Database } from '../../storage/database.ts';
import { allModelUses, modelOf, SHIPPED_VERSION } from '../../storage/identity-models.ts';

interface Named {
  /** Of the log. */
  entry: string;
  version: number;
}

interface InForce extends Named {
  /** Absent: the one that is shipped. */
  model: Model | undefined;
}

export class LoggedModels {
  readonly #database: Database;
  readonly #inForce: Map<number, InForce>;
  readonly #wanted = new Map<number, Named>();

  private constructor(database: Database, inForce: Map<number, InForce>) {
    this.#database = database;
    this.#inForce = inForce;
  }

  /** In force is what some node has folded everything by, and wanted what was named since. */
  static async read(database: Database): Promise<LoggedModels> {
    const uses = await allModelUses(database);
    const settled = new Map(uses.filter(({ swap }) => swap !== undefined).map((use) => [use.tenant, use]));
    const inForce = new Map<number, InForce>();
    for (const [tenant, { entry, version }] of settled) {
      inForce.set(tenant, { entry, version, model: await readModel(database, tenant, version) });
    }
    const models = new LoggedModels(database, inForce);
    for (const { tenant, entry, version } of uses) models.note(tenant, entry, version);
    return models;
  }

  /** undefined where it is the one that is shipped. */
  of(tenant: number): Model | undefined {
    return this.#inForce.get(tenant)?.model;
  }

  /** Takes note of an entry that names a model, whatever order entries are read in. */
  note(tenant: number, entry: string, version: number): void {
    const last = this.#wanted.get(tenant) ?? this.#inForce.get(tenant) ?? { entry: '0', version: SHIPPED_VERSION };
    if (BigInt(entry) <= BigInt(last.entry)) return;
    // Who lets go of a version, or chooses the one in force, changes nothing.
    if (version === last.version) last.entry = entry;
    else this.#wanted.set(tenant, { entry, version });
  }

  /** Whether the log names others than are in force. */
  get areBehind(): boolean {
    return this.#wanted.size > 0;
  }

  /** Those that the log names. */
  async next(): Promise<LoggedModels> {
    const inForce = new Map(this.#inForce);
    for (const [tenant, { entry, version }] of [...this.#wanted]) {
      inForce.set(tenant, { entry, version, model: await readModel(this.#database, tenant, version) });
    }
    return new LoggedModels(this.#database, inForce);
  }

  /** Entries by which these came in force after `before`. */
  since(before: LoggedModels): (Named & { tenant: number })[] {
    return [...this.#inForce].flatMap(([tenant, { entry, version }]) =>
      before.#inForce.get(tenant)?.entry === entry ? [] : { tenant, entry, version },
    );
  }
}

async function readModel(database: Database, tenant: number, version: number): Promise<Model | undefined> {
  if (version === SHIPPED_VERSION) return undefined;
  const model = await modelOf(database, tenant, version);
  if (model === undefined) throw new Error(`the identity log names model ${version}, which is not kept`);
  return model;
}
