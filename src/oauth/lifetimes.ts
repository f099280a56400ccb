// Lifetimes: how long each thing of the authorization server lives, in seconds.

const day = 86_400;

export const seconds = {
  AuthorizationCode: 60,
  AccessToken: 3600,
  /** Of our own apps, which refresh. */
  OwnAccessToken: 600,
  /** "expires_in … SHALL NOT exceed 300." https://hl7.org/fhir/smart-app-launch/STU2.2/backend-services.html */
  ClientCredentials: 300,
  IdToken: 3600,
  Interaction: 3600,
  /** Of an interaction that nobody has signed in to: anybody may begin one. */
  AnonymousInteraction: 1200,
  /** From the last use on. */
  Session: 12 * 3600,
  /** The (g)(10) criterion wants three months at least. */
  RefreshToken: 100 * day,
  /** A grant that ends takes its refresh tokens with it, and they live on by rotation. */
  Grant: 400 * day,
} as const;
