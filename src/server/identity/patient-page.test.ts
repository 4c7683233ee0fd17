import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PersonPatient } from '../../fhir/rest/handlers.ts';
import { limits, patientPage } from './patient-page.ts';

const idsOf = (count: number) => Array.from({ length: count }, (_, at) => `P${`${at}`.padStart(6, '0')}`);

/** Reads those of whom the number fits, and counts how many it was asked for. */
function reader(isMeant: (number: number) => boolean) {
  const read = { persons: 0 };
  return {
    read,
    async give(ids: readonly string[]) {
      read.persons += ids.length;
      return ids.filter((id) => isMeant(Number(id.slice(1)))).map((id) => ({ id }) as PersonPatient);
    },
  };
}

async function allPages(candidates: readonly string[], count: number, isMeant: (number: number) => boolean) {
  const { read, give } = reader(isMeant);
  const found: string[] = [];
  let most = 0;
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const before = read.persons;
    const { patients, next, total } = await patientPage(candidates, { count, cursor }, give);
    assert.ok(patients.length <= count);
    assert.equal(total, candidates.length > limits.searchedPersons ? undefined : candidates.length);
    found.push(...patients.map(({ id }) => id));
    most = Math.max(most, read.persons - before);
    cursor = next;
  }
  return { found, most };
}

test('a search that many could meet is answered by pages, everybody once, none of them dear', async () => {
  const everybody = idsOf(7 * limits.searchedPersons);
  const { found, most } = await allPages(everybody.toReversed(), 500, () => true);
  assert.deepEqual(found, everybody);
  assert.ok(most <= 501, `${most} read for a page of 500`);
});

test('where few of many are meant, a page may be empty and still names the next', async () => {
  const everybody = idsOf(3 * limits.searchedPersons + 7);
  const meant = (number: number) => number % 4000 === 3999;
  const { found, most } = await allPages(everybody, 50, meant);
  assert.deepEqual(found, ['P003999']);
  assert.ok(most <= limits.searchedPersons + limits.readAtOnce);
});

test('where few could be meant all are counted, on every page', async () => {
  const everybody = idsOf(120);
  assert.deepEqual((await allPages(everybody, 50, () => true)).found, everybody);
});

test('how many of very many there are is too much to ask', async () => {
  const { give } = reader(() => true);
  const few = await patientPage(idsOf(5), { count: 0 }, give);
  assert.deepEqual(few, { patients: [], total: 5 });
  await assert.rejects(patientPage(idsOf(limits.searchedPersons + 1), { count: 0 }, give), { code: 'fhir/too-costly' });
});
