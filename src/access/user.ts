// User: a person who can sign in here, as the record store keeps them. Kind `user`, id = `id`.

import type { Role } from './caller.ts';

export interface User {
  readonly id: string;
  /** As the person writes it; unique without regard to case, by the record kind `user-name`. */
  readonly username: string;
  /** What pages greet with. */
  readonly name: string;
  readonly email?: string;
  readonly phone?: string;
  /** Argon2id as a PHC string; absent for who signs in elsewhere or only by passkey. */
  readonly password?: string;
  readonly role: Role;
  /** `Practitioner/1`, `Patient/1`, `RelatedPerson/1`, `Person/1`. */
  readonly fhirUser?: string;
  /** The Organization worked for: `Organization/1`. */
  readonly organization?: string;
  /** Whom a person stands for besides themself: each becomes a choice of the patient picker. */
  readonly relatedPersons?: readonly string[];
  readonly status: 'invited' | 'active' | 'disabled';
  readonly factors?: readonly Factor[];
  /** ISO 8601. */
  readonly createdAt: string;
}

/** A second factor. Secrets are sealed before they are stored. */
export type Factor =
  | {
      readonly kind: 'totp';
      readonly id: string;
      readonly label?: string;
      readonly secret: string;
      /** The last time step that was used: a code works once. */
      readonly usedStep?: number;
      readonly createdAt: string;
    }
  | {
      readonly kind: 'passkey';
      /** The credential's id, base64url. */
      readonly id: string;
      readonly label?: string;
      /** Base64url. */
      readonly publicKey: string;
      readonly counter: number;
      readonly transports?: readonly string[];
      readonly createdAt: string;
    }
  | {
      readonly kind: 'recovery';
      readonly id: string;
      /** Hashes of the codes that were not used yet. */
      readonly codes: readonly string[];
      readonly createdAt: string;
    };

/** Record kind `user-name`, id = the user name in lower case. */
export interface UserName {
  readonly user: string;
}
