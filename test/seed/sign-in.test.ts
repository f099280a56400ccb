// Everybody of the demonstration signs in, and the demonstration's apps get the token their role allows.

import { hash } from 'node:crypto';
import { expect } from 'chai';
import { demonstrationSignIns, loadDemonstration } from '#src/administration/demonstration.ts';
import { openBrowser, ticked, type Shown } from '../oauth/support/browser.ts';
import { ask } from '../support/ask.ts';
import { startServer, type TestServer } from '../support/server.ts';

const verifier = 'a verifier of forty-three characters or more'.replaceAll(' ', '-');
const redirect = 'http://localhost:9000/';

describe('the sign-ins of the demonstration', () => {
  let server: TestServer;
  let password: string;
  before(async () => {
    server = await startServer({ guard: 'standard' });
    const { context, base, application } = server;
    await loadDemonstration({ context, base, administer: application.administer });
    password = (await demonstrationSignIns())[0]!.password;
  });
  after(() => server.close());

  interface Wish {
    readonly client: string;
    readonly scope: string;
    readonly patient?: string;
    readonly organization?: string;
  }

  const launch = async (username: string, { client, scope, ...chosen }: Wish) => {
    const query = new URLSearchParams({
      ...{ response_type: 'code', client_id: client, redirect_uri: redirect, scope, state: 's' },
      ...{ aud: server.base, code_challenge_method: 'S256' },
      code_challenge: hash('sha256', verifier, 'base64url'),
    });
    const browser = openBrowser(server.url);
    const answer = (shown: Shown): Promise<Shown> => {
      if (shown.text.includes('type="password"'))
        return browser.submit(shown, '/login', { username, password });
      if (shown.text.includes('name="patient"'))
        return browser.submit(shown, '/patient', { patient: chosen.patient ?? '' });
      if (shown.text.includes('name="organization"'))
        return browser.submit(shown, '/workplace', { organization: chosen.organization ?? '' });
      return browser.submit(shown, '/consent', { scope: ticked(shown) });
    };
    let shown = await browser.open(`${server.url}/oauth/auth?${query.toString()}`);
    for (let page = 0; page < 4 && shown.left === undefined; page += 1) shown = await answer(shown);
    const { json } = await ask(`${server.url}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        ...{ grant_type: 'authorization_code', client_id: client, redirect_uri: redirect },
        ...{ code: shown.left?.searchParams.get('code') ?? '', code_verifier: verifier },
      }).toString(),
    });
    return json as { readonly access_token: string; readonly patient?: string };
  };
  const statusOf = async (path: string, token: string): Promise<number> =>
    (await ask(`${server.base}/${path}`, { headers: { authorization: `Bearer ${token}` } })).status;

  for (const [username, patient] of [
    ['priya', 'priya-sharma'],
    ['ruma', 'kabir-das'],
  ] as const)
    it(`gives ${username} the record of ${patient}`, async () => {
      const scope = 'openid fhirUser launch/patient patient/*.rs';
      const { access_token: token, ...reply } = await launch(username, {
        ...{ client: 'demo-patient-app', scope, patient },
      });

      expect(reply.patient).to.equal(patient);
      expect(await statusOf(`Patient/${patient}`, token)).to.equal(200);
      expect(await statusOf('Patient/arjun-nair', token)).to.equal(404);
    });

  // Of those made up, seed-5 shares everything with Lakeside, and seed-7 with Sahyadri.
  for (const [username, may, mayNot] of [
    ['deshpande', 'Condition/diabetes-priya', 'Condition/asthma-kabir'],
    ['iyer', 'Condition/asthma-kabir', 'Condition/diabetes-priya'],
    ['deshpande', 'Condition/seed-7-1', 'Condition/seed-5-1'],
    ['iyer', 'Condition/seed-5-1', 'Condition/seed-3-1'],
    ['subramanian', 'Condition/seed-2-1', 'Condition/diabetes-priya'],
    ['kulkarni', 'Appointment/appt-priya', 'Condition/diabetes-priya'],
    ['fernandes', 'Patient/kabir-das', 'Condition/asthma-kabir'],
    ['root', 'Organization/lakeside', 'Patient/priya-sharma'],
  ] as const)
    it(`lets ${username} read ${may}, and not ${mayNot}`, async () => {
      const wish = { client: 'demo-clinician-app', scope: 'openid fhirUser user/*.rs' };
      const { access_token: token } = await launch(username, wish);

      expect(await statusOf(may, token)).to.equal(200);
      expect([403, 404]).to.include(await statusOf(mayNot, token));
    });

  for (const [hospital, may, mayNot] of [
    ['sahyadri', 'Condition/diabetes-priya', 'Condition/asthma-kabir'],
    ['lakeside', 'Condition/asthma-kabir', 'Condition/diabetes-priya'],
  ] as const)
    it(`lets okafor at ${hospital} read ${may}, and not ${mayNot}`, async () => {
      const { access_token: token } = await launch('okafor', {
        ...{ client: 'demo-clinician-app', scope: 'openid fhirUser user/*.rs' },
        organization: `Organization/${hospital}`,
      });

      expect(await statusOf(may, token)).to.equal(200);
      expect(await statusOf(mayNot, token)).to.equal(404);
    });
});
