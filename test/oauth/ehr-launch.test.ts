// EHR launch: $smart-launch opens an app for the patient in view, and the app's token is about that patient.
// https://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html#launch-app-ehr-launch

import { expect } from 'chai';
import { worksForRole } from '#src/oauth/grant-context.ts';
import type { Browser, Shown } from './support/browser.ts';
import {
  authorize,
  authorizeUrl,
  codeOf,
  launch,
  newVerifier,
  redeem,
  type Reply,
} from './support/launch.ts';
import { describeOnStores } from '../support/server.ts';
import { openWorld, type World } from './support/world.ts';

const scope = 'launch openid fhirUser patient/*.rs';

describeOnStores('an EHR launch', (store) => {
  let world: World;
  let client: string;
  let dora: string;
  before(async () => {
    world = await openWorld({ store });
    client = await world.addClient({ launch_uri: 'https://app.example/launch' });
    const own = await launch(world, { client, scope: 'openid user/*.rs', user: 'dora' });
    dora = own.body.access_token;
  });
  after(() => world.close());

  const open = async (parameters: object, token = dora): Promise<Reply> => {
    const parameter = Object.entries({ client, ...parameters }).flatMap(([name, value]) =>
      [value as unknown].flat().map((each) => ({
        name,
        [typeof each === 'string'
          ? 'valueString'
          : typeof each === 'boolean'
            ? 'valueBoolean'
            : 'valueReference']: each,
      })),
    );
    const answered = await fetch(`${world.base}/$smart-launch`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' },
      body: JSON.stringify({ resourceType: 'Parameters', parameter }),
    });
    return { status: answered.status, headers: answered.headers, body: await answered.json() };
  };
  const openId = async (parameters: object): Promise<string> => {
    const { status, body } = await open(parameters);
    expect(status, JSON.stringify(body)).to.equal(200);
    const url = new URL(body.parameter[0].valueUrl);
    expect(url.searchParams.get('iss')).to.equal(world.base);
    return url.searchParams.get('launch') ?? '';
  };

  it('gives the app the patient, encounter and all else that is in view', async () => {
    const id = await openId({
      ...{ patient: 'asha', encounter: 'visit', intent: 'summary', needPatientBanner: false },
      fhirContext: [{ reference: 'DiagnosticReport/one' }],
    });

    const { status, body } = await launch(world, {
      ...{ client, scope, user: 'dora', parameters: { launch: id } },
    });

    expect(status, JSON.stringify(body)).to.equal(200);
    expect(body).to.deep.include({
      ...{ patient: 'asha', encounter: 'visit', intent: 'summary', need_patient_banner: false },
      fhirContext: [
        { reference: 'DiagnosticReport/one' },
        { reference: 'Organization/north', role: worksForRole },
      ],
    });
    const style = await fetch(body.smart_style_url);
    expect(style.status).to.equal(200);
    expect(style.headers.get('content-type')).to.contain('application/json');
  });

  it('tells the app to show whose record it is unless the EHR does', async () => {
    const id = await openId({ patient: 'asha' });

    const { body } = await launch(world, {
      ...{ client, scope, user: 'dora', parameters: { launch: id } },
    });

    expect(body.need_patient_banner).to.equal(true);
  });

  it('works once', async () => {
    const id = await openId({ patient: 'asha' });
    const wishes = { client, scope, user: 'dora', parameters: { launch: id } };
    await launch(world, wishes);

    const again = await authorize(world, wishes, newVerifier());

    expect(again.left?.searchParams.get('error')).to.equal('invalid_request');
    expect(again.left?.searchParams.get('code')).to.equal(null);
  });

  it('works once for two who consent at the same time', async () => {
    const id = await openId({ patient: 'asha' });
    const wishes = { client, scope, user: 'dora', parameters: { launch: id } };

    const ends = await Promise.all([1, 2, 3].map(() => authorize(world, wishes, newVerifier())));

    const codes = ends.filter(({ left }) => left?.searchParams.has('code'));
    expect(codes).to.have.length(1);
  });

  it('is for the app it was opened for', async () => {
    const other = await world.addClient({ launch_uri: 'https://app.example/other' });
    const id = await openId({ patient: 'asha' });

    const end = await authorize(
      world,
      { client: other, scope, user: 'dora', parameters: { launch: id } },
      newVerifier(),
    );

    expect(end.left?.searchParams.get('error')).to.equal('invalid_request');
  });

  it('is for the user who opened it', async () => {
    const id = await openId({ patient: 'asha' });

    const end = await authorize(
      world,
      { client, scope, user: 'asha', parameters: { launch: id } },
      newVerifier(),
    );

    expect(end.left?.searchParams.get('error')).to.equal('access_denied');
  });

  it('needs the launch parameter for the launch scope', async () => {
    const end = await authorize(world, { client, scope, user: 'dora' }, newVerifier());

    expect(end.left?.searchParams.get('error')).to.equal('invalid_request');
  });

  it('is for staff as staff, also of a patient they stand for at home', async () => {
    const { records } = world.context.store;
    const { dora: user } = world.users;
    await records.put('user', user.id, { ...user, relatedPersons: ['RelatedPerson/asha-for-ben'] });
    const id = await openId({ patient: 'ben' });

    const { body } = await launch(world, {
      ...{ client, scope, user: 'dora', parameters: { launch: id } },
    });
    await records.put('user', user.id, user);

    const claims = Buffer.from(body.id_token.split('.')[1], 'base64url').toString();
    expect(JSON.parse(claims)).to.include({ fhirUser: `${world.base}/Practitioner/dora` });
  });

  describe('a second one in the session of the same staff', () => {
    let browser: Browser;
    const again = async (patient: string, asked = scope, at = browser): Promise<Shown> => {
      const parameters = { launch: await openId({ patient }) };
      return at.open(authorizeUrl(world, { client, scope: asked, parameters }, newVerifier()));
    };
    beforeEach(async () => {
      browser = world.browser();
      const parameters = { launch: await openId({ patient: 'asha' }) };
      await launch(world, { client, scope, user: 'dora', parameters, browser });
    });

    it('shows no page for what they have allowed, and is about the patient then in view', async () => {
      const verifier = newVerifier();
      const parameters = { launch: await openId({ patient: 'ben' }) };
      const wishes = { client, scope, parameters };

      const shown = await browser.open(authorizeUrl(world, wishes, verifier));
      const { body } = await redeem(world, { client, code: codeOf(shown), verifier });

      expect(body.patient).to.equal('ben');
      expect(body.scope.split(' ')).to.have.members(scope.split(' '));
    });

    it('asks for more than they have allowed', async () => {
      expect((await again('asha', `${scope} user/*.rs`)).text).to.contain('/consent"');
    });

    it('asks when they ticked less the first time', async () => {
      const narrow = world.browser();
      const parameters = { launch: await openId({ patient: 'asha' }) };
      const tick = (offered: readonly string[]) =>
        offered.filter((each) => each.includes('openid'));
      await launch(world, { client, scope, user: 'dora', parameters, browser: narrow, tick });

      expect((await again('asha', scope, narrow)).text).to.contain('/consent"');
    });

    it('asks when nobody opened it from the health record', async () => {
      const asked = { client, scope: 'openid user/*.rs' };
      await launch(world, { ...asked, user: 'dora', browser });

      const shown = await browser.open(authorizeUrl(world, asked, newVerifier()));

      expect(shown.text).to.contain('/consent"');
    });

    it('asks about another app', async () => {
      const other = await world.addClient({ launch_uri: 'https://app.example/other' });
      const parameters = { launch: await openId({ client: other, patient: 'asha' }) };

      const shown = await browser.open(
        authorizeUrl(world, { client: other, scope, parameters }, newVerifier()),
      );

      expect(shown.text).to.contain('/consent"');
    });

    it('asks a patient each time', async () => {
      const own = await launch(world, {
        client,
        scope: 'openid patient/*.rs',
        browser: world.browser(),
      });
      const opened = async () => {
        const { body } = await open({ patient: 'asha' }, own.body.access_token);
        return { launch: new URL(body.parameter[0].valueUrl).searchParams.get('launch')! };
      };
      const at = world.browser();
      await launch(world, { client, scope, browser: at, parameters: await opened() });

      const shown = await at.open(
        authorizeUrl(world, { client, scope, parameters: await opened() }, newVerifier()),
      );

      expect(shown.text).to.contain('/consent"');
    });
  });

  it('is refused for a patient or encounter that the caller may not see, as for one that is not there', async () => {
    const sam = await launch(world, { client, scope: 'openid user/*.rs', user: 'sam' });
    const token: string = sam.body.access_token;

    const hidden = await open({ patient: 'asha' }, token);
    const absent = await open({ patient: 'nobody' }, token);
    const hiddenVisit = await open({ encounter: 'visit' }, token);

    expect([hidden.status, absent.status, hiddenVisit.status]).to.deep.equal([404, 404, 404]);
    expect(JSON.stringify(hidden.body).replaceAll('asha', 'nobody')).to.equal(
      JSON.stringify(absent.body),
    );
  });

  it('names what is wrong with its parameters', async () => {
    const cases: readonly (readonly [object, string])[] = [
      [{ patient: 'ben', encounter: 'visit' }, 'not of Patient/ben'],
      [{ client: 'unknown' }, 'launch_uri'],
      [{ patient: 'Observation/1' }, 'id of a Patient'],
      [{ fhirContext: [{ reference: 'Patient/asha' }] }, 'parameters of their own'],
      [{ pateint: 'asha' }, "did you mean 'patient'"],
    ];

    for (const [parameters, words] of cases) {
      const { status, body } = await open(parameters);
      expect(status).to.equal(400);
      expect(body.issue[0].diagnostics).to.contain(words);
    }
  });
});
