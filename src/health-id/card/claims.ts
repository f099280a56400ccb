// claims: what a card says, and of what form that must be.
// https://hl7.org/fhir/uv/smart-health-cards-and-links/STU1/cards-specification.html#health-cards-are-encoded-as-compact-serialization-json-web-signatures-jws

import { isObject, type Resource } from '../../fhir/resource.ts';

export interface CardEntry {
  /** `resource:0` */
  readonly fullUrl: string;
  readonly resource: Resource;
}

/** The JSON that is signed. */
export interface CardClaims {
  /** Address of the issuer, without a trailing slash. */
  readonly iss: string;
  /** Seconds since 1970, from which on it counts: when it was issued. */
  readonly nbf: number;
  readonly exp?: number;
  readonly vc: {
    readonly type: readonly string[];
    readonly credentialSubject: {
      readonly fhirVersion: string;
      readonly fhirBundle: {
        readonly resourceType: 'Bundle';
        /** `collection`; a summary of a patient is a `document`. */
        readonly type: string;
        readonly entry: readonly CardEntry[];
      };
    };
    /** By which it can be revoked. */
    readonly rid?: string;
  };
}

export const healthCardType = 'https://smarthealth.cards#health-card';

/** What is wrong with it, in words that name no content; undefined when it is as it must be. */
export const claimsFault = (claims: unknown): string | undefined =>
  rules.find(({ holds }) => !holds(isObject(claims) ? claims : {}))?.fault;

/** After `claimsFault` found nothing. */
export const readClaims = (claims: unknown): CardClaims => claims as CardClaims;

type Json = Readonly<Record<string, unknown>>;

interface Rule {
  readonly fault: string;
  readonly holds: (claims: Json) => boolean;
}

const inside = (value: unknown, name: string): Json => {
  const found = isObject(value) ? value[name] : undefined;
  return isObject(found) ? found : {};
};
const vcOf = (claims: Json): Json => inside(claims, 'vc');
const subjectOf = (claims: Json): Json => inside(vcOf(claims), 'credentialSubject');
const bundleOf = (claims: Json): Json => inside(subjectOf(claims), 'fhirBundle');

/** Seconds up to the year 9999: not milliseconds, and nothing no calendar has. */
const isTime = (value: unknown): boolean =>
  typeof value === 'number' && value > 0 && value < 253_402_300_800;

const rules: readonly Rule[] = [
  {
    fault: 'It does not name its issuer.',
    holds: ({ iss }) => typeof iss === 'string' && /^https?:\/\/[^\s?#]*[^\s?#/]$/.test(iss),
  },
  { fault: 'It does not say since when it counts.', holds: ({ nbf }) => isTime(nbf) },
  {
    fault: 'The time until when it counts cannot be read.',
    holds: ({ exp }) => exp === undefined || isTime(exp),
  },
  {
    fault: 'It is signed, but no health card.',
    holds: (claims) => {
      const { type } = vcOf(claims);
      return Array.isArray(type) && type.includes(healthCardType);
    },
  },
  {
    fault: 'Its number for revocation cannot be read.',
    holds: (claims) => {
      const { rid } = vcOf(claims);
      return rid === undefined || (typeof rid === 'string' && /^[\w-]{1,24}$/.test(rid));
    },
  },
  {
    fault: 'It does not say in which version of FHIR it is.',
    holds: (claims) => /^\d+\.\d+/.test(String(subjectOf(claims)['fhirVersion'])),
  },
  {
    fault: 'It holds no records.',
    holds: (claims) => {
      const { resourceType, type, entry } = bundleOf(claims);
      const isBundle = resourceType === 'Bundle' && typeof type === 'string';
      return isBundle && Array.isArray(entry) && entry.length > 0 && entry.every(isEntry);
    },
  },
];

const isEntry = (entry: unknown): boolean =>
  isObject(entry) &&
  typeof entry['fullUrl'] === 'string' &&
  typeof inside(entry, 'resource')['resourceType'] === 'string';
