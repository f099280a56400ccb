// invitations: a secret that is handed on, by which somebody else may look after a record. Works once, for three days.

import { hash, randomInt } from 'node:crypto';
import type { RecordStore } from '../../store/port.ts';

export interface Invitation {
  /** Logical id of whose record it is. */
  readonly patient: string;
  /** Who invites; its standing must hold when the invitation is used. Absent: the contact on file was asked. */
  readonly inviter?: string;
  /** For this guardian alone; absent: for whoever has it. */
  readonly guardian?: string;
}

export interface Invitations {
  /** `ABCD-EFGH-JKLM-NPQR`: 80 bits, without letters that are mistaken for each other. */
  issue(invitation: Invitation): Promise<string>;
  peek(secret: string): Promise<Invitation | undefined>;
  /** For the first who uses it. */
  take(secret: string): Promise<Invitation | undefined>;
}

export const createInvitations = (
  records: Pick<RecordStore, 'put' | 'get' | 'take'>,
  now: () => number,
): Invitations => ({
  issue: async (invitation) => {
    const letters = Array.from({ length }, () => alphabet[randomInt(alphabet.length)]!).join('');
    await records.put(kind, idOf(letters), invitation, new Date(now() + days * 86_400_000));
    return letters.replaceAll(/(.{4})(?=.)/g, '$1-');
  },
  // Only `issue` writes this kind, so what comes out is what went in.
  peek: async (secret) => (await records.get(kind, idOf(secret))) as Invitation | undefined,
  take: async (secret) => (await records.take(kind, idOf(secret))) as Invitation | undefined,
});

const kind = 'guardian-invitation';
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const length = 16;
const days = 3;

const idOf = (secret: string): string =>
  hash('sha256', secret.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''), 'base64url');
