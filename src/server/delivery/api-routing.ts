// What /api/v1 asks of routing, for one tenant and whoever asks.

import type { ApiDestination, ApiRouting, RulesInForce } from '../../api/route.ts';
import type { Principal } from '../../auth/principal.ts';
import { nearest } from '../../base/nearest.ts';
import { Problem } from '../../base/problem.ts';
import { asksForNormalised } from '../../delivery/normalised-facts.ts';
import { studyFacts } from '../../delivery/study-facts.ts';
import { type DryRun, dryRun, type PastStudy } from '../../routing/dry-run.ts';
import type { RuleSet } from '../../routing/rule.ts';
import { RulesError, rulesOf } from '../../routing/rule-set.ts';
import type { Step } from '../../routing/step.ts';
import type { Kind } from '../../storage/destinations.ts';
import { countDeliveries } from '../../storage/ledger.ts';
import { nextOfStudy } from '../../storage/next-appointments.ts';
import { ordersOfStudies } from '../../storage/orders-of-studies.ts';
import type { StoredRules } from '../../storage/rule-sets.ts';
import { studiesForRules, studiesSince } from '../../storage/study-for-rules.ts';
import type { Core } from '../core.ts';
import { checkSettings, withoutSecrets, withSecrets } from './destination-settings.ts';
import { explainRouting, type RoutingExplained } from './explain-routing.ts';
import { personOf } from './person-of-study.ts';

const limits = {
  versions: 1000,
  /** Studies that a dry run looks at, the newest. */
  studies: 20_000,
  studiesAtOnce: 500,
} as const;

const well = { problem: null, problemSince: null };

const DAY_MS = 86_400_000;

export function apiRouting(core: Core, principal: Principal): ApiRouting {
  return new PrincipalsRouting(core, principal);
}

class PrincipalsRouting implements ApiRouting {
  readonly #core: Core;
  readonly #tenant: number;
  readonly #author: string;

  constructor(core: Core, { tenant, id }: Principal) {
    this.#core = core;
    this.#tenant = tenant;
    this.#author = id;
  }

  inForce(): RulesInForce | undefined {
    const stored = this.#core.ruleSets.inForce(this.#tenant);
    return stored && told(stored);
  }

  async put(document: unknown): Promise<RulesInForce> {
    this.#compiled(document, 'new');
    await this.#core.ruleSets.put(this.#tenant, document, this.#author);
    return this.inForce()!;
  }

  async versions() {
    const versions = await this.#core.ruleSets.list(this.#tenant, limits.versions);
    return versions.map(({ version, author, createdAt, inForceSince }) => ({
      version,
      author,
      createdAt: createdAt.toISOString(),
      ...(inForceSince && { inForceSince: inForceSince.toISOString() }),
    }));
  }

  async activate(version: number): Promise<RulesInForce> {
    const found = await this.#version(version);
    // Since it was written a destination may have gone.
    this.#compiled(found.document, String(version));
    await this.#core.ruleSets.putInForce(this.#tenant, version);
    return this.inForce()!;
  }

  async dryRun({ days, rules, version }: { days: number; rules?: unknown; version?: number }): Promise<DryRun> {
    const { ruleSets } = this.#core;
    const document = version === undefined ? rules : (await this.#version(version)).document;
    if (document === undefined) throw new Problem('request/malformed', { reason: 'neither rules nor a version' });
    const after = this.#compiled(document, 'tried');
    const stored = ruleSets.inForce(this.#tenant);
    const before = stored && rulesOf(stored.document, { version: String(stored.version) });
    const isNormalised = asksForNormalised([document, stored?.document]);
    return dryRun(before, after, await this.#past(days, isNormalised));
  }

  async explain(study: string): Promise<RoutingExplained> {
    const { database, normalised } = this.#core;
    const stored = this.#core.ruleSets.inForce(this.#tenant);
    const rules = stored && rulesOf(stored.document, { version: String(stored.version) });
    return explainRouting(database, study, rules, async (one) => {
      const person = await personOf(this.#core, this.#tenant, study);
      const found = asksForNormalised(stored?.document) ? await normalised.of(one) : undefined;
      const [order] = await ordersOfStudies(database, [study]);
      const appointment = await nextOfStudy(database, study);
      return studyFacts(one, await this.#tenantName(), { person, normalised: found, order, appointment });
    });
  }

  async destinations(): Promise<ApiDestination[]> {
    const counts = new Map(
      (await countDeliveries(this.#core.database, this.#tenant)).map((each) => [each.destination, each]),
    );
    const troubles = new Map((await this.#core.destinations.troubled(this.#tenant)).map((each) => [each.id, each]));
    const stored = this.#core.destinations.list(this.#tenant);
    const peers = this.#core.peers
      .list(this.#tenant)
      .filter(({ aeTitle }) => !stored.some(({ name }) => name === aeTitle))
      .map(({ aeTitle }) => ({
        name: aeTitle,
        kind: 'dimse',
        settings: {},
        paused: false,
        queued: 0,
        failed: 0,
        ...well,
      }));
    const named = stored.map(({ id, name, kind, settings, pausedAt }) => ({
      name,
      kind,
      settings: withoutSecrets(kind, settings),
      paused: pausedAt !== undefined,
      queued: counts.get(id)?.queued ?? 0,
      failed: counts.get(id)?.failed ?? 0,
      problem: troubles.get(id)?.problem ?? null,
      problemSince: troubles.get(id)?.since.toISOString() ?? null,
    }));
    return [...named, ...peers].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  async putDestination(name: string, kind: Kind, settings: unknown): Promise<ApiDestination> {
    const { config, destinations } = this.#core;
    const stored = destinations.find(this.#tenant, name);
    const told = withSecrets(kind, settings, stored?.kind === kind ? stored.settings : undefined);
    checkSettings(kind, told, config.data);
    await destinations.put(this.#tenant, name, kind, told);
    return this.#destination(name);
  }

  async pause(name: string, isPaused: boolean): Promise<ApiDestination> {
    const { destinations, peers } = this.#core;
    if (peers.find(this.#tenant, name) !== undefined) await destinations.ofPeer(this.#tenant, name);
    if (!(await destinations.pause(this.#tenant, name, isPaused)))
      throw new Problem('catalogue/not-found', { what: 'destination' });
    return this.#destination(name);
  }

  async #destination(name: string): Promise<ApiDestination> {
    return (await this.destinations()).find((destination) => destination.name === name)!;
  }

  /** Throws request/malformed with every fault. */
  #compiled(document: unknown, version: string): RuleSet {
    const { destinations, peers } = this.#core;
    const known = [
      ...destinations.list(this.#tenant).map(({ name }) => name),
      ...peers.list(this.#tenant).map(({ aeTitle }) => aeTitle),
    ];
    try {
      const rules = rulesOf(document, { version, destinations: known });
      for (const { name, steps } of rules.rules) this.#checkProfiles(name, steps);
      return rules;
    } catch (thrown) {
      if (!(thrown instanceof RulesError)) throw thrown;
      throw new Problem('request/malformed', { reason: thrown.message });
    }
  }

  #checkProfiles(rule: string, steps: readonly Step[]): void {
    const { profiles } = this.#core.deidentifier;
    for (const step of steps) {
      if (!('deidentify' in step) || profiles.has(step.deidentify.profile)) continue;
      const meant = nearest(step.deidentify.profile, profiles.keys());
      const reason = `${rule}: no profile ${step.deidentify.profile}${meant ? `; did you mean ${meant}?` : ''}`;
      throw new Problem('request/malformed', { reason });
    }
  }

  async #version(version: number): Promise<StoredRules> {
    const found = await this.#core.ruleSets.version(this.#tenant, version);
    if (found === undefined) throw new Problem('catalogue/not-found', { what: 'version of the rules' });
    return found;
  }

  async #tenantName(): Promise<string> {
    const { database } = this.#core;
    const [tenant] = await database.query<{ name: string }>('select name from tenant where id = $1', [this.#tenant]);
    return tenant!.name;
  }

  async #past(days: number, isNormalised: boolean): Promise<PastStudy[]> {
    const { database, normalised } = this.#core;
    const since = new Date(Date.now() - days * DAY_MS);
    const ids = await studiesSince(database, this.#tenant, since, limits.studies);
    const tenant = await this.#tenantName();
    const past: PastStudy[] = [];
    for (let at = 0; at < ids.length; at += limits.studiesAtOnce) {
      const orders = await ordersOfStudies(database, ids.slice(at, at + limits.studiesAtOnce));
      const studies = await studiesForRules(database, ids.slice(at, at + limits.studiesAtOnce));
      for (const study of studies) {
        const found = isNormalised ? await normalised.of(study) : undefined;
        const order = orders.find((each) => each.study === study.id);
        past.push({ facts: studyFacts(study, tenant, { normalised: found, order }), at: study.createdAt });
      }
    }
    return past;
  }
}

function told({ version, author, inForceSince, document }: StoredRules): RulesInForce {
  return { version, author, inForceSince: inForceSince!.toISOString(), ...(document as { rules: unknown[] }) };
}
