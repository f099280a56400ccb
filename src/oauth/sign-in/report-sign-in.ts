// Report sign-in: events of signing in, as the audit names them.

import type { ReportKind } from '../../audit/events/report-kinds.ts';
import type { Report } from '../../audit/report.ts';
import type { ReportSignIn, SignInEventKind } from './events.ts';

/** The audit's name, and in words what that name does not say. */
const kinds: Readonly<Record<SignInEventKind, readonly [ReportKind, string?]>> = {
  'sign-in': ['sign-in'],
  'sign-in-refused': ['sign-in-refused'],
  'second-factor-refused': ['sign-in-refused', 'second factor'],
  'slowed-down': ['sign-in-refused', 'too many attempts'],
  'federation-refused': ['sign-in-refused', 'hospital sign-in'],
  'sign-out': ['sign-out'],
  'recovery-code-used': ['user-changed', 'recovery code used'],
  'factor-added': ['user-changed', 'second factor added'],
  'factor-removed': ['user-changed', 'second factor removed'],
  'password-changed': ['user-changed', 'password changed'],
  'password-reset-asked': ['administration', 'password reset asked for'],
  'password-reset': ['user-changed', 'password reset'],
  'invitation-accepted': ['user-changed', 'invitation accepted'],
  'user-linked': ['user-created', 'linked to a hospital sign-in'],
  'access-revoked': ['revocation', 'by the user'],
  'permissions-shown': ['administration', 'permissions shown'],
  'sign-up-asked': ['administration', 'sign-up asked for'],
  'sign-up-refused': ['administration-refused', 'wrong code of a sign-up'],
  'signed-up': ['user-created', 'sign-up'],
};

export const reportSignIn =
  (report: Report): ReportSignIn =>
  async ({ kind, user, client, address, patient, about, amr = [], provider, reason }) => {
    const [its, words] = kinds[kind];
    const detail = [
      words,
      provider && `by ${provider}`,
      reason,
      amr.length > 0 && `amr ${amr.join(' ')}`,
    ]
      .filter(Boolean)
      .join('; ');
    await report({
      kind: its,
      ...(user === undefined ? {} : { user, about: `user/${user}` }),
      ...(about === undefined ? {} : { about }),
      ...(client === undefined ? {} : { client }),
      ...(patient === undefined ? {} : { patient }),
      ...(address === undefined ? {} : { address }),
      ...(detail === '' ? {} : { detail }),
    });
  };
