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

  constructor(all: readonly Authority[]) {
    this.all = all;
    for (const { name, namespaceId, universalId, sources } of all) {
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

/** Names of authorities differ in case and in blanks from one interface to the next. */
const fold = (text: string): string => text.trim().toUpperCase();
