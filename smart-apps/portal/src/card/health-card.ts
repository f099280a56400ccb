// Health card: a SMART Health Card as a file, as the text of a QR code, and what it says.
// https://hl7.org/fhir/uv/smart-health-cards-and-links/STU1/cards-specification.html

import type { FhirResource, Parameters } from 'fhir/r4';

/** What there are cards of. */
export const cardKinds = ['Patient', 'Immunization', 'Observation'] as const;
export type CardKind = (typeof cardKinds)[number];

/** Each card as a JWS. */
export const cardsIn = ({ parameter = [] }: Parameters): readonly string[] =>
  parameter.flatMap(({ name, valueString }) =>
    name === 'verifiableCredential' && valueString !== undefined ? [valueString] : [],
  );

export interface CardLink {
  /** Which card, counted from 0. */
  readonly card: number;
  /** Which resource in it, counted from 0. */
  readonly place: number;
  /** Logical id of what it is in the record. */
  readonly id: string;
}

/** Cards hold bare codes: where the record, which has the words, keeps what stands in them. */
export const linksIn = ({ parameter = [] }: Parameters): readonly CardLink[] =>
  parameter.flatMap(({ name, part = [] }) => {
    if (name !== 'resourceLink') return [];
    const find = (key: string) => part.find((each) => each.name === key);
    return [
      {
        card: find('vcIndex')?.valueInteger ?? 0,
        place: Number(find('bundledResource')?.valueUri?.split(':').at(-1)),
        id: find('hostedResource')?.valueUri?.split('/').at(-1) ?? '',
      },
    ];
  });

/** "Each character … is converted into two digits": what stands after `shc:/` in the code. */
export const digitsOf = (jws: string): string =>
  Array.from(jws, (character) => String(character.charCodeAt(0) - 45).padStart(2, '0')).join('');

/** A file that wallets open: `.smart-health-card`. */
export const fileOf = (cards: readonly string[]): Blob =>
  new Blob([JSON.stringify({ verifiableCredential: cards })], {
    type: 'application/smart-health-card',
  });

export interface CardContent {
  /** The address of who has signed it. */
  readonly issuer: string;
  readonly issuedAt: string;
  readonly resources: readonly FhirResource[];
}

/** Shows what is in it, and does not check the signature: that is for whoever is shown the card. */
export const readCard = async (jws: string): Promise<CardContent> => {
  const packed = Uint8Array.from(atob(fromBase64Url(jws.split('.')[1] ?? '')), (character) =>
    character.charCodeAt(0),
  );
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const { iss, nbf, vc } = (await new Response(unpacked).json()) as Claims;
  return {
    issuer: iss,
    issuedAt: new Date(nbf * 1000).toISOString(),
    resources: vc.credentialSubject.fhirBundle.entry.map(({ resource }) => resource),
  };
};

interface Claims {
  readonly iss: string;
  /** Seconds since 1970. */
  readonly nbf: number;
  readonly vc: {
    readonly credentialSubject: {
      readonly fhirBundle: { readonly entry: readonly { readonly resource: FhirResource }[] };
    };
  };
}

const fromBase64Url = (text: string): string => text.replaceAll('-', '+').replaceAll('_', '/');
