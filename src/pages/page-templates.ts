import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';
import { displayable } from './displayable.js';
import { loadAssets } from './page-assets.js';
import type { PageContexts, PageName } from './page-contexts.js';
import { AUTO_SUBMIT, LEAD_ON } from './page-headers.js';
import type { PagesOptions } from './pages-options.js';
import { templateFunctions } from './template-functions.js';

const BUILT_IN = fileURLToPath(new URL('templates/', import.meta.url));

/** All templates, read and compiled once; a file of the same name in the operator's directory wins. */
export class PageTemplates {
  private readonly engine = Handlebars.create();
  private readonly functions: ReturnType<typeof templateFunctions>;
  private readonly pages: ReadonlyMap<string, HandlebarsTemplateDelegate>;
  private readonly data: Readonly<Record<string, string>>;

  /** @throws Error naming the file when a template cannot be compiled */
  constructor(private readonly options: PagesOptions) {
    this.functions = templateFunctions(options.issuer, loadAssets(options.templatesDirectory));
    const { brandName: brand, issuer } = options;
    this.data = { brand, host: new URL(issuer).host, autoSubmit: AUTO_SUBMIT, leadOn: LEAD_ON };
    this.engine.registerHelper(this.functions);
    for (const [name, partial] of this.compileAll('partials')) this.engine.registerPartial(name, partial);
    this.pages = this.compileAll('');
  }

  /** The complete HTML of a page. */
  render<T extends PageName>(name: T, context: PageContexts[T]): string {
    const page = this.pages.get(name)!;
    return page(displayable(context), {
      data: this.data,
      allowProtoMethodsByDefault: false,
      allowProtoPropertiesByDefault: false,
    });
  }

  private compileAll(folder: string): Map<string, HandlebarsTemplateDelegate> {
    const files = readdirSync(join(BUILT_IN, folder)).filter((file) => file.endsWith('.hbs'));
    return new Map(files.map((file) => [basename(file, '.hbs'), this.compile(join(folder, file))]));
  }

  private compile(file: string): HandlebarsTemplateDelegate {
    const override = this.options.templatesDirectory && join(this.options.templatesDirectory, file);
    const overridden = Boolean(override && existsSync(override));
    const path = override && overridden ? override : join(BUILT_IN, file);
    return this.compileFile(path, !overridden);
  }

  /** An override is not strict: a value that a later version no longer gives must not end all sign-ins. */
  private compileFile(path: string, strict: boolean): HandlebarsTemplateDelegate {
    const source = readFileSync(path, 'utf8').trimEnd();
    const knownHelpers = Object.fromEntries(Object.keys(this.functions).map((name) => [name, true]));
    // Indented, the value of a textarea would grow by the indentation at every round trip.
    const options = { strict, knownHelpers, knownHelpersOnly: true, preventIndent: true };
    try {
      this.engine.precompile(source, options); // compile() alone would wait for the first visitor
    } catch (cause) {
      throw new Error(`The template ${path} cannot be compiled: ${(cause as Error).message}`, { cause });
    }
    return this.engine.compile(source, options);
  }
}
