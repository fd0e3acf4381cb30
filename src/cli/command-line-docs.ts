import type { Command } from 'commander';
import { program, withSubcommands } from './program/program.js';
import type { Terminal } from './program/terminal.js';

const INTRODUCTION = `# The command line

\`npx gatehouse …\` in this directory after \`npm run build\`, or \`node dist/src/cli/main.js …\` anywhere, such as in the
container. It reads the same settings as the server ([configuration.md](configuration.md)): run it with the same environment and
the same file.

**Where it works.** With \`DATABASE_URL\` it opens that database, beside whatever servers use it; they notice a changed
client within a second, and changed keys within ten. Without it, the database is embedded and only one process can have it open: a
server that runs takes the command through a socket in its data directory, which only the user it runs as may enter, and when
none runs, the command opens the database itself ([decision](decisions/0010-the-command-line-and-a-running-server.md)). Run it as the user that
owns the data directory.

**What it never does.** It takes no secret as an argument, because arguments are seen in the list of processes: secrets come
from standard input (\`--password-stdin\`, \`--secret-stdin\`) or are made, and printed once. It does not apply the configuration file,
make demo users or a first administrator: that is the server's business. It does bring the schema of the database up to its own
release, as a server does that starts.

**What it prints.** Sentences and tables for people, and JSON with \`--json\`. When something cannot be done, it says why in one
sentence on standard error and ends with 1.

## First steps

A first administrator of one's own, before the first start (otherwise the server makes one named \`admin\`):

\`\`\`
npx gatehouse user create alice --admin --email alice@example.com
\`\`\`

A client that acts for itself, and its first token:

\`\`\`
npx gatehouse client create --client-id worker --name Worker --grant client_credentials --scope read
curl -u worker:SECRET -d grant_type=client_credentials http://localhost:3000/oauth/token
\`\`\`

A web application, and a single-page application:

\`\`\`
npx gatehouse client create --name Shop --scope 'openid profile email offline_access' \\
  --grant authorization_code --grant refresh_token --redirect-uri https://shop.example.com/callback
npx gatehouse client create --name Board --scope openid --type public \\
  --redirect-uri https://board.example.com/callback --allowed-origin https://board.example.com
\`\`\`

## Rotating keys

The server rotates its keys by itself (\`keys.rotationInterval\`). \`npx gatehouse keys rotate\` does it now, in the same
manner: the next key is published first, and used five and a half minutes later. Rotating while a next key waits changes
nothing and says so. In an emergency \`--now\` uses the next key at once. [Keys](keys.md) tells what happens to a key, and
what \`keys list\` shows.
`;

const NOBODY: Terminal = {
  env: {},
  execute: () => Promise.reject(new Error('the documentation runs nothing')),
  serve: () => Promise.resolve(),
  input: () => Promise.resolve(''),
  print: () => undefined,
};

/** The text of docs/command-line.md: the same commands give the same text. */
export function commandLineDocs(): string {
  const commands = withSubcommands(program(NOBODY)).filter((command) => command.commands.length === 0);
  return [INTRODUCTION, '## Commands\n', ...commands.map(section)].join('\n');
}

const section = (command: Command): string =>
  `### ${pathOf(command)}\n\n\`\`\`text\n${command.helpInformation().trimEnd()}\n\`\`\`\n`;

/** The words to type. */
const pathOf = (command: Command): string =>
  command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
