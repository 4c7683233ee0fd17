// What /api/v1 asks of contracts, for whoever asks: a client its own, a provider those it reads by, the account that owns the
// installation all. A contract is the client's to write.

import type { ApiContract, ApiContracts } from '../../api/reading-contracts.ts';
import type { Principal } from '../../auth/principal.ts';
import { systemClock } from '../../base/clock.ts';
import { Problem } from '../../base/problem.ts';
import { readSite } from '../../reading/gate/site.ts';
import type { Contract } from '../../reading/store/contracts.ts';
import { heldAt } from '../../reading/store/terms.ts';
import { readContract, readTerm } from '../../reading/terms/read-term.ts';
import type { ServiceTerm } from '../../reading/terms/service-term.ts';
import type { Core } from '../core.ts';
import { tenantName } from './tenant-name.ts';

export function apiContracts(core: Core, principal: Principal): ApiContracts {
  const { terms, deidentifier } = core;
  const { id: author, tenant } = principal;
  const profiles = new Set(deidentifier.profiles.keys());
  const mayWrite = (contract: Contract) => isOwner(principal) || contract.tenant === tenant;
  const maySee = (contract: Contract) => mayWrite(contract) || contract.room === tenant;
  const found = (id: string) => {
    const contract = terms.contract(id);
    if (contract === undefined || !maySee(contract)) throw new Problem('catalogue/not-found', { what: 'contract' });
    return contract;
  };
  const get = (id: string) => told(found(id));
  return {
    list: () => terms.contracts().filter(maySee).map(told),
    get,
    async put(document) {
      const at = systemClock.now();
      const contract = readContract(document, { at, profiles });
      const own = await tenantName(core.database, tenant);
      const { client = own } = contract;
      if (!isOwner(principal) && client !== own)
        throw new Problem('auth/forbidden', { action: 'write for this client' });
      await terms.putContract({ ...contract, client }, { author, at });
      await core.readingResources.keepContract(contract.id);
      return get(contract.id);
    },
    async putTerm(id, name, document) {
      const contract = found(id);
      if (!mayWrite(contract)) throw new Problem('auth/forbidden', { action: 'write for this client' });
      const term = readTerm(document, { contract: id, name, at: systemClock.now(), profiles });
      const written = await terms.putTerm(term, author);
      await core.readingResources.keepContract(id);
      return written;
    },
    sites: async () => terms.sites(await tenantName(core.database, tenant)),
    async putSite(document) {
      const site = readSite(document);
      await terms.putSite(tenant, site);
      return site;
    },
  };
}

/** Whoever owns the data folder acts for all who share the installation. */
export const isOwner = ({ kind }: Principal): boolean => kind === 'local';

function told(contract: Contract & { terms: readonly ServiceTerm[] }): ApiContract {
  const { id, client, provider, status, from, to, terms } = contract;
  const newest = new Map(terms.toReversed().map((term) => [term.id, term]));
  for (const term of heldAt(terms, systemClock.now())) newest.set(term.id, term);
  const named = [...newest].map(([termId, term]) => [termId.slice(id.length + 1), term] as const);
  return { id, client, provider, status, from, ...(to !== undefined && { to }), terms: Object.fromEntries(named) };
}
