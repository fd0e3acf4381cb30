/** The check has found faults; the message is one line for each of those that were not printed yet. */
export class FaultyConfigurationError extends Error {
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
  }
}
