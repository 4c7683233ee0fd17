// User Information item (50H) with the sub-items of PS3.8 9.3.2.3, Annex D, and PS3.7 D.3.3. Sub-items that are not
// known are skipped, as PS3.8 9.3.1 asks.

import type { Builder } from './cursor.ts';
import { Cursor } from './cursor.ts';

/** PS3.7 D.3.3.4. */
export interface RoleSelection {
  sopClassUid: string;
  scuRole: boolean;
  scpRole: boolean;
}

/** PS3.7 D.3.3.5. */
export interface ExtendedNegotiation {
  sopClassUid: string;
  information: Uint8Array;
}

/** PS3.7 D.3.3.6, only in requests. */
export interface CommonExtendedNegotiation {
  sopClassUid: string;
  serviceClassUid: string;
  relatedGeneralSopClassUids: string[];
}

/** PS3.7 D.3.3.7. `type`: 1 username, 2 username and passcode, 3 Kerberos, 4 SAML, 5 JSON Web Token. */
export interface UserIdentity {
  type: number;
  responseRequested: boolean;
  primary: Uint8Array;
  secondary: Uint8Array;
}

export interface UserInformation {
  /** PS3.8 D.1: longest variable field of a P-DATA-TF that its sender takes; 0 = no limit. */
  maximumLength?: number;
  implementationClassUid?: string;
  implementationVersionName?: string;
  /** PS3.7 D.3.3.3; 0 = no limit. */
  asynchronousOperationsWindow?: { invoked: number; performed: number };
  roleSelections: RoleSelection[];
  extendedNegotiations: ExtendedNegotiation[];
  commonExtendedNegotiations: CommonExtendedNegotiation[];
  userIdentity?: UserIdentity;
  /** The server's response of an A-ASSOCIATE-AC. */
  userIdentityResponse?: Uint8Array;
}

type SubItem = {
  read(cursor: Cursor, into: UserInformation): void;
  /** Writes every sub-item of its type that `from` holds. */
  write(item: (body: () => void) => void, out: Builder, from: UserInformation): void;
};

const subItems: Record<number, SubItem> = {
  81: {
    read: (cursor, into) => {
      into.maximumLength = cursor.u32();
    },
    write: (item, out, { maximumLength }) => {
      if (maximumLength !== undefined) item(() => out.u32(maximumLength));
    },
  },
  82: {
    read: (cursor, into) => {
      into.implementationClassUid = cursor.text(cursor.left);
    },
    write: (item, out, { implementationClassUid }) => {
      if (implementationClassUid !== undefined) item(() => out.text(implementationClassUid));
    },
  },
  83: {
    read: (cursor, into) => {
      into.asynchronousOperationsWindow = { invoked: cursor.u16(), performed: cursor.u16() };
    },
    write: (item, out, { asynchronousOperationsWindow: window }) => {
      if (window) item(() => out.u16(window.invoked).u16(window.performed));
    },
  },
  84: {
    read: (cursor, into) => {
      const sopClassUid = cursor.text(cursor.u16());
      into.roleSelections.push({ sopClassUid, scuRole: cursor.u8() === 1, scpRole: cursor.u8() === 1 });
    },
    write: (item, out, { roleSelections }) => {
      for (const { sopClassUid, scuRole, scpRole } of roleSelections)
        item(() =>
          out
            .counted16(() => out.text(sopClassUid))
            .u8(Number(scuRole))
            .u8(Number(scpRole)),
        );
    },
  },
  85: {
    read: (cursor, into) => {
      into.implementationVersionName = cursor.text(cursor.left);
    },
    write: (item, out, { implementationVersionName }) => {
      if (implementationVersionName !== undefined) item(() => out.text(implementationVersionName));
    },
  },
  86: {
    read: (cursor, into) => {
      const sopClassUid = cursor.text(cursor.u16());
      into.extendedNegotiations.push({ sopClassUid, information: cursor.take(cursor.left).slice() });
    },
    write: (item, out, { extendedNegotiations }) => {
      for (const { sopClassUid, information } of extendedNegotiations)
        item(() => out.counted16(() => out.text(sopClassUid)).raw(information));
    },
  },
  87: {
    read: (cursor, into) => {
      const [sopClassUid, serviceClassUid] = [cursor.text(cursor.u16()), cursor.text(cursor.u16())];
      const related = new Cursor(cursor.take(cursor.u16()));
      const relatedGeneralSopClassUids: string[] = [];
      while (related.left > 0) relatedGeneralSopClassUids.push(related.text(related.u16()));
      into.commonExtendedNegotiations.push({ sopClassUid, serviceClassUid, relatedGeneralSopClassUids });
    },
    write: (item, out, { commonExtendedNegotiations }) => {
      for (const common of commonExtendedNegotiations)
        item(() =>
          out
            .counted16(() => out.text(common.sopClassUid))
            .counted16(() => out.text(common.serviceClassUid))
            .counted16(() => {
              for (const uid of common.relatedGeneralSopClassUids) out.counted16(() => out.text(uid));
            }),
        );
    },
  },
  88: {
    read: (cursor, into) => {
      const [type, responseRequested] = [cursor.u8(), cursor.u8() === 1];
      const [primary, secondary] = [cursor.take(cursor.u16()).slice(), cursor.take(cursor.u16()).slice()];
      into.userIdentity = { type, responseRequested, primary, secondary };
    },
    write: (item, out, { userIdentity: identity }) => {
      if (!identity) return;
      item(() =>
        out
          .u8(identity.type)
          .u8(Number(identity.responseRequested))
          .counted16(() => out.raw(identity.primary))
          .counted16(() => out.raw(identity.secondary)),
      );
    },
  },
  89: {
    read: (cursor, into) => {
      into.userIdentityResponse = cursor.take(cursor.u16()).slice();
    },
    write: (item, out, { userIdentityResponse: response }) => {
      if (response) item(() => out.counted16(() => out.raw(response)));
    },
  },
};

export function emptyUserInformation(): UserInformation {
  return { roleSelections: [], extendedNegotiations: [], commonExtendedNegotiations: [] };
}

/** Reads the content of an item 50H. Throws PduError. */
export function readUserInformation(cursor: Cursor): UserInformation {
  const information = emptyUserInformation();
  while (cursor.left > 0) {
    const type = cursor.u8();
    cursor.skip(1);
    subItems[type]?.read(new Cursor(cursor.take(cursor.u16())), information);
  }
  return information;
}

export function writeUserInformation(out: Builder, information: UserInformation): void {
  for (const [type, row] of Object.entries(subItems))
    row.write((body) => out.u8(Number(type)).u8(0).counted16(body), out, information);
}

/** In the words of the standard, a line each. Credentials are not shown. */
export function describeUserInformation(information: UserInformation): string[] {
  const { asynchronousOperationsWindow: window, userIdentity: identity } = information;
  return [
    `Maximum Length ${information.maximumLength ?? 'absent'}`,
    `Implementation ${information.implementationClassUid ?? 'absent'} ${information.implementationVersionName ?? ''}`.trim(),
    ...(window ? [`Asynchronous Operations Window ${window.invoked}/${window.performed}`] : []),
    ...information.roleSelections.map(
      (r) => `Role Selection ${r.sopClassUid} SCU ${Number(r.scuRole)} SCP ${Number(r.scpRole)}`,
    ),
    ...information.extendedNegotiations.map((e) => `Extended Negotiation ${e.sopClassUid} ${[...e.information]}`),
    ...information.commonExtendedNegotiations.map((c) => `Common Extended Negotiation ${c.sopClassUid}`),
    ...(identity ? [`User Identity type ${identity.type}`] : []),
  ];
}
