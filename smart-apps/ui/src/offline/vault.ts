// Vault: encryption of what a device keeps. Writing needs no PIN, for a public key seals; reading needs the PIN and this device.
// https://www.w3.org/TR/webcrypto/  https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html

/** What opens a vault, locked. A device's key cannot be read out of its browser, so a PIN cannot be tried out elsewhere. */
export interface Lock {
  readonly salt: Bytes;
  readonly iterations: number;
  /** Cannot be extracted. */
  readonly deviceKey: CryptoKey;
  readonly publicKey: CryptoKey;
  /** The private key, under a key of the PIN and the device. */
  readonly privateKey: Sealed;
}

export interface Sealed {
  readonly iv: Bytes;
  readonly bytes: Bytes;
}

/** Sealed under a key made for it alone, which is itself under the public key. */
export interface Letter extends Sealed {
  readonly key: Bytes;
}

type Bytes = Uint8Array<ArrayBuffer>;

const { subtle } = crypto;
const aes = { name: 'AES-GCM', length: 256 } as const;
const rsa = {
  ...{ name: 'RSA-OAEP', hash: 'SHA-256', modulusLength: 2048 },
  publicExponent: new Uint8Array([1, 0, 1]),
} as const;

export const createLock = async (pin: string): Promise<Lock> => {
  const parts = { salt: random(16), iterations: 600_000, deviceKey: await createDeviceKey() };
  const pair = await subtle.generateKey(rsa, true, ['wrapKey', 'unwrapKey']);
  const iv = random(12);
  const pinKey = await pinKeyOf(parts, pin);
  const wrapped = await subtle.wrapKey('pkcs8', pair.privateKey, pinKey, { name: aes.name, iv });
  return {
    ...parts,
    publicKey: pair.publicKey,
    privateKey: { iv, bytes: new Uint8Array(wrapped) },
  };
};

/** undefined where the PIN is another, or the device. */
export const openLock = async (lock: Lock, pin: string): Promise<CryptoKey | undefined> => {
  const { iv, bytes } = lock.privateKey;
  const pinKey = await pinKeyOf(lock, pin);
  const cipher = { name: aes.name, iv };
  return subtle
    .unwrapKey('pkcs8', bytes, pinKey, cipher, rsa, false, ['unwrapKey'])
    .catch(() => undefined);
};

/** `value` is anything JSON can say. */
export const seal = async ({ publicKey }: Lock, value: unknown): Promise<Letter> => {
  const key = await subtle.generateKey(aes, true, ['encrypt']);
  const iv = random(12);
  const plain = new TextEncoder().encode(JSON.stringify(value));
  const [bytes, wrapped] = await Promise.all([
    subtle.encrypt({ name: aes.name, iv }, key, plain),
    subtle.wrapKey('raw', key, publicKey, rsa.name),
  ]);
  return { iv, bytes: new Uint8Array(bytes), key: new Uint8Array(wrapped) };
};

/** Throws where anything of it was changed. */
export const unseal = async (privateKey: CryptoKey, letter: Letter): Promise<unknown> => {
  const key = await subtle.unwrapKey('raw', letter.key, privateKey, rsa.name, aes, false, [
    'decrypt',
  ]);
  const plain = await subtle.decrypt({ name: aes.name, iv: letter.iv }, key, letter.bytes);
  return JSON.parse(new TextDecoder().decode(plain)) as unknown;
};

const createDeviceKey = (): Promise<CryptoKey> =>
  subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);

/** A slow hash of the PIN, then one that only this device can compute. */
const pinKeyOf = async (
  { salt, iterations, deviceKey }: Pick<Lock, 'salt' | 'iterations' | 'deviceKey'>,
  pin: string,
): Promise<CryptoKey> => {
  const typed = new TextEncoder().encode(pin.normalize('NFKC'));
  const material = await subtle.importKey('raw', typed, 'PBKDF2', false, ['deriveBits']);
  const slow = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
  const bits = await subtle.deriveBits(slow, material, 256);
  const own = await subtle.sign('HMAC', deviceKey, bits);
  return subtle.importKey('raw', own, aes, false, ['wrapKey', 'unwrapKey']);
};

const random = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));
