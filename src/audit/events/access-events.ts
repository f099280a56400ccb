// Access events: a row of an access as AuditEvents in the shape of IHE's Basic Audit Log Patterns, one for each patient.
// https://profiles.ihe.net/ITI/BALP/content.html

import { STATUS_CODES } from 'node:http';
import type { Resource } from '../../fhir/resource.ts';
import type { AccessRow } from '../row.ts';
import { resourceAt } from '../subjects.ts';
import { actsOf, type Act } from './acts.ts';
import { codes, interactionSystem } from './coding.ts';
import { dataEntity, patientEntity, queryEntity, requestEntity } from './entities.ts';
import { inEmergency, purposeOfEvent } from './emergency.ts';
import { partiesOf, type Flow, type Scene } from './parties.ts';

/** Patients by what was shown or written. */
export type PatientsOf = (name: string) => readonly string[];

type Accessed = AccessRow & { readonly t: number };

/**
 * Whoever reads an AuditEvent about one patient learns of no other: an act that showed several is one event for each, and one
 * more without a patient that keeps the whole question.
 */
export const accessEvents = (
  row: Accessed,
  patientsOf: PatientsOf,
  scene: Scene,
): readonly Resource[] => actsOf(row).flatMap((act) => eventsOf({ row, act, patientsOf, scene }));

/** The names whose patients are wanted to make the events of a row. */
export const namesIn = (row: AccessRow): readonly string[] =>
  actsOf(row).flatMap((act) => [...act.names, ...namedBy(act)]);

interface Happening {
  readonly row: Accessed;
  readonly act: Act;
  readonly patientsOf: PatientsOf;
  readonly scene: Scene;
}

const eventsOf = (happening: Happening): readonly Resource[] => {
  const { act, patientsOf } = happening;
  const touched = byPatient([...new Set([...act.names, ...namedBy(act)])], patientsOf);
  const patients = [...touched.keys()].filter((patient) => patient !== undefined);
  const hasMore = touched.has(undefined) || act.query !== '' || isSearch(act.interaction);
  const general = patients.length === 0 || (patients.length > 1 && hasMore) ? [undefined] : [];
  return [...patients, ...general].map((patient) =>
    eventOf(happening, {
      patient,
      names: touched.get(patient) ?? [],
      isAlone: patients.length < 2 || patient === undefined,
    }),
  );
};

/** Names under the patients they are about, those about none under undefined. */
const byPatient = (
  names: readonly string[],
  patientsOf: PatientsOf,
): ReadonlyMap<string | undefined, readonly string[]> => {
  const touched = new Map<string | undefined, string[]>();
  for (const name of names) {
    const patients = patientsOf(name);
    for (const patient of patients.length > 0 ? patients : [undefined]) {
      const known = touched.get(patient);
      if (known) known.push(name);
      else touched.set(patient, [name]);
    }
  }
  return touched;
};

/** What an act is about besides what it showed: the resource of its address, and patients a search asks for by id. */
const namedBy = ({ path, query, status, names, interaction }: Act): readonly string[] => {
  if (status >= 400 || names.length === 0) {
    const found = resourceAt(path);
    const asked = isSearch(interaction)
      ? [
          ...query.matchAll(
            /(?:^|&)(?:patient|subject)=(?:Patient(?:\/|%2F))?([A-Za-z0-9\-.]{1,64})(?=&|$)/gi,
          ),
        ]
      : [];
    return [...(found === undefined ? [] : [found]), ...asked.map(([, id]) => `Patient/${id!}`)];
  }
  return [];
};

interface Share {
  readonly patient: string | undefined;
  readonly names: readonly string[];
  /** No other patient is in the act, so that its whole question can be told. */
  readonly isAlone: boolean;
}

interface Shape {
  readonly action: 'C' | 'R' | 'U' | 'D' | 'E';
  readonly flow: Flow;
  /** Name of the BALP profile of a success. */
  readonly profile?: string;
}

const shapes: Readonly<Record<string, Shape>> = {
  read: { action: 'R', flow: 'to', profile: 'Read' },
  vread: { action: 'R', flow: 'to', profile: 'Read' },
  'history-instance': { action: 'R', flow: 'to' },
  'history-type': { action: 'R', flow: 'to' },
  'history-system': { action: 'R', flow: 'to' },
  create: { action: 'C', flow: 'from', profile: 'Create' },
  update: { action: 'U', flow: 'from', profile: 'Update' },
  patch: { action: 'U', flow: 'from', profile: 'Update' },
  delete: { action: 'D', flow: 'none', profile: 'Delete' },
};
const search: Shape = { action: 'E', flow: 'from', profile: 'Query' };
const other: Shape = { action: 'E', flow: 'from' };

const isSearch = (interaction: string): boolean => interaction.startsWith('search-');

const shapeOf = (interaction: string): Shape =>
  shapes[interaction] ?? (isSearch(interaction) ? search : other);

const eventOf = ({ row, act, scene }: Happening, share: Share): Resource => {
  const { interaction, status } = act;
  const { action, flow, profile } = shapeOf(interaction);
  const isDone = status < 400;
  const who = inEmergency(row.w ?? {}, share.patient);
  const entities = [...objectsOf(act, share, scene.base), requestEntity(row.r)];
  const isShaped = isDone && profile !== undefined && entities.length > 1;
  return {
    resourceType: 'AuditEvent',
    ...(isShaped ? { meta: { profile: [profileOf(profile, share.patient)] } } : {}),
    type: codes.rest,
    subtype: subtypesOf(interaction),
    action,
    recorded: new Date(row.t).toISOString(),
    outcome: isDone ? '0' : status < 500 ? '4' : '8',
    ...purposeOfEvent(who),
    ...(isDone ? {} : { outcomeDesc: `${String(status)} ${STATUS_CODES[status] ?? ''}`.trim() }),
    agent: partiesOf(
      {
        who,
        address: row.a,
        flow,
        isQuery: isSearch(interaction),
        isFruitless: act.names.length === 0,
      },
      scene,
    ),
    source: {
      observer: { display: 'Meridian', identifier: { value: scene.base } },
      type: [codes.server],
    },
    entity: entities,
  };
};

const profileOf = (name: string, patient: string | undefined): string =>
  `https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.${patient === undefined ? '' : 'Patient'}${name}`;

const subtypesOf = (interaction: string): readonly object[] => {
  if (interaction.startsWith('$'))
    return [
      { system: interactionSystem, code: 'operation', display: 'operation' },
      { code: interaction.slice(1), display: interaction },
    ];
  // What the address did not tell has no code, and FHIR has none for uploads in several requests.
  if (interaction === 'unknown' || interaction.startsWith('upload-'))
    return [{ code: interaction }];
  const code = interaction === 'search-compartment' ? 'search' : interaction;
  return [{ system: interactionSystem, code }];
};

/** More than so many resources of one patient in one act are told by their number. */
const mostObjects = 100;

const objectsOf = (
  act: Act,
  { patient, names, isAlone }: Share,
  base: string,
): readonly object[] => {
  const person = patient === undefined ? [] : [patientEntity(patient)];
  if (isSearch(act.interaction))
    return [queryEntity(act, base, isAlone ? 'whole' : 'masked'), ...person];
  const shown = names.slice(0, mostObjects).map((name) => dataEntity(name));
  const last = shown.at(-1);
  const rest = names.length - shown.length;
  const counted = last && rest > 0 ? [...shown.slice(0, -1), withCount(last, rest)] : shown;
  const asked = act.query === '' ? [] : [queryEntity(act, base, isAlone ? 'whole' : 'masked')];
  return [...counted, ...(isSingle(act) ? [] : asked), ...person];
};

/** Reads and writes of one resource have no question besides their address. */
const isSingle = ({ interaction, path }: Act): boolean =>
  interaction === 'read' ||
  interaction === 'vread' ||
  (path.includes('/') && interaction in shapes);

const withCount = (entity: object, rest: number): object => ({
  ...entity,
  detail: [{ type: 'further resources', valueString: String(rest) }],
});
