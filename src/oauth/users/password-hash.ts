// Password hash: Argon2id with the parameters OWASP names, kept as a PHC string; worked out off the event loop.
// https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#argon2id

import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { unavailable } from '../../fhir/problem.ts';
import { fewAtATime } from '../../platform/few-at-a-time.ts';

interface Cost {
  /** KiB. */
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

const cost: Cost = { memory: 19_456, passes: 2, parallelism: 1 };
const tagLength = 32;

/** `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`. */
export const hashPassword = async (password: string): Promise<string> => {
  const salt = randomBytes(16);
  const tag = await derive(password, salt, cost);
  return `${prefixOf(cost)}$${unpadded(salt)}$${unpadded(tag)}`;
};

/**
 * Whether the password belongs to the hash. Without a hash (an unknown user, or one who has no password) it is false after
 * the same work, so that time does not tell who has an account.
 */
export const matchesPassword = async (
  password: string,
  hash: string | undefined,
): Promise<boolean> => {
  const kept = hash === undefined ? undefined : readHash(hash);
  const { salt, tag, ...its } = kept ?? nobody;
  const isSame = timingSafeEqual(await derive(password, salt, its), tag);
  return isSame && kept !== undefined;
};

/** Whether the hash was made with other parameters than today's, so that the next sign-in should renew it. */
export const isOutdated = (hash: string): boolean => !hash.startsWith(`${prefixOf(cost)}$`);

interface Kept extends Cost {
  readonly salt: Buffer;
  readonly tag: Buffer;
}

const nobody: Kept = { ...cost, salt: Buffer.alloc(16), tag: Buffer.alloc(tagLength) };

const pattern = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

const readHash = (hash: string): Kept => {
  const [, memory, passes, parallelism, salt, tag] = pattern.exec(hash) ?? [];
  if (salt === undefined || tag === undefined)
    throw new Error('A stored password is no Argon2id PHC string.');
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  };
};

/** Each takes 19 MiB and a thread of the pool that the audit writes by, too. */
const inTurn = fewAtATime(2, 100);

/** Throws 503 when too many are asked for at once. */
const derive = async (password: string, salt: Buffer, its: Cost): Promise<Buffer> => {
  const tag = inTurn(() => work(password, salt, its));
  if (tag === undefined) throw unavailable('Too many people sign in at this moment.');
  return tag;
};

const work = (password: string, salt: Buffer, its: Cost): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    // The same letters may be typed as different code points on another keyboard: NIST SP 800-63B asks for NFKC.
    const message = password.normalize('NFKC');
    const options = { message, nonce: salt, tagLength, ...its };
    argon2('argon2id', options, (error, tag) => {
      if (error) reject(error);
      else resolve(tag);
    });
  });

const prefixOf = ({ memory, passes, parallelism }: Cost): string =>
  `$argon2id$v=19$m=${String(memory)},t=${String(passes)},p=${String(parallelism)}`;

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');
