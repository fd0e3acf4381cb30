type Answer = Record<string, unknown> & { status: number };

/** One chain of refresh tokens: what was acknowledged last, and whether an answer is missing. */
export interface Family {
  latest: string;
  generations: number;
  /** A refresh was sent and no answer came: the token may be used or not. */
  isUncertain: boolean;
}

const MACHINE = { client_id: 'machine', client_secret: 'machine-secret-of-the-test' };
const WEB = { client_id: 'web', client_secret: 'web-secret-of-the-test' };

/** Writes down whatever a server has acknowledged, and holds it to that later. */
export class Ledger {
  readonly acknowledged: string[] = [];
  lostAnswers = 0;
  private readonly cookies = new Map<string, string>();

  constructor(private readonly issuer: string) {}

  async openFamilies(count: number): Promise<Family[]> {
    await this.signIn();
    const families: Family[] = [];
    while (families.length < count) families.push(await this.openFamily());
    return families;
  }

  /** Issues and refreshes until the server is gone. */
  async load(families: Family[]): Promise<void> {
    await Promise.all(families.flatMap((family) => [this.issueForever(), this.refreshForever(family)]));
  }

  /** Every acknowledged token is alive; every family goes on from what its client knows. */
  async verify(families: Family[]): Promise<void> {
    for (const token of this.acknowledged) {
      const answer = await this.post('/oauth/introspect', { ...MACHINE, token });
      if (answer['active'] !== true)
        throw new Error(`an acknowledged access token is lost: ${JSON.stringify(answer)}`);
    }
    for (const family of families) await this.goOn(family);
  }

  /** With an answer lost, the retry gets the successor that it missed, or the first one: never a refusal. */
  private async goOn(family: Family): Promise<void> {
    const answer = await this.refresh(family.latest);
    if (answer.status !== 200) {
      throw new Error(`a family is lost (uncertain: ${family.isUncertain}): ${JSON.stringify(answer)}`);
    }
    const again = await this.refresh(answer['refresh_token'] as string);
    if (again.status !== 200) throw new Error(`a family has forked: ${JSON.stringify(again)}`);
  }

  private async issueForever(): Promise<void> {
    for (;;) {
      const answer = await this.post('/oauth/token', { ...MACHINE, grant_type: 'client_credentials' }).catch(
        () => null,
      );
      if (answer?.status !== 200) return void this.lostAnswers++;
      this.acknowledged.push(answer['access_token'] as string);
    }
  }

  private async refreshForever(family: Family): Promise<void> {
    for (;;) {
      const answer = await this.refresh(family.latest).catch(() => null);
      if (answer?.status !== 200) {
        family.isUncertain = true;
        return void this.lostAnswers++;
      }
      family.latest = answer['refresh_token'] as string;
      family.generations++;
    }
  }

  private refresh(token: string): Promise<Answer> {
    return this.post('/oauth/token', { ...WEB, grant_type: 'refresh_token', refresh_token: token });
  }

  private async openFamily(): Promise<Family> {
    const query = new URLSearchParams({ client_id: 'web', response_type: 'code', scope: 'read' });
    const answer = await this.get(`/oauth/authorize?${query.toString()}`);
    const code = new URL(answer.headers.get('location')!).searchParams.get('code')!;
    const tokens = await this.post('/oauth/token', { ...WEB, grant_type: 'authorization_code', code });
    const described = await this.post('/oauth/introspect', {
      ...WEB,
      token: tokens['refresh_token'] as string,
    });
    if (described['active'] !== true) throw new Error(`no family: ${JSON.stringify(tokens)}`);
    return { latest: tokens['refresh_token'] as string, generations: 0, isUncertain: false };
  }

  private async signIn(): Promise<void> {
    const page = await this.get('/login');
    const csrf = /name="csrf" value="([^"]+)"/.exec(await page.text())![1]!;
    const form = new URLSearchParams({ csrf, username: 'alice', password: 'a-password-of-the-test' });
    this.keep(
      await fetch(`${this.issuer}/login`, {
        method: 'POST',
        body: form,
        redirect: 'manual',
        headers: this.jar,
      }),
    );
  }

  private async get(path: string): Promise<Response> {
    return this.keep(await fetch(this.issuer + path, { redirect: 'manual', headers: this.jar }));
  }

  private async post(path: string, form: Record<string, string>): Promise<Answer> {
    const answer = await fetch(this.issuer + path, { method: 'POST', body: new URLSearchParams(form) });
    return { status: answer.status, ...((await answer.json()) as object) };
  }

  private keep(answer: Response): Response {
    for (const cookie of answer.headers.getSetCookie()) {
      const [name, value] = cookie.split(';')[0]!.split(/=(.*)/s);
      this.cookies.set(name!, value!);
    }
    return answer;
  }

  private get jar(): Record<string, string> {
    return { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
  }
}
