/** What every page needs to know about this server; bound once by whoever assembles it. */
export abstract class PagesOptions {
  /** The issuer identifier. Its path, if any, prefixes every link. */
  abstract readonly issuer: string;
  /** The name people read above every page and in its title. */
  abstract readonly brandName: string;
  /** A directory whose files replace the built-in ones of the same name; `brand.css` there is appended. */
  abstract readonly templatesDirectory: string | undefined;
  /** Whether people reach this server over https: adds HSTS and forbids images over plain http. */
  abstract readonly secure: boolean;
}
