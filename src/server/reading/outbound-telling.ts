// What becomes of a case when its copies came to something: it is ready once all are in the room, it is held where one may not
// leave, and whoever reads it is told when the room has more or less than it had.

import type { CaseHappening } from '../../reading/case/case-event.ts';
import type { CaseLog } from '../../reading/store/case-log.ts';
import type { Vault } from '../../reading/store/vault.ts';
import type { Cause } from '../../reading/terms/service-term.ts';
import { isHoldReason } from './case-holds.ts';
import { intake } from './intake-words.ts';
import type { OutboundTelling } from './outbound-case.ts';

export function outboundTelling(log: CaseLog, vault: Pick<Vault, 'mapOf'>): OutboundTelling {
  return {
    async whole(id, { instances, priors }) {
      const { roomStudyUid, reading } = await log.stored(id);
      if (roomStudyUid !== undefined && reading.state !== 'receiving' && reading.state !== 'hold') return;
      const { studyUid } = await vault.mapOf(id);
      await log.change(
        id,
        intake,
        ({ reading: { state, pauses } }) => {
          if (state !== 'receiving' && state !== 'hold') return [];
          const open = pauses.filter(({ to }) => to === undefined);
          const released = open
            .filter(({ reason }) => !isHoldReason(reason))
            .map(({ reason }): CaseHappening => ({ kind: 'released', reason }));
          return released.length < open.length ? released : [...released, { kind: 'ready', instances, priors }];
        },
        { roomStudyUid: studyUid.pseudonym },
      );
    },
    async held(id, reason) {
      await log.change(id, intake, ({ reading: { state, pauses } }) => {
        if (pauses.some((each) => each.to === undefined && each.reason === reason)) return [];
        if (state === 'receiving' || state === 'hold' || state === 'ready' || state === 'offered') {
          return [{ kind: 'held', reason, cause: causeOf(reason) }];
        }
        // Whoever has it is not to sign without knowing that there is more, and that it will not be seen.
        return isHeldByReader.has(state) ? [{ kind: 'changed', what: 'images-withheld' }] : [];
      });
    },
    async changed(id, what, instances) {
      await log.change(id, intake, ({ reading: { state } }) =>
        isOver.has(state) ? [] : [{ kind: 'changed', what, instances }],
      );
    },
  };
}

const isOver: ReadonlySet<string> = new Set(['cancelled', 'rejected', 'in-error']);
const isHeldByReader: ReadonlySet<string> = new Set(['claimed', 'reading', 'parked', 'preliminary', 'over-read']);

/** Consent is the client's to ask for; everything else that keeps images back is ours or the contract's. */
const causeOf = (reason: string): Cause => (reason.startsWith('consent') ? 'client' : 'exchange');
