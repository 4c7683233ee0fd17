// Steps that change single values: set, copy, remove, map, and private elements brought to their standard attribute.

import { DataSet, type NewValue } from '../../dicom/dataset.ts';
import { entryOf, vrOf } from '../../dicom/dictionary.ts';
import { Element, isBytes, isItems } from '../../dicom/element.ts';
import { hexOf, isPrivate } from '../../dicom/tag.ts';
import { vrs } from '../../dicom/vr.ts';
import type { StepValue } from '../step.ts';
import { tagIn } from './attribute.ts';

type Found = (code: 'value-not-mapped' | 'value-unusable', path: string) => void;

/** A private attribute is set only where its creator has a block: without one it would belong to nobody. */
export function set(dataset: DataSet, values: StepValue<'set'>): void {
  for (const [name, text] of Object.entries(values)) {
    const tag = tagIn(dataset, name);
    if (tag !== undefined) dataset.set(tag, text === '' ? null : valuesOf(dataset, tag, text));
  }
}

export function copy(dataset: DataSet, { from, to }: StepValue<'copy'>): void {
  const [source, target] = [tagIn(dataset, from), tagIn(dataset, to)];
  const element = source === undefined ? undefined : dataset.get(source);
  if (element === undefined || target === undefined) return;
  if (isItems(element.value)) dataset.set(target, element.value, 'SQ');
  else dataset.set(target, dataset.texts(element.tag));
}

export function remove(dataset: DataSet, names: StepValue<'remove'>): void {
  for (const name of names) {
    if (name === 'private') removePrivate(dataset);
    const tag = tagIn(dataset, name);
    if (tag !== undefined) dataset.delete(tag);
  }
}

/** At every depth. */
function removePrivate(dataset: DataSet): void {
  for (const { tag, value } of [...dataset.elements.values()]) {
    if (isPrivate(tag)) dataset.delete(tag);
    else if (isItems(value)) for (const item of value) removePrivate(item);
  }
}

export function map(dataset: DataSet, { attribute, values, otherwise }: StepValue<'map'>, found: Found): void {
  const tag = tagIn(dataset, attribute);
  if (tag === undefined || !dataset.has(tag)) return;
  const texts = dataset.texts(tag);
  const isListed = (text: string) => Object.hasOwn(values, text);
  if (otherwise === 'stop' && !texts.every(isListed)) {
    found('value-not-mapped', hexOf(tag));
    return;
  }
  const kept = texts.filter((text) => isListed(text) || otherwise !== 'remove');
  dataset.set(
    tag,
    kept.map((text) => (isListed(text) ? values[text]! : text)),
  );
}

/** Where the private element is not there, the standard one stays as it is. */
export function standardise(dataset: DataSet, step: StepValue<'standardise'>, found: Found): void {
  const [source, target] = [tagIn(dataset, step.from), tagIn(dataset, step.to)];
  const element = source === undefined ? undefined : dataset.get(source);
  if (element === undefined || target === undefined) return;
  const readable = asNamed(element, dataset);
  const { scale = 1, offset = 0 } = step;
  if (scale === 1 && offset === 0 && vrs[vrOf(target)].kind === 'text') {
    dataset.set(target, readable.texts(element.tag));
    return;
  }
  const numbers = readable.numbers(element.tag).map((number) => number * scale + offset);
  if (numbers.length === 0 || numbers.some(Number.isNaN)) found('value-unusable', hexOf(element.tag));
  else dataset.set(target, numbers);
}

/** A private element that was written as UN has the VR that its creator gives it; what nobody knows is text. */
function asNamed(element: Element, dataset: DataSet): DataSet {
  if (element.vr !== 'UN' || !isBytes(element.value)) return dataset;
  const known = entryOf(element.tag, dataset.privateCreator(element.tag))?.vrs[0] ?? 'LO';
  const readable = new DataSet();
  readable.characterSet = dataset.characterSet;
  readable.add(Element.of(element.tag, known, element.value));
  return readable;
}

/** PS3.5 6.4: a backslash separates values where the VR has several. */
function valuesOf(dataset: DataSet, tag: number, text: string): NewValue {
  const vr = dataset.get(tag)?.vr ?? vrOf(tag, dataset.privateCreator(tag));
  return vrs[vr].multiple ? text.split('\\') : text;
}
