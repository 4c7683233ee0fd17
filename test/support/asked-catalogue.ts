// A catalogue with some images, and what a search finds in it.

import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { DataSet } from '../../src/dicom/dataset.ts';
import { tagOf, vrOf } from '../../src/dicom/dictionary.ts';
import type { DicomJson } from '../../src/dicom/json.ts';
import type { Query } from '../../src/dicom/query.ts';
import type { Database } from '../../src/storage/database.ts';
import { search } from '../../src/storage/search/search.ts';
import { insertImages } from './catalogue-rows.ts';
import { testDatabase } from './database.ts';

export type Keys = Record<string, string | readonly string[]>;

export const pathOf = (path: string): number[] => path.split('.').map((each) => tagOf(each)!);

export function query(level: Query['level'], keys: Keys, more: Partial<Query> = {}): Query {
  return {
    level,
    keys: Object.entries(keys).map(([name, value]) => {
      const path = pathOf(name);
      return { path, vr: vrOf(path.at(-1)!), values: typeof value === 'string' ? [value] : value };
    }),
    returnPaths: [],
    fuzzy: false,
    ...more,
  };
}

export const baseUrl = 'https://pacs.example/dicomweb';

export async function answers(database: Database, query: Query, tenant = 1): Promise<DicomJson[]> {
  const { body, count } = await search(database, { tenant, query, baseUrl });
  const objects = JSON.parse(Buffer.from(body).toString()) as DicomJson[];
  assert.equal(objects.length, count);
  return objects;
}

export const firstOf = (object: DicomJson, keyword: string): unknown => {
  const hex = tagOf(keyword)!.toString(16).toUpperCase().padStart(8, '0');
  return object[hex]?.Value?.[0];
};

/** The Patient IDs (or another attribute) of what matches, in the order of the answer. */
export async function found(database: Database, asked: Query, keyword = 'PatientID', tenant = 1): Promise<unknown[]> {
  return (await answers(database, asked, tenant)).map((object) => firstOf(object, keyword));
}

export async function catalogue(t: TestContext, images: DataSet[]): Promise<Database> {
  const database = await testDatabase(t);
  await insertImages(database, images);
  return database;
}
