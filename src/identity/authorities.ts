// Who assigns identifiers, under one name each. A source writes an authority as a namespace, a universal id or both (HD of
// HL7, Issuer of Patient ID with its qualifiers in PS3.3 C.7.1.1, a system in FHIR); what a site knows of its authorities
// makes them equal, and says whom a connection means that names nobody.

import type { Identifier, Sighting } from './sighting.ts';

export interface Authority {
  /** Under which it is known here; a namespace of it, too. */
  name: string;
  /** Another namespace. */
  namespaceId?: string | undefined;
  universalId?: string | undefined;
  /** ISO, UUID, DNS, URI, …: HL7 table 0301; ISO where it is not said. */
  universalIdType?: string | undefined;
  /** Its FHIR system, where that is not the universal id as a URI. */
  system?: string | undefined;
  /** AE titles, facilities and connections whose identifiers are its own where they name no authority. */
  sources: readonly string[];
}

export class Authorities {
  readonly all: readonly Authority[];
  readonly #named = new Map<string, string>();
  readonly #ofSource = new Map<string, string>();
  readonly #ofSystem = new Map<string, string>();

  constructor(all: readonly Authority[]) {
    this.all = all;
    for (const { name, namespaceId, universalId, system, sources } of all) {
      if (system) this.#ofSystem.set(system, name);
      for (const text of [universalId, namespaceId, name]) if (text) this.#named.set(fold(text), name);
      for (const source of sources) this.#ofSource.set(fold(source), name);
    }
  }

  /**
   * `namespace`, `universal id&type` or `namespace&universal id&type` as one text: the authority's name here, else the
   * universal id with its type, else the namespace. Empty for none.
   */
  canonical(issuer: string): string {
    const parts = issuer.split('&').map((part) => part.trim());
    const [universalId = '', type = ''] = parts.length > 2 ? parts.slice(1) : parts.length === 2 ? parts : [];
    const namespace = parts.length === 2 ? '' : parts[0]!;
    const known = this.#named.get(fold(universalId)) ?? this.#named.get(fold(namespace));
    if (known !== undefined) return known;
    return universalId === '' ? namespace : `${universalId}&${type || 'ISO'}`;
  }

  /** Whose identifiers this source means where it names nobody; empty where nobody said. */
  ofSource(source: string): string {
    return this.#ofSource.get(fold(source)) ?? '';
  }

  /** The issuer that a FHIR identifier's system stands for (IHE ITI TF-2 Appendix E.3). */
  issuerOfSystem(system: string): string {
    const known = this.#ofSystem.get(system);
    if (known !== undefined) return known;
    const [, kind, id] = /^urn:(oid|uuid):(.+)$/i.exec(system) ?? [];
    if (kind !== undefined) return this.canonical(`${id}&${kind.toLowerCase() === 'oid' ? 'ISO' : 'UUID'}`);
    const named = system.startsWith(NAMESPACE) ? decoded(system.slice(NAMESPACE.length)) : undefined;
    return this.canonical(named ?? `${system.replaceAll('&', '%26')}&URI`);
  }

  /** The reverse. A namespace of which nothing else is known gets a system of ours, so that it can be asked for. */
  systemOf(issuer: string): string {
    const known = this.all.find(({ name }) => name === issuer);
    const [universalId = '', type = 'ISO'] =
      known === undefined ? universalOf(issuer) : [known.universalId, known.universalIdType];
    return known?.system ?? uriOf(universalId, type) ?? NAMESPACE + encodeURIComponent(issuer);
  }

  identifier({ issuer, id }: Identifier): Identifier {
    return { issuer: this.canonical(issuer), id };
  }

  /** The sighting as all of ours are compared: every authority by its one name. */
  applied(sighting: Sighting): Sighting {
    const { issuer, site, otherPatientIds } = sighting;
    return {
      ...sighting,
      issuer: this.canonical(issuer) || this.ofSource(site),
      ...(otherPatientIds && { otherPatientIds: otherPatientIds.map((other) => this.identifier(other)) }),
    };
  }
}

const NAMESPACE = 'urn:fascia:namespace:';

const universalOf = (issuer: string): string[] => (issuer.includes('&') ? issuer.split('&') : []);

function uriOf(universalId: string, type: string): string | undefined {
  if (universalId === '') return undefined;
  const kind = type.toUpperCase();
  if (kind === 'ISO') return `urn:oid:${universalId}`;
  if (kind === 'UUID' || kind === 'GUID') return `urn:uuid:${universalId.toLowerCase()}`;
  return kind === 'URI' || kind === 'URL' ? universalId.replaceAll('%26', '&') : undefined;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Names of authorities differ in case and in blanks from one interface to the next. */
const fold = (text: string): string => text.trim().toUpperCase();
