// Emergency: what was seen of a record that was opened in an emergency says so, and nothing else that was seen meanwhile.
// https://profiles.ihe.net/ITI/PCF/volume-1.html

import type { Who } from '../row.ts';
import { purposeSystem } from './coding.ts';

const emergencyPurposes: readonly string[] = ['BTG', 'ETREAT'];

/** Who asked, with the purpose "break the glass" before their own where this patient's record was open for it. */
export const inEmergency = (who: Who, patient: string | undefined): Who => {
  if (patient === undefined || who.b?.includes(patient) !== true) return who;
  const { p = [] } = who;
  return { ...who, p: ['BTG', ...p.filter((each) => each !== 'BTG')] };
};

/** Only of an emergency: of all else each agent has its own purposes. */
export const purposeOfEvent = ({ p = [] }: Who): object => {
  const found = p.filter((each) => emergencyPurposes.includes(each));
  if (found.length === 0) return {};
  return { purposeOfEvent: found.map((code) => ({ coding: [{ system: purposeSystem, code }] })) };
};
