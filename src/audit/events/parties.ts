// Parties: the agents of an AuditEvent: who asked, by which client, for which organization, and the server.
// https://profiles.ihe.net/ITI/BALP/StructureDefinition-IHE.BasicAudit.OAUTHaccessTokenUse.Opaque.html

import type { Who } from '../row.ts';
import { codes, purposeSystem } from './coding.ts';
import type { Code } from './report-kinds.ts';

export interface Scene {
  /** Address of the FHIR base. */
  readonly base: string;
  /** Names of people and organizations by reference, as far as they have one here. */
  readonly names: ReadonlyMap<string, string>;
}

/** `to` the client goes what is read, `from` it comes what is written or asked; what is deleted goes nowhere. */
export type Flow = 'to' | 'from' | 'none';

const roles: Readonly<Record<Flow, { client: Code; server: Code; user: Code }>> = {
  to: { client: codes.destination, server: codes.sender, user: codes.recipient },
  from: { client: codes.sender, server: codes.destination, user: codes.author },
  none: { client: codes.application, server: codes.custodian, user: codes.author },
};

export interface Taking {
  readonly who: Who;
  readonly address: string | undefined;
  readonly flow: Flow;
  /** Who asks receives what is found, though the question flows the other way. */
  readonly isQuery: boolean;
  /**
   * Nothing was shown or written. Of such an event its own cause must not read whose record it would have been, nor whether
   * there is one: a patient is then not referred to, so that the event is not part of that patient's record.
   */
  readonly isFruitless: boolean;
}

export const partiesOf = (taking: Taking, scene: Scene): readonly object[] => {
  const { who } = taking;
  const hasUser = who.u !== undefined || who.f !== undefined || who.name !== undefined;
  return [
    ...(hasUser ? [userOf(taking, scene)] : []),
    clientOf(taking, hasUser ? 'user asks' : 'client asks'),
    ...(who.o === undefined ? [] : [organizationOf(who.o, scene)]),
    {
      type: { coding: [roles[taking.flow].server] },
      who: { display: 'Meridian', identifier: { value: scene.base } },
      requestor: false,
      network: { address: scene.base, type: '5' },
    },
  ];
};

const userOf = ({ who, flow, isQuery, isFruitless }: Taking, { names }: Scene): object => {
  const isHidden = isFruitless && who.f?.startsWith('Patient/') === true;
  const name = who.name ?? (who.f === undefined ? undefined : names.get(who.f));
  const role = isQuery ? codes.recipient : roles[flow].user;
  return {
    type: { coding: [role, ...(who.k === undefined ? [] : [codes.oauthUser])] },
    ...(who.r === undefined ? {} : { role: [{ coding: [{ code: who.r }], text: who.r }] }),
    who: {
      ...(who.f === undefined || isHidden
        ? { identifier: { value: who.u ?? who.name ?? who.f } }
        : { reference: who.f }),
      ...(name === undefined ? {} : { display: name }),
    },
    ...(who.u === undefined ? {} : { altId: who.u }),
    ...(name === undefined ? {} : { name }),
    requestor: true,
    ...policyOf(who),
    ...purposesOf(who),
  };
};

const clientOf = ({ who, address, flow }: Taking, asks: 'user asks' | 'client asks'): object => {
  const isAsking = asks === 'client asks';
  const isToken = isAsking && who.k !== undefined;
  return {
    type: { coding: [roles[flow].client, ...(isToken ? [codes.oauthUser] : [])] },
    ...(isAsking && who.r !== undefined
      ? { role: [{ coding: [{ code: who.r }], text: who.r }] }
      : {}),
    who: who.c === undefined ? { display: 'not known' } : { identifier: { value: who.c } },
    requestor: isAsking,
    ...(isAsking ? { ...policyOf(who), ...purposesOf(who) } : {}),
    ...(address === undefined ? {} : { network: { address, type: '2' } }),
  };
};

const organizationOf = (reference: string, { names }: Scene): object => {
  const name = names.get(reference);
  return {
    type: { text: 'organization acted for' },
    who: { reference, ...(name === undefined ? {} : { display: name }) },
    requestor: false,
  };
};

const policyOf = ({ k }: Who): object => (k === undefined ? {} : { policy: [k] });

const purposesOf = ({ p = [] }: Who): object =>
  p.length === 0
    ? {}
    : { purposeOfUse: p.map((code) => ({ coding: [{ system: purposeSystem, code }] })) };
