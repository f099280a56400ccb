// The public page: anybody checks a card without signing in, sees what it proves, and leaves nothing behind.

import { expect } from 'chai';
import { createIssueCards } from '#src/health-id/card/issue-cards.ts';
import { usualClaims } from '#src/health-id/card/identity.ts';
import { writeNumeric } from '#src/health-id/card/numeric.ts';
import { createLog } from '#src/platform/log.ts';
import { ask } from '#test/support/ask.ts';
import { startServer, type TestServer } from '#test/support/server.ts';
import { watchedLog } from '../sign-in/support.ts';

describe('oauth/verify-card', () => {
  let server: TestServer;
  let jws: string;
  before(async () => {
    server = await startServer({ guard: 'standard', log: createLog('silent') });
    const { records } = server.context.store;
    const system = 'https://meridian.example/uhid';
    const issue = createIssueCards({ records, issuer: server.url, system, now: Date.now });
    const [card] = await issue({
      patient: {
        ...{ resourceType: 'Patient', id: 'anna', birthDate: '1990-02-03' },
        name: [{ family: '<b>Rao</b>', given: ['Anna'] }],
        identifier: [{ system, value: '12345678901234' }],
      },
      claims: usualClaims,
      groups: [
        {
          resources: [
            {
              ...{ resourceType: 'Immunization', id: 'i', status: 'completed' },
              vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code: '207' }] },
              ...{ patient: { reference: 'Patient/anna' }, occurrenceDateTime: '2021-01-01' },
            },
          ],
        },
      ],
    });
    jws = card!.jws;
  });
  after(() => server.close());

  const send = async (fields: Readonly<Record<string, string | File>>) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    const answer = await fetch(`${server.url}/verify`, { method: 'POST', body: form });
    return { status: answer.status, text: await answer.text(), headers: answer.headers };
  };
  const file = (text: string) => new File([text], 'anna.smart-health-card');

  it('shows the form to everybody, without cookies or anything of other sites', async () => {
    const { status, text, headers } = await ask(`${server.url}/verify`);

    expect(status).to.equal(200);
    expect(text).to.include('<label for="card">').and.to.include('<label for="file">');
    expect(text).to.not.match(
      /<script(?! src="\/oauth\/)| on[a-z]+=|style=|https?:\/\/(?!www\.w3)/,
    );
    expect(headers['set-cookie']).to.equal(undefined);
    expect(headers['cache-control']).to.equal('no-store');
    const policy = headers['content-security-policy'];
    expect(policy).to.include("default-src 'none'").and.to.include("script-src 'self';");
  });

  it('may use the camera, and serves what reads codes to be kept for a year', async () => {
    const { text, headers } = await ask(`${server.url}/verify`);
    const [, reader = ''] = /data-reader="([^"]+)"/.exec(text) ?? [];
    const [, imported = ''] = /from '\.\/(.+?)'/.exec((await ask(server.url + reader)).text) ?? [];
    const beside = await ask(server.url + reader.replace(/[^/]+$/, imported));

    expect(headers['permissions-policy']).to.include('camera=(self)');
    expect(beside.status).to.equal(200);
    expect(beside.headers['content-type']).to.include('text/javascript');
    expect(beside.headers['cache-control']).to.include('immutable');
  });

  it('shows what a pasted code proves, escaped, and what it does not', async () => {
    const { status, text } = await send({ card: writeNumeric(jws)[0]! });

    expect(status).to.equal(200);
    expect(text).to.include('This card is genuine').and.to.include(`Issued by ${server.url}`);
    expect(text).to.include('It is not revoked.');
    expect(text).to.include('Anna &#60;b&#62;Rao').and.to.not.include('<b>');
    expect(text).to.include('1990-02-03').and.to.include('12-3456-7890-1234');
    expect(text).to.include('CVX 207').and.to.include('2021-01-01');
    expect(text).to.include('does not prove that the person before you');
  });

  it('takes a file, and tells of each card in it', async () => {
    const broken = `${jws.slice(0, -8)}AAAAAAAA`;
    const { text } = await send({
      card: '',
      file: file(JSON.stringify({ verifiableCredential: [jws, broken] })),
    });

    expect(text).to.include('1 of 2 cards are genuine');
    expect(text).to.include('was changed after it was signed');
  });

  it('takes what is sent without a file as an ordinary form', async () => {
    const { status, text } = await ask(`${server.url}/verify`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ card: jws }).toString(),
    });

    expect(status).to.equal(200);
    expect(text).to.include('This card is genuine');
  });

  it('shows nothing of a card that proves nothing', async () => {
    const { records } = server.context.store;
    const issue = createIssueCards({
      ...{ records, issuer: 'https://stranger.example', system: 's', now: Date.now },
    });
    const [card] = await issue({
      patient: { resourceType: 'Patient', id: 'x', name: [{ family: 'Secret' }] },
      claims: usualClaims,
      groups: [{ resources: [] }],
    });
    const { text } = await send({ card: card!.jws });

    expect(text).to.include('proves nothing').and.to.include('https://stranger.example');
    expect(text).to.not.include('Secret');
  });

  it('says at the field what is wrong, and repeats nothing of it', async () => {
    for (const fields of [{ card: '' }, { card: '{"Anna": secret' }]) {
      const { status, text } = await send(fields);

      expect(status).to.equal(400);
      expect(text).to.include('<title>Error: ').and.to.include('href="#card"');
      expect(text).to.not.include('secret');
    }
    const picture = new File(['secret'], 'card.png', { type: 'image/png' });
    expect((await send({ card: '', file: picture })).text).to.include('where scripts are on');
    expect((await send({ card: 'Anna secret' })).text).to.include('This is no health card.');
    expect((await send({ card: 'x'.repeat(300_000) })).status).to.equal(413);
    const odd = await ask(`${server.url}/verify`, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      body: 'no form at all',
    });
    expect(odd.status).to.equal(400);
    expect((await ask(`${server.url}/verify`, { method: 'POST' })).status).to.equal(400);
  });

  it('publishes keys and revocations to the pages of every site', async () => {
    const keySet = await ask(`${server.url}/.well-known/jwks.json`);
    const [key] = (keySet.json as { keys: { kid: string; d?: string }[] }).keys;
    const list = await ask(`${server.url}/.well-known/crl/${key!.kid}.json`);

    expect(keySet.headers['access-control-allow-origin']).to.equal('*');
    expect(key).to.not.have.property('d');
    expect(list.headers['access-control-allow-origin']).to.equal('*');
    expect(list.json).to.deep.equal({ kid: key!.kid, method: 'rid', ctr: 1, rids: [] });
    expect((await ask(`${server.url}/.well-known/crl/none.json`)).status).to.equal(404);
  });

  it('is said of this server where wallets look', async () => {
    const { json } = await ask(`${server.base}/.well-known/smart-configuration`);
    const metadata = await ask(`${server.base}/metadata`);

    expect((json as { capabilities: string[] }).capabilities).to.include('health-cards');
    expect(metadata.text).to.include('patient-i-health-cards-issue');
  });

  it('is limited like the other public pages, and says how long to wait', async () => {
    const limited = await startServer({ env: { RATE_LIMIT: 'on', RATE_LIMIT_ADDRESS: '40' } });
    const statuses: number[] = [];
    for (let time = 0; time < 3; time += 1)
      statuses.push((await ask(`${limited.url}/verify`)).status);
    await limited.close();

    expect(statuses).to.deep.equal([200, 200, 429]);
  });

  it('limits who asks for keys and revocations, a little for each', async () => {
    const limited = await startServer({ env: { RATE_LIMIT: 'on', RATE_LIMIT_ADDRESS: '3' } });
    const answers = [];
    for (const path of ['jwks.json', 'crl/none.json', 'jwks.json', 'jwks.json'])
      answers.push(await ask(`${limited.url}/.well-known/${path}`));
    await limited.close();

    expect(answers.map(({ status }) => status)).to.deep.equal([200, 404, 200, 429]);
    expect(Number(answers[3]!.headers['retry-after'])).to.be.above(0);
  });

  it('logs nothing of what it was asked', async () => {
    const { log, text } = watchedLog();
    const logged = await startServer({ log });
    const form = new FormData();
    form.set('card', '{"Anna": secret');
    const { status } = await fetch(`${logged.url}/verify`, { method: 'POST', body: form });
    await ask(`${logged.base}/metadata`);
    await logged.close();

    expect(status).to.equal(400);
    // The log is listened to.
    expect(text()).to.contain('"msg":"request"');
    expect(text()).to.not.match(/Anna|secret/);
  });
});
