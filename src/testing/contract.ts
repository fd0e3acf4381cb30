/** One sentence that every implementation of a port must keep. Any test runner can run it: `it(title, check)`. */
export interface ContractCheck {
  readonly title: string;
  /** @throws Error when the implementation does not keep it */
  readonly check: () => Promise<void>;
}

/** Makes what a check needs, afresh for each. */
export type Make<Fixture> = () => Fixture | Promise<Fixture>;

/** The checks of a contract, each with a fixture of its own. */
export const contract = <Fixture>(
  make: Make<Fixture>,
  sentences: Readonly<Record<string, (fixture: Fixture) => void | Promise<void>>>,
): ContractCheck[] =>
  Object.entries(sentences).map(([title, check]) => ({ title, check: async () => check(await make()) }));
