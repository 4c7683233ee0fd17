// The text of reports in every form, as other people's programs read it: dciodvfy and dsrdump of SR, pdftotext of PDF. With
// `npm run campaign -- reports 1000` a thousand of them.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { reportPdf } from '../../src/server/reports/report-pdf.ts';
import type { Report } from '../../src/translate/report/report.ts';
import { emptyFolder } from '../support/folder.ts';
import { freshUid } from '../support/instances.ts';
import { without } from '../support/needs.ts';
import { contextOf, srFile, throughFhir, throughMessage, throughSr } from '../support/report-ways.ts';
import { longReports, reports, scripts } from '../support/reports.ts';

const run = promisify(execFile);
const rounds = Number(process.env.CAMPAIGN_ROUNDS ?? 50);
const isCampaign = process.env.CAMPAIGN_ROUNDS !== undefined;
const seed = Number(process.env.CAMPAIGN_SEED ?? (isCampaign ? Date.now() % 1e9 : 20261123));

const rightToLeft = ['arabic', 'hebrew'];
const leftToRight = scripts.filter((script) => !rightToLeft.includes(script));

/** One in ten of 40,000 characters in a campaign, else one of all; a third from right to left. */
const drawn = (count: number): Report[] => {
  const long = isCampaign ? Math.ceil(count / 10) : 1;
  const mixed = Math.floor((count - long) / 3);
  return [
    ...fc.sample(longReports(leftToRight), { numRuns: long, seed }),
    ...fc.sample(reports({ of: [...rightToLeft, 'english', 'escapes'] }), { numRuns: mixed, seed }),
    ...fc.sample(reports({ of: leftToRight }), { numRuns: count - long - mixed, seed }),
  ];
};

const textOf = ({ sections }: Report): string => sections.map(({ text }) => text).join('\n');

test(`text and state of ${rounds} reports are the same in ORU, SR, FHIR and PDF`, {
  skip: without('pdftotext', 'poppler-utils'),
}, async (t) => {
  const folder = emptyFolder((cleanUp) => t.after(cleanUp));
  t.diagnostic(`CAMPAIGN_SEED=${seed}`);
  let characters = 0;
  for (const report of drawn(rounds)) {
    const byMessage = throughMessage(report, { text: characters % 2 === 0 ? 'FT' : 'TX' });
    const bySr = throughSr(byMessage);
    const byFhir = throughFhir(throughMessage(bySr));
    for (const each of [byMessage, bySr, byFhir]) {
      assert.equal(textOf(each), textOf(report));
      assert.equal(each.status, report.status);
    }
    const file = join(folder, 'report.pdf');
    await writeFile(file, await reportPdf(report));
    assertPrinted(await printedText(file), report);
    characters += textOf(report).length;
  }
  t.diagnostic(`${characters} characters`);
});

/** Without what stands at the foot of each page. */
async function printedText(file: string): Promise<string> {
  const body = ['-x', '0', '-y', '0', '-W', '596', '-H', '780'];
  const { stdout } = await run('pdftotext', ['-raw', ...body, file, '-'], { maxBuffer: 64 << 20 });
  return stdout;
}

/** On paper a line ends where it is full: blanks and line ends say nothing. */
const solid = (text: string): string => text.normalize('NFC').replace(/[\s\u200e\u200f\u202a-\u202e]/g, '');

/** What runs from right to left pdftotext puts into an order of its own: then every character is there, as often. */
function assertPrinted(printed: string, report: Report): void {
  for (const { text } of report.sections) {
    if (/[\u0590-\u06ff]/.test(textOf(report))) continue;
    assert.ok(solid(printed).includes(solid(text)), `not on paper: ${text.slice(0, 200)}`);
  }
  const counts = countsOf(solid(printed));
  for (const [character, count] of countsOf(solid(textOf(report)))) {
    assert.ok(
      (counts.get(character) ?? 0) >= count,
      `${character} is ${counts.get(character) ?? 0} times on paper, not ${count}`,
    );
  }
}

function countsOf(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return counts;
}

test('dciodvfy finds nothing wrong with a report as SR, of any state', {
  skip: without('dciodvfy', 'dicom3tools'),
}, async (t) => {
  const folder = emptyFolder((cleanUp) => t.after(cleanUp));
  for (const report of valid()) {
    const file = join(folder, 'report.dcm');
    await writeFile(file, inStudy(report));
    // It tells of errors on standard error, and by its exit code of some.
    const told = await run('dciodvfy', ['-new', file]).catch((thrown) => thrown as { stderr: string });
    assert.deepEqual(
      told.stderr.split('\n').filter((line) => line.startsWith('Error')),
      [],
    );
  }
});

test('dsrdump reads a report as SR and says its text and its state', {
  skip: without('dsrdump', 'dcmtk'),
}, async (t) => {
  const folder = emptyFolder((cleanUp) => t.after(cleanUp));
  for (const report of valid()) {
    const file = join(folder, 'report.dcm');
    await writeFile(file, inStudy(report));
    const { stdout } = await run('dsrdump', ['+Pl', file], { maxBuffer: 64 << 20 });
    for (const { text } of report.sections) assert.ok(stdout.includes(text.split('\n')[0]!.slice(0, 20)));
    if (report.status === 'preliminary') assert.match(stdout, /Preliminary Flag +: PRELIMINARY/);
  }
});

const valid = (): Report[] =>
  fc.sample(reports({ of: ['english', 'german', 'greek', 'japanese'] }), { numRuns: 8, seed });

/** Under UIDs that are nobody's example, with one before it. */
function inStudy(drawnReport: Report): Uint8Array {
  const report = { ...drawnReport, studyInstanceUid: freshUid() };
  const context = contextOf(report);
  const predecessor = {
    studyInstanceUid: report.studyInstanceUid,
    seriesInstanceUid: freshUid(),
    sopInstanceUid: freshUid(),
    sopClassUid: '1.2.840.10008.5.1.4.1.1.88.11',
  };
  return srFile(report, {
    context: {
      ...context,
      series: { ...context.series, seriesInstanceUid: freshUid() },
      instance: { ...context.instance, sopInstanceUid: freshUid() },
    },
    predecessor,
  });
}
