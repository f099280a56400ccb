// check-presented: what somebody pastes or uploads, checked, and what of it is proven in words.

import { describe, type Described, type Naming } from './describe.ts';
import { readPresented } from './read-presented.ts';
import { verify, type Refusal, type VerifyingParts } from './verify.ts';

/** Nothing of a card that proves nothing is told, but who it says has issued it. */
export type Finding =
  | { readonly outcome: 'genuine'; readonly card: Described; readonly isRevocable: boolean }
  | { readonly outcome: 'unreadable'; readonly fault: string }
  | { readonly outcome: Refusal; readonly iss: string };

export type Checked =
  | { readonly ok: true; readonly findings: readonly Finding[] }
  | { readonly ok: false; readonly fault: string };

export type CheckPresented = (given: string) => Promise<Checked>;

/** Keeps nothing, and never rejects for what is in a card. */
export const createCheckPresented =
  (parts: VerifyingParts & Naming): CheckPresented =>
  async (given) => {
    const presented = readPresented(given);
    if (!presented.ok) return presented;
    const findings = presented.cards.map(async (jws): Promise<Finding> => {
      const verdict = await verify(jws, parts);
      if (verdict.outcome !== 'genuine') return verdict;
      const { outcome, claims, isRevocable } = verdict;
      return { outcome, isRevocable, card: await describe(claims, parts) };
    });
    return { ok: true, findings: await Promise.all(findings) };
  };
