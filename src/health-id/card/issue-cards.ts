// issue-cards: signs what belongs together as cards, each small enough for one QR code where that is possible.
// https://hl7.org/fhir/uv/smart-health-cards-and-links/STU1/cards-specification.html#issuer-generates-results

import { deflateRawSync } from 'node:zlib';
import { CompactSign } from 'jose';
import { readReference } from '../../fhir/reference.ts';
import type { Resource } from '../../fhir/resource.ts';
import type { RecordStore } from '../../store/port.ts';
import { healthCardType, type CardClaims, type CardEntry } from './claims.ts';
import { identityOf, type IdentityClaim } from './identity.ts';
import { openKeys, type CardKeys } from './keys.ts';
import { minify } from './minify.ts';
import { longestAlone } from './numeric.ts';
import { listOf, revokedUntil, ridOf } from './revocation.ts';

/** What is to go into cards. Nothing here asks whether the caller may read it. */
export interface CardOrder {
  readonly patient: Resource;
  readonly claims: readonly IdentityClaim[];
  /** Each goes into a card of its own, or into several when it is too long for a QR code. */
  readonly groups: readonly CardGroup[];
}

export interface CardGroup {
  readonly resources: readonly Resource[];
  /** They were asked for together, so that they stay together however long that becomes. */
  readonly isOne?: true;
}

export interface IssuedCard {
  readonly jws: string;
  /** `resource:1` and what it stands for: `Immunization/1`. */
  readonly links: readonly { readonly bundled: string; readonly stored: string }[];
}

export type IssueCards = (order: CardOrder) => Promise<readonly IssuedCard[]>;

export interface IssuingParts {
  readonly records: Pick<RecordStore, 'get' | 'add' | 'replace'>;
  /** Address of this server as an issuer, without a trailing slash. */
  readonly issuer: string;
  /** Identifier system of the health IDs. */
  readonly system: string;
  readonly now: () => number;
}

export const createIssueCards =
  ({ records, issuer, system, now }: IssuingParts): IssueCards =>
  async ({ patient, claims, groups }) => {
    const keys = await openKeys(records, now());
    const { kid } = keys.keys[0];
    const rid = ridOf(keys, kid, patient.id ?? '');
    // A card of the very second in which others were revoked must not be one of them.
    const nbf = Math.max(now() / 1000, revokedUntil(await listOf(records, { kid }), rid));
    const frame: Frame = {
      ...{ iss: issuer, nbf, rid, patientId: patient.id ?? '' },
      identity: identityOf(patient, claims, system),
    };
    const cards = groups.flatMap((group) => fill(group, frame));
    return Promise.all(cards.map((card) => sign(card, keys)));
  };

interface Frame {
  readonly iss: string;
  readonly nbf: number;
  readonly rid: string;
  readonly patientId: string;
  readonly identity: Resource;
}

interface Card {
  readonly packed: Buffer;
  readonly links: IssuedCard['links'];
}

/** Resources that cannot be said in a card are left out; a group of which nothing is left makes no card. */
const fill = ({ resources, isOne }: CardGroup, frame: Frame): readonly Card[] => {
  const isPatient = (reference: string): boolean => {
    const found = readReference(reference);
    return found?.type === 'Patient' && found.id === frame.patientId;
  };
  const items = resources.flatMap((resource) => {
    const small = minify(resource, (reference) =>
      isPatient(reference) ? 'resource:0' : undefined,
    );
    return small ? [{ small, stored: `${resource.resourceType}/${resource.id ?? ''}` }] : [];
  });
  if (resources.length === 0) return [pack([], frame)];
  if (items.length === 0) return [];
  return isOne ? [pack(items, frame)] : split(items, frame);
};

interface Item {
  readonly small: Resource;
  readonly stored: string;
}

/** As many as fit into one code, then the next card. */
const split = (items: readonly Item[], frame: Frame): readonly Card[] => {
  const cards: Card[] = [];
  let held: readonly Item[] = [];
  for (const item of items) {
    const more = [...held, item];
    if (held.length > 0 && lengthOf(pack(more, frame)) > longestAlone) {
      cards.push(pack(held, frame));
      held = [item];
    } else held = more;
  }
  return [...cards, pack(held, frame)];
};

const pack = (items: readonly Item[], { iss, nbf, rid, identity }: Frame): Card => {
  const entry: readonly CardEntry[] = [identity, ...items.map(({ small }) => small)].map(
    (resource, at) => ({ fullUrl: `resource:${String(at)}`, resource }),
  );
  const types = [...new Set(items.flatMap(({ small }) => kinds[small.resourceType] ?? []))];
  const claims: CardClaims = {
    ...{ iss, nbf },
    vc: {
      type: [healthCardType, ...types],
      credentialSubject: {
        fhirVersion: '4.0.1',
        fhirBundle: { resourceType: 'Bundle', type: 'collection', entry },
      },
      rid,
    },
  };
  return {
    packed: deflateRawSync(JSON.stringify(claims), { level: 9 }),
    links: items.map(({ stored }, at) => ({ bundled: `resource:${String(at + 1)}`, stored })),
  };
};

const kinds: Readonly<Record<string, string>> = {
  Immunization: 'https://smarthealth.cards#immunization',
  Observation: 'https://smarthealth.cards#laboratory',
};

/** Header and signature are always of the same length. */
const lengthOf = ({ packed }: Card): number =>
  headerLength + 1 + Math.ceil((packed.length * 4) / 3) + 1 + signatureLength;
const headerLength = 106;
const signatureLength = 86;

const sign = async ({ packed, links }: Card, { keys: [key] }: CardKeys): Promise<IssuedCard> => {
  const { kid, x, y, d } = key;
  const jws = await new CompactSign(packed)
    .setProtectedHeader({ zip: 'DEF', alg: 'ES256', kid })
    .sign({ kty: 'EC', crv: 'P-256', x, y, d });
  return { jws, links };
};
