// Private key: the file by which a system proves who it is: a JWK, a set with one, or a PEM. What is in it is never printed.
// https://hl7.org/fhir/smart-app-launch/STU2.2/client-confidential-asymmetric.html

import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Misuse } from './words.ts';

export interface PrivateKey {
  readonly key: KeyObject;
  readonly alg: 'RS384' | 'ES384';
  /** As the server knows it; undefined when neither the file nor the caller says. */
  readonly kid: string | undefined;
}

/** Throws Misuse when there is none in the file that can sign, without a word of what the file holds. */
export const readPrivateKey = async (path: string, kid?: string): Promise<PrivateKey> => {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Misuse(`The key file '${path}' cannot be read.`);
  });
  const { key, kid: named } = text.trimStart().startsWith('{')
    ? ofJson(text, path)
    : ofPem(text, path);
  return { key, alg: algorithmOf(key, path), kid: kid ?? named };
};

interface Jwk {
  readonly kid?: string;
  readonly d?: string;
  readonly keys?: readonly Jwk[];
}

const ofJson = (text: string, path: string): { key: KeyObject; kid: string | undefined } => {
  const found = parse(text, path);
  const jwk = (found.keys ?? [found]).find(({ d }) => d !== undefined);
  if (!jwk)
    throw new Misuse(
      `'${path}' holds no private key (a JWK with "d"); the public one cannot sign.`,
    );
  try {
    return { key: createPrivateKey({ key: { ...jwk }, format: 'jwk' }), kid: jwk.kid };
  } catch {
    throw new Misuse(`The JWK in '${path}' is not valid.`);
  }
};

const parse = (text: string, path: string): Jwk => {
  try {
    return JSON.parse(text) as Jwk;
  } catch {
    throw new Misuse(`'${path}' is neither JSON nor PEM.`);
  }
};

const ofPem = (text: string, path: string): { key: KeyObject; kid: undefined } => {
  try {
    return { key: createPrivateKey(text), kid: undefined };
  } catch {
    throw new Misuse(
      `'${path}' holds no private key in PEM (or one with a passphrase) and no JWK.`,
    );
  }
};

/** "servers ... SHALL ... RS384 and/or ES384". */
const algorithmOf = (key: KeyObject, path: string): PrivateKey['alg'] => {
  if (key.asymmetricKeyType === 'rsa') return 'RS384';
  const { namedCurve } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'ec' && namedCurve === 'secp384r1') return 'ES384';
  throw new Misuse(`The key in '${path}' must be RSA (RS384) or on the curve P-384 (ES384).`);
};
