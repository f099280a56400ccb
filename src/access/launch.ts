// Launch: what an EHR says when it starts an app, from the operation that opens it to the app's token.
// https://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html#launch-app-ehr-launch

export interface Launch {
  /** The app this launch is for; no other may use it. */
  readonly client: string;
  /** For which the EHR's user works: `Organization/1`. */
  readonly organization?: string;
  /** Logical ids. */
  readonly patient?: string;
  readonly encounter?: string;
  readonly intent?: string;
  /** Further resources in view, as the token reply shows them. */
  readonly fhirContext?: readonly FhirContextItem[];
  /** false when the EHR shows whose record it is; the app then need not. */
  readonly needPatientBanner?: boolean;
  /** Who started it, where that is known: nobody else may go on with it. */
  readonly user?: string;
}

export interface FhirContextItem {
  /** A relative reference: `DiagnosticReport/1`. */
  readonly reference?: string;
  readonly canonical?: string;
  readonly identifier?: object;
  readonly type?: string;
  readonly role?: string;
}

/** Opens a launch and gives the address to send the user to; undefined when the app is not known or cannot be launched. */
export type OpenLaunch = (launch: Launch) => Promise<string | undefined>;
