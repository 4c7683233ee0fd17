// A data set as lines for people: tag, VR, name, value, items indented. Private elements carry their creator's names.

import type { DataSet } from '../dicom/dataset.ts';
import { entryOf } from '../dicom/dictionary.ts';
import { type Element, isBulkRef, isFragments, isItems } from '../dicom/element.ts';
import { sopClassName } from '../dicom/sop-class.ts';
import { elementOf, isPrivateCreator, printTag } from '../dicom/tag.ts';
import { transferSyntax } from '../dicom/transfer-syntax.ts';

const limits = {
  valueCharacters: 120,
  binaryBytes: 16,
};

/** Deeply nested items are walked without recursion: real files nest deeper than a stack. */
export function* dumpLines(dataset: DataSet): Generator<string> {
  const stack: Iterator<string | DataSet>[] = [linesOf(dataset)];
  while (stack.length > 0) {
    const { value, done } = stack.at(-1)!.next();
    if (done) stack.pop();
    else if (typeof value === 'string') yield `${'    '.repeat(stack.length - 1)}${value}`;
    else stack.push(linesOf(value));
  }
}

function* linesOf(dataset: DataSet): Generator<string | DataSet> {
  for (const element of dataset.elements.values()) {
    yield `${printTag(element.tag)} ${element.vr}  ${nameOf(dataset, element)}${printedValue(dataset, element)}`;
    if (!isItems(element.value)) continue;
    for (const [index, item] of element.value.entries()) {
      yield `  item ${index + 1}`;
      yield item;
    }
  }
}

export function nameOf(dataset: DataSet, { tag }: Element): string {
  if (elementOf(tag) === 0) return 'GroupLength';
  if (isPrivateCreator(tag)) return 'PrivateCreator';
  const creator = dataset.privateCreator(tag);
  const entry = entryOf(tag, creator);
  if (entry === undefined) return creator === undefined ? '?' : `? of ${creator}`;
  return creator === undefined ? entry.keyword : `${entry.name} of ${creator}`;
}

export function printedValue(dataset: DataSet, element: Element): string {
  const { value, vr, tag } = element;
  if (isItems(value)) return `  ${value.length} items`;
  if (isBulkRef(value)) return `  ${value.length} bytes at ${value.offset}`;
  if (isFragments(value)) return `  ${value.fragments.length} fragments`;
  if (value.length === 0) return '  (empty)';
  if (binaryVrs.has(vr)) return `  ${value.length} bytes ${hex(value)}`;
  const texts = dataset.texts(tag);
  const names = vr === 'UI' ? texts.map(uidName).filter((name) => name !== undefined) : [];
  return `  ${shorten(texts.join('\\'))}${names.length > 0 ? `  ${names.join(', ')}` : ''}`;
}

const binaryVrs = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'UN']);

const uidName = (uid: string): string | undefined => sopClassName(uid) ?? transferSyntax(uid)?.name;

function hex(bytes: Uint8Array): string {
  const shown = [...bytes.subarray(0, limits.binaryBytes)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return bytes.length > limits.binaryBytes ? `${shown} …` : shown;
}

/** Control characters would reach the reader's terminal. */
function shorten(text: string): string {
  const visible = text.replace(
    /[\u0000-\u001f\u007f-\u009f]/g,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return visible.length > limits.valueCharacters
    ? `${visible.slice(0, limits.valueCharacters)}… (${text.length} characters)`
    : visible;
}
