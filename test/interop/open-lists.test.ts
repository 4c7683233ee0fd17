// What waits for somebody to see to it, in a real browser on a whole node: a deadline that is missed, and copies under a patient
// who turned out to be another. Each is gone once it is acknowledged.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessibilityFaults } from '../support/accessibility.ts';
import { openPage, startBrowser, withoutBrowser } from '../support/browser.ts';
import { call, ledgerOnce, putRules } from '../support/delivery.ts';
import { emptyFolder } from '../support/folder.ts';
import { send } from '../support/hl7-door.ts';
import { makeInstance } from '../support/instances.ts';
import { openDoors, startNodeProcess } from '../support/node-process.ts';
import { pagesBundled } from '../support/pages.ts';
import { storeAll } from '../support/peer.ts';

const attributes = (PatientID: string) => ({
  PatientID,
  IssuerOfPatientID: 'HOSP',
  PatientName: 'Deadline^Dora',
  PatientBirthDate: '19600203',
  StudyDescription: PatientID,
});

test('a missed deadline and copies under a wrong patient are shown until somebody acknowledges them', {
  skip: withoutBrowser,
}, async (t) => {
  const node = await startNodeProcess((cleanUp) => t.after(cleanUp), { environment: openDoors });
  const path = await emptyFolder((cleanUp) => t.after(cleanUp));
  await call(node, 'PUT', '/destinations/THEATRE', { kind: 'folder', settings: { path } });
  await call(node, 'POST', '/destinations/THEATRE/pause', { paused: true });
  await call(node, 'PUT', '/destinations/ARCHIVE', { kind: 'folder', settings: { path, corrections: 'tell' } });
  await putRules(node, [
    {
      name: 'before-surgery',
      when: 'study.description == "LATE"',
      after: 'instance',
      by: { at: 'time.now - duration("1m")', warn: '1h' },
      do: { send: 'THEATRE' },
    },
    { name: 'all', when: 'study.description == "OLD-1"', after: 'instance', do: { send: 'ARCHIVE' } },
  ]);
  const [late, copied] = [
    makeInstance({ attributes: attributes('LATE') }),
    makeInstance({ attributes: attributes('OLD-1') }),
  ];
  await storeAll(node.dicomPort, [late, copied, makeInstance({ attributes: attributes('NEW-1') })]);
  await ledgerOnce(node, (rows) => rows.some(({ state }) => state === 'accepted'));
  const of = ['NEW-1', 'OLD-1'].map((id) => ({ issuer: 'HOSP', id }));
  assert.equal((await call(node, 'POST', '/identity/decisions', { type: 'same', of })).status, 200);

  const browser = await startBrowser((cleanUp) => t.after(cleanUp));
  await pagesBundled(node);
  const { page } = await openPage(browser, node.url);
  await page.goto(`${node.url}/#routing`);
  const alarm = page.getByRole('row', { name: new RegExp(`missed ${late.studyInstanceUid} THEATRE 1 before-surgery`) });
  const correction = page.getByRole('row', { name: new RegExp(`${copied.studyInstanceUid} ARCHIVE 1 .* by hand`) });
  await alarm.waitFor();
  await correction.waitFor();
  assert.deepEqual(await accessibilityFaults(page), []);
  for (const row of [alarm, correction]) {
    await row.getByRole('button', { name: /^Acknowledge/ }).click();
    await row.waitFor({ state: 'detached' });
  }
  await page.getByText('Nothing is late, or about to be.').waitFor();
  await page.getByText('No receiver has copies under a wrong patient.').waitFor();
});

test('a study that nobody ordered is given one of the orders of its patient', { skip: withoutBrowser }, async (t) => {
  const node = await startNodeProcess((cleanUp) => t.after(cleanUp), { environment: openDoors });
  const order = [
    'MSH|^~\\&|RIS|RAD|PACS|HOSP|20261123||ORM^O01|1|P|2.5.1',
    'PID|1||UNORDERED^^^HOSP^MR||Deadline^Dora||19600203|F',
    'ORC|NW|P1|F1||||^^^20261124090000',
    'OBR|1|P1|F1|CTH^CT Head^L||||||||||||||A1|RP1|S1||||CT',
  ];
  await send(node.mllpPort, new TextEncoder().encode(order.join('\r')));
  const study = makeInstance({ attributes: { ...attributes('UNORDERED'), AccessionNumber: 'TYPO' } });
  await storeAll(node.dicomPort, [study]);
  const browser = await startBrowser((cleanUp) => t.after(cleanUp));
  await pagesBundled(node);
  const { page } = await openPage(browser, node.url);
  await page.goto(`${node.url}/#orders`);
  await page.getByRole('row', { name: new RegExp(`${study.studyInstanceUid} TYPO`) }).waitFor();
  assert.deepEqual(await accessibilityFaults(page), []);
  await page.getByRole('combobox', { name: `Order of ${study.studyInstanceUid}` }).click();
  await page.getByRole('option', { name: 'A1, CT Head, SCHEDULED' }).click();
  await page.getByRole('button', { name: `Assign to ${study.studyInstanceUid}` }).click();
  await page.getByText('Every study was ordered.').waitFor();
});
