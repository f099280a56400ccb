// Rate limit: what each address and each client may ask a minute, weighed by what it costs; guessing costs most.
// https://www.ietf.org/archive/id/draft-ietf-httpapi-ratelimit-headers-10.html

import type { Caller } from '../access/caller.ts';
import { ownApp } from '../access/own-apps.ts';
import { throttled } from '../fhir/problem.ts';
import type { Meter } from '../interactions/types.ts';
import type { RateLimits } from '../platform/config.ts';
import { createBuckets, type Buckets } from './buckets.ts';

export interface RateLimit extends Meter {
  /** Of an address, before anyone is known. Throws 429. */
  readonly enter: (address: string, interaction: string) => void;
  /** Somebody at this address came with no token, or with a wrong one. */
  readonly refused: (address: string) => void;
  /** What the answer says of the quota that binds first. */
  readonly headers: (address: string, caller?: Caller) => Readonly<Record<string, string>>;
}

/** undefined when limits are off. */
export const createRateLimit = (
  limits: RateLimits,
  now: () => number = Date.now,
): RateLimit | undefined => {
  if (!limits.enabled) return undefined;
  const addresses = createBuckets(limits.addressPerMinute, now);
  const clients = createBuckets(limits.clientPerMinute, now);
  const misses = createBuckets(limits.missesPerMinute, now);
  const begun = createBuckets(limits.signInsPerMinute, now);
  const policy = `"client";q=${String(clients.perMinute)};w=60, "address";q=${String(addresses.perMinute)};w=60`;

  return {
    enter: (address, interaction) => {
      take(addresses, address, costOf(interaction), 'address');
      if (interaction === 'authorize') takeOne(begun);
    },
    refused: (address) => {
      if (addresses.take(address, refusalCost) < 0)
        addresses.take(address, addresses.left(address));
    },
    spend: (caller, interaction, entries) => {
      take(clients, payerOf(caller), costOf(interaction) + entries, 'client');
    },
    checkLookUp: (caller) => {
      const seconds = misses.secondsUntil(guesser(caller), 1);
      if (seconds > 0)
        throw throttled('Too many look-ups by identifier have found nothing.', seconds);
    },
    missedLookUp: (caller) => {
      misses.take(guesser(caller), 1);
    },
    headers: (address, caller) => ({
      'ratelimit-policy': policy,
      ratelimit:
        caller === undefined
          ? standing('address', addresses, address)
          : standing('client', clients, payerOf(caller)),
    }),
  };
};

const take = (buckets: Buckets, key: string, cost: number, what: string): void => {
  if (buckets.take(key, cost) >= 0) return;
  throw throttled(
    `This ${what} has asked too much within a minute.`,
    buckets.secondsUntil(key, cost),
  );
};

/** What no address is to blame for: they come from many. */
const takeOne = (begun: Buckets): void => {
  if (begun.take('all', 1) >= 0) return;
  throw throttled(
    'More people begin to sign in at the moment than this server takes.',
    begun.secondsUntil('all', 1),
  );
};

/** Everybody has our own apps: each person pays for themself, and nobody can use up what others need. */
const payerOf = ({ client, user }: Caller): string =>
  user !== undefined && ownApp(client) ? `${client} ${user}` : client;

/** A client serves many users; one who guesses shall not stop the others. */
const guesser = ({ client, user = '' }: Caller): string => `${client} ${user}`;

const standing = (name: string, buckets: Buckets, key: string): string =>
  `"${name}";r=${String(Math.floor(buckets.left(key)))};t=${String(buckets.secondsUntil(key, buckets.perMinute))}`;

/** A token that is refused costs as much as so many reads. */
const refusalCost = 20;

const operationCost = 5;

/** In reads. Operations that are not named cost `operationCost`. */
const costs: Readonly<Record<string, number>> = {
  read: 1,
  vread: 1,
  capabilities: 1,
  'history-instance': 2,
  'search-type': 2,
  'search-compartment': 2,
  'search-system': 10,
  'history-type': 5,
  'history-system': 10,
  create: 4,
  update: 4,
  patch: 4,
  delete: 4,
  'upload-append': 4,
  'upload-offset': 1,
  transaction: 4,
  $everything: 20,
  $summary: 20,
  $expand: 10,
  $published: 100,
  $find: 20,
  'sign-in': 20,
  // Anybody may, and something is kept of each.
  authorize: 200,
};

const costOf = (interaction: string): number => costs[interaction] ?? operationCost;
