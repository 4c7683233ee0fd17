// Rules of a node under test, and its ledger.

import { setTimeout as pause } from 'node:timers/promises';
import type { NodeProcess } from './node-process.ts';

export interface LedgerRow {
  destination: string;
  studyInstanceUid: string;
  sopInstanceUid: string;
  sentAs: [string, string, string] | null;
  state: string;
  attempts: number;
  status: number | null;
  problem: string | null;
  reason: string | null;
  proof: string | null;
}

type Node = Pick<NodeProcess, 'url'>;

export async function call(node: Node, method: string, path: string, body?: object): Promise<Response> {
  return fetch(`${node.url}/api/v1${path}`, {
    method,
    ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
}

export async function putRules(node: Node, rules: object[]): Promise<void> {
  const answer = await call(node, 'PUT', '/rules', { rules });
  if (!answer.ok) throw new Error(`the rules were refused: ${await answer.text()}`);
}

export async function ledger(node: Node, query = ''): Promise<LedgerRow[]> {
  return (await (await call(node, 'GET', `/deliveries?limit=1000${query}`)).json()) as LedgerRow[];
}

/**
 * The ledger, as soon as it is as it should be; of all studies, or of those of `sent`. A ledger that never is runs into the
 * limit of the test.
 */
export async function ledgerOnce(
  node: Node,
  holds: (rows: LedgerRow[]) => boolean,
  sent?: readonly Pick<LedgerRow, 'studyInstanceUid'>[],
): Promise<LedgerRow[]> {
  const studies = sent && new Set(sent.map(({ studyInstanceUid }) => studyInstanceUid));
  for (;;) {
    const all = await ledger(node);
    const rows = studies === undefined ? all : all.filter(({ studyInstanceUid }) => studies.has(studyInstanceUid));
    if (holds(rows)) return rows;
    // The ledger announces nothing outside the node.
    await pause(50);
  }
}
