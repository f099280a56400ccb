// Minor: whether somebody is a child still. The server decides by the law of the place; this is for what the page offers.

const majority = 18;

export const isMinor = (birthDate: string | undefined, now: Date): boolean => {
  if (birthDate === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(birthDate)) return false;
  const [year = 0, month = 1, day = 1] = birthDate.split('-').map(Number);
  return new Date(year + majority, month - 1, day) > now;
};
