import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An application of people's browsers: keeps its session in a cookie, and knows every kind of sign-out. */
export class RelyingPartyPage {
  /** The `sid` values that its front-channel page was opened with. */
  readonly signedOut: { sid: string | null; iss: string | null; cookie: string | undefined }[] = [];
  /** Its front-channel page never answers. */
  isHanging = false;

  private constructor(
    private readonly server: Server,
    readonly host: string,
  ) {
    server.on('request', (request, response) => this.answer(request, response));
  }

  static async start(host: 'localhost' | '127.0.0.1'): Promise<RelyingPartyPage> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new RelyingPartyPage(server, host);
  }

  get origin(): string {
    return `http://${this.host}:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.origin);
    if (pathname === '/frontchannel-logout') {
      const [sid, iss] = [searchParams.get('sid'), searchParams.get('iss')];
      this.signedOut.push({ sid, iss, cookie: request.headers.cookie });
      if (this.isHanging) return;
    }
    response.setHeader('Content-Type', 'text/html');
    if (pathname === '/callback') response.setHeader('Set-Cookie', 'signed-in=yes');
    response.end(pathname === '/watch' ? WATCH : `<title>application</title><h1>${pathname}</h1>`);
  }
}

/** Asks the frame what became of the session, as OpenID Connect Session Management 1.0 §3.1 describes. */
const WATCH = `<!doctype html><title>watching</title><pre id="answers"></pre>
<script>
  var query = new URLSearchParams(location.search);
  var frame = document.createElement('iframe');
  frame.src = query.get('frame');
  frame.onload = function () {
    frame.contentWindow.postMessage(query.get('message'), new URL(frame.src).origin);
  };
  addEventListener('message', function (event) {
    if (event.origin === new URL(frame.src).origin) document.getElementById('answers').textContent = event.data;
  });
  document.body.append(frame);
</script>`;
