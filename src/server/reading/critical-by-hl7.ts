// A critical result as a message of its own to a system of the client: ORU^R01 with what HL7 v2 has for it, LOINC 73568-8, marked
// critical (Table 0078: AA). That the system has taken it (MSA-1 AA) is a receipt, and no person's: the loop goes on.

import { asProblem, Problem } from '../../base/problem.ts';
import { fromJson } from '../../dicom/json-reader.ts';
import { MllpSender } from '../../hl7v2/mllp/sender.ts';
import type { Notice } from '../../reading/store/critical-loops.ts';
import { ordersOfStudies } from '../../storage/orders-of-studies.ts';
import type { Order } from '../../translate/order.ts';
import { isCarried, messageOfReport } from '../../translate/report/message-of-report.ts';
import type { Report } from '../../translate/report/report.ts';
import { patientOf } from '../../translate/report/report-of-sr.ts';
import type { Core } from '../core.ts';
import type { Settings } from '../delivery/settings-schemas.ts';

const USUAL_PORT = 2575;
const within = { 1: 'minutes', 2: 'hours', 3: 'days' } as const;

/**
 * Resolves once the receiver has acknowledged the message. Rejects with delivery/refused (AE, CE), delivery/not-now (AR, CR),
 * delivery/not-carried where its character set lacks a character, what MllpSender rejects with, and catalogue/not-found of a case
 * without a study. `link`: where a person acknowledges, good once.
 */
export async function sendCritical(
  core: Core,
  settings: Settings<'hl7'>,
  { notice, study, link }: { notice: Notice; study: string | undefined; link: string },
): Promise<void> {
  const report = await reportOf(core, notice, study, link);
  const { host, port = USUAL_PORT, receivingApplication: application, receivingFacility: facility, results } = settings;
  const { pdf: _, ...how } = results ?? {};
  const dialect = { ...how, ...(application && { application }), ...(facility && { facility }) };
  const message = messageOfReport(report, dialect, { controlId: `C${notice.id}`, now: new Date().toISOString() });
  if (!isCarried(message)) throw new Problem('delivery/not-carried');
  const tls = settings.tls && core.called.byTls(settings.tls);
  // The keeper of the loop tries again.
  const sender = new MllpSender({ host, port, ...(tls && { tls }), limits: { attempts: 1 } });
  try {
    await sender.send(message);
  } catch (thrown) {
    const { code, details } = asProblem(thrown);
    if (code !== 'hl7/peer-refused') throw thrown;
    throw new Problem(/^[AC]E$/.test(String(details.acknowledgmentCode)) ? 'delivery/refused' : 'delivery/not-now');
  } finally {
    await sender.close();
  }
}

/** Its filler number is that of the loop: nobody takes it for a version of the report. */
async function reportOf(core: Core, notice: Notice, studyUid: string | undefined, link: string): Promise<Report> {
  const { database, config } = core;
  const { client, loop, case: code, category, finding, recipient } = notice;
  const [row] = await database.query<{ id: string; attributes: string }>(
    'select id, attributes from study where tenant = $1 and study_uid = $2 and hidden_at is null order by id limit 1',
    [client, studyUid ?? ''],
  );
  if (row === undefined) throw new Problem('catalogue/not-found', { what: 'study' });
  const study = fromJson(JSON.parse(row.attributes));
  const accession = study.text('AccessionNumber');
  const [ordered] = await ordersOfStudies(database, [row.id]);
  const order = ordered?.document as Order | undefined;
  const lines = [
    `Critical result for ${recipient}, to be answered within ${within[category]}. Finding ${finding}. Case ${code}.`,
    `To acknowledge: ${link}`,
  ];
  return {
    filler: { number: loop, issuer: config.aet },
    ...(order?.placer && { placer: order.placer }),
    ...(accession && { accession: { number: accession, issuer: '' } }),
    code: { value: '73568-8', scheme: 'LN', meaning: 'Communication of Critical Results' },
    patient: patientOf(study),
    studyInstanceUid: studyUid!,
    status: 'preliminary',
    language: 'en',
    issuedAt: new Date().toISOString(),
    people: [],
    sections: [{ kind: 'communication', text: lines.join('\n'), interpretation: 'AA' }],
    observations: [],
    documents: [],
  };
}
