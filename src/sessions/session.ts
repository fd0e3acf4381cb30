/** Who is signed in at a browser. */
export interface Session {
  /** The `sid` of OpenID Connect: not a credential. */
  readonly id: string;
  readonly subject: string;
  readonly username: string;
  readonly authenticatedAt: Date;
  /** How the user proved who he is: values of RFC 8176. */
  readonly methods: readonly string[];
}
