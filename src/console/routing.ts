// What the console asks of /api/v1 about rules and deliveries: what is in force, what other rules would have done, where studies
// go, and what did not get there.

import type { DryRun } from '../routing/dry-run.ts';
import type { RuleSetDocument } from '../routing/rule-schema.ts';
import { RulesError, readRules, writeRules } from '../routing/rule-set.ts';
import { getJson, sendJson } from './http.ts';

export const limits = {
  /** Deliveries that failed, listed at once. */
  failed: 100,
  /** Deadlines, and corrections, that nobody has seen to. */
  open: 100,
  /** Changes of a dry run that are shown. */
  changes: 200,
};

export interface RulesInForce {
  version: number;
  author: string;
  inForceSince: string;
  zone?: string;
  rules: unknown[];
}

export interface RulesVersion {
  version: number;
  author: string;
  createdAt: string;
  inForceSince?: string;
}

export interface Destination {
  name: string;
  kind: string;
  paused: boolean;
  queued: number;
  failed: number;
  problem: string | null;
  problemSince: string | null;
}

export interface FailedDelivery {
  id: string;
  destination: string;
  studyInstanceUid: string;
  sopInstanceUid: string;
  problem: string | null;
  reason: string | null;
  attempts: number;
  settledAt: string | null;
}

/** A deadline that is at risk or missed. */
export interface DeadlineAlarm {
  id: string;
  state: 'at-risk' | 'missed';
  deadline: string;
  rules: string[];
  /** Null of priors. */
  destination: string | null;
  studyInstanceUid: string | null;
  outstanding: number | null;
}

/** Of copies whose patient turned out to be another. */
export interface Correction {
  id: string;
  destination: string;
  studyInstanceUid: string;
  state: 'queued' | 'sent' | 'failed' | 'told';
  instances: number;
  outstanding: number;
  problem: string | null;
  createdAt: string;
}

/** Null where there are no rules yet. */
export async function inForce(signal: AbortSignal): Promise<RulesInForce | null> {
  const [newest] = await getJson<RulesVersion[]>('/api/v1/rules/versions', signal);
  return newest === undefined ? null : getJson('/api/v1/rules', signal);
}

export const versions = (signal: AbortSignal): Promise<RulesVersion[]> => getJson('/api/v1/rules/versions', signal);
export const destinations = (signal: AbortSignal): Promise<Destination[]> => getJson('/api/v1/destinations', signal);
export const failed = (signal: AbortSignal): Promise<FailedDelivery[]> =>
  getJson(`/api/v1/deliveries?state=failed&limit=${limits.failed}`, signal);
export const deadlines = (signal: AbortSignal): Promise<DeadlineAlarm[]> =>
  getJson(`/api/v1/deliveries/deadlines?limit=${limits.open}`, signal);
export const corrections = (signal: AbortSignal): Promise<Correction[]> =>
  getJson(`/api/v1/deliveries/corrections?limit=${limits.open}`, signal);

/** Somebody has seen to it. */
export const acknowledge = (what: 'deadlines' | 'corrections', id: string): Promise<unknown> =>
  sendJson('POST', `/api/v1/deliveries/${what}/${id}/acknowledge`, {});

export const putInForce = (document: RuleSetDocument): Promise<RulesInForce> =>
  sendJson('PUT', '/api/v1/rules', document);
export const activate = (version: number): Promise<RulesInForce> =>
  sendJson('POST', `/api/v1/rules/versions/${version}/activate`, {});
export const dryRun = (rules: RuleSetDocument, days: number): Promise<DryRun> =>
  sendJson('POST', '/api/v1/rules/dry-run', { rules, days });
export const pause = (name: string, paused: boolean): Promise<Destination> =>
  sendJson('POST', `/api/v1/destinations/${encodeURIComponent(name)}/pause`, { paused });
export const replay = (of: { destination?: string; instance?: string }): Promise<{ queued: number }> =>
  sendJson('POST', '/api/v1/deliveries/replay', of);

export type ReadText = { document: RuleSetDocument } | { faults: { line?: number; text: string }[] };

/** The text of somebody who is writing: rules, or everything that is wrong with them. */
export function readText(yaml: string, known: readonly string[]): ReadText {
  try {
    return { document: readRules(yaml, { version: 'draft', destinations: known }).document };
  } catch (thrown) {
    if (!(thrown instanceof RulesError)) throw thrown;
    return {
      faults: thrown.faults.map(({ line, path, message }) => ({
        line,
        text: path === '' ? message : `${path}: ${message}`,
      })),
    };
  }
}

/** What stands in the editor of those who have no rules yet. */
const firstRules: RuleSetDocument = { rules: [] };

export function textOf(rules: RulesInForce | null): string {
  if (rules === null) return writeRules({ document: firstRules });
  const { zone, rules: list } = rules;
  return writeRules({ document: { ...(zone !== undefined && { zone }), rules: list } as RuleSetDocument });
}
