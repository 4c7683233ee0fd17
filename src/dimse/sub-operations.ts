// The C-STORE sub-operations of a C-GET or C-MOVE: one after another, the next instance being read while the present one
// is on the wire; counted, reported, cancellable. PS3.4 C.4.2.3, C.4.3.3, Tables C.4-2 and C.4-3.

import { asProblem } from '../base/problem.ts';
import { DataSet } from '../dicom/dataset.ts';
import type { CommandSet } from './command-set.ts';
import type { SendableInstance } from './handlers.ts';
import { readAhead } from './message-writer.ts';
import { type Operation, status } from './operation.ts';
import { writePlainDataSet } from './plain-data-set.ts';

/** Sends one instance, of which reading has begun; resolves with the status of its response. */
export type SendSubOperation = (instance: SendableInstance, chunks: AsyncIterable<Uint8Array>) => Promise<number>;

/** PS3.4 Table C.4-2. */
const ALL_FAILED = 0xa702;
const SOME_FAILED = 0xb000;

/** (0008,0058) of one final response: what the 16-bit length of an explicit UI can hold. */
const FAILED_UIDS_LISTED = 900;

/** Performs them all and gives the final response. */
export async function performSubOperations(
  operation: Operation,
  instances: readonly SendableInstance[],
  send: SendSubOperation,
): Promise<void> {
  const { signal, served } = operation;
  const { timers } = served.surroundings;
  const tally = new Tally(instances.length);
  let reportedMs = timers.monotonicMs();
  let ahead = instances[0] && readAhead(instances[0].open());
  for (const [i, instance] of instances.entries()) {
    if (signal.aborted) break;
    const sent = send(instance, ahead!);
    const next = instances[i + 1];
    const present = ahead;
    ahead = next && readAhead(next.open());
    const outcome = await sent.catch((error): number => asProblem(error).answers.dimse);
    await present!.return(undefined);
    tally.count(instance.sopInstanceUid, outcome);
    if (next && timers.monotonicMs() - reportedMs >= served.limits.pendingResponseMs) {
      reportedMs = timers.monotonicMs();
      operation.respond(status.pending, tally.counters(true));
    }
  }
  await ahead?.return(undefined);
  respondFinally(operation, tally, signal.aborted && tally.remaining > 0);
}

function respondFinally(operation: Operation, tally: Tally, cancelled: boolean): void {
  const code = cancelled ? status.cancelled : tally.status;
  operation.respond(code, tally.counters(cancelled), failedList(tally, operation.context.transferSyntax));
}

/** PS3.4 C.4.2.1.4.2: the identifier of a final response is there when something failed. */
function failedList({ failedUids }: Tally, transferSyntaxUid: string): Uint8Array[] | undefined {
  if (failedUids.length === 0) return undefined;
  const list = new DataSet().set('FailedSOPInstanceUIDList', failedUids.slice(0, FAILED_UIDS_LISTED));
  return writePlainDataSet(list, transferSyntaxUid);
}

class Tally {
  remaining: number;
  completed = 0;
  failed = 0;
  warning = 0;
  readonly failedUids: string[] = [];

  constructor(total: number) {
    this.remaining = total;
  }

  /** PS3.7 C: 0000 is success, Bxxx a warning, all else a failure. */
  count(sopInstanceUid: string, code: number): void {
    this.remaining--;
    if (code === status.success) this.completed++;
    else if (code >> 12 === 0xb) this.warning++;
    else {
      this.failed++;
      this.failedUids.push(sopInstanceUid);
    }
  }

  get status(): number {
    if (this.failed > 0 && this.completed + this.warning === 0) return ALL_FAILED;
    return this.failed + this.warning > 0 ? SOME_FAILED : status.success;
  }

  /** Remaining is told only where some may remain: in pending and cancelled responses. */
  counters(withRemaining: boolean): Partial<CommandSet> {
    const us = (count: number): number => Math.min(count, 0xffff);
    return {
      remainingSubOperations: withRemaining ? us(this.remaining) : undefined,
      completedSubOperations: us(this.completed),
      failedSubOperations: us(this.failed),
      warningSubOperations: us(this.warning),
    };
  }
}
