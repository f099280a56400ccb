// Means: whether two names of one code say the same. Most do so word for word; the others are listed with what they are called elsewhere.

/** `stated` is ours, `name` that of others. A code of which we say nothing means what it means. */
export const means = (stated: string, name: string): boolean => {
  if (stated === '') return true;
  const [ours, theirs] = [wordsOf(stated), wordsOf(name)];
  if (theirs.includes(ours) || ours.includes(theirs)) return true;
  return elsewhere[stated]?.test(name) ?? false;
};

/** Letters and digits, as one may write them. */
const wordsOf = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}%]+/gu, ' ')
    .trim();

/** Our name, and how others call the same. */
const elsewhere: Readonly<Record<string, RegExp>> = {
  // Units, written out.
  kg: /^kilogram$/,
  'mg/dL': /^milligram per deciliter$/,
  'ng/mL': /^nanogram per mil+i+ter$/,
  'mIU/L': /^milli international unit per liter$/,
  'm[IU]/L': /^milli international unit per liter$/,
  '10³/µL': /^Thousands Per MicroLiter$/,
  // Older and newer names of the same.
  'Consent Document': /^Patient Consent\s*$/,
  'Allergy to penicillin': /^Penicillin allergy$/,
  'Influenza, split virus, trivalent, PF': /^Influenza, seasonal, injectable, preservative free$/,
  'pneumococcal polysaccharide vaccine, 23 valent': /^pneumococcal polysaccharide PPV23$/,
  'CBC panel - Blood by Automated count': /^Complete blood count .* - Blood by Automated count$/,
  'XR Chest 2 Views': /^Chest X-ray 2 views$/,
  'Eruption of skin': /^skin rash$/,
  'Hypertensive disorder, systemic arterial': /^Hypertension$/,
  'Glucose [Mass/volume] in Serum or Plasma': /^Glucose SerPl-mCnc$/,
  'Triglyceride [Mass/volume] in Serum or Plasma': /^Triglycerides$/,
  // Paracetamol is acetaminophen in the United States.
  Paracetamol: /^acetaminophen$/i,
  'Sublingual route': /^Sublingual use$/,
  'Nasal route': /^Nasal use$/,
  'Otic route': /^Auricular use$/,
  'Per rectum': /^Rectal use$/,
  'Per vagina': /^Vaginal (use|route)$/i,
  'Intramuscular route': /^Intramuscular use$/,
  // Words of the apps' own for kinds of test and of report.
  hba1c: /^Hemoglobin A1c/,
  egfr: /^Glomerular filtration rate/,
  urea: /^BUN /,
  alt: /^Alanine aminotransferase/,
  ast: /^Aspartate aminotransferase/,
  'white-cells': /^Leukocytes/,
  tsh: /^Thyrotropin/,
  crp: /^C reactive protein/,
  pulse: /^Heart rate$/i,
  breathing: /^Respiratory rate$/,
  ecg: /^EKG study$/i,
  other: /^Summar(y|ization) of episode note$/,
};
