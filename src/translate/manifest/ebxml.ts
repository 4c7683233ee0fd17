// Objects of ebRIM 3.0 as XDS.b metadata has them (ITI TF-3 4.2.1): slots, names, classifications and external identifiers,
// as XML whose prefix `rim` is declared around it.

import { escapeXml } from '../../base/xml-escape.ts';

/** A value of a coded attribute: ITI TF-3 4.2.3.1.2, CodedElement. */
export interface XdsCode {
  code: string;
  /** OID of the code system, or its name. */
  scheme: string;
  display: string;
}

const OBJECT = 'urn:oasis:names:tc:ebxml-regrep:ObjectType:RegistryObject';

/** Nothing where there is no value. */
export function slot(name: string, ...values: (string | undefined)[]): string {
  const written = values.filter(Boolean).map((value) => `<rim:Value>${escapeXml(value!)}</rim:Value>`);
  if (written.length === 0) return '';
  return `<rim:Slot name="${name}"><rim:ValueList>${written.join('')}</rim:ValueList></rim:Slot>`;
}

export const localized = (element: 'Name' | 'Description', text: string): string =>
  `<rim:${element}><rim:LocalizedString value="${escapeXml(text)}"/></rim:${element}>`;

/** Ids of what is within an object: unlike each other, and of no meaning. */
export class Classifier {
  readonly #object: string;
  readonly #prefix: string;
  #count = 0;

  /** `object`: id of what is classified; `prefix`: of the ids that are given. */
  constructor(object: string, prefix: string) {
    this.#object = object;
    this.#prefix = prefix;
  }

  coded(scheme: string, { code, scheme: codingScheme, display }: XdsCode): string {
    return this.#classification(scheme, code, `${slot('codingScheme', codingScheme)}${localized('Name', display)}`);
  }

  /** ITI TF-3 4.2.3.2.1: an author has no code. `institution`: XON. */
  author(scheme: string, institution: string): string {
    return this.#classification(scheme, '', slot('authorInstitution', institution));
  }

  identifier(scheme: string, name: string, value: string): string {
    const attributes = `id="${this.#next()}" objectType="${OBJECT}:ExternalIdentifier"`;
    return (
      `<rim:ExternalIdentifier ${attributes} registryObject="${escapeXml(this.#object)}" identificationScheme="${scheme}" ` +
      `value="${escapeXml(value)}">${localized('Name', name)}</rim:ExternalIdentifier>`
    );
  }

  #classification(scheme: string, node: string, content: string): string {
    return (
      `<rim:Classification id="${this.#next()}" objectType="${OBJECT}:Classification" classificationScheme="${scheme}" ` +
      `classifiedObject="${escapeXml(this.#object)}" nodeRepresentation="${escapeXml(node)}">${content}</rim:Classification>`
    );
  }

  #next(): string {
    this.#count += 1;
    return `${this.#prefix}${this.#count}`;
  }
}

export const association = (id: string, type: string, [source, target]: [string, string], slots = ''): string =>
  `<rim:Association id="${id}" objectType="${OBJECT}:Association" associationType="${type}" ` +
  `sourceObject="${escapeXml(source)}" targetObject="${escapeXml(target)}">${slots}</rim:Association>`;
