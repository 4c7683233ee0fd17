// Whether a patient forbids that data leave: R4 Consent (consent.html, "Interpreting nested provisions"). What a provision does
// not restrict, it is about; of provisions within one another the innermost that fits decides.

import type { Consent, ConsentProvision } from '@medplum/fhirtypes';

export interface Disclosure {
  /** v3 PurposeOfUse, `TREAT` or `HRESCH`. */
  purpose: string;
  /** By which the recipient may be named: an id, an identifier's value, a display. */
  recipient: readonly string[];
  /** ms since the epoch. */
  at: number;
}

/** What is not active says nothing; of several consents one that denies is enough. */
export const isDenied = (consents: readonly Consent[], disclosure: Disclosure): boolean =>
  consents.some((consent) => consent.status === 'active' && decided(consent, disclosure) === 'deny');

type Decision = 'permit' | 'deny';

function decided({ policyRule, provision }: Consent, disclosure: Disclosure): Decision {
  // Without provisions it is its rule that speaks: v3 ActCode, OPTOUT and OPTOUTE.
  const isOut = policyRule?.coding?.some(({ code }) => code?.startsWith('OPTOUT')) === true;
  return (provision && within(provision, disclosure)) ?? (isOut ? 'deny' : 'permit');
}

function within(provision: ConsentProvision, disclosure: Disclosure): Decision | undefined {
  if (!fits(provision, disclosure)) return undefined;
  const inner = (provision.provision ?? []).map((each) => within(each, disclosure));
  if (inner.includes('deny')) return 'deny';
  return inner.find((each) => each !== undefined) ?? provision.type;
}

/** Of what a recipient does with images: the rest of v3 ConsentAction is not about them. */
const disclosing = new Set(['disclose', 'access', 'use']);
const imaging = new Set(['ImagingStudy', 'DiagnosticReport', 'Media', 'DocumentReference', 'Observation']);

function fits(provision: ConsentProvision, { purpose, recipient, at }: Disclosure): boolean {
  const { period, purpose: purposes = [], actor = [], action = [], class: classes = [] } = provision;
  if (!isDuring(period, at)) return false;
  if (purposes.length > 0 && !purposes.some(({ code }) => code === purpose)) return false;
  const actions = action.flatMap(({ coding = [] }) => coding.map(({ code }) => code ?? ''));
  if (actions.length > 0 && !actions.some((code) => disclosing.has(code))) return false;
  if (classes.length > 0 && !classes.some(({ code }) => imaging.has(code ?? ''))) return false;
  if (actor.length === 0) return true;
  return actor.some(({ reference }) => {
    const names = [reference?.reference?.split('/').at(-1), reference?.identifier?.value, reference?.display];
    return names.some((name) => name !== undefined && recipient.includes(name));
  });
}

/** R4 Period: an end without a time includes its day. */
function isDuring(period: ConsentProvision['period'], at: number): boolean {
  const from = period?.start === undefined ? Number.NEGATIVE_INFINITY : Date.parse(period.start);
  const end = period?.end;
  const to =
    end === undefined
      ? Number.POSITIVE_INFINITY
      : end.includes('T')
        ? Date.parse(end)
        : Date.parse(`${end.padEnd(10, '-31').slice(0, 10)}T23:59:59.999Z`);
  // What cannot be read as a moment restricts nothing: then it is about now as well.
  return !(at < from) && !(at > to);
}
