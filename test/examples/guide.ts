import { readFileSync } from 'node:fs';
import { Terminal } from './terminal.js';

/** A fenced block of a document. */
export interface Block {
  /** `sh`: to be typed; `json`: what the command above it prints; anything else is only read. */
  readonly language: string;
  readonly text: string;
}

export interface GuideOptions {
  /** Where the reader is. */
  readonly directory?: string;
  /** Addresses of the document, and where they are in the test. */
  readonly addresses: Readonly<Record<string, string>>;
}

/** A document whose commands are followed word for word, in one shell, as a reader would. */
export class Guide {
  readonly blocks: readonly Block[];
  private readonly shell: Terminal;

  constructor(path: string, { directory, addresses }: GuideOptions) {
    let text = readFileSync(path, 'utf8');
    for (const [address, real] of Object.entries(addresses)) text = text.replaceAll(address, real);
    this.blocks = blocksOf(text);
    this.shell = new Terminal('bash', ['--noprofile', '--norc'], { cwd: directory });
  }

  /** Types what comes next in the document, up to `count` commands, and compares what the document says that it prints. */
  async follow(from: number, to: number, answer?: (output: string) => Promise<string>): Promise<string[]> {
    const outputs: string[] = [];
    for (const [index, { text }] of this.commands.slice(from, to).entries()) {
      const output = await this.run(text, answer);
      this.compare(from + index, output);
      outputs.push(output);
    }
    return outputs;
  }

  get commands(): readonly Block[] {
    return this.blocks.filter(({ language }) => language === 'sh');
  }

  close(): Promise<void> {
    return this.shell.end();
  }

  /** A command that asks for something is answered before anything else is typed: it would read that. */
  private async run(text: string, answer?: (output: string) => Promise<string>): Promise<string> {
    const before = this.shell.output.length;
    this.shell.type(`${text}\n`);
    if (/^read /m.test(text)) {
      await this.shell.until(/: $/, before);
      this.shell.type(`${await answer!(this.shell.output)}\n`);
    }
    this.shell.type('echo "@@ $?"\n');
    const [, status] = await this.shell.until(/@@ (\d+)\n/, before);
    const output = this.shell.output.slice(before).replace(/@@ \d+\n$/, '');
    if (status !== '0') throw new Error(`${text}\nended with ${status}:\n${output}`);
    return output;
  }

  /** The members must be those of the document; their values are other ones each time. */
  private compare(command: number, output: string): void {
    const position = this.blocks.indexOf(this.commands[command]!);
    const next = this.blocks[position + 1];
    if (next?.language !== 'json') return;
    const shown = JSON.parse(next.text) as object;
    const printed = JSON.parse(output.slice(output.search(/^[{[]/m))) as object;
    expect(Object.keys(printed).sort(), this.commands[command]!.text).toEqual(Object.keys(shown).sort());
  }
}

function blocksOf(markdown: string): Block[] {
  const fences = markdown.matchAll(/^```(\w*)\n(.*?)^```$/gms);
  return [...fences].map(([, language, text]) => ({ language: language!, text: text!.trimEnd() }));
}
