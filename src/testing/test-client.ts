/** A registered client, and what it authenticates with. */
export interface TestClient {
  readonly id: string;
  /** Undefined for a public client. */
  readonly secret: string | undefined;
  readonly authenticationMethod: string;
  /** The first one; empty when it has none. */
  readonly redirectUri: string;
}

/** What a person types into the sign-in page. */
export interface UserCredentials {
  readonly username: string;
  readonly password: string;
}
