// Production refuses a configuration that would endanger records, and says each reason with its remedy.

import { expect } from 'chai';
import { readConfig } from '../../src/platform/config.ts';
import { demonstrationWarning, productionFaults } from '../../src/platform/production.ts';

const good = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://records.hospital.org',
  TRUST_PROXY: '1',
  HOST: '0.0.0.0',
  ADMIN_SECRET: 'gB1xv0SgxKTgqkD5',
};
const faults = (env: Readonly<Record<string, string>>) =>
  productionFaults(readConfig({ ...good, ...env })).join('\n');

describe('platform/production', () => {
  it('finds nothing wrong where all is there', () => {
    expect(faults({})).to.equal('');
    expect(faults({ ADMIN_SECRET: '' })).to.equal('');
  });

  for (const [env, words] of [
    [{ PUBLIC_URL: 'http://records.hospital.org' }, 'PUBLIC_URL must be the https address'],
    [{ PUBLIC_URL: '' }, 'PUBLIC_URL must be the https address'],
    [{ TRUST_PROXY: '' }, 'TRUST_PROXY must name the proxy'],
    [{ TRUST_PROXY: 'off' }, 'TRUST_PROXY must name the proxy'],
    [{ DEMO: 'on' }, 'DEMO must be off'],
    [{ RATE_LIMIT: 'off' }, 'RATE_LIMIT must be on'],
    [{ ADMIN_SECRET: 'short' }, 'at least 16 characters'],
    [{ ADMIN_SECRET: 'change-me-please-now' }, 'must not be one from an example'],
    [{ KEY_SECRET: 'short' }, 'KEY_SECRET must have at least 16 characters'],
    [{ METRICS_SECRET: 'metrics-password-1' }, 'METRICS_SECRET must not be one from an example'],
  ] as const)
    it(`refuses ${JSON.stringify(env)}`, () => {
      expect(faults(env)).to.contain(words);
    });

  it('asks nothing of a server that tries things out', () => {
    expect(productionFaults(readConfig({}))).to.deep.equal([]);
  });

  it('warns when other machines can use the demonstration', () => {
    expect(demonstrationWarning(readConfig({ HOST: '0.0.0.0' }))).to.contain('HOST=0.0.0.0');
    expect(demonstrationWarning(readConfig({}))).to.equal(undefined);
    expect(demonstrationWarning(readConfig({ HOST: '0.0.0.0', DEMO: 'off' }))).to.equal(undefined);
  });
});
