// Proxies and requests for access: who stands for a patient gives no more, and for no longer, than the patient's Consent says.
// On every engine.

import { expect } from 'chai';
import type { Bundle, Consent, Provenance, RelatedPerson } from 'fhir/r4.js';
import type { Caller } from '#src/access/caller.ts';
import { engines, type Opened } from '#test/contract/support/engines.ts';
import type { Answered, Send } from '#test/support/rights.ts';
import {
  asking,
  clinician,
  openSharing,
  parameters,
  patientCaller,
  type Sharing,
} from './support/inside.ts';
import { firstTask, register, stranger, type Registered } from './support/people.ts';

const day = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * day).toISOString();

const coded = (system: string, code: string) => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }],
});

for (const engine of engines)
  describe(`proxies and requests for access, on ${engine.name}`, function () {
    this.timeout(60_000);
    let opened: Opened;
    let inside: Sharing;
    let parent: Registered;
    let child: string;
    let asPatient: Send;
    let asProxy: Send;
    let proxy: Caller;

    beforeEach(async () => {
      opened = await engine.open();
      inside = openSharing(opened.store);
      parent = await register(inside);
      asPatient = inside.as(patientCaller(parent.id));
      const related: RelatedPerson = {
        resourceType: 'RelatedPerson',
        active: true,
        patient: { reference: `Patient/${parent.id}` },
      };
      const { json } = await inside.by('Organization/a')('POST', 'RelatedPerson', {
        body: related,
      });
      child = (json as RelatedPerson).id!;
      proxy = {
        ...patientCaller(parent.id),
        role: 'proxy',
        user: 'child',
        fhirUser: `RelatedPerson/${child}`,
      };
      asProxy = inside.as(proxy);
      await inside.as(clinician('Organization/b'))(
        ...(['POST', 'Patient/$request-access', asking(parent.uhid)] as const),
      );
    });
    afterEach(() => opened.close());

    const consent = (provision: Consent['provision']): Consent => ({
      resourceType: 'Consent',
      status: 'active',
      scope: coded('consentscope', 'patient-privacy'),
      category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
      patient: { reference: `Patient/${parent.id}` },
      policyRule: coded('v3-ActCode', 'OPTIN'),
      provision: {
        type: 'permit',
        actor: [
          {
            role: coded('v3-RoleCode', 'DELEGATEE'),
            reference: { reference: `RelatedPerson/${child}` },
          },
        ],
        ...provision,
      },
    });
    const name = async (provision: Consent['provision'] = {}): Promise<Consent> => {
      const { status, json } = await asPatient('POST', 'Consent', { body: consent(provision) });
      expect(status).to.equal(201);
      return json as Consent;
    };
    const disclose = {
      action: [coded('consentaction', 'access'), coded('consentaction', 'disclose')],
    };
    const answer = async (how: 'approve' | 'deny', send = asProxy): Promise<Answered> => {
      const { id } = await firstTask(asPatient);
      return send('POST', `Task/${id!}/$${how}-access`, parameters());
    };

    it('see the request, and answer it not where the patient did not say so', async () => {
      await name({ period: { end: inDays(9) } });

      expect(await firstTask(asProxy)).to.include({ status: 'requested' });
      expect((await answer('approve')).status).to.equal(403);
      expect((await answer('deny')).status).to.equal(403);
    });

    it('answer it where the patient said so, for no longer than they stand for the patient', async () => {
      const { provision } = await name({ ...disclose, period: { end: inDays(9) } });

      const { status, json } = await answer('approve');

      expect(status).to.equal(201);
      const given = json as Consent;
      const ends = [given, { provision }].map(({ provision: its }) =>
        Date.parse(its!.period!.end!),
      );
      expect(ends[0]).to.be.at.most(ends[1]!);
      expect(given.performer!.map(({ reference }) => reference)).to.deep.equal([
        ...[`Patient/${parent.id}`, `RelatedPerson/${child}`],
      ]);
    });

    it('deny it where the patient said so', async () => {
      await name({ ...disclose, period: { end: inDays(9) } });

      expect((await answer('deny')).json).to.include({ status: 'rejected' });
    });

    it('are named by the Provenance of what they give, as acting for the patient, who is told', async () => {
      await name({ ...disclose, period: { end: inDays(9) } });
      const sentBefore = inside.sent.length;

      const { id } = (await answer('approve')).json as Consent;

      const { entry } = (await asPatient('GET', `Provenance?target=Consent/${id!}`))
        .json as Bundle<Provenance>;
      const [author] = entry![0]!.resource!.agent;
      expect(author!.who).to.deep.equal({ reference: `RelatedPerson/${child}` });
      expect(author!.onBehalfOf).to.deep.equal({ reference: `Patient/${parent.id}` });
      expect(inside.sent.slice(sentBefore).map(({ subject }) => subject)).to.deep.equal([
        'Your health record was shared',
      ]);
      const told = await asPatient('GET', 'Communication?category=access-given');
      expect(told.text).to.contain(`RelatedPerson/${child} gave`);
    });

    it('give what the patient can take back', async () => {
      await name({ ...disclose, period: { end: inDays(9) } });
      const given = (await answer('approve')).json as Consent;

      const { status } = await asPatient('PUT', `Consent/${given.id!}`, {
        body: { ...given, status: 'inactive' },
      });

      expect(status).to.equal(200);
    });

    it('answer nothing after the patient has taken their own Consent back', async () => {
      const own = await name({ ...disclose, period: { end: inDays(9) } });
      await asPatient('PUT', `Consent/${own.id!}`, { body: { ...own, status: 'inactive' } });

      expect((await answer('approve')).status).to.equal(404);
    });

    it('make, change and end no Consents by themselves', async () => {
      const own = await name({ ...disclose, period: { end: inDays(9) } });

      const answers = [
        await asProxy('POST', 'Consent', { body: consent({ period: { end: inDays(3) } }) }),
        await asProxy('PUT', `Consent/${own.id!}`, {
          body: { ...own, provision: { ...own.provision, period: {} } },
        }),
        await asProxy('DELETE', `Consent/${own.id!}`),
      ];

      expect(answers.map(({ status }) => status)).to.deep.equal([403, 403, 403]);
    });

    it('of another patient see and answer nothing', async () => {
      await name({ ...disclose, period: { end: inDays(9) } });
      const other = await register(inside, stranger);

      const { status } = await answer('approve', inside.as({ ...proxy, patient: other.id }));

      expect(status).to.equal(404);
    });

    describe('are made by the patient', () => {
      it('for a time that ends', async () => {
        const { status, text } = await asPatient('POST', 'Consent', { body: consent({}) });

        expect(status).to.equal(422);
        expect(text).to.contain('Consent.provision.period.end');
      });

      it('in no record but the own', async () => {
        const other = await register(inside, stranger);
        const body = {
          ...consent({ period: { end: inDays(9) } }),
          patient: { reference: `Patient/${other.id}` },
        };

        const { status } = await asPatient('POST', 'Consent', { body });

        expect(status).to.equal(403);
      });
    });
  });
