// Events of signing in: what happened to whom, told to the audit. Never what was typed.

export type SignInEventKind =
  | 'sign-in'
  | 'sign-in-refused'
  | 'second-factor-refused'
  | 'slowed-down'
  | 'factor-added'
  | 'factor-removed'
  | 'recovery-code-used'
  | 'password-changed'
  | 'password-reset-asked'
  | 'password-reset'
  | 'invitation-accepted'
  | 'federation-refused'
  | 'user-linked'
  | 'access-revoked'
  | 'permissions-shown'
  | 'sign-out'
  | 'sign-up-asked'
  | 'sign-up-refused'
  | 'signed-up';

export interface SignInEvent {
  readonly kind: SignInEventKind;
  /** The user's id, where the name that was typed is somebody's. */
  readonly user?: string | undefined;
  /** The app that is signed in to. */
  readonly client?: string | undefined;
  readonly address?: string | undefined;
  /** Logical id of the Patient it is about. */
  readonly patient?: string | undefined;
  /** RFC 8176: how. */
  readonly amr?: readonly string[];
  /** The hospital's identity provider. */
  readonly provider?: string;
  /** What it was done to, where that is not the user: `user/1`, `client/abc`. */
  readonly about?: string;
  /** A code of what was wrong. */
  readonly reason?: string | undefined;
}

/** Resolves when the event is recorded: what is answered was recorded before. Rejects when it cannot be. */
export type ReportSignIn = (event: SignInEvent) => Promise<void>;
