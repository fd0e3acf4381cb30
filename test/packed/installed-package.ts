import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** How a host is compiled: what `tsc` is told, and what its package.json says. */
export const MODULES = {
  esm: {
    type: 'module',
    // Reads every declaration, whichever the host uses.
    compilerOptions: { module: 'nodenext', moduleResolution: 'nodenext', skipLibCheck: false },
  },
  commonjs: {
    type: 'commonjs',
    compilerOptions: { module: 'commonjs', moduleResolution: 'bundler', skipLibCheck: true },
  },
} as const;

/** What a Nest application with TypeORM has of its own, in the versions of this repository's lock file. */
const OF_THE_HOST = [
  '@nestjs/common',
  '@nestjs/core',
  '@nestjs/platform-express',
  '@nestjs/typeorm',
  '@nestjs/testing',
  'pg',
  'reflect-metadata',
  'rxjs',
  'typeorm',
];

export interface Manifest {
  readonly version: string;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

export const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;

/**
 * A project outside the repository with the packed package in it. It is installed by npm from the registry (or its
 * cache), as users do: links to this repository's node_modules would hide a dependency that is missing in package.json,
 * and a second copy of one that must be there once. Both kinds of host share the installation.
 */
export class InstalledPackage {
  private found?: string[];

  private constructor(
    readonly directory: string,
    readonly tarball: string,
  ) {}

  static async create(): Promise<InstalledPackage> {
    const directory = mkdtempSync(join(tmpdir(), 'gatehouse-packed-'));
    const packed = await run('npm', [
      'pack',
      '--ignore-scripts',
      '--silent',
      '--pack-destination',
      directory,
    ]);
    const project = new InstalledPackage(directory, join(directory, packed.stdout.trim()));
    const dependencies = { ...versionsOf(OF_THE_HOST), gatehouse: `file:${project.tarball}` };
    project.write('package.json', { name: 'scratch', private: true, dependencies });
    // Ours needs no script; of others, none may run.
    const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    await project.runs('npm', ['install', '--prefer-offline', ...quiet]);
    return project;
  }

  /**
   * Compiles the host of ./host as its kind of module.
   * @returns where it is, and what the compiler finds wrong in the host's sources or in our declarations
   */
  async compile(kind: keyof typeof MODULES): Promise<{ directory: string; faults: string[] }> {
    const { type, compilerOptions } = MODULES[kind];
    cpSync('test/packed/host', join(this.directory, kind, 'src'), { recursive: true });
    this.write(join(kind, 'package.json'), { name: kind, type });
    this.write(join(kind, 'tsconfig.json'), {
      compilerOptions: { ...COMPILER_OPTIONS, ...compilerOptions },
      include: ['src'],
    });
    const { stdout } = await this.runs(TSC, ['-p', kind]).catch((error: { stdout: string }) => error);
    // What other packages declare is not ours to mend.
    const ours = /^(node_modules\/gatehouse|esm|commonjs)\/|^error/;
    const faults = stdout.split('\n').filter((line) => ours.test(line));
    return { directory: join(this.directory, kind, 'dist'), faults };
  }

  /** Where each copy of a package lies, below node_modules. */
  copiesOf(name: string): string[] {
    const manifest = join(name, 'package.json');
    return this.manifests.filter(
      (path) => path === manifest || path.endsWith(join('node_modules', manifest)),
    );
  }

  private get manifests(): string[] {
    const all = () =>
      readdirSync(join(this.directory, 'node_modules'), { recursive: true, encoding: 'utf8' });
    return (this.found ??= all().filter((path) => path.endsWith('package.json')));
  }

  runs(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<{ stdout: string }> {
    return run(command, [...args], { cwd: this.directory, env: { ...process.env, ...CLEAN, ...env } });
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  private write(path: string, content: object): void {
    writeFileSync(join(this.directory, path), JSON.stringify(content, null, 2));
  }
}

/** What the test runner has set for itself. */
const CLEAN = { NODE_ENV: undefined, PORT: undefined, DATABASE_URL: undefined, NODE_OPTIONS: undefined };

const TSC = resolve('node_modules/.bin/tsc');

/** Those of `nest new`, strict. */
const COMPILER_OPTIONS = {
  target: 'ES2023',
  strict: true,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  esModuleInterop: true,
  types: ['node'],
  rootDir: 'src',
  outDir: 'dist',
};

function versionsOf(names: readonly string[]): Record<string, string> {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { version: string }>;
  };
  return Object.fromEntries(names.map((name) => [name, lock.packages[`node_modules/${name}`]!.version]));
}
