// Production: what a configuration must have before records of real people are served with it.

import type { Config } from './config.ts';

/** A sentence for each reason not to start; none outside production. */
export const productionFaults = (config: Config): readonly string[] =>
  config.production ? rules.filter(({ breaks }) => breaks(config)).map(({ text }) => text) : [];

/** Outside production: what whoever started it should know. */
export const demonstrationWarning = ({ demo, host, production }: Config): string | undefined =>
  demo && !production && !isLocal(host)
    ? `HOST=${host} lets other machines in, and everybody knows the passwords of the demonstration. Keep no real data here.`
    : undefined;

interface Rule {
  readonly breaks: (config: Config) => boolean;
  readonly text: string;
}

/** Words that stand for a secret in examples and instructions. */
const examples = /change|secret|password|example|default|meridian|12345|admin/i;
const shortestSecret = 16;

const secretRules = (
  name: string,
  secretOf: (config: Config) => string | undefined,
): readonly Rule[] => [
  {
    breaks: (config) => (secretOf(config)?.length ?? shortestSecret) < shortestSecret,
    text: `${name} must have at least ${String(shortestSecret)} characters; make one with: openssl rand -base64 32`,
  },
  {
    breaks: (config) => examples.test(secretOf(config) ?? ''),
    text: `${name} must not be one from an example; make one with: openssl rand -base64 32`,
  },
];

const rules: readonly Rule[] = [
  {
    breaks: ({ publicUrl }) => !publicUrl.startsWith('https://'),
    text: 'PUBLIC_URL must be the https address by which clients reach this server: tokens must never cross a network in the clear.',
  },
  {
    breaks: ({ trustProxy }) => trustProxy === undefined || trustProxy === 'off',
    text: 'TRUST_PROXY must name the proxy in which TLS ends (such as 1, loopback, or its address): this server speaks plain HTTP behind it.',
  },
  {
    breaks: ({ demo }) => demo,
    text: 'DEMO must be off: the passwords of the demonstration are public.',
  },
  {
    breaks: ({ rateLimits }) => !rateLimits.enabled,
    text: 'RATE_LIMIT must be on: without it passwords and health IDs can be guessed.',
  },
  ...secretRules('ADMIN_SECRET', ({ adminSecret }) => adminSecret),
  ...secretRules('KEY_SECRET', ({ keySecret }) => keySecret),
  ...secretRules('METRICS_SECRET', ({ metricsSecret }) => metricsSecret),
];

const isLocal = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host.startsWith('127.');
