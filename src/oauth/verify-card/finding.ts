// finding: what was found out about a card, as the page shows it. Who finds it out is passed in.

export interface Line {
  readonly label: string;
  readonly text: string;
}

export interface ProvenCard {
  readonly iss: string;
  /** Milliseconds since 1970. */
  readonly issuedAt: number;
  readonly expiresAt?: number;
  readonly person: readonly Line[];
  readonly records: readonly { readonly title: string; readonly lines: readonly Line[] }[];
}

export type Refusal =
  'stranger' | 'unreachable' | 'unknown-key' | 'altered' | 'revoked' | 'expired' | 'early';

export type Finding =
  /** `isRevocable`: the issuer could have revoked it, and has not. */
  | { readonly outcome: 'genuine'; readonly card: ProvenCard; readonly isRevocable: boolean }
  | { readonly outcome: 'unreadable'; readonly fault: string }
  | { readonly outcome: Refusal; readonly iss: string };

export type CheckCards = (
  given: string,
) => Promise<
  | { readonly ok: true; readonly findings: readonly Finding[] }
  | { readonly ok: false; readonly fault: string }
>;
