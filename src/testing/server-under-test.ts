/** A server under test: what it calls itself, and where it listens. */
export interface ServerUnderTest {
  readonly issuer: string;
  /** The origin that answers for the issuer, which need not be its own: `http://127.0.0.1:41234`. */
  readonly url: string;
}

/** Where a request for this address has to be sent: nobody listens at an issuer such as https://sso.example.com. */
export function originFor(url: string, { issuer, url: listening }: ServerUnderTest): string {
  const { origin } = new URL(url);
  return origin === new URL(issuer).origin ? new URL(listening).origin : origin;
}
