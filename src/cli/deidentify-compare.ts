// The original beside the result, attribute by attribute, at every depth, with what was done and why.

import { createReadStream } from 'node:fs';
import type { DataSet } from '../dicom/dataset.ts';
import { isItems } from '../dicom/element.ts';
import { DicomReader } from '../dicom/reader.ts';
import { hexOf } from '../dicom/tag.ts';
import type { Deidentifier } from '../server/deidentify/deidentifier.ts';
import { deidentifyFile, type FileWish } from '../server/deidentify/deidentify-file.ts';
import { nameOf, printedValue } from './dump-lines.ts';

export async function* compareLines(file: string, deidentifier: Deidentifier, wish: FileWish): AsyncGenerator<string> {
  const original = rowsOf(await head(file));
  const reasons = new Map<string, string>();
  const made = await deidentifyFile(file, deidentifier, {
    ...wish,
    note: (path, _tag, { action, reason }) => void reasons.set(path, `${action}: ${reason}`),
  });
  await made.close();
  const result = rowsOf(made.dataset);
  const paths = [...new Set([...original.keys(), ...result.keys()])].sort();
  for (const path of paths) {
    const [before, after] = [original.get(path), result.get(path)];
    const reason = reasons.get(path) ?? reasonAround(path, reasons, before === undefined);
    const name = (before ?? after)!.name;
    yield `${path} ${name}`;
    if (before?.value === after?.value) yield `  = ${before?.value}`;
    else yield* [`  - ${before?.value ?? '(absent)'}`, `  + ${after?.value ?? '(absent)'}`];
    yield `    ${reason}`;
  }
  for (const { code, path, stops } of made.findings)
    yield `! ${path || 'file'}: ${code}${stops ? ' (it must not leave)' : ''}`;
}

/** What is in an item goes as the sequence around it does. */
function reasonAround(path: string, reasons: ReadonlyMap<string, string>, isNew: boolean): string {
  for (let at = path.lastIndexOf('['); at > 0; at = path.lastIndexOf('[', at - 1)) {
    const around = reasons.get(path.slice(0, at));
    if (around !== undefined) return `with ${path.slice(0, at)}, ${around}`;
  }
  return isNew ? 'says that it is de-identified: PS3.15 E.1.1' : 'no attribute of a data set';
}

interface Row {
  name: string;
  value: string;
}

function rowsOf(dataset: DataSet, path = '', rows = new Map<string, Row>()): Map<string, Row> {
  for (const element of dataset.elements.values()) {
    const at = path + hexOf(element.tag);
    rows.set(at, { name: nameOf(dataset, element), value: printedValue(dataset, element).trim() });
    if (!isItems(element.value)) continue;
    for (const [n, item] of element.value.entries()) rowsOf(item, `${at}[${n + 1}].`, rows);
  }
  return rows;
}

/** As `deidentifyFile` reads it. */
async function head(file: string): Promise<DataSet> {
  const reader = new DicomReader({ form: 'detect', holdValuesUpTo: HOLD_VALUES_UP_TO });
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    reader.push(chunk);
    if (reader.atPixelData) return reader.partial.dataset;
  }
  return reader.end().dataset;
}

const HOLD_VALUES_UP_TO = 32 * 1024 * 1024;
