// What stands behind every door and command: the catalogue, the objects, who may come in, and the audit.

import { join } from 'node:path';
import { type Audit, openAudit } from '../audit/writer.ts';
import { type Interfaces, openInterfaces } from '../auth/interfaces.ts';
import { openPeers, type Peers } from '../auth/peers.ts';
import { systemClock } from '../base/clock.ts';
import type { Config } from '../base/config.ts';
import { isLoopback } from '../base/listen-address.ts';
import type { Log } from '../base/log.ts';
import { NormalisePool } from '../delivery/normalise-pool.ts';
import { CaseLog } from '../reading/store/case-log.ts';
import { InUse } from '../reading/store/in-use.ts';
import { LocalVault } from '../reading/store/local-vault.ts';
import { Readers } from '../reading/store/readers.ts';
import { Terms } from '../reading/store/terms.ts';
import type { Vault } from '../reading/store/vault.ts';
import type { StoredAuthorities } from '../storage/authorities.ts';
import { type Database, openDatabase } from '../storage/database.ts';
import { Destinations } from '../storage/destinations.ts';
import type { IdentityEntry } from '../storage/identity-log.ts';
import { RuleSets } from '../storage/rule-sets.ts';
import { CalledPeers } from './called-peers.ts';
import { Deidentifier } from './deidentify/deidentifier.ts';
import { IdentityModels } from './identity/identity-models.ts';
import { type NodeIdentity, openIdentity } from './identity/node-identity.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { PrivateMappings } from './normalise/private-mappings.ts';
import { ProcedureModels } from './normalise/procedure-models.ts';
import type { Dispatch } from './reading/dispatch.ts';
import { dispatchOf } from './reading/reading.ts';
import { ReadingResources } from './reading/reading-resources.ts';
import { type VaultKeyFile, vaultMasters } from './reading/vault-keys.ts';
import { HookNetworks } from './subscriptions/hook-networks.ts';

export interface Core {
  config: Config;
  log: Log;
  database: Database;
  peers: Peers;
  /** The same, as they are called. */
  called: CalledPeers;
  interfaces: Interfaces;
  destinations: Destinations;
  ruleSets: RuleSets;
  deidentifier: Deidentifier;
  /** What reading is done by: contracts, and who reads. */
  terms: Terms;
  readers: Readers;
  /** The logs of cases. */
  cases: CaseLog;
  /** Whether anybody has studies read elsewhere. */
  readingInUse: InUse;
  /** The same as FHIR has them. */
  readingResources: ReadingResources;
  /** What stands for whom in the copies of cases. */
  vault: Vault;
  vaultKeys: VaultKeyFile;
  /** Who is given which case; opened when it is first asked for. */
  dispatch(): Promise<Dispatch>;
  /** Where notifications may go. */
  networks: HookNetworks;
  /** Of this node's listeners, once they listen. */
  ports: number[];
  /** What studies show, for rules. */
  normalised: NormalisePool;
  authorities: StoredAuthorities;
  audit: Audit;
  metrics: Metrics;
  /** Who is who; taken in from the log when it is first asked for. */
  identity(): Promise<NodeIdentity>;
  /** By what is decided who is who. */
  models: IdentityModels;
  /** By what is told what was done. */
  procedureModels: ProcedureModels;
  privateMappings: PrivateMappings;
  /** These are durable in the identity log, under these ids: known here at once, where identity was taken in. */
  logged(entries: readonly IdentityEntry[], ids: readonly (string | undefined)[]): void;
  /** New studies are kept: whoever is to be known of them is known soon, where identity was asked for. */
  newStudies(): void;
  /** Ends what takes long of identity, before a stop: whoever waits for it is refused. */
  cease(): void;
  close(): Promise<void>;
}

export async function openCore(config: Config, log: Log): Promise<Core> {
  const closing = new AsyncDisposableStack();
  try {
    const deidentifier = Deidentifier.open({
      keyFile: config.deidentifyKey ?? join(config.data, 'deidentify.key'),
      makesKey: config.deidentifyKey === undefined,
      profilesFile: config.deidentifyProfiles,
    });
    const database = await openDatabase({ url: config.databaseUrl, dataDir: config.data, log });
    closing.defer(() => database.close());
    const audit = openAudit(database, { clock: systemClock, log });
    closing.defer(() => audit.close());
    const peers = await openPeers(database, { clock: systemClock });
    closing.defer(() => peers.close());
    const interfaces = await openInterfaces(database, { clock: systemClock });
    closing.defer(() => interfaces.close());
    const destinations = await Destinations.open(database);
    closing.defer(() => destinations.close());
    const ruleSets = await RuleSets.open(database);
    closing.defer(() => ruleSets.close());
    const terms = await Terms.open(database);
    closing.defer(() => terms.close());
    const readers = await Readers.open(database);
    closing.defer(() => readers.close());
    const cases = new CaseLog({ database, clock: systemClock, term: async (reference) => terms.term(reference) });
    closing.defer(() => cases.close());
    const readingResources = new ReadingResources({ database, terms, readers });
    const normalised = new NormalisePool(database, log);
    closing.defer(() => normalised.close());
    const procedureModels = new ProcedureModels({ database, log });
    closing.defer(() => procedureModels.close());
    const privateMappings = new PrivateMappings({ database, log });
    closing.defer(() => privateMappings.close());
    const metrics = createMetrics();
    const ports: number[] = [];
    const networks = new HookNetworks({
      allowed: config.hookNetworks,
      isLocal: isLoopback(config.http.host),
      ownPorts: () => ports,
    });
    const identity = await openIdentity({ database, log }, config.objects);
    closing.defer(() => identity.close());
    const models = new IdentityModels({ database, log, identity: () => identity.known() });
    closing.defer(() => models.close());
    let dispatch: Promise<Dispatch> | undefined;
    closing.defer(async () => (await dispatch?.catch(() => undefined))?.close());
    const vaultKeys = {
      file: config.vaultKey ?? join(config.data, 'vault.key'),
      makes: config.vaultKey === undefined,
    };
    const core: Core = {
      config,
      log,
      database,
      peers,
      called: new CalledPeers(peers),
      interfaces,
      destinations,
      ruleSets,
      deidentifier,
      terms,
      readers,
      cases,
      readingInUse: new InUse(database),
      readingResources,
      vault: new LocalVault(database, () => vaultMasters(vaultKeys)),
      vaultKeys,
      networks,
      ports,
      normalised,
      authorities: identity.authorities,
      audit,
      metrics,
      identity: () => identity.known(),
      models,
      procedureModels,
      privateMappings,
      logged: (entries, ids) => identity.logged(entries, ids),
      newStudies: () => identity.newStudies(),
      cease: () => identity.cease(),
      dispatch() {
        dispatch ??= dispatchOf(core);
        return dispatch;
      },
      close: () => closing.disposeAsync(),
    };
    return core;
  } catch (error) {
    await closing.disposeAsync();
    throw error;
  }
}
