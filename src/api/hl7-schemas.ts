// What the routes of /hl7 take and give, as schemas: senders with their profiles, received messages, update notifications.

import { type Static, type TObject, Type } from '@sinclair/typebox';
import { page } from './page.ts';

const text = (description: string) => Type.Optional(Type.String({ maxLength: 200, description }));
const texts = (description: string) =>
  Type.Optional(Type.Array(Type.String({ maxLength: 200 }), { maxItems: 200, description }));

const Profile = Type.Object(
  {
    identifiers: texts('fields that hold the patient’s identifiers: PID-3'),
    ignoredIdentifierTypes: texts('identifier type codes (table 0203) that are not used'),
    defaultIssuer: text('assigning authority of identifiers without one'),
    issuers: Type.Optional(
      Type.Record(Type.String(), Type.String(), { description: 'other spellings of authorities' }),
    ),
    owns: texts('authorities whose identifiers this sender may merge and link'),
    names: texts('fields of names: PID-5'),
    birthDate: text('PID-7'),
    sex: text('PID-8'),
    address: text('PID-11'),
    phones: texts('PID-13'),
    nationalId: text('PID-19'),
    birthName: text('where the name at birth is, if anywhere'),
    acceptedEvents: texts('ADT events that are taken; absent: all that are not refused'),
    refusedEvents: texts('ADT events that are not taken'),
    characterSet: text('of messages that declare none: a name of table 0211'),
    notify: Type.Optional(
      Type.Object(
        {
          host: Type.String({ minLength: 1, maxLength: 253 }),
          port: Type.Integer({ minimum: 1, maximum: 65_535 }),
          domains: texts('authorities whose identifiers it is told; absent: all'),
        },
        {
          additionalProperties: false,
          description: 'where it is told which identifiers are one person’s (PIX update notification, IHE ITI-10)',
        },
      ),
    ),
  },
  { additionalProperties: false },
);

export const Interface = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    sendingApplication: Type.String({ maxLength: 100, description: 'MSH-3.1' }),
    sendingFacility: Type.String({ maxLength: 100, description: 'MSH-4.1' }),
    hosts: Type.Array(Type.String(), {
      maxItems: 100,
      default: [],
      description: 'addresses or names it calls from; none: this machine',
    }),
    enabled: Type.Boolean({ default: true }),
    profile: Type.Intersect([Profile], { default: {} }),
  },
  { additionalProperties: false },
);

export const ByName = Type.Object({ name: Type.String({ minLength: 1, maxLength: 100 }) });

const State = Type.Union(['accepted', 'applied', 'refused', 'quarantined'].map((state) => Type.Literal(state)));

export const Entry = Type.Object({
  id: Type.String(),
  interface: Type.String(),
  controlId: Type.String(),
  messageType: Type.String(),
  state: Type.String(),
  problem: Type.Union([Type.String(), Type.Null()]),
  reason: Type.Union([Type.String(), Type.Null()]),
  findings: Type.Unknown(),
  controlIdOf: Type.Union([Type.String(), Type.Null()], { description: 'an earlier message with this control id' }),
  replayOf: Type.Union([Type.String(), Type.Null()]),
  sizeBytes: Type.Number(),
  at: Type.String({ format: 'date-time' }),
});

export const entryFilter = Type.Composite([
  page as TObject,
  Type.Object({ interface: Type.Optional(Type.String()), state: Type.Optional(State) }),
]);

const NoticeState = Type.Union(['waiting', 'acknowledged', 'refused'].map((state) => Type.Literal(state)));

export const Notice = Type.Object({
  id: Type.String({ description: 'its control id is this after PIX' }),
  interface: Type.String(),
  identifiers: Type.Array(Type.Object({ issuer: Type.String(), id: Type.String() })),
  state: Type.String(),
  attempts: Type.Number(),
  problem: Type.Union([Type.String(), Type.Null()], { description: 'of the last attempt' }),
  at: Type.String({ format: 'date-time' }),
  settledAt: Type.Union([Type.String(), Type.Null()]),
});

export const noticeFilter = Type.Composite([
  page as TObject,
  Type.Object({ interface: Type.Optional(Type.String()), state: Type.Optional(NoticeState) }),
]);

export const ById = Type.Object({ id: Type.String({ pattern: '^[0-9]{1,18}$' }) });

/** Longest edited message; MLLP takes no longer one. */
export const Edited = Type.Object(
  { text: Type.Optional(Type.String({ maxLength: 33_554_432, description: 'the message, corrected' })) },
  { additionalProperties: false },
);

export const Replayed = Type.Object({
  id: Type.Optional(Type.String()),
  state: Type.String(),
  problem: Type.Optional(Type.String()),
  reason: Type.Optional(Type.String()),
});

export interface Filter extends Static<typeof page> {
  interface?: string;
  state?: string;
}
