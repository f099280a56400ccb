// Help: the pages of the program.

import { uploadScopes } from './words.ts';

export const overview = `meridian brings reports into patients' records by their health ID.

  meridian upload …   upload files; a run that was broken off goes on when it is started again
  meridian whoami     whom the server takes this key for, and with which scopes

  meridian upload --help, meridian --version
`;

const account = `Who uploads (as a SMART backend service; ask the server's administrator to register it):
  --server URL        the FHIR base, such as https://records.example.org/fhir   MERIDIAN_SERVER
  --client-id ID      as it was registered                                      MERIDIAN_CLIENT_ID
  --key FILE          the private key: a JWK or a PEM, RSA or P-384             MERIDIAN_KEY
  --key-id ID         its kid, where the file does not say it                   MERIDIAN_KEY_ID
  --scope SCOPES      what to ask for                                           MERIDIAN_SCOPE
                      (${uploadScopes})
  What stands in the last column is a variable of the environment that says the same.
`;

export const pages: Readonly<Record<string, string>> = {
  upload: `Upload files by health ID: of one person, or of many by a list.

  meridian upload --uhid 12-3456-7890-1234 --birth-date 1980-02-03 report.pdf scans/
  meridian upload --csv list.csv

Whose they are (the birth date or the family name must go with the number, because numbers are mistyped):
  --uhid NUMBER       the health ID; dashes and spaces do not matter
  --birth-date DATE   as 1980-02-03
  --family NAME       family name
  --given NAME        given names
  --uhid-system URL   the network's identifier system                           MERIDIAN_UHID_SYSTEM
                      (https://meridian.example/uhid)
What they are:
  --type LOINC        the kind of document, such as 11502-2 (laboratory report)
  --title TEXT        otherwise the name of the file
  --content-type TYPE otherwise by the end of the file's name
Many at once:
  --csv FILE          a list with a header: file, uhid, birthDate, family, given, type, title, contentType;
                      paths are from where the list lies
  --parallel N        how many files at once (3)
  --state FILE        where is noted how far each file has come, otherwise beside the list or in
                      ~/.local/state/meridian; it holds neither numbers nor names
  --dry-run           checks the list and the files, and sends nothing

${account}
Each file ends as one of these:
  filed      it is in the patient's record
  held       number and person do not fit; the server keeps it in your worklist "needs identification"
  duplicate  your organization has filed the same document for the same person before
  refused    the server or a check on this side will not have it, with the reason
  failed     the server was not to be reached; run the command again
The exit code is 0 when every file was filed, held or known, 1 when not, 2 when the call was wrong, 130 when it was stopped.
`,
  whoami: `Ask the server who this key is.

  meridian whoami --server https://records.example.org/fhir --client-id lab-7 --key lab-7.jwk.json

${account}`,
};
