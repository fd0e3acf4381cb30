/** The configuration is refused; the message lists every fault, one a line, and no secret. */
export class ConfigurationError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(['The configuration is refused:', ...faults.map((fault) => `  ${fault}`)].join('\n'));
    this.name = 'ConfigurationError';
  }
}
