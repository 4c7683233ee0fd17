// One image plane as its acquisition is described. A classic object is one frame; an enhanced one has as many as Number of
// Frames says, each described by its own functional groups, the shared ones and the object itself (PS3.3 C.7.6.16). Values
// are asked for by keyword or private tag, wherever they stand.

import type { DataSet, Key } from '../../dicom/dataset.ts';
import type { Element } from '../../dicom/element.ts';
import { numbersOf, textsOf } from '../../dicom/element-values.ts';
import { hexOf, isPrivate } from '../../dicom/tag.ts';
import type { VR } from '../../dicom/vr.ts';
import type { FactSource } from '../fact.ts';
import { limits } from './limits.ts';
import { type Attribute, elementOf, isPrivateTag, privateTags } from './private-tag.ts';

/** A data set that says something of a frame, with the path of the sequence items it lies in. */
interface Scope {
  dataset: DataSet;
  path: string;
}

/** Images and objects referred to have attributes of their own, which are not the frame's. */
const references = new Set([0x0008_1140, 0x0008_9124, 0x0008_2112, 0x0008_9092, 0x0008_9154, 0x0040_9096]);

/** Macros lie in an item of the functional groups; what they hold in sequences of their own is asked for too. */
const MACRO_DEPTH = 3;

/** An enhanced description of a classic image, which Philips adds. */
const philipsEnhanced = privateTags('Philips MR Imaging DD 005', 0x2005)(0x0f, 'SQ');

export class Frame {
  /** The object it is a frame of. */
  readonly object: DataSet;
  /** From 0. */
  readonly index: number;
  readonly #scopes: readonly Scope[];

  constructor(object: DataSet, index: number, scopes: readonly Scope[]) {
    this.object = object;
    this.index = index;
    this.#scopes = scopes;
  }

  has(attribute: Attribute): boolean {
    return this.#find(attribute) !== undefined;
  }

  /** The first value as a number; undefined when absent, empty or not a number. */
  number(attribute: Attribute): number | undefined {
    const [first] = this.numbers(attribute);
    return first === undefined || Number.isNaN(first) ? undefined : first;
  }

  /** NaN stands for a malformed value. */
  numbers(attribute: Attribute): number[] {
    const found = this.#find(attribute);
    return found === undefined ? [] : numbersOf(found.element, found.scope.dataset.characterSet);
  }

  text(attribute: Attribute): string | undefined {
    return this.texts(attribute)[0] || undefined;
  }

  texts(attribute: Attribute): string[] {
    const found = this.#find(attribute);
    return found === undefined ? [] : textsOf(found.element, found.scope.dataset.characterSet);
  }

  bytes(attribute: Attribute): Uint8Array | undefined {
    const value = this.#find(attribute)?.element.value;
    return value instanceof Uint8Array ? value : undefined;
  }

  items(attribute: Attribute): DataSet[] {
    const value = this.#find(attribute)?.element.value;
    return Array.isArray(value) ? value : [];
  }

  /** Where a value was read; `within` says which part of it. */
  source(attribute: Attribute, within?: string): FactSource {
    const found = this.#find(attribute);
    const path = (found?.scope.path ?? '') + hexOf(found?.element.tag ?? 0);
    return {
      path,
      ...(isPrivateTag(attribute) && { creator: attribute.creator }),
      ...(within !== undefined && { within }),
    };
  }

  /** Tags and VRs of the standard elements that describe the frame, each once. */
  *described(): Generator<{ tag: number; vr: VR }> {
    const seen = new Set<number>();
    for (const { dataset } of this.#scopes) {
      for (const { tag, vr } of dataset.elements.values()) {
        if (isPrivate(tag) || seen.has(tag)) continue;
        seen.add(tag);
        yield { tag, vr };
      }
    }
  }

  /** An empty value says nothing: the next scope is asked. */
  #find(attribute: Attribute): { element: Element; scope: Scope } | undefined {
    for (const scope of this.#scopes) {
      const element = elementOf(scope.dataset, attribute);
      if (element !== undefined && !isEmpty(element)) return { element, scope };
    }
    return undefined;
  }
}

const isEmpty = ({ value }: Element): boolean => 'length' in value && value.length === 0;

/** The frames of an object, in the order of its pixels. */
export function framesOf(object: DataSet): Frame[] {
  const root: Scope = { dataset: object, path: '' };
  const shared = macrosBelow(object, 'SharedFunctionalGroupsSequence', 0);
  const perFrame = object.items('PerFrameFunctionalGroupsSequence');
  if (perFrame.length === 0 && shared.length === 0) return [new Frame(object, 0, [root, ...embedded(object)])];
  // A number of frames is no more than a claim where nothing describes them.
  const claimed = Math.min(object.number('NumberOfFrames') ?? 1, limits.framesOfSeries + 1);
  const count = Math.max(1, perFrame.length, claimed);
  return Array.from({ length: count }, (_, index) => {
    const own = macrosBelow(object, 'PerFrameFunctionalGroupsSequence', index);
    return new Frame(object, index, [...own, ...shared, root]);
  });
}

function macrosBelow(object: DataSet, groups: Key, index: number): Scope[] {
  const item = object.items(groups)[index];
  const path = `${hexOf(object.get(groups)?.tag ?? 0)}[${index + 1}].`;
  return item === undefined ? [] : scopesBelow({ dataset: item, path }, MACRO_DEPTH);
}

/** An item and the first items of its sequences, outer ones first. */
function scopesBelow(scope: Scope, depth: number): Scope[] {
  const found = [scope];
  if (depth === 0) return found;
  for (const { tag, vr, value } of scope.dataset.elements.values()) {
    if (vr !== 'SQ' || !Array.isArray(value) || value.length === 0 || references.has(tag)) continue;
    found.push(...scopesBelow({ dataset: value[0]!, path: `${scope.path}${hexOf(tag)}[1].` }, depth - 1));
  }
  return found;
}

function embedded(object: DataSet): Scope[] {
  const element = elementOf(object, philipsEnhanced);
  const item = element && Array.isArray(element.value) ? element.value[0] : undefined;
  return item === undefined ? [] : scopesBelow({ dataset: item, path: `${hexOf(element!.tag)}[1].` }, MACRO_DEPTH);
}
