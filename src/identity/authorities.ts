// Who assigns identifiers, under one name each: the HD of HL7 (a namespace, a universal id, or both), Issuer of Patient ID
// with its qualifiers in DICOM (PS3.3 C.7.1.1, 10.14), an identifier's system in FHIR. What a site knows of its authorities
// makes them equal; what nobody knows keeps the most telling of its names.

/** A hierarchic designator, HL7 v2 2.A.33; empty where nothing is said. */
export interface Designator {
  namespaceId?: string | undefined;
  universalId?: string | undefined;
  /** ISO, UUID, DNS, URI, …: HL7 table 0301. */
  universalIdType?: string | undefined;
}

export interface Authority extends Designator {
  /** Under which it is known here; also its namespace unless another one is given. */
  name: string;
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
    for (const authority of all) {
      const { name, namespaceId, universalId, system, sources } = authority;
      for (const key of [name, namespaceId, universalId, system, urnOf(authority)]) {
        if (key) this.#named.set(fold(key), name);
      }
      for (const source of sources) this.#ofSource.set(fold(source), name);
    }
  }

  /** The issuer of an identifier as sightings have it: an authority's name here, else `UNIVERSAL&TYPE` or the namespace. */
  issuer({ namespaceId = '', universalId = '', universalIdType = '' }: Designator): string {
    const [namespace, universal, type] = [namespaceId, universalId, universalIdType].map((part) => part.trim());
    const known = this.#named.get(fold(universal!)) ?? this.#named.get(fold(namespace!));
    if (known !== undefined) return known;
    return universal ? `${universal}&${type || 'ISO'}` : namespace!;
  }

  /** The issuer of a FHIR identifier's system; the system itself where it is nobody's. */
  issuerOfSystem(system: string): string {
    const known = this.#named.get(fold(system));
    if (known !== undefined) return known;
    if (system.startsWith(unknownSystem)) return decodeURIComponent(system.slice(unknownSystem.length));
    const [, kind, id] = /^urn:(oid|uuid):(.+)$/i.exec(system) ?? [];
    return kind === undefined
      ? system
      : this.issuer({ universalId: id, universalIdType: universalTypes[kind.toLowerCase()] });
  }

  /** The FHIR system of an issuer. */
  systemOf(issuer: string): string {
    const known = this.all.find(({ name }) => name === issuer);
    if (known !== undefined) return known.system ?? urnOf(known) ?? `${unknownSystem}${encodeURIComponent(issuer)}`;
    const [, universalId, universalIdType] = /^(.+)&(\w+)$/.exec(issuer) ?? [];
    const isUri = /^[a-z][a-z0-9+.-]*:/i.test(issuer);
    return (
      urnOf({ universalId, universalIdType }) ?? (isUri ? issuer : `${unknownSystem}${encodeURIComponent(issuer)}`)
    );
  }

  /** HD of an issuer, for messages. */
  designatorOf(issuer: string): Designator {
    const known = this.all.find(({ name }) => name === issuer);
    if (known !== undefined) {
      const { name, namespaceId = name, universalId, universalIdType } = known;
      return { namespaceId, universalId, universalIdType };
    }
    const [, universalId, universalIdType] = /^(.+)&(\w+)$/.exec(issuer) ?? [];
    return universalId === undefined ? { namespaceId: issuer } : { universalId, universalIdType };
  }

  /** Whose identifiers this source means where it names nobody; empty where nobody said. */
  ofSource(source: string): string {
    return this.#ofSource.get(fold(source)) ?? '';
  }
}

/** FHIR wants a system that is a URI: a namespace of nobody's knowledge is one of ours. */
const unknownSystem = 'urn:fascia:namespace:';

const universalTypes: Record<string, string> = { oid: 'ISO', uuid: 'UUID' };

function urnOf({ universalId, universalIdType = 'ISO' }: Designator): string | undefined {
  if (!universalId) return undefined;
  const type = universalIdType.toUpperCase();
  if (type === 'ISO') return `urn:oid:${universalId}`;
  if (type === 'UUID' || type === 'GUID') return `urn:uuid:${universalId.toLowerCase()}`;
  return type === 'URI' ? universalId : undefined;
}

/** Names of authorities differ in case and in blanks from one interface to the next. */
const fold = (text: string): string => text.trim().toUpperCase();
