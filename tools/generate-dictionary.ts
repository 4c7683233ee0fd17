// Writes src/dicom/*-data.generated.ts from the tables of the standard in the shared data, completed by
// dictionary-additions.ts and private-additions.ts. Run by hand when a new edition is adopted; the output is committed.
//
//   node tools/generate-dictionary.ts [FOLDER OF THE SHARED DATA] [private.dic of DCMTK]

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandElements, correctedElements, laterElements, patientModelElements } from './dictionary-additions.ts';
import { privateElements } from './private-additions.ts';
import { otherSopClasses, privateSopClasses } from './sop-class-additions.ts';

const shared = process.argv[2] ?? process.env.FASCIA_SHARED ?? '../shared';
const privateDictionary = process.argv[3] ?? '/usr/share/libdcmtk17/private.dic';
const target = (name: string): URL => new URL(`../src/dicom/${name}.generated.ts`, import.meta.url);

interface AttributeRow {
  id: string;
  name: string;
  keyword: string;
  valueRepresentation: string;
  valueMultiplicity: string;
  retired: 'Y' | 'N';
}

writeFileSync(target('dictionary-data'), dictionaryData());
writeFileSync(target('private-dictionary-data'), privateDictionaryData());
writeFileSync(target('sop-class-data'), sopClassData());

/** PS3.6 chapters 6 to 8 and PS3.7 annex E: one line an element, tab separated. */
function dictionaryData(): string {
  const rows = new Map<string, string[]>();
  const attributes: AttributeRow[] = JSON.parse(readFileSync(join(shared, 'data/standard/attributes.json'), 'utf8'));
  for (const a of attributes) {
    const retired = a.retired === 'Y' ? 'R' : '';
    rows.set(a.id.toUpperCase(), [a.valueRepresentation, a.valueMultiplicity, retired, a.keyword, a.name]);
  }
  for (const row of additions(commandElements + patientModelElements + laterElements + correctedElements)) {
    const [id, ...columns] = row.split('|') as [string, ...string[]];
    rows.set(id, columns);
  }
  const lines = [...rows].filter(([, row]) => row[0] !== '').sort(([a], [b]) => (a < b ? -1 : 1));
  return file(
    [
      'PS3.6 2024e (Data Dictionary), PS3.7 Annex E (command elements), and elements of 2025a to 2026b added by',
      'tools/dictionary-additions.ts. From attributes.json of innolitics/dicom-standard, snapshot 2025-01-28: the',
      "extraction is Copyright (c) 2017 Innolitics, LLC, MIT licence (text in NOTICE); the tables are NEMA's.",
      'Columns: tag (X = any digit), VR, VM, R when retired, keyword, name.',
    ],
    'dictionaryRows',
    lines.map(([id, [vr, vm, ...rest]]) => [id, standardVrs(vr!), vm, ...rest].join('\t')),
  );
}

/** PS3.6 writes `US or SS`, and `See Note 2` for the delimiters, which have none. */
function standardVrs(text: string): string {
  return text.startsWith('See') ? '' : text.replaceAll(' or ', ' ');
}

/** One line `>creator` opens the elements of a Private Creator; below it group, element in the block, VR, VM, keyword. */
function privateDictionaryData(): string {
  const creators = new Map<string, Map<string, string>>();
  const add = (creator: string, group: string, element: string, vr: string, vm: string, keyword: string): void => {
    const rows = creators.get(creator) ?? new Map<string, string>();
    creators.set(creator, rows);
    const key = `${group}${element}`.toUpperCase();
    if (!rows.has(key)) rows.set(key, [key, vr, vm, keyword].join('\t'));
  };
  for (const row of additions(privateElements)) {
    const [creator, tag, vr, vm, keyword] = row.split('|') as [string, string, string, string, string];
    add(creator, tag.slice(0, 4), tag.slice(-2), vr, vm, keyword);
  }
  const dcmtkRow = /^\(([0-9a-f]{4})(?:-o-[0-9a-f]{4})?,"([^"]+)",([0-9a-f]{2,4})\)\t(\S+)\t(\S+)\t(\S+)/i;
  for (const line of readFileSync(privateDictionary, 'latin1').split('\n')) {
    const match = dcmtkRow.exec(line);
    if (match === null) continue;
    const [, group, creator, element, vr, keyword, vm] = match as unknown as string[];
    const known = vr!.length === 2 && vr === vr!.toUpperCase() ? vr! : 'OB';
    add(creator!, group!, element!.slice(-2), known, vm!, keyword === 'Unknown' ? '' : keyword!);
  }
  const lines: string[] = [];
  for (const [creator, rows] of [...creators].sort(([a], [b]) => (a < b ? -1 : 1))) {
    lines.push(`>${creator}`, ...[...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row));
  }
  return file(
    [
      'Private elements by Private Creator. Generated from private.dic of DCMTK 3.6.7, Copyright (C) 1994-2020, OFFIS e.V.,',
      'all rights reserved, redistributed under the licence printed in NOTICE; completed by tools/private-additions.ts',
      'from the conformance statements of the vendors.',
      'Columns: group and element within the block, VR, VM, keyword (empty where the vendor does not name it).',
    ],
    'privateDictionaryRows',
    lines,
  );
}

/** PS3.4 Annexes B and GG, PS3.6 Table A-1: one line a SOP class, `non-patient` those of PS3.4 Table GG.3-1. */
function sopClassData(): string {
  const standard: { id: string; name: string }[] = JSON.parse(
    readFileSync(join(shared, 'data/standard/sops.json'), 'utf8'),
  );
  const nonPatient =
    /^(Hanging|Color Palette|Generic Implant|Implant (?:Assembly|Template)|CT Defined|XA Defined|Protocol Approval|Inventory)/;
  const kindOf = (name: string): string => (nonPatient.test(name) ? 'non-patient' : 'storage');
  const rows = standard.map(({ id, name }) =>
    id === '1.2.840.10008.1.3.10' ? [id, 'service', '', name] : [id, kindOf(name), '', name],
  );
  rows.push(...additions(otherSopClasses + privateSopClasses).map((row) => row.split('|')));
  const numbers = (uid: string): string => uid.replace(/\d+/g, (part) => part.padStart(20, '0'));
  rows.sort(([a], [b]) => (numbers(a!) < numbers(b!) ? -1 : 1));
  return file(
    [
      'PS3.4 2024e (storage SOP classes) and PS3.6 Table A-1, from sops.json of innolitics/dicom-standard, snapshot',
      "2025-01-28 (MIT licence, text in NOTICE; the tables are NEMA's), completed by tools/sop-class-additions.ts.",
      'Columns: UID, kind, R when retired, name.',
    ],
    'sopClassRows',
    rows.map((row) => row.join('\t')),
  );
}

function additions(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

function file(notice: string[], name: string, lines: string[]): string {
  const header = ['Generated by tools/generate-dictionary.ts. Do not edit.', ...notice].map((line) => `// ${line}\n`);
  return `${header.join('')}\nexport const ${name} = \`\n${lines.join('\n').replaceAll('`', "'")}\n\`;\n`;
}
