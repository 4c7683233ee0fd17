// Whose a file of the watched folder is: what a file of words beside it says (`photo.jpg.json`, `photo.json`, or `fascia.json` for
// all of a folder), else an accession number that is known here, in its name or that of its folder.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Static, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { Problem } from '../../base/problem.ts';
import { pictureKinds } from '../../translate/image-instance.ts';
import type { Core } from '../core.ts';
import type { FileWish } from './file-intake.ts';
import { isAccessionNumber } from './whose-file.ts';

/** For all files of a folder and of those in it. */
const FOLDER_SIDECAR = 'fascia.json';

const line = (maxLength: number) =>
  Type.Optional(Type.String({ minLength: 1, maxLength, pattern: '^[^\\\\\\x00-\\x1f]+$' }));
const day = Type.Optional(Type.String({ pattern: '^\\d{4}-?\\d{2}-?\\d{2}$' }));
const Sidecar = Type.Object(
  {
    patientId: line(64),
    patientIdIssuer: line(64),
    patientName: line(194),
    birthDate: day,
    sex: Type.Optional(Type.Union([Type.Literal('F'), Type.Literal('M'), Type.Literal('O')])),
    accessionNumber: line(16),
    encounter: line(64),
    studyUid: line(64),
    patientOf: line(64),
    studyDate: day,
    studyDescription: line(64),
    title: line(1024),
    kind: Type.Optional(Type.Union(pictureKinds.map((kind) => Type.Literal(kind)))),
    pixelSpacing: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
  },
  { additionalProperties: false },
);

type InboxWish = Pick<FileWish, 'claim' | 'title' | 'kind' | 'pixelSpacingMm'>;

export const isSidecar = (name: string): boolean => /\.json$/i.test(name);

/** `file`: relative to the watched folder. Rejects with request/malformed where a sidecar cannot be understood. */
export async function claimOf(
  around: Pick<Core, 'database' | 'identity'>,
  tenant: number,
  folder: string,
  file: string,
): Promise<InboxWish> {
  const own = await sidecarOf(folder, file);
  if (own !== undefined) return wishOf(await readFile(path.join(folder, own), 'utf8'), own);
  for (let at = path.dirname(file); ; at = path.dirname(at)) {
    const text = await readFile(path.join(folder, at, FOLDER_SIDECAR), 'utf8').catch(() => undefined);
    if (text !== undefined) return wishOf(text, FOLDER_SIDECAR);
    if (at === '.') break;
  }
  for (const accessionNumber of numbersIn(file)) {
    if (await isAccessionNumber(around, tenant, accessionNumber)) return { claim: { accessionNumber } };
  }
  return { claim: {} };
}

/** The path of the file of words that is of this file alone. */
export async function sidecarOf(folder: string, file: string): Promise<string | undefined> {
  const { dir, name } = path.parse(file);
  for (const candidate of [`${file}.json`, path.join(dir, `${name}.json`)]) {
    const found = await readFile(path.join(folder, candidate)).catch(() => undefined);
    if (found !== undefined && path.basename(candidate) !== FOLDER_SIDECAR) return candidate;
  }
  return undefined;
}

/** The name, its part before `_`, `~` or a blank, and the folders around it, the nearest first. */
function numbersIn(file: string): string[] {
  const { dir, name } = path.parse(file);
  const folders = dir.split(path.sep).reverse();
  return [name, name.split(/[_~ ]/)[0]!, ...folders].filter((text) => text !== '' && text.length <= 16);
}

function wishOf(text: string, sidecar: string): InboxWish {
  const said = parsed(text);
  if (!Value.Check(Sidecar, said)) {
    const first = Value.Errors(Sidecar, said).First();
    throw malformed(
      `${path.basename(sidecar)}: ${first?.path.slice(1) || 'it'}: ${first?.message ?? 'is not understood'}`,
    );
  }
  const { title, kind, pixelSpacing, studyUid, encounter, patientIdIssuer, birthDate, studyDate, ...rest } = said;
  return {
    title,
    kind,
    pixelSpacingMm: pixelSpacing,
    claim: {
      ...rest,
      studyInstanceUid: studyUid,
      admissionId: encounter,
      issuerOfPatientId: patientIdIssuer,
      birthDate: birthDate?.replaceAll('-', ''),
      studyDate: studyDate?.replaceAll('-', ''),
    },
  };
}

function parsed(text: string): Static<typeof Sidecar> {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed('the file that says whose it is is no JSON');
  }
}

const malformed = (reason: string): Problem => new Problem('request/malformed', { reason });
