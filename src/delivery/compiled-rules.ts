// The rules in force of each tenant, compiled once for each version, and what is to be found out for them: what none of them
// asks for costs nothing.

import type { RuleSet } from '../routing/rule.ts';
import { rulesOf } from '../routing/rule-set.ts';
import type { RuleSets } from '../storage/rule-sets.ts';
import { asksForNormalised } from './normalised-facts.ts';
import { asksForOrder } from './order-facts.ts';

export interface CompiledRules {
  version: number;
  rules: RuleSet;
  asksPerson: boolean;
  asksNormalised: boolean;
  asksCompleteness: boolean;
  asksBacklog: boolean;
  asksOrder: boolean;
}

/** What rules must wait for identity for; what was sent with the images is known at once. */
const asksIdentity = /\bperson\.(id|identifiers|restricted)\b|"coerce"/;

export class RulesInForce {
  readonly #ruleSets: RuleSets;
  readonly #compiled = new Map<number, CompiledRules>();

  constructor(ruleSets: RuleSets) {
    this.#ruleSets = ruleSets;
  }

  /** undefined where the tenant has none. */
  of(tenant: number): CompiledRules | undefined {
    const stored = this.#ruleSets.inForce(tenant);
    if (stored === undefined) return undefined;
    const known = this.#compiled.get(tenant);
    if (known?.version === stored.version) return known;
    const rules = rulesOf(stored.document, { version: String(stored.version) });
    const compiled: CompiledRules = {
      version: stored.version,
      rules,
      asksPerson: asksIdentity.test(JSON.stringify(stored.document)),
      asksNormalised: asksForNormalised(stored.document),
      asksCompleteness: rules.rules.some(({ after }) => after !== 'instance'),
      asksOrder: asksForOrder(stored.document),
      asksBacklog: rules.rules.some(({ send }) => send.some(({ balance }) => balance === 'idlest')),
    };
    this.#compiled.set(tenant, compiled);
    return compiled;
  }
}
