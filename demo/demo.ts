// `npm run demo [-- --end]`: the whole story on generated data, against a node of its own that is asked from outside like any
// other. Two hospitals became one; a woman whom both know under other numbers and names comes in at night after a fall; her CT is
// read abroad by somebody who never learns who she is; what is found reaches whoever has to know, and her own records. The node
// goes on afterwards, to be looked at, until Ctrl-C; with --end it ends with the story.

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { MllpSender } from '../src/hl7v2/mllp/sender.ts';
import { readMessage } from '../src/hl7v2/reader.ts';
import { startNodeProcess } from '../test/support/node-process.ts';
import { type Bearer, bearer } from '../test/support/token.ts';
import { berg, contract, lind, PROVIDER, privileges, shift, site } from './agreement.ts';
import { ctHead } from './ct-head.ts';
import { type Answer, callerOf, once } from './exchange-calls.ts';
import { hospitals, jane, janeBefore, order, otto, type Registered, registration } from './hospitals.ts';
import { acquire } from './modality.ts';
import { openReceivers } from './receivers.ts';
import { Story } from './story.ts';

const ACCESSION = 'ACC-778812';
const isToEnd = process.argv.includes('--end');
const closing = new AsyncDisposableStack();
const later = (cleanUp: () => Promise<void>) => void closing.defer(cleanUp);
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void closing.disposeAsync().then(() => process.exit(0)));

const story = new Story();
try {
  await tell();
} finally {
  if (isToEnd) await closing.disposeAsync();
}

async function tell(): Promise<void> {
  const node = await startNodeProcess(later, { environment: { FASCIA_PEERS: 'ANY' } });
  const receivers = await openReceivers(later);
  const sender = new MllpSender({ host: '127.0.0.1', port: node.mllpPort });
  later(() => sender.close());
  const scopes = ['read', 'write', 'administer', 'share'];
  const hospital = callerOf(node.url, bearer(node, 'default', scopes));
  const provider = callerOf(node.url, bearer(node, `reading/${PROVIDER}`, scopes));
  const run = (words: readonly string[]): string =>
    execFileSync(join(import.meta.dirname, '../fascia'), words, {
      env: { ...process.env, FASCIA_DATA: node.data },
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim();
  const now = Date.now();
  const at = (minutesAgo: number) => hl7Time(now - minutesAgo * 60_000);
  console.log(`A node at ${node.url}; its data in ${node.data}`);

  story.chapter('Two hospitals became one, and call their patients as they always did');
  for (const { facility, oid } of Object.values(hospitals))
    await hospital.put(`/api/v1/identity/authorities/${facility}`, {
      ...{ name: facility, universalId: oid, universalIdType: 'ISO', sources: [facility, `${facility}CT1`] },
    });
  for (const [index, person] of [jane, janeBefore, otto].entries())
    await sender.send(readMessage(registration(person, `A${index + 1}`, at(9000 - index))));
  const earlier = headOf(janeBefore, { isBleeding: false, accession: 'N-1203', daysAgo: 640, station: 'NORDCT1' });
  await acquire(node.dicomPort, earlier, { station: 'NORDCT1', accession: 'N-1203' });
  const personOf = ({ at: where, number }: Registered) =>
    once('a person', async () => {
      const issuer = hospitals[where].facility;
      const [found] = await hospital.get(`/api/v1/identity/persons?issuer=${issuer}&id=${number}`);
      return found as Answer | undefined;
    });
  const everybody = () => Promise.all([jane, janeBefore, otto].map(personOf));
  let persons = await everybody();
  story.table([
    ['registered as', 'born', 'number', 'person'],
    ...[jane, janeBefore, otto].map((each, index) => [
      each.name.split('^').slice(0, 2).join(', '),
      each.birthDate,
      `${hospitals[each.at].name} ${each.number}`,
      String(persons[index].id),
    ]),
  ]);
  if (persons[0].id !== persons[1].id) {
    const issuers = [jane, janeBefore].map(({ at: where, number }) => ({
      issuer: hospitals[where].facility,
      id: number,
    }));
    await hospital.post('/api/v1/identity/decisions', { type: 'same', of: issuers, reason: 'asked her at the desk' });
    persons = await everybody();
    story.tell(`In doubt nobody is joined: the desk asked her, and they are person ${persons[1].id} now.`);
  }
  story.tell('One woman under two names, two numbers and a mistyped birth date; and not the man with her number.');
  story.look(`${node.url}/#review and fascia identity explain ${persons[0].id}`);

  story.chapter('They agreed with a reading provider in Sweden: pseudonyms, 30 minutes, 42.50 EUR');
  await hospital.put('/api/v1/reading/sites/seehaven', site);
  await hospital.post('/api/v1/reading/contracts', contract);
  const places: Record<string, [kind: string, settings: object]> = {
    RIS: ['hl7', { host: '127.0.0.1', port: receivers.ris.port, results: { pdf: true } }],
    EHR: ['fhir', { url: `http://127.0.0.1:${receivers.ehr.port}/fhir` }],
    PACS: ['dimse', { aeTitle: 'PACS' }],
  };
  await hospital.put('/api/v1/peers/PACS', { aeTitle: 'PACS', host: '127.0.0.1', port: receivers.pacs.port });
  for (const [name, [kind, settings]] of Object.entries(places))
    await hospital.put(`/api/v1/destinations/${name}`, { kind, settings });
  const tokens: Record<string, Bearer> = {};
  for (const reader of [lind, berg]) {
    await provider.post('/api/v1/reading/readers', reader);
    await hospital.put(`/api/v1/reading/readers/${reader.id}/privileges`, privileges);
    await provider.put(`/api/v1/reading/readers/${reader.id}/shifts`, shift(now));
    const words = ['token', 'create', '--scope', 'report', '--reader', reader.id, '--tenant', `reading/${PROVIDER}`];
    tokens[reader.id] = { Authorization: `Bearer ${run(words)}` };
  }
  story.tell('Dr Lind: neuroradiologist, licensed in Germany and Sweden. Dr Berg: licensed in Sweden only.');
  story.look('fascia reading contract list, fascia reading reader list --tenant reading/nightowl');

  story.chapter('A night: she fell, the emergency department orders a CT of her head');
  await sender.send(readMessage(order(jane, ACCESSION, 'O1', at(12))));
  const tonight = headOf(jane, { isBleeding: true, accession: ACCESSION, daysAgo: 0, station: 'ANNACT1' });
  await acquire(node.dicomPort, tonight, { station: 'ANNACT1', accession: ACCESSION });
  const taken = await once('the case', async () => {
    const cases: Answer[] = await hospital.get('/api/v1/reading/cases?limit=10');
    return cases.find(({ accession, state }) => accession === ACCESSION && state === 'ready');
  });
  story.tell(`Case ${taken.id}: ${taken.priority}, ${taken.images} images, ${taken.priors} earlier study is with it.`);
  story.look(`${node.url}/#orders, GET /api/v1/reading/cases/${taken.id}/log`);

  story.chapter('What the hospital knows, and what its reader sees of the same case');
  const lindAsks = callerOf(node.url, tokens.lind!);
  const [seen]: Answer[] = await lindAsks.get('/api/v1/reading/cases');
  story.table([
    ['', 'hospital', 'reader'],
    ['name', taken.patient.name, seen.patient.name],
    ['number', taken.patient.id, seen.patient.id],
    ['sex, age', `${taken.patient.sex} ${taken.patient.age}`, `${seen.patient.sex} ${seen.patient.age}`],
    ['accession', taken.accession, seen.accession],
    ['study', short(taken.studyUid), short(seen.studyUid)],
  ]);
  const hidden = await lindAsks.ask('GET', `/dicomweb/studies/${tonight.studyInstanceUid}/metadata`);
  story.tell(`Asked for by its real UID, the study is unknown to the reader: ${hidden.status}.`);
  story.look(`GET /api/v1/reading/egress as the hospital: what left, for whom, until when`);

  story.chapter('Whoever may not read it does not get it; whoever may pulls the next case');
  const refused = await callerOf(node.url, tokens.berg!).ask('POST', `/api/v1/reading/cases/${taken.id}/claim`);
  story.tell(`Dr Berg: ${refused.status} ${refused.body.detail}`);
  const claimed = await lindAsks.post('/api/v1/reading/cases/next');
  story.tell(`Dr Lind has case ${claimed.id}, ${claimed.minutesLeft} minutes left.`);
  await lindAsks.post(`/api/v1/reading/cases/${taken.id}/open`);
  story.look(`GET /api/v1/reading/cases/${taken.id}/explain: who could have had it, and why not`);

  story.chapter('She reports an acute subdural haematoma, and that it is critical');
  const draft = await lindAsks.get(`/api/v1/reading/cases/${taken.id}/draft`);
  const written = { content: reportOn(draft.content), subject: draft.subject };
  const findings: Answer[] = await lindAsks.post(`/api/v1/reading/cases/${taken.id}/check`, written);
  for (const { check, message } of findings) story.tell(`Before signing, ${check}: ${message}`);
  const { loop } = await lindAsks.post(`/api/v1/reading/cases/${taken.id}/critical`, {
    category: 1,
    finding: 'RID4710^RADLEX',
  });
  const overrides = ((await lindAsks.post(`/api/v1/reading/cases/${taken.id}/check`, written)) as Answer[])
    .filter(({ isHard }) => !isHard)
    .map(({ check }) => ({ check, reason: 'compared at the desk, telephoned' }));
  const signed = await lindAsks.post(`/api/v1/reading/cases/${taken.id}/sign`, { as: 'final', ...written, overrides });
  story.tell(`Signed: version ${signed.version}, SHA-256 of its text ${signed.textHash.slice(0, 16)}…`);
  story.look(`${node.url}/#reading as Dr Lind: the worklist and the report beside the images`);

  story.chapter('Somebody has to receive it: the loop is open until the department says it back');
  const open: Answer = await once('the notice', async () => {
    const [first]: Answer[] = await hospital.get('/api/v1/reading/critical');
    return first?.state === 'flagged' ? undefined : first;
  });
  story.tell(`${open.loop}: ${open.finding}, told to ${open.recipient}, ${open.state}`);
  await hospital.post(`/api/v1/reading/critical/${loop}/acknowledge`, {
    recipient: open.recipient,
    readBack: true,
    method: 'phone',
  });
  const record = await hospital.get(`/api/v1/reading/critical/${loop}`);
  story.tell(`Received by ${record.received.by}, by ${record.received.method}, said back: ${record.received.readBack}`);
  story.look(`GET /api/v1/reading/critical/${loop}, and Communication in ${node.url}/fhir/R4`);

  story.chapter('The report comes home under her own name, and goes where the contract says');
  const oru = await once('an ORU', () => receivers.ris.messages.at(-1));
  for (const segment of oru.split('\r')) if (/^(PID|OBR)/.test(segment)) story.tell(`RIS   ${segment.slice(0, 110)}`);
  const report = await once('a DiagnosticReport', () => receivers.ehr.reports.at(-1));
  story.tell(`EHR   DiagnosticReport ${report.status}: ${report.conclusion ?? ''}`);
  await once('an SR', () => receivers.pacs.received.at(-1));
  story.tell(`PACS  ${receivers.pacs.received.length} object: Basic Text SR of the study`);
  const done = await once('the delivery', async () => {
    const now = await hospital.get(`/api/v1/reading/cases/${taken.id}`);
    return now.state === 'delivered' || now.state === 'closed' ? now : undefined;
  });
  story.tell(`The case is ${done.state}; the PDF lies in the ORU and beside the report.`);
  story.look(`${node.url}/fhir/R4/DiagnosticReport?identifier=${taken.id} ($render?form=pdf)`);

  story.chapter('What it cost, from the log and nothing else');
  const [from, until] = [now - 86_400_000, Date.now()].map((each) => new Date(each).toISOString());
  const [{ id: statement }]: Answer[] = await hospital.post('/api/v1/reading/statements', {
    ...{ kind: 'client', party: PROVIDER, from, until },
  });
  const { lines } = await hospital.get(`/api/v1/reading/statements/${statement}`);
  for (const { case: id, what, price, factors, amount, currency } of lines)
    story.tell(
      `${id}  ${what}  ${price} ${factors.map((factor: string) => `× ${factor}`).join(' ')} = ${amount} ${currency}`,
    );
  const log: Answer[] = await hospital.get(`/api/v1/reading/cases/${taken.id}/log`);
  story.tell(`Its log: ${log.map(({ kind }) => kind).join(' → ')}`);
  story.look(`GET /api/v1/metering, and GET /api/v1/reading/statements/${statement}/pdf`);

  story.end();
  if (!isToEnd) {
    const link = run(['token', 'create', '--sign-in', '--scope', 'read,write,share,administer']);
    story.tell(`\nSign in at ${node.url}${link}\nCtrl-C ends the node and removes its data.`);
  }
}

interface HeadWish {
  isBleeding: boolean;
  accession: string;
  daysAgo: number;
  station: string;
}

function headOf(person: Registered, { isBleeding, accession, daysAgo, station }: HeadWish) {
  const day = new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
  const [family = '', given = ''] = person.name.split('^');
  return ctHead({
    isBleeding,
    attributes: {
      PatientName: `${family}^${given}`,
      PatientID: person.number,
      IssuerOfPatientID: hospitals[person.at].facility,
      PatientBirthDate: person.birthDate,
      PatientSex: person.sex,
      PatientAge: ageOf(person.birthDate),
      AccessionNumber: accession,
      StudyDate: day,
      SeriesDate: day,
      StudyTime: '021000',
      StudyDescription: 'CT head without contrast',
      BodyPartExamined: 'HEAD',
      InstitutionName: hospitals[person.at].name,
      StationName: station,
      ReferringPhysicianName: 'Referrer^Rita',
    },
  });
}

/** Patient's Age (0010,1010). */
function ageOf(birthDate: string): string {
  return `${String(new Date().getFullYear() - Number(birthDate.slice(0, 4))).padStart(3, '0')}Y`;
}

/** The template's fields, filled in as its reader does. */
function reportOn(begun: Answer): Answer {
  const said: Record<string, object> = {
    comparison: { text: 'Earlier CT of the head: the collection is new.' },
    haemorrhage: { text: 'yes, subdural' },
    'haemorrhage-text': { text: 'Crescentic hyperdense collection along the left frontal convexity.' },
    'haemorrhage-size': { number: '9' },
    shift: { number: '4' },
    impression: { text: 'Acute left frontal subdural haematoma, 9 mm, with 4 mm midline shift.' },
  };
  const filled = (field: Answer) => (said[field.name] === undefined ? field : { ...field, value: said[field.name] });
  return {
    ...begun,
    sections: begun.sections.map((section: Answer) => ({ ...section, fields: section.fields?.map(filled) })),
  };
}

function hl7Time(at: number): string {
  return new Date(at).toISOString().replace(/\D/g, '').slice(0, 14);
}

function short(uid: string): string {
  return `${uid.slice(0, 14)}…${uid.slice(-6)}`;
}
