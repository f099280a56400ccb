// Recent: the patients opened in this tab, newest first. Only their ids are kept: what is shown of them is read again each time.

const key = 'meridian:clinician:recent';
const most = 8;

export const recentPatients = (): readonly string[] => {
  const kept = sessionStorage.getItem(key);
  return kept === null ? [] : (JSON.parse(kept) as readonly string[]);
};

export const rememberPatient = (id: string): void => {
  const ids = [id, ...recentPatients().filter((other) => other !== id)].slice(0, most);
  sessionStorage.setItem(key, JSON.stringify(ids));
};

/** In the order in which they were opened; those no longer open to this person are left out. */
export const inOrder = <T extends { readonly id?: string | undefined }>(
  ids: readonly string[],
  patients: readonly T[],
): readonly T[] => ids.flatMap((id) => patients.find((patient) => patient.id === id) ?? []);
