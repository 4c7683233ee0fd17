// A case of a node that is away: its copies lie in the room of a reading provider, whose reader has claimed it. The case is begun
// beside the node, in its catalogue; the node does the rest.

import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { loadConfig } from '../../src/base/config.ts';
import { silentLog } from '../../src/base/log.ts';
import type { CaseHappening } from '../../src/reading/case/case-event.ts';
import { textOf } from '../../src/reading/content/content-text.ts';
import type { SignedContent } from '../../src/reading/content/report-content.ts';
import { aReader } from '../../src/reading/gate/testing/rows.ts';
import type { Away } from '../../src/reading/privacy/testing/case-away.ts';
import type { Reader } from '../../src/reading/readers/reader.ts';
import type { CaseLog } from '../../src/reading/store/case-log.ts';
import { beginOutbound } from '../../src/reading/store/egress.ts';
import { openRoom, roomName } from '../../src/reading/store/rooms.ts';
import { keepSigned } from '../../src/reading/store/signed-contents.ts';
import type { ServiceTerm } from '../../src/reading/terms/service-term.ts';
import { someFacts, someTerm } from '../../src/reading/testing/facts.ts';
import { type Core, openCore } from '../../src/server/core.ts';
import { transact } from '../../src/storage/transaction.ts';
import { getJson, value } from './dicomweb.ts';
import type { NodeProcess } from './node-process.ts';
import { type Bearer, bearer } from './token.ts';

export const PROVIDER = 'nightowl';
/** What the case is read under; written as a contract by whoever needs more of it than the copies do. */
export const agreed = someTerm({
  id: 'north-nightowl/ct',
  disclosure: { mode: 'pseudonymised', profile: 'R-read' },
});
const by = { kind: 'exchange', id: 'test' } as const;

export interface CaseAway {
  id: string;
  /** As the room has it. */
  away: Away;
  /** Of the room: whoever belongs to the provider. */
  reader: Bearer;
  client: Bearer;
  log: CaseLog;
  core: Core;
}

/** `study`: of the default tenant, whole. Ended by `later`. */
export async function caseAway(
  node: NodeProcess,
  study: string,
  later: (cleanUp: () => Promise<void>) => void,
): Promise<CaseAway> {
  const { config } = loadConfig({ environment: { FASCIA_DATA: node.data }, folder: node.data });
  const core = await openCore(config, silentLog);
  later(() => core.close());
  const log = core.cases;
  const term = agreed;
  const room = await openRoom(core.database, PROVIDER, 'DE');
  const [row] = await core.database.query<{ id: string }>('select id from study where tenant = 1 and study_uid = $1', [
    study,
  ]);
  const facts = someFacts({ provider: PROVIDER });
  const place = { client: 1, room: room.tenant, studyUid: study };
  const announced = { kind: 'announced', facts, term: { id: term.id, version: term.version } } as const;
  const { id } = (await log.create(place, by, [announced, { kind: 'images-arrived', instances: 1 }]))!;
  const document = { client: 'north', provider: PROVIDER, patientAt: 'DE', priority: 'urgent' as const, term };
  const begun = { case: id, tenant: 1, room: room.tenant, study: row!.id, priors: [], document };
  await beginOutbound(core.database, begun);
  for (;;) {
    const { state, sequence, pauses } = await log.read(id);
    if (pauses.length > 0) throw new Error(`held: ${pauses[0]!.reason}`);
    if (state === 'ready') {
      await log.append(id, sequence, by, [
        { kind: 'claimed', reader: 'r1', transactionUid: '2.25.1', leaseUntil: Date.now() + 600_000 },
        { kind: 'opened', reader: 'r1' },
      ]);
      break;
    }
    // Copies are made by the node, which tells its own log.
    await pause(50);
  }
  const reader = bearer(node, roomName(PROVIDER), ['read', 'write', 'administer']);
  const client = bearer(node, 'default', ['read', 'write', 'administer']);
  return { id, away: await seenBy(node, reader, id, core), reader, client, log, core };
}

/** The contract that such cases are read under, and a reader who may sign them; resolves once the node knows of both. */
export async function agreedWith(
  node: NodeProcess,
  { core, reader, client }: CaseAway,
  signer: Partial<Reader> = {},
  term: Partial<ServiceTerm> = {},
): Promise<void> {
  const { terms, readers } = core;
  const { contract: id, validFrom: from } = agreed;
  const contract = { id, provider: PROVIDER, client: 'default', restsAt: 'DE', status: 'executed' as const, from };
  await terms.putContract({ ...contract, terms: [{ ...agreed, ...term }] }, { author: 'test', at: Date.now() });
  const licence = { id: 'l1', number: 'DE-1', issuer: 'BLÄK', validAt: ['DE'], status: 'active' as const };
  const period = { from: '2020-01-01T00:00:00Z' };
  const one = aReader({ provider: PROVIDER, at: 'DE', licences: [{ ...licence, period }], ...signer });
  await readers.put(one, 'test');
  const knows = async (path: string, as: Bearer, words: string) => {
    const answer = await fetch(`${node.url}/api/v1/reading/${path}`, { headers: as });
    return answer.ok && (await answer.text()).includes(words);
  };
  for (;;) {
    if ((await knows('contracts', client, id)) && (await knows('readers', reader, one.name))) return;
    // What is agreed on is told from node to node.
    await pause(20);
  }
}

/** What a reader learns of the case from its images. */
async function seenBy({ url }: NodeProcess, reader: Bearer, id: string, { database }: Core): Promise<Away> {
  const [left] = await database.query<{ study: string }>(
    'select study_uid as study from reading_egress where case_id = $1 limit 1',
    [id],
  );
  const [image] = await getJson(url, `/instances?StudyInstanceUID=${left!.study}&includefield=all`, reader);
  const text = (tag: string) => String(value(image!, tag) ?? '');
  return {
    study: text('0020000D'),
    series: text('0020000E'),
    image: text('00080018'),
    frameOfReference: text('00200052'),
    id: text('00100020'),
    accession: text('00080050'),
    studyDate: text('00080020'),
  };
}

/** As the editor signs: what is written, and the entry of the log. */
export function signing({ id, away, log, core }: CaseAway) {
  let version = 0;
  const day = `${away.studyDate.slice(0, 4)}-${away.studyDate.slice(4, 6)}-${away.studyDate.slice(6)}`;
  return async (status: SignedContent['status'], words: string): Promise<string> => {
    const fields = [{ name: 'on', label: 'On', value: { date: day } }];
    const content = { language: 'en', sections: [{ kind: 'impression' as const, text: `${words} {{on}}.`, fields }] };
    const textHash = createHash('sha256').update(textOf(content)).digest('hex');
    const entitlement = { licences: ['l'], privilege: 'p', checkedAt: 0 };
    const report = { version: ++version, reader: 'r1', textHash, entitlement, overridden: [] };
    const signedAt = new Date().toISOString();
    const subject = { studyUid: away.study };
    const happening: CaseHappening =
      status === 'final'
        ? { kind: 'final-signed', report }
        : { kind: 'amended', how: 'corrected', report, reason: 'side' };
    const { sequence } = await log.read(id);
    await transact(core.database, async (transaction) => {
      await keepSigned(transaction, { case: id, status, report, signedAt, subject, content, overrides: [] });
      await log.append(id, sequence, { kind: 'reader', id: 'r1' }, [happening], { transaction });
    });
    return textHash;
  };
}
