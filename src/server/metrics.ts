// What the node counts, for Prometheus (`/metrics`). Labels are doors and outcomes, never peers or patients.

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export type Door = 'dimse' | 'stow-rs' | 'import' | 'api' | 'inbox' | 'fhir' | 'report' | 'exchange';

/** What became of a message: a MessageState, or `answered` for a query. */
export type MessageOutcome = 'accepted' | 'applied' | 'refused' | 'quarantined' | 'answered';

export interface Metrics {
  registry: Registry;
  kept(door: Door, outcome: string, sizeBytes: number, durationMs: number): void;
  refused(door: Door, code: string): void;
  answered(door: 'dimse' | 'dicomweb' | 'xds' | 'fhir' | 'api' | 'console', action: string, durationMs: number): void;
  sent(door: 'dimse' | 'dicomweb' | 'xds', sizeBytes: number): void;
  /** An HL7 v2 message, `durationMs` from its last byte to its acknowledgement. */
  message(outcome: MessageOutcome, durationMs: number): void;
  /** A number that is read when somebody asks for it. */
  watch(name: string, help: string, read: () => number | Promise<number>): void;
}

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const kept = new Counter({
    name: 'fascia_instances_kept_total',
    help: 'Instances acknowledged as durable, by how they relate to what was there',
    labelNames: ['door', 'outcome'],
    registers,
  });
  const refused = new Counter({
    name: 'fascia_instances_refused_total',
    help: 'Instances refused, by the code of the problem',
    labelNames: ['door', 'code'],
    registers,
  });
  const bytesIn = new Counter({
    name: 'fascia_received_bytes_total',
    help: 'Bytes of the instances kept',
    labelNames: ['door'],
    registers,
  });
  const bytesOut = new Counter({
    name: 'fascia_sent_bytes_total',
    help: 'Bytes of the instances handed out',
    labelNames: ['door'],
    registers,
  });
  const keepSeconds = new Histogram({
    name: 'fascia_keep_seconds',
    help: 'From the first byte of an instance to its acknowledgement',
    labelNames: ['door'],
    buckets: seconds,
    registers,
  });
  const answerSeconds = new Histogram({
    name: 'fascia_answer_seconds',
    help: 'From a request to its answer, streams to their first byte',
    labelNames: ['door', 'action'],
    buckets: seconds,
    registers,
  });
  const messages = new Counter({
    name: 'fascia_hl7_messages_total',
    help: 'HL7 v2 messages by what became of them',
    labelNames: ['outcome'],
    registers,
  });
  const messageSeconds = new Histogram({
    name: 'fascia_hl7_seconds',
    help: 'From the last byte of a message to its acknowledgement',
    buckets: seconds,
    registers,
  });
  return {
    registry,
    kept(door, outcome, sizeBytes, durationMs) {
      kept.inc({ door, outcome });
      bytesIn.inc({ door }, sizeBytes);
      keepSeconds.observe({ door }, durationMs / 1000);
    },
    refused: (door, code) => refused.inc({ door, code }),
    answered: (door, action, durationMs) => answerSeconds.observe({ door, action }, durationMs / 1000),
    sent: (door, sizeBytes) => bytesOut.inc({ door }, sizeBytes),
    message(outcome, durationMs) {
      messages.inc({ outcome });
      messageSeconds.observe(durationMs / 1000);
    },
    watch(name, help, read) {
      new Gauge({
        name,
        help,
        registers,
        async collect() {
          this.set(await read());
        },
      });
    },
  };
}
