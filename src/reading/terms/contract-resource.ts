// A contract as R4 has it: the legal wrapper, with a term for each that holds. What a term says in full is served by /api/v1.

import type { Contract as ContractResource, ContractTerm } from '@medplum/fhirtypes';
import type { ServiceTerm } from './service-term.ts';

export interface WrappedContract {
  id: string;
  client: string;
  provider: string;
  status: 'offered' | 'negotiable' | 'executed' | 'terminated';
  from: string;
  to?: string;
}

export function contractResource(contract: WrappedContract, terms: readonly ServiceTerm[]): ContractResource {
  const { id, client, provider, status, from, to } = contract;
  return {
    resourceType: 'Contract',
    id: `reading-${id}`,
    identifier: [{ value: id }],
    status,
    applies: { start: from, ...(to !== undefined && { end: to }) },
    subject: [{ type: 'Organization', display: client }],
    term: terms.map((term) => contractTerm(term, provider)),
  };
}

function contractTerm(term: ServiceTerm, provider: string): ContractTerm {
  const { id, version, validFrom, validTo } = term;
  return {
    identifier: { value: `${id} v${version}` },
    applies: { start: validFrom, ...(validTo !== undefined && { end: validTo }) },
    offer: {
      party: [party(provider, 'reading provider'), ...term.subProcessors.map((name) => party(name, 'sub-processor'))],
      text: inWords(term),
    },
  };
}

const party = (name: string, role: string) => ({
  reference: [{ type: 'Organization' as const, display: name }],
  role: { text: role },
});

/** For people: what it is for, and by when. The price is not for everybody who reads. */
function inWords({ readType, sites, modalities, bodyRegions, levels, disclosure }: ServiceTerm): string {
  const what = [...modalities, ...bodyRegions].join(', ') || 'all studies';
  const where = sites.length === 0 ? 'all sites' : sites.join(', ');
  const by = levels.map(({ priority, from, until, minutes }) => `${priority}: ${minutes} min from ${from} to ${until}`);
  return [
    `${readType} reading of ${what} of ${where}`,
    ...by,
    disclosure.mode === 'pseudonymised' ? `pseudonymised by ${disclosure.profile}` : disclosure.mode,
  ].join('; ');
}
