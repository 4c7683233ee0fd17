// What waits for somebody, in a real browser on a whole node: pairs of people beside each other, with the reasons drawn, and
// procedures of which nobody is sure, both decided by keyboard and taken back.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { accessibilityFaults } from '../support/accessibility.ts';
import { openPage, startBrowser, withoutBrowser } from '../support/browser.ts';
import { stow } from '../support/dicomweb.ts';
import { codesOf, send } from '../support/hl7-door.ts';
import { makeStudy } from '../support/instances.ts';
import { type NodeProcess, openDoors, startNodeProcess } from '../support/node-process.ts';
import { pagesBundled } from '../support/pages.ts';
import { storeAll } from '../support/peer.ts';
import { shared } from '../support/shared.ts';
import { fileOf, unheard, unheardOf } from '../support/unheard-scanner.ts';

const skip = withoutBrowser;

let messages = 0;
async function adt(node: NodeProcess, event: string, ...segments: string[]): Promise<void> {
  messages += 1;
  const head = `MSH|^~\\&|RIS|NORTH|||20260101||ADT^${event}|M${messages}|P|2.5.1\rEVN|${event}\r`;
  const codes = codesOf(await send(node.mllpPort, new TextEncoder().encode(`${head}${segments.join('\r')}\r`)));
  assert.deepEqual(codes, ['AA']);
}

interface Review {
  of: [{ issuer: string; id: string }, { issuer: string; id: string }];
  reason: string;
}
async function reviews({ url }: NodeProcess): Promise<Review[]> {
  return (await (await fetch(`${url}/api/v1/identity/review`)).json()) as Review[];
}
async function personOf({ url }: NodeProcess, issuer: string, id: string): Promise<string> {
  const query = new URLSearchParams({ issuer, id });
  const [person] = (await (await fetch(`${url}/api/v1/identity/persons?${query}`)).json()) as { id: string }[];
  return person!.id;
}

/** Studies that say nothing of what was examined: two of the same words, one of others. */
const controls = { one: '2.25.4001', same: '2.25.4002' };
async function storeVague(node: NodeProcess): Promise<void> {
  const vague = { Modality: 'MR', BodyPartExamined: null, StudyDescription: 'Kontrolle', SeriesDescription: 'x' };
  const study = (studyInstanceUid: string, more = {}) =>
    makeStudy(1, 1, { studyInstanceUid, attributes: { ...vague, ...more } });
  await storeAll(node.dicomPort, [
    ...study('2.25.4003', { StudyDescription: 'MRI right knee', BodyPartExamined: 'KNEE', Laterality: 'L' }),
    ...study(controls.one),
    ...study(controls.same),
  ]);
}

interface Fact {
  attribute: string;
  value: unknown;
  confidence: number;
}
/** What is known of a study, as soon as it is as `isMeant` wants: it is found some time after it was kept; nothing tells. */
async function factsOnce({ url }: NodeProcess, uid: string, isMeant: (facts: Fact[]) => boolean): Promise<void> {
  for (;;) {
    const response = await fetch(`${url}/api/v1/explain/${uid}`);
    const { studies } = (await response.json()) as { studies: { facts: Fact[] }[] };
    if (isMeant(studies[0]!.facts)) return;
    await pause(100);
  }
}
const isProstate = ({ attribute, value, confidence }: Fact): boolean =>
  attribute === 'AnatomicFocus' && value === 'prostate' && confidence === 1;

/** A woman who may have married, and two people whom a message made one. */
const registry = shared(async (later) => {
  const node = await startNodeProcess(later, { environment: openDoors });
  await adt(node, 'A04', 'PID|1||4711^^^NORTH||VESTERGAARD^INGEBORG||19310228|F|||12 Rookery Lane^^Tamworth^^40210');
  await adt(node, 'A04', 'PID|1||S-77^^^SOUTH||QUIMBLEY^INGEBORG||19310228|F|||9 Mill Street^^Leeds^^70111');
  await adt(node, 'A04', 'PID|1||88^^^NORTH||OKONKWO^CHIDI||19881224|M');
  await adt(node, 'A04', 'PID|1||89^^^NORTH||ABERNATHY^ROSALIND||19610307|F');
  await adt(node, 'A40', 'PID|1||88^^^NORTH||OKONKWO^CHIDI||19881224|M', 'MRG|89^^^NORTH');
  await storeVague(node);
  const browser = await startBrowser(later);
  await pagesBundled(node);
  return { node, browser };
});

async function openedReview(screen = 'review'): Promise<{ node: NodeProcess; page: Page }> {
  const { node, browser } = await registry();
  const { page } = await openPage(browser, node.url);
  await page.goto(`${node.url}/#${screen}`);
  await page.getByRole('option').first().waitFor();
  return { node, page };
}

/** As it is painted: each bar begins where the one before ends, to the right for and to the left against. */
async function drawsWaterfall(page: Page): Promise<void> {
  const rows = await page
    .getByRole('table', { name: /^Evidence/ })
    .locator('tbody tr')
    .all();
  assert.ok(rows.length > 4, `${rows.length} comparisons`);
  let end: number | undefined;
  for (const row of rows) {
    const bits = Number((await row.locator('td').nth(1).textContent())!.replace('−', '-'));
    const { x, width } = (await row.locator('td > div > div').last().boundingBox())!;
    const [from, to] = bits < 0 ? [x + width, x] : [x, x + width];
    // A bar is never thinner than can be seen.
    if (end !== undefined) assert.ok(Math.abs(from - end) <= 3, `from ${from}, after ${end}`);
    end = to;
  }
}

const option = (page: Page, name: RegExp) => page.getByRole('option', { name });

test('a pair stands side by side with what differs marked and the evidence drawn, is decided by a key, and taken back', {
  skip,
}, async () => {
  const { node, page } = await openedReview();
  assert.deepEqual((await reviews(node)).map(({ reason }) => reason).sort(), ['joined', 'support']);
  await option(page, /INGEBORG/).click();
  await page.getByRole('columnheader', { name: 'SOUTH S-77' }).waitFor();
  const name = page.getByRole('row', { name: /^Name/ });
  assert.match((await name.textContent())!, /differs/);
  assert.deepEqual(await name.locator('mark').allTextContents(), ['VESTERGAARD', 'QUIMBLEY']);
  assert.match((await page.getByRole('row', { name: /^Born/ }).textContent())!, /same/);
  assert.match((await page.getByRole('row', { name: /^Family name/ }).textContent())!, /different−/);
  await drawsWaterfall(page);
  assert.deepEqual(await accessibilityFaults(page), []);

  const before = await personOf(node, 'SOUTH', 'S-77');
  await page.getByLabel('Pairs to review').focus();
  await page.keyboard.press('l');
  assert.match((await page.getByRole('option').last().textContent())!, /INGEBORG.*later/);
  await option(page, /INGEBORG/).click();
  await page.keyboard.press('s');
  await page.getByText('Decided: one person.').waitFor();
  assert.equal(await personOf(node, 'SOUTH', 'S-77'), await personOf(node, 'NORTH', '4711'));
  assert.equal(await option(page, /INGEBORG/).count(), 0);

  await page.getByLabel('Pairs to review').focus();
  await page.keyboard.press('u');
  await option(page, /INGEBORG/).waitFor();
  assert.equal(await personOf(node, 'SOUTH', 'S-77'), before);
});

test('what a system joined is shown number by number, fits a telephone, and is parted by whoever looks', {
  skip,
}, async () => {
  const { node, page } = await openedReview();
  await page.setViewportSize({ width: 360, height: 740 });
  await option(page, /contradicts itself/).click();
  await page.getByText('One person by what a system said').waitFor();
  const name = page.getByRole('row', { name: /^Name/ });
  assert.match((await name.textContent())!, /OKONKWO, CHIDI.*ABERNATHY, ROSALIND/);
  assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 360);
  for (const label of [/^One person/, /^Two people/, /^Later/]) {
    const box = (await page.getByRole('button', { name: label }).boundingBox())!;
    assert.ok(box.x >= 0 && box.x + box.width <= 360 && box.y + box.height <= 740, `${label} is on the screen`);
  }
  assert.deepEqual(await accessibilityFaults(page), []);
  await page.emulateMedia({ colorScheme: 'dark' });
  assert.deepEqual(await accessibilityFaults(page), []);
  await page.getByRole('button', { name: /^Two people/ }).click();
  await page.getByText('Decided: two people.').waitFor();
  assert.notEqual(await personOf(node, 'NORTH', '88'), await personOf(node, 'NORTH', '89'));
  assert.equal(
    (await reviews(node)).some(({ reason }) => reason === 'joined'),
    false,
  );
});

test('a procedure that nobody is sure of shows what it says and may be, is answered by keys for all that say the same, and taken back', {
  skip,
}, async () => {
  const { node } = await registry();
  for (const uid of Object.values(controls)) await factsOnce(node, uid, ({ length }) => length > 0);
  const { page } = await openedReview('procedures');
  await option(page, /^MRI right knee/).click();
  await page.getByText(/Doubted because of .*side/).waitFor();
  await page.getByRole('button', { name: /^right \d/, pressed: true }).waitFor();
  assert.equal(await option(page, /Kontrolle/).count(), 1, 'what says the same is there once');
  assert.match((await option(page, /Kontrolle/).textContent())!, /MR · 2 studies/);
  await option(page, /Kontrolle/).click();
  await page.getByRole('row', { name: /^Description Kontrolle/ }).waitFor();
  await page.getByText('This settles 1 more that say the same.').waitFor();
  assert.deepEqual(await accessibilityFaults(page), []);

  const list = page.getByLabel('Procedures to review');
  await list.focus();
  const contrast = page.getByRole('combobox', { name: 'Contrast, all values' });
  const before = await contrast.inputValue();
  await page.keyboard.press('c');
  assert.notEqual(await contrast.inputValue(), before);
  const answering = page.getByRole('button', { name: 'Answer A' });
  await page.getByText('Choose the part of the body.').waitFor();
  assert.ok(await answering.isDisabled());
  const part = page.getByRole('combobox', { name: 'Part of the body, all values' });
  await part.fill('prost');
  await option(page, /^prostate$/).click();
  await list.focus();
  await page.keyboard.press('a');
  await page.getByText(/^Decided: MR, prostate, .*, for 2 studies\.$/).waitFor();
  assert.equal(await option(page, /Kontrolle/).count(), 0);
  for (const uid of Object.values(controls)) await factsOnce(node, uid, (facts) => facts.some(isProstate));

  await page.getByText('Procedures are read by the version that is shipped.').waitFor();
  await page.getByRole('button', { name: 'Learn from the answers' }).click();
  await page.getByText('a model needs 4 answers, there are 1').waitFor();

  await list.focus();
  await page.keyboard.press('u');
  await option(page, /Kontrolle/).waitFor();
  await page.getByRole('row', { name: /^Kontrolle MR, prostate.*taken back by/ }).waitFor();
  for (const uid of Object.values(controls)) await factsOnce(node, uid, (facts) => !facts.some(isProstate));
  await page.setViewportSize({ width: 360, height: 740 });
  assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 360);
});

test('what a private element may mean is shown with its evidence, accepted by a button, and taken back', {
  skip,
}, async () => {
  const { node } = await registry();
  const teaching = Array.from({ length: 16 }, (_, i) => unheard(i, 5 + i * 3, true));
  await stow(node.url, teaching.map(fileOf));
  for (const uid of Object.values(controls)) await factsOnce(node, uid, ({ length }) => length > 0);
  const { page } = await openedReview('procedures');
  await page.getByText('Nothing was accepted yet; 0 proposals are open.').waitFor();
  await page.getByRole('button', { name: 'Look what they mean' }).click();
  const { element, attribute } = unheardOf;
  const row = page.getByRole('row', { name: new RegExp(`^${element} ${attribute} (9\\d|100) %`) });
  await row.getByText('follows it in 16 images of 16 series, 16 different values').waitFor();
  assert.deepEqual(await accessibilityFaults(page), []);
  await page.getByRole('button', { name: `Accept ${attribute} for ${element}` }).click();
  await row.getByText(/; accepted by /).waitFor();
  await page.getByText(/^Version 1 is in force/).waitFor();
  await page.getByRole('button', { name: `Take back ${attribute} for ${element}` }).click();
  await page.getByText(/^Version 2 is in force/).waitFor();
  await page.getByRole('button', { name: `Refuse ${attribute} for ${element}` }).click();
  await page.getByRole('button', { name: `Ask again ${attribute} for ${element}` }).waitFor();
  await page.setViewportSize({ width: 360, height: 740 });
  assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 360);
});

test('a series that nobody is sure of is answered for all that say the same, and taken back', { skip }, async () => {
  const { node } = await registry();
  const study = (studyInstanceUid: string) =>
    makeStudy(1, 1, {
      studyInstanceUid,
      attributes: { Modality: 'MR', SeriesDescription: 'Zwirbelix', EchoTime: '9' },
    });
  await storeAll(node.dicomPort, [...study('2.25.5001'), ...study('2.25.5002')]);
  const uids = [...Object.values(controls), '2.25.5001', '2.25.5002'];
  for (const uid of uids) await factsOnce(node, uid, ({ length }) => length > 0);
  const { page } = await openedReview('procedures');
  const row = page.getByRole('row', { name: /^Zwirbelix/ });
  await row.getByText(/ · 2 alike · /).waitFor();
  await page.getByRole('combobox', { name: 'Kind of Zwirbelix' }).selectOption('FLAIR');
  assert.deepEqual(await accessibilityFaults(page), []);
  await page.getByRole('button', { name: 'Answer series Zwirbelix' }).click();
  await row.getByText(/MR, FLAIR, .*, for 2 series alike, by /).waitFor();
  const isFlair = ({ attribute, value }: Fact): boolean => attribute === 'SequenceClass' && value === 'FLAIR';
  for (const uid of uids.slice(-2)) await factsOnce(node, uid, (facts) => facts.some(isFlair));
  await page.getByRole('button', { name: 'Take back series Zwirbelix' }).click();
  await row.getByText(/; taken back by /).waitFor();
  for (const uid of uids.slice(-2)) await factsOnce(node, uid, (facts) => !facts.some(isFlair));
  await page.setViewportSize({ width: 360, height: 740 });
  assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 360);
});
