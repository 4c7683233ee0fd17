import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it, type TestContext } from 'node:test';
import { type TestArchive, testArchive } from '../../../test/support/archive.ts';
import { fileOf } from '../../../test/support/blind-room.ts';
import { ctSlice } from '../../../test/support/ct-slice.ts';
import { httpReceiver } from '../../../test/support/http-receiver.ts';
import { type TestClock, testClock } from '../../../test/support/test-clock.ts';
import type { Principal } from '../../auth/principal.ts';
import { tenantNamed } from '../../auth/tenants.ts';
import { createToken } from '../../auth/tokens.ts';
import type { CaseHappening } from '../../reading/case/case-event.ts';
import { textOf } from '../../reading/content/content-text.ts';
import type { ReportContent } from '../../reading/content/report-content.ts';
import { contentOf, type Texts } from '../../reading/content/testing/facts.ts';
import type { GateResult } from '../../reading/gate/gate.ts';
import { away, structuredReport } from '../../reading/privacy/testing/case-away.ts';
import { CaseLog } from '../../reading/store/case-log.ts';
import type { ServiceTerm } from '../../reading/terms/service-term.ts';
import { someFacts, someTerm } from '../../reading/testing/facts.ts';
import { instancesBelow } from '../../storage/catalogue.ts';
import { transact } from '../../storage/transaction.ts';
import { apiReports } from './api-reports.ts';
import { readFurther } from './further-reading.ts';
import { stepUpMode } from './step-up.ts';
import type { WritingOptions } from './writing.ts';

const STUDY = '2.25.77';
const NOTHING_WRONG: Texts = { findings: 'Lungs are clear.', impression: 'No acute abnormality.' };
const entitled: GateResult = {
  open: true,
  failed: [],
  entitlement: { licences: ['DE-1'], privilege: 'north', insurance: 'i', checkedAt: 1 },
};

interface Around {
  archive: TestArchive;
  options: WritingOptions;
  reports: ReturnType<typeof apiReports>;
  reader: Principal;
  id: string;
  clock: TestClock;
  gate: { result: GateResult };
  term: ServiceTerm;
  /** What the reader's screen shows. */
  subject: { studyUid: string; accession: string; patientId: string };
  sign(content: ReportContent, more?: object): Promise<{ state: string; version: number; textHash: string }>;
}

/** A case in a room, claimed and opened by reader r1, of which every series was looked at. */
async function around(
  t: TestContext,
  { stepUp = 'off', drafts, happenings = [] }: { stepUp?: string; drafts?: string; happenings?: CaseHappening[] } = {},
): Promise<Around> {
  const archive = await testArchive(t);
  const { database } = archive;
  const tenant = await tenantNamed(database, 'reading/nightowl');
  for (const instance of [1, 2]) await archive.cStore(ctSlice({ studyUid: STUDY, instance }), { tenant });
  const clock = testClock();
  const term = someTerm();
  const cases = new CaseLog({ database, clock, term: async () => term });
  archive.closing.defer(() => cases.close());
  const gate = { result: entitled };
  const options: WritingOptions = {
    database,
    cases,
    clock,
    stepUp: stepUpMode(stepUp),
    ...(drafts !== undefined && { drafts: { url: drafts, token: 'letmein' } }),
    terms: { term: () => term },
    desk: { seen: (_, id) => cases.stored(id), gatesOf: async () => gate.result },
  };
  const made = await cases.create(
    { client: 1, room: tenant, studyUid: '1.2.3', roomStudyUid: STUDY },
    { kind: 'exchange', id: 'intake' },
    [
      { kind: 'announced', facts: someFacts({ instances: 2 }), term: { id: term.id, version: 1 } },
      { kind: 'images-arrived', instances: 2 },
      { kind: 'ready', instances: 2, priors: 0 },
      { kind: 'claimed', reader: 'r1', transactionUid: '2.25.1', leaseUntil: clock.now() + 60_000 },
      { kind: 'opened', reader: 'r1' },
      ...happenings,
    ],
  );
  const { id } = made!;
  const reader: Principal = { id: 'token:x', kind: 'token', tenant, scopes: ['report'], reader: 'r1' };
  const reports = apiReports(options);
  const subject = { studyUid: STUDY, accession: 'A-1', patientId: 'P1' };
  await reports.save(reader, id, {
    basis: 0,
    content: contentOf({ findings: 'x' }),
    looked: { series: [`${STUDY}.1`], waived: [], priors: [] },
  });
  return {
    ...{ archive, options, reports, reader, id, clock, gate, term, subject },
    sign: (content, more = {}) =>
      reports.sign(reader, id, { as: 'final', content, subject, overrides: [], confirmed: [], ...more }),
  };
}

describe('a report that is signed', () => {
  it('is kept with the entry that says who signed, by what right, and what of', async (t) => {
    const { sign, options, reports, reader, id } = await around(t);
    const content = contentOf(NOTHING_WRONG);
    const signed = await sign(content);
    const hash = createHash('sha256').update(textOf(content)).digest('hex');
    assert.deepEqual(signed, { case: id, state: 'final', version: 1, textHash: hash });
    const [entry] = (await options.cases.events(id)).filter(({ kind }) => kind === 'final-signed');
    assert.ok(entry?.kind === 'final-signed');
    assert.deepEqual(entry.report, {
      version: 1,
      reader: 'r1',
      textHash: hash,
      entitlement: entitled.entitlement,
      overridden: [],
    });
    assert.deepEqual(entry.by, { kind: 'reader', id: 'r1' });
    const [kept] = await reports.signed(reader, id);
    assert.deepEqual(kept?.content, content);
    assert.deepEqual(kept?.report, entry.report);
  });

  it('has a clock of its own for the draft, which begins with the first word that was saved', async (t) => {
    const { options, id } = await around(t);
    assert.ok((await options.cases.read(id)).clocks.draft !== undefined);
  });

  it('is not signed beside another patient, nor while checks have something to say, and with a reason it is', async (t) => {
    const { sign, options, id, subject, reports, reader } = await around(t);
    const other = { subject: { ...subject, patientId: 'P2' } };
    await assert.rejects(sign(contentOf(NOTHING_WRONG), other), {
      code: 'reading/not-signable',
      details: { checks: 'wrong-patient' },
    });
    const male = contentOf({ ...NOTHING_WRONG, findings: 'The prostate is enlarged.' });
    await assert.rejects(sign(male), { code: 'reading/not-signable' });
    assert.equal((await options.cases.read(id)).state, 'reading');
    assert.deepEqual(await reports.signed(reader, id), []);
    await sign(male, { overrides: [{ check: 'sex-and-organ', reason: 'the sex in the header is wrong' }] });
    const { reports: versions } = await options.cases.read(id);
    assert.deepEqual(versions[0]?.overridden, ['sex-and-organ']);
    const [kept] = await reports.signed(reader, id);
    assert.equal(kept?.overrides[0]?.reason, 'the sex in the header is wrong');
  });

  it('is not signed while something changed that nobody has seen', async (t) => {
    const { sign, options, id } = await around(t);
    const { sequence } = await options.cases.read(id);
    await options.cases.append(id, sequence, { kind: 'exchange', id: 'intake' }, [
      { kind: 'changed', what: 'late-images' },
    ]);
    await assert.rejects(sign(contentOf(NOTHING_WRONG)), { details: { checks: 'unseen-change' } });
  });

  it('is not signed where a series was never opened, unless the reader says that it need not be', async (t) => {
    const { sign, reports, reader, id, archive } = await around(t);
    await archive.cStore(ctSlice({ studyUid: STUDY, series: 2 }), { tenant: reader.tenant });
    const content = contentOf(NOTHING_WRONG);
    await assert.rejects(sign(content), { details: { checks: 'series-not-opened' } });
    await reports.save(reader, id, { basis: 1, content, looked: { waived: [`${STUDY}.2`] } });
    await sign(content);
  });

  it('keeps its text and goes to another where a licence has run out since it was claimed', async (t) => {
    const { sign, options, id, gate, reports, reader } = await around(t);
    gate.result = { open: false, failed: [{ gate: 'licence', reason: 'licence DE-1 ended' }] };
    await assert.rejects(sign(contentOf(NOTHING_WRONG)), { code: 'reading/not-entitled' });
    const { state, reports: versions } = await options.cases.read(id);
    assert.deepEqual([state, versions.length], ['ready', 0]);
    const [last] = (await options.cases.events(id)).slice(-1);
    assert.ok(last?.kind === 'requeued' && last.why === 'credential-expired');
    const { sequence } = await options.cases.read(id);
    await options.cases.append(id, sequence, { kind: 'reader', id: 'r2' }, [
      { kind: 'claimed', reader: 'r2', transactionUid: '2.25.2', leaseUntil: 1 },
      { kind: 'opened', reader: 'r2' },
    ]);
    const desk = (await reports.open({ ...reader, reader: 'r2' }, id)) as { content: ReportContent; version: number };
    assert.equal(textOf(desk.content), textOf(contentOf(NOTHING_WRONG)));
  });

  it('is signed once, whoever else tries at the same moment', async (t) => {
    const { sign } = await around(t);
    const tries = await Promise.allSettled([1, 2, 3].map(() => sign(contentOf(NOTHING_WRONG))));
    assert.equal(tries.filter(({ status }) => status === 'fulfilled').length, 1);
  });

  it('is nobody’s to see or sign in another tenant', async (t) => {
    const { reports, reader, id } = await around(t);
    await assert.rejects(reports.signed({ ...reader, tenant: 1 }, id), { code: 'reading/unknown-case' });
    await assert.rejects(reports.open({ ...reader, reader: 'r9' }, id), { code: 'reading/not-holder' });
  });
});

describe('a final report after a preliminary one', () => {
  it('says that it differs in a major way, and begins to tell whoever received that', async (t) => {
    const { sign, options, id, reports, reader, archive } = await around(t);
    // What a workstation made of it, before and after.
    const { file, sopInstanceUid } = fileOf(structuredReport('Pneumonia.', { ...away, study: STUDY }));
    const store = { tenant: reader.tenant, source: 'WS1', principal: 'peer:WS1' };
    await archive.stow(file, store);
    const isThere = () =>
      instancesBelow(archive.database, reader.tenant, { sopInstanceUid }).then(
        () => true,
        () => false,
      );
    assert.ok(await isThere());
    const overrides = [{ check: 'series-not-opened', reason: 'no images' }];
    await sign(contentOf(NOTHING_WRONG), { as: 'preliminary', overrides });
    assert.equal(await isThere(), false);
    const { sequence } = await options.cases.read(id);
    await options.cases.append(id, sequence, { kind: 'reader', id: 'r2' }, [
      { kind: 'over-read-begun', reader: 'r2', transactionUid: '2.25.3', leaseUntil: 1 },
      { kind: 'opened', reader: 'r2' },
    ]);
    const second = { ...reader, reader: 'r2' };
    assert.equal(
      ((await reports.open(second, id)) as { version: number }).version,
      0,
      'nobody is led by the first draft',
    );
    await assert.rejects(reports.compare(second, id), { code: 'reading/not-signable' }, 'nothing is written yet');
    const content = contentOf({ findings: 'Consolidation of the lower lobe.', impression: 'Pneumonia.' });
    await reports.save(second, id, { basis: 0, content, looked: { series: [`${STUDY}.1`], waived: [], priors: [] } });
    const wish = {
      as: 'final' as const,
      content,
      overrides,
      confirmed: [],
      subject: { studyUid: STUDY, accession: 'A-1', patientId: 'P1' },
    };
    assert.deepEqual(await reports.signed(second, id), [], 'what others found is not shown');
    assert.equal((await reports.signed(reader, id)).length, 1, 'but to its author');
    await assert.rejects(reports.compare(reader, id), { code: 'reading/not-holder' });
    assert.deepEqual(
      (await reports.compare(second, id)).map(({ status }) => status),
      ['preliminary'],
    );
    assert.ok(await isThere(), 'what was stored is shown with it');
    assert.equal((await reports.compare(second, id)).length, 1, 'asked again it is no other entry');
    const compared = (await options.cases.events(id)).filter(({ kind }) => kind === 'compared');
    assert.deepEqual(
      compared.map((event) => 'textHash' in event && event.textHash.length),
      [64],
    );
    assert.equal((await reports.signed(second, id)).length, 1);
    await assert.rejects(reports.sign(second, id, wish), { code: 'reading/out-of-step' });
    await reports.sign(second, id, { ...wish, difference: 'major' });
    const after = await options.cases.read(id);
    assert.equal(after.state, 'final');
    assert.deepEqual(
      after.critical.map(({ category, state }) => [category, state]),
      [[1, 'flagged']],
    );
    const [, final] = await reports.signed(reader, id);
    assert.match(textOf(final!.content), /differs in a major way from the preliminary report/);
    assert.equal(final?.difference, 'major');
  });
});

describe('an over-reading that is not blind by its term', () => {
  it('has the preliminary report from the beginning', async (t) => {
    const { sign, options, id, reports, reader, term } = await around(t);
    term.quality = { ...term.quality, blind: false };
    await sign(contentOf(NOTHING_WRONG), { as: 'preliminary' });
    const claim = { reader: 'r2', transactionUid: '2.25.3', leaseUntil: 1 };
    await options.cases.change(id, { kind: 'reader', id: 'r2' }, () => [{ kind: 'over-read-begun', ...claim }]);
    assert.equal((await options.cases.stored(id)).isBlind, false);
    assert.equal((await reports.signed({ ...reader, reader: 'r2' }, id)).length, 1);
  });
});

describe('a further reading', () => {
  it('is begun anew by whoever has it next, and gone on with by whoever has it again', async (t) => {
    const { options, id, reports, reader, sign } = await around(t);
    await sign(contentOf(NOTHING_WRONG));
    const actor = { kind: 'exchange', id: 'quality' } as const;
    const [{ id: further }] = [
      (await options.cases.create({ ...(await options.cases.stored(id)), studyUid: '1.2.3', partOf: id }, actor, [
        { kind: 'announced', facts: someFacts({ instances: 2, readType: 'second' }), term: { id: 't', version: 1 } },
        { kind: 'images-arrived', instances: 2 },
        { kind: 'ready', instances: 2, priors: 0 },
      ]))!,
    ];
    const given = (to: string) =>
      options.cases.change(further, actor, ({ reading: { claim } }) => [
        ...(claim ? [{ kind: 'requeued' as const, reader: claim.reader, why: 'gave-back' as const }] : []),
        { kind: 'claimed', reader: to, transactionUid: '2.25.9', leaseUntil: 1 },
        { kind: 'opened', reader: to },
      ]);
    const desk = async (who: string) =>
      (await reports.open({ ...reader, reader: who }, further)) as { version: number };
    const write = (who: string, basis: number, findings: string) =>
      reports.save({ ...reader, reader: who }, further, { basis, content: contentOf({ findings }) });
    await given('r2');
    await write('r2', 0, 'A fracture of the third rib.');
    await given('r3');
    assert.equal((await desk('r3')).version, 0);
    assert.equal(JSON.stringify(await desk('r3')).includes('third rib'), false);
    await write('r3', 0, 'No fracture.');
    await given('r2');
    const again = await desk('r2');
    assert.equal(again.version, 1);
    assert.match(JSON.stringify(again), /third rib/);
    const shown = async (who: string) => (await reports.signed({ ...reader, reader: who }, id)).length;
    assert.deepEqual(
      [await shown('r1'), await shown('r2')],
      [1, 0],
      'who reads again knows nothing of the first report',
    );
    await options.cases.change(further, actor, () => [{ kind: 'cancelled', reason: 'no longer wanted' }]);
    assert.equal(await shown('r2'), 1);
  });

  it('has the first report where the term says that it is not blind; one for research never has', async (t) => {
    const { options, id, reports, reader, sign, term } = await around(t);
    term.quality = { ...term.quality, blind: false };
    await sign(contentOf(NOTHING_WRONG));
    const actor = { kind: 'exchange', id: 'quality' } as const;
    const { cases, database } = options;
    const again = async (readType: 'second' | 'trial') =>
      transact(database, async (transaction) =>
        readFurther(cases, await cases.stored(id), { readType, readBy: [] }, { actor, transaction }),
      );
    const shown = async () => (await reports.signed({ ...reader, reader: 'r2' }, id)).length;
    assert.equal((await cases.stored(await again('second'))).isBlind, false);
    assert.equal(await shown(), 1);
    assert.equal((await cases.stored(await again('trial'))).isBlind, true);
    assert.equal(await shown(), 0);
  });
});

describe('an addendum and a correction', () => {
  it('are versions of the same report: the one adds and changes nothing, the other says why', async (t) => {
    const { sign, reports, reader, id, subject } = await around(t);
    await sign(contentOf(NOTHING_WRONG));
    const common = { subject, overrides: [], confirmed: [] };
    await reports.amend(reader, id, {
      ...common,
      how: 'appended',
      reason: 'asked by the ward',
      content: contentOf({ findings: 'The right breast was not examined.' }),
    });
    const corrected = contentOf({ ...NOTHING_WRONG, impression: 'Small granuloma.' });
    const signed = await reports.amend(reader, id, {
      ...common,
      how: 'corrected',
      reason: 'overlooked',
      content: corrected,
    });
    assert.deepEqual([signed.version, signed.state], [3, 'final']);
    const [first, second, third] = await reports.signed(reader, id);
    assert.deepEqual(second?.content.sections.slice(0, 2), first?.content.sections);
    assert.deepEqual(
      second?.content.sections.slice(2).map(({ kind, text, at }) => [kind, text, at !== undefined]),
      [['addendum', 'The right breast was not examined.', true]],
    );
    assert.deepEqual([third?.status, third?.reason, third?.content], ['corrected', 'overlooked', corrected]);
  });
});

describe('an addendum that is signed while the exchange notes that the report has arrived', () => {
  it('is kept, since nothing of what its author saw has changed', async (t) => {
    const { sign, reports, reader, id, subject, options } = await around(t);
    const { textHash } = await sign(contentOf(NOTHING_WRONG));
    const { cases, desk } = options;
    // The case was read; now its gates are asked, and meanwhile the destination has the report.
    t.mock.method(desk, 'gatesOf', async () => {
      const arrived = { kind: 'delivered', destination: 'RIS', version: 1, textHash, outstanding: 0 } as const;
      await cases.change(id, { kind: 'exchange', id: 'delivery' }, () => [arrived]);
      return entitled;
    });
    const content = contentOf({ findings: 'The right breast was not examined.' });
    const wish = { how: 'appended', reason: 'asked by the ward', content, subject } as const;
    const added = await reports.amend(reader, id, { ...wish, overrides: [], confirmed: [] });
    assert.deepEqual([added.version, added.state], [2, 'final']);
    const kinds = (await cases.events(id)).map(({ kind }) => kind);
    assert.deepEqual(kinds.slice(-2), ['delivered', 'amended']);
    assert.equal((await reports.signed(reader, id)).length, 2);
  });
});

describe('who signs says again who they are', () => {
  it('by a credential that is no older than the node wants it', async (t) => {
    const { sign, reader, options, id } = await around(t, { stepUp: '15m' });
    await assert.rejects(sign(contentOf(NOTHING_WRONG)), { code: 'reading/step-up' });
    const expiresAt = new Date(Date.now() + 3_600_000);
    const token = { tenant: reader.tenant, name: 'r1', scopes: ['report'], reader: 'r1', expiresAt } as const;
    const { id: fresh } = await createToken(options.database, token, testClock());
    reader.id = `token:${fresh}`;
    await options.database.query(`update token set created_at = now() - interval '16 minutes' where id = $1`, [fresh]);
    await assert.rejects(sign(contentOf(NOTHING_WRONG)), { code: 'reading/step-up' });
    await options.database.query('update token set created_at = now() where id = $1', [fresh]);
    await sign(contentOf(NOTHING_WRONG));
    assert.equal((await options.cases.read(id)).state, 'final');
  });

  it('by a proof that a service looks at, for this case and this text', async (t) => {
    const service = await httpReceiver(t, ({ body }) => ({
      status: JSON.parse(body.toString()).proof === 'good' ? 204 : 403,
    }));
    const { sign, id } = await around(t, { stepUp: service.url });
    await assert.rejects(sign(contentOf(NOTHING_WRONG)), { code: 'reading/step-up' });
    await assert.rejects(sign(contentOf(NOTHING_WRONG), { proof: 'bad' }), { code: 'reading/step-up' });
    const { textHash } = await sign(contentOf(NOTHING_WRONG), { proof: 'good' });
    const asked = JSON.parse(service.requests.at(-1)!.body.toString());
    assert.deepEqual(asked, { reader: 'r1', case: id, textHash, proof: 'good' });
  });

  it('where the contract asks for it and the node cannot, nothing is signed', async (t) => {
    const { sign, term } = await around(t);
    Object.assign(term, { signing: { stepUp: true } });
    await assert.rejects(sign(contentOf(NOTHING_WRONG)), { code: 'reading/step-up' });
  });
});

describe('a program that proposes a report', () => {
  const proposal = contentOf({ findings: 'Lungs are clear, heart is normal.', impression: 'No acute abnormality.' });

  it('is told what the reader has, and what it answers is signed by nobody but a reader who made it theirs', async (t) => {
    const service = await httpReceiver(t, () => ({
      status: 200,
      body: JSON.stringify({ by: 'drafter 2', content: proposal }),
    }));
    const { reports, reader, id, sign, options } = await around(t, { drafts: service.url });
    const answer = (await reports.propose(reader, id, contentOf({ findings: 'x' }))) as { by: string };
    assert.equal(answer.by, 'drafter 2');
    const [asked] = service.requests;
    assert.equal(asked!.headers.authorization, 'Bearer letmein');
    assert.equal(JSON.parse(asked!.body.toString()).facts.subject.studyUid, STUDY);
    assert.doesNotMatch(asked!.body.toString(), /Doe|Jane/);
    await assert.rejects(sign(proposal), { details: { checks: 'draft-unedited' } });
    const edited = contentOf({ findings: 'Lungs are clear, heart is enlarged.', impression: 'Cardiomegaly.' });
    const desk = (await reports.save(reader, id, { basis: 1, content: edited })) as { findings: unknown[] };
    assert.deepEqual(desk.findings, []);
    await sign(edited);
    const [row] = await options.database.query<{ by: string; share: number }>(
      'select proposed_by as by, changed_share as share from reading_content where reading_case = $1',
      [id],
    );
    assert.equal(row!.by, 'drafter 2');
    assert.ok(row!.share > 0.2 && row!.share < 0.8);
  });

  it('is not believed where it answers no report', async (t) => {
    const service = await httpReceiver(t, () => ({ status: 200, body: '{"by":"x","content":{"sections":[]}}' }));
    const { reports, reader, id } = await around(t, { drafts: service.url });
    await assert.rejects(reports.propose(reader, id, proposal), { code: 'delivery/refused' });
  });
});

describe('what is written meanwhile', () => {
  it('begins with the template of the study, and is joined with what was saved elsewhere', async (t) => {
    const { reports, reader, id } = await around(t);
    type Open = { content: ReportContent; version: number; templates: { id: string }[] };
    const other = (await reports.open(reader, id, 'ct-chest')) as Open;
    assert.equal(other.content.template?.id, 'ct-chest');
    const saved = (await reports.save(reader, id, { basis: 1, content: other.content })) as Open;
    const [findings, impression] = ['findings', 'impression'].map((kind) => ({
      ...other.content,
      sections: other.content.sections.map((each) =>
        each.kind === kind ? { ...each, text: `${each.text}\nmore` } : each,
      ),
    }));
    await reports.save(reader, id, { basis: saved.version, content: findings! });
    const joined = (await reports.save(reader, id, { basis: saved.version, content: impression! })) as Open;
    assert.equal(joined.content.sections.filter(({ text }) => text.endsWith('more')).length, 2);
    const clash = { ...findings!, sections: findings!.sections.map((each) => ({ ...each, text: `${each.text}!` })) };
    await assert.rejects(reports.save(reader, id, { basis: saved.version, content: clash }), {
      code: 'reading/draft-moved',
    });
  });
});

describe('templates of a site', () => {
  it('take the place of those that come with the program, in versions, and can be taken away', async (t) => {
    const { reports, reader } = await around(t);
    const { tenant } = reader;
    const named = async (id: string) => (await reports.templates(tenant)).find((each) => each.id === id);
    const { id: _, version, ...body } = (await named('ct-chest'))!;
    assert.equal(version, 0);
    await reports.putTemplate(reader, 'ct-chest', { ...body, title: 'Ours' });
    assert.deepEqual([(await named('ct-chest'))?.title, (await named('ct-chest'))?.version], ['Ours', 1]);
    await reports.removeTemplate(reader, 'ct-chest');
    assert.equal(await named('ct-chest'), undefined);
    await assert.rejects(reports.removeTemplate(reader, 'ct-chest'), { code: 'catalogue/not-found' });
    const [section] = body.sections;
    await assert.rejects(
      reports.putTemplate(reader, 'bad', { ...body, sections: [{ ...section!, text: '{{none}}' }] }),
      {
        code: 'request/malformed',
      },
    );
  });
});
