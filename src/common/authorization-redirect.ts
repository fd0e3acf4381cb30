/** Where and how the answer of an authorization request goes: proven to belong to the client. */
export interface AuthorizationRedirect {
  readonly redirectUri: string;
  readonly responseMode: string;
  readonly state?: string;
}
