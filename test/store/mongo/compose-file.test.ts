// compose.yaml fits the server: it sets only variables that are read, gives away no secret, and everything is watched.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { productionFaults } from '#src/platform/production.ts';
import { startServer } from '#test/support/server.ts';
import { readConfig } from '#src/platform/config.ts';

interface ComposeService {
  readonly image?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly command?: readonly unknown[];
  readonly entrypoint?: readonly unknown[];
  readonly restart?: string;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

const root = join(import.meta.dirname, '../../..');
const text = readFileSync(join(root, 'compose.yaml'), 'utf8');
const { services } = parse(text, { merge: true }) as {
  readonly services: Readonly<Record<string, ComposeService>>;
};

describe('compose.yaml', () => {
  it('runs two servers over three members of a replica set, and a TURN server', () => {
    expect(Object.keys(services)).to.include.members([
      ...['meridian-1', 'meridian-2', 'mongo-1', 'mongo-2', 'mongo-3', 'turn'],
    ]);
  });

  it('gives the server a configuration with which production starts', () => {
    const secret = 'b6f0c1d28a7e4f93b6f0c1d28a7e4f93';
    const filled = Object.entries(services['meridian-1']!.environment!).map(([name, value]) => [
      name,
      value.replaceAll(/\$\{\w+:\?[^}]*\}/g, secret).replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1'),
    ]);
    const environment = { NODE_ENV: 'production', ...(Object.fromEntries(filled) as object) };
    const read = new Set<string>();
    const watched = new Proxy<Record<string, string | undefined>>(environment, {
      get: (target, name) => {
        read.add(String(name));
        return target[String(name)];
      },
    });
    const config = readConfig(watched);

    expect(productionFaults(config)).to.deep.equal([]);
    expect(config.mongo?.url).to.match(
      /^mongodb:\/\/meridian:[^@]+@mongo-1:27017,mongo-2:27017,mongo-3:27017\/meridian\?replicaSet=rs0/,
    );
    expect([...read]).to.include.members(Object.keys(environment));
  });

  it('watches the health of everything that keeps running, except the proxy, which starts last', () => {
    const running = Object.entries(services).filter(
      ([, { restart }]) => restart === 'unless-stopped',
    );
    const unwatched = running.filter(([, { healthcheck }]) => healthcheck === undefined);

    expect(running.length).to.be.at.least(7);
    expect(unwatched.map(([name]) => name)).to.deep.equal(['proxy']);
  });

  it('has commands that are texts, each in one piece', () => {
    for (const [name, { command = [], entrypoint = [], healthcheck }] of Object.entries(services))
      for (const part of [...command, ...entrypoint, ...(healthcheck?.test ?? [])])
        expect(part, name).to.be.a('string');
  });

  it('asks the servers for their health at an address that they have', async () => {
    const asked = ['meridian-1', 'meridian-2'].map(
      (name) =>
        /http:\/\/127\.0\.0\.1:8080(\/\w+)/.exec(services[name]!.healthcheck!.test.join(' '))![1]!,
    );

    const server = await startServer();
    const statuses = await Promise.all(
      asked.map(async (path) => (await fetch(`${server.url}${path}`)).status),
    );
    await server.close();

    expect(asked).to.deep.equal(['/readyz', '/readyz']);
    expect(statuses).to.deep.equal([200, 200]);
  });

  it('waits only for what it has, in a way that can end', () => {
    for (const [name, { depends_on: awaited = {} }] of Object.entries(services))
      for (const [other, { condition }] of Object.entries(awaited)) {
        expect(services, `${name} waits for ${other}`).to.have.property(other);
        if (condition === 'service_healthy')
          expect(services[other], other).to.have.property('healthcheck');
        else expect(services[other]!.restart, other).to.not.equal('unless-stopped');
      }
  });

  it('has no secret in it: each must be given', () => {
    const secrets = [...text.matchAll(/\$\{(\w*(?:PASSWORD|SECRET))([^}]*)\}/g)];

    expect(secrets.length).to.be.at.least(5);
    for (const [, name, rest] of secrets) expect(rest, name).to.match(/^:\?/);
  });
});
