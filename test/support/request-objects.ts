import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT, exportJWK, generateKeyPair } from 'jose';
import type { JWK, JWTPayload } from 'jose';

/** The key of a client, and how it signs requests. */
export interface RequestSigner {
  readonly jwk: JWK;
  sign(claims: JWTPayload, header?: object): Promise<string>;
}

/** A fresh key for this algorithm. */
export async function aRequestSigner(alg = 'RS256', kid = 'request-key'): Promise<RequestSigner> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' };
  const sign = (claims: JWTPayload, header: object = {}): Promise<string> =>
    new SignJWT(claims).setProtectedHeader({ alg, kid, ...header }).sign(privateKey);
  return { jwk, sign };
}

/** A JWT that nobody has signed. @see RFC 7519 §6 */
export const unsignedJwt = (claims: object, header: object = { alg: 'none' }): string =>
  `${[header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`;

/** A web server of a client: it publishes texts, and counts who asks. */
export async function aPublisher() {
  const texts = new Map<string, string>();
  const requests: string[] = [];
  const listener = createServer((request, response) => {
    requests.push(request.url!);
    const text = texts.get(request.url!);
    response.writeHead(text === undefined ? 404 : 200, { 'content-type': 'application/jwt' }).end(text);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  return {
    /** What has been asked for. */
    requests,
    url: (path: string): string => base + path,
    publish: (path: string, text: string): string => {
      texts.set(path, text);
      return base + path;
    },
    close: (): Promise<void> => new Promise((resolve) => listener.close(() => resolve())),
  };
}
