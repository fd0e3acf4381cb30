/** Where the routes lie in this application: middleware that is bound to a path, and not to a controller, has to know. */
export class MountPoint {
  /** Without slashes around it; empty at the root. */
  readonly prefix: string;

  constructor(prefix = '') {
    this.prefix = prefix.replace(/^\/+|\/+$/g, '');
  }

  /** The path of a route, below whatever prefix the application has for all of its routes. */
  pathTo(route: string): string {
    return this.prefix ? `${this.prefix}/${route}` : route;
  }
}
