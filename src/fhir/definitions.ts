// The elements of FHIR R4's resources and data types, made of the generated lines when a type is first asked for. Readers,
// writers and the validation all walk by these tables.

import { resourceTypeNames, typeLines, valueSetCodes } from './definitions.generated.ts';

export interface ElementDefinition {
  /** Without the `[x]` of a choice. */
  name: string;
  /** 0..* or 1..*. */
  isMany: boolean;
  /** 1..1 or 1..*. */
  isRequired: boolean;
  /** Shown in a summary (R4 search.html#summary). */
  isSummary: boolean;
  /** Written as an XML attribute. */
  isAttribute: boolean;
  /** A choice has one property for each of its types: `valueQuantity`. */
  isChoice: boolean;
  types: readonly string[];
  /** The codes of a required binding, where they are a closed list. */
  codes?: ReadonlySet<string>;
}

/** An element under the name that it has in JSON and XML. */
export interface Property {
  element: ElementDefinition;
  type: string;
}

export interface TypeDefinition {
  name: string;
  /** In the order of the definition, those of the base first. */
  elements: readonly ElementDefinition[];
  /** By name in JSON and XML, in the same order. */
  properties: ReadonlyMap<string, Property>;
}

export const resourceTypes: ReadonlySet<string> = new Set(resourceTypeNames.split(' '));

/** R4 2.24.0.1.2: what an element whose type is open may be. */
const openTypes = (
  'base64Binary boolean canonical code date dateTime decimal id instant integer markdown oid positiveInt string time unsignedInt ' +
  'uri url uuid Address Age Annotation Attachment CodeableConcept Coding ContactPoint Count Distance Duration HumanName ' +
  'Identifier Money Period Quantity Range Ratio Reference SampledData Signature Timing ContactDetail Contributor DataRequirement ' +
  'Expression ParameterDefinition RelatedArtifact TriggerDefinition UsageContext Dosage Meta'
).split(' ');

const definitions = new Map<string, TypeDefinition>();
const codeSets = new Map<string, ReadonlySet<string>>();

/** The definition of a complex type, a resource or a part of one (`Patient.contact`); undefined where R4 has none. */
export function definitionOf(type: string): TypeDefinition | undefined {
  const known = definitions.get(type);
  if (known !== undefined || !Object.hasOwn(typeLines, type)) return known;
  const [base, own] = typeLines[type]!.split(':') as [string, string];
  const inherited = base === '' ? [] : definitionOf(base)!.elements;
  const elements = [
    ...inherited,
    ...own
      .split(',')
      .filter((text) => text !== '')
      .map(elementOf),
  ];
  const properties = new Map(elements.flatMap(propertiesOf));
  const definition = { name: type, elements, properties };
  definitions.set(type, definition);
  return definition;
}

const writtenElement = /^(\w+)(\[x\])?(~?)([?*!+])(@?)([^=]*)=?(.*)$/;

function elementOf(text: string): ElementDefinition {
  const [, name, choice, summary, cardinality, attribute, types, binding] = writtenElement.exec(text)!;
  return {
    name: name!,
    isMany: cardinality === '*' || cardinality === '+',
    isRequired: cardinality === '!' || cardinality === '+',
    isSummary: summary === '~',
    isAttribute: attribute === '@',
    isChoice: choice !== undefined,
    types: types === '*' ? openTypes : types!.split('|'),
    codes: binding === '' ? undefined : codesOf(binding!),
  };
}

function propertiesOf(element: ElementDefinition): [string, Property][] {
  const { name, types, isChoice } = element;
  if (!isChoice) return [[name, { element, type: types[0]! }]];
  return types.map((type) => [`${name}${type[0]!.toUpperCase()}${type.slice(1)}`, { element, type }]);
}

function codesOf(valueSet: string): ReadonlySet<string> {
  const known = codeSets.get(valueSet) ?? new Set(valueSetCodes[valueSet]!.split(' '));
  codeSets.set(valueSet, known);
  return known;
}
