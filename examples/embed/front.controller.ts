import { Controller, Get, Header } from '@nestjs/common';

/** The shop's own page, at its own address. */
@Controller()
export class FrontController {
  @Get()
  @Header('Content-Type', 'text/html')
  show(): string {
    return `<!doctype html><title>The tea shop</title>
<h1>The tea shop</h1>
<p>Your <a href="/auth/account">account</a>, and the <a href="/docs">API</a> for applications.</p>`;
  }
}
