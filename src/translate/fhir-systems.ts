// Assigning authorities as FHIR identifier systems, and back (IHE ITI TF-2 Appendix E.3). An authority is an HD in the text
// that identity keeps: `namespace&universal id&type` (HL7 v2 2A.2.33, PS3.3 C.7.1.1 Issuer of Patient ID); one that has a
// name only may have a system by configuration, else it gets one of ours, so that every authority can be asked for.

/** Namespace, or the whole text of an authority, to the system that stands for it. */
export type ConfiguredSystems = ReadonlyMap<string, string>;

export interface FhirSystems {
  /** The system of an authority; undefined where there is none. */
  systemOf(issuer: string): string | undefined;
  /** The authority of a system. */
  issuerOf(system: string): string;
}

const OURS = 'urn:fascia:issuer:';

/** How a universal id of each type (HL7 table 0301) is written as a URI. Those of other types go under `OURS`. */
const prefixOfType: Readonly<Record<string, string>> = {
  ISO: 'urn:oid:',
  UUID: 'urn:uuid:',
  GUID: 'urn:uuid:',
  URI: '',
  URL: '',
};

export function fhirSystems(configured: ConfiguredSystems): FhirSystems {
  const authorities = new Map([...configured].map(([issuer, system]) => [system, issuer]));
  return {
    systemOf(issuer) {
      const [namespace = '', universalId = '', type = ''] = issuer.includes('&') ? threePartsOf(issuer) : [issuer];
      const known = configured.get(issuer) ?? (namespace === '' ? undefined : configured.get(namespace));
      if (known !== undefined) return known;
      const prefix = universalId === '' ? undefined : prefixOfType[type.toUpperCase()];
      if (prefix !== undefined) return prefix + (prefix === 'urn:uuid:' ? universalId.toLowerCase() : universalId);
      return issuer === '' ? undefined : OURS + encodeURIComponent(issuer);
    },
    issuerOf(system) {
      const known = authorities.get(system);
      if (known !== undefined) return known;
      if (system.startsWith('urn:oid:')) return `${system.slice('urn:oid:'.length)}&ISO`;
      if (system.startsWith('urn:uuid:')) return `${system.slice('urn:uuid:'.length)}&UUID`;
      if (system.startsWith(OURS)) return decoded(system.slice(OURS.length)) ?? `${system}&URI`;
      return `${system}&URI`;
    },
  };
}

/** `namespace&id&type`, `&id&type`, and `id&type` as DICOM's one text field often has it. */
function threePartsOf(issuer: string): string[] {
  const parts = issuer.split('&');
  return parts.length === 2 && Object.hasOwn(prefixOfType, parts[1]!.toUpperCase()) ? ['', ...parts] : parts;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
