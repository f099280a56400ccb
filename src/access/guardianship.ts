// Guardianship: which RelatedPerson a guardian is, kept so that the guardian's account can be told, also one opened later.

/** Kind of record, id = the RelatedPerson's. */
export const guardianshipKind = 'guardianship';

export interface Guardianship {
  /** `RelatedPerson/1` */
  readonly relatedPerson: string;
  /** The guardian as a patient: `Patient/1`. */
  readonly guardian: string;
}

/** From now on the accounts of the guardian have the person among those they can choose. */
export type AttachGuardian = (guardianship: Guardianship) => Promise<void>;
