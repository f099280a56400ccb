// The operations on a patient's SMART Health Cards.

import type { IssueCards } from '../health-id/card/issue-cards.ts';
import { healthCardsIssue } from './health-cards-issue.ts';
import { healthCardsRevoke, type RevokeCards } from './health-cards-revoke.ts';
import type { Operation } from './types.ts';

export interface CardParts {
  readonly issue: IssueCards;
  readonly revoke: RevokeCards;
}

export const healthCardOperations = ({ issue, revoke }: CardParts): readonly Operation[] => [
  healthCardsIssue(issue),
  healthCardsRevoke(revoke),
];
