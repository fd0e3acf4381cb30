import { Injectable } from '@nestjs/common';
import { Settings } from '../config/index.js';
import { LoginSteps } from '../sessions/index.js';

/** The ways to sign in that our own page knows: values of RFC 8176. */
const OWN_METHODS: readonly string[] = ['pwd'];

/** How an application wants its users to sign in. @see OpenID Connect Core §3.1.2.1 acr_values, §5.5.1.1 */
export interface WantedContexts {
  /** Any of them will do, the first most of all; empty when none was named. */
  readonly values: readonly string[];
  /** Whether nothing else will do. */
  readonly isEssential: boolean;
}

/** Names for how strongly a user has proven who he is, as the setting `acr` says. */
@Injectable()
export class AuthenticationContexts {
  constructor(
    private readonly settings: Settings,
    private readonly steps: LoginSteps,
  ) {}

  /** Those that a sign-in here can satisfy, the weakest first. A page of the operator's own may know any method. */
  get offered(): readonly string[] {
    const { acr, login } = this.settings;
    const known = [...OWN_METHODS, ...this.steps.methods];
    const reachable = login.url === undefined ? acr.filter((context) => includesAll(known, context)) : acr;
    return reachable.map(({ value }) => value);
  }

  /** Is one of those wanted satisfied? Always when none is. */
  areMet(methods: readonly string[], { values }: WantedContexts): boolean {
    const satisfied = this.satisfied(methods);
    return values.length === 0 || values.some((value) => satisfied.includes(value));
  }

  /** Could a sign-in here satisfy one of those wanted? */
  canBeMet({ values }: WantedContexts): boolean {
    return values.length === 0 || values.some((value) => this.offered.includes(value));
  }

  /** What the ID token says: the first of those wanted that is satisfied, or else the strongest; null when none is. */
  achieved(methods: readonly string[], { values }: WantedContexts): string | null {
    const satisfied = this.satisfied(methods);
    return values.find((value) => satisfied.includes(value)) ?? satisfied.at(-1) ?? null;
  }

  private satisfied(methods: readonly string[]): string[] {
    return this.settings.acr.filter((context) => includesAll(methods, context)).map(({ value }) => value);
  }
}

const includesAll = (
  known: readonly string[],
  { methods }: { readonly methods: readonly string[] },
): boolean => methods.every((method) => known.includes(method));
