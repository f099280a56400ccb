// Open: this server as an issuer of SMART Health Cards, and what checks cards of its own and of others.

import type { RecordStore } from '../../store/port.ts';
import { createCheckPresented, type CheckPresented } from './check-presented.ts';
import { fetchPublic } from './fetch-public.ts';
import { createIssueCards, type IssueCards } from './issue-cards.ts';
import { createOwnIssuer, type OwnIssuer } from './own-issuer.ts';
import { createFindIssuer } from './trusted-issuers.ts';

export interface CardsOptions {
  readonly records: RecordStore;
  /** Name of the issuer: the public address of this server. */
  readonly publicUrl: string;
  readonly trusted: readonly string[];
  /** The identifier system of the network's health IDs. */
  readonly system: string;
  readonly nameCode: (code: {
    readonly system?: string;
    readonly code?: string;
  }) => Promise<string | undefined>;
  readonly now: () => number;
}

export interface Cards {
  readonly issuer: OwnIssuer;
  readonly issue: IssueCards;
  readonly check: CheckPresented;
}

/** The first key is there when it resolves. */
export const openCards = async (options: CardsOptions): Promise<Cards> => {
  const { records, publicUrl, trusted, system, nameCode, now } = options;
  const issuer = createOwnIssuer({ records, now });
  await issuer.keySet();
  const findIssuer = createFindIssuer({
    ...{ own: { iss: publicUrl, issuer }, trusted },
    ...{ fetchJson: fetchPublic, now },
  });
  return {
    issuer,
    issue: createIssueCards({ records, issuer: publicUrl, system, now }),
    check: createCheckPresented({ findIssuer, nameCode, system, now }),
  };
};
