// Who asks, and whether they may: the one policy that every door, the API and the command line ask before they act.

import { Problem } from '../base/problem.ts';
import { isSamePatient, type PatientIdentifier } from './patient-context.ts';

/** What is done to the catalogue or the node, whatever the protocol calls it. */
export type Action =
  | 'echo'
  | 'store'
  | 'search'
  | 'retrieve'
  | 'commit'
  | 'hide'
  | 'share'
  | 'worklist'
  | 'report'
  | 'administer';

/** What a credential is good for. */
export type Scope = 'read' | 'write' | 'hide' | 'share' | 'report' | 'administer';

export interface Principal {
  /** For the audit: `token:<id>`, `peer:<AE title>`, `session:<id>`, `share:<id>` or `local`. */
  id: string;
  /** `local`: the account that owns the data folder, at the command line or behind FASCIA_AUTH=off. */
  kind: 'token' | 'peer' | 'local' | 'session' | 'share';
  tenant: number;
  scopes: readonly Scope[];
  /** Of a link that was given away: the one study it opens, and what is drawn over its images. */
  share?: { studyUid: string; watermark: string };
  /** Of a reader of outsourced studies: which one (reading/readers/reader.ts). Their cases alone lie in their tenant. */
  reader?: string;
  /** Of a session that an EHR launched for one patient: the names of that patient, whose studies alone it opens. */
  patient?: readonly PatientIdentifier[];
}

export interface Subject {
  tenant: number;
  studyUid?: string;
  /** Whose the study is, all of it; of a search, whose studies it is kept to. */
  patients?: readonly PatientIdentifier[];
  /** Whether the bytes as they were stored are asked for, and not what is rendered or known of them. */
  original?: boolean;
}

export const scopes: readonly Scope[] = ['read', 'write', 'hide', 'share', 'report', 'administer'];

const actionsOf: Record<Scope, readonly Action[]> = {
  read: ['echo', 'search', 'retrieve'],
  // Whoever stored something may ask whether it is safe.
  write: ['echo', 'store', 'commit'],
  // Hiding is undone by the same scope; bytes are never deleted by it.
  hide: ['hide'],
  // Giving a study to somebody without an account.
  share: ['share'],
  // Reading for others: whoever reports on a study looks at it first.
  report: ['echo', 'search', 'retrieve', 'worklist', 'report'],
  // Whoever runs a desk sees the cases of its tenant.
  administer: ['worklist', 'administer'],
};

/** The tenant of an installation that has only one; the first migration creates it. */
export const DEFAULT_TENANT = 1;

export const localPrincipal: Principal = { id: 'local', kind: 'local', tenant: DEFAULT_TENANT, scopes };

/**
 * Whether `principal` may do `action`, to `subject` where one is named. Nothing of another tenant, ever; in a session for
 * one patient nothing that is not known to be of that patient alone; by a link that was given away nothing but its study,
 * and of that no originals: they would not carry the watermark.
 */
export function may(principal: Principal, action: Action, subject?: Subject): boolean {
  if (subject !== undefined && subject.tenant !== principal.tenant) return false;
  if (principal.patient !== undefined && !isSamePatient(principal.patient, subject?.patients)) return false;
  if (principal.share !== undefined && subject?.studyUid !== principal.share.studyUid) return false;
  if (principal.share !== undefined && subject?.original === true) return false;
  return principal.scopes.some((scope) => actionsOf[scope].includes(action));
}

/** Throws auth/forbidden where `may` says no. */
export function requireMay(principal: Principal, action: Action, subject?: Subject): void {
  if (!may(principal, action, subject)) throw new Problem('auth/forbidden', { action });
}

export function isScope(text: string): text is Scope {
  return (scopes as readonly string[]).includes(text);
}
