import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Controller, Get, Global, Module, Res } from '@nestjs/common';
import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { Response } from 'express';
import request from 'supertest';
import { PagesModule, PagesOptions, PagesService } from './index.js';

@Controller()
class VisitedController {
  constructor(private readonly pages: PagesService) {}

  @Get('login')
  login(@Res() response: Response): void {
    this.pages.send(
      response,
      'login',
      { csrf: 'c' },
      { status: 401, formAction: ['https://app.example/cb'] },
    );
  }

  @Get('busy')
  busy(@Res() response: Response): void {
    const context = { status: 429, error: 'slow_down', description: 'Wait.', reference: 'r' };
    this.pages.send(response, 'error', context, { status: 429, headers: { 'Retry-After': '30' } });
  }

  @Get('form-post')
  formPost(@Res() response: Response): void {
    this.pages.send(response, 'form-post', { action: 'https://app.example/cb', fields: { code: 'x' } });
  }
}

function optionsModule(options: PagesOptions) {
  @Global()
  @Module({ providers: [{ provide: PagesOptions, useValue: options }], exports: [PagesOptions] })
  class OptionsModule {}
  return OptionsModule;
}

describe('PagesModule', () => {
  let app: INestApplication<Server>;
  let directory: string;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'brand-'));
    writeFileSync(join(directory, 'brand.css'), ':root { --gh-accent: #123456; }');
    const options = {
      issuer: 'https://id.example',
      brandName: 'ACME',
      templatesDirectory: directory,
      secure: true,
    };
    const imports = [optionsModule(options), PagesModule];
    const module = await Test.createTestingModule({ imports, controllers: [VisitedController] }).compile();
    app = module.createNestApplication({ logger: false });
    await app.init();
  });

  afterAll(async () => {
    await app.close();
    rmSync(directory, { recursive: true });
  });

  it('sends a page that is neither stored, framed, sniffed nor named to others', async () => {
    const { headers, status, text } = await request(app.getHttpServer()).get('/login');
    expect(status).toBe(401);
    expect(text).toContain('<title>Sign in · ACME</title>');
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': 'max-age=63072000',
    });
    expect(headers['content-security-policy']).toContain("form-action 'self' https://app.example;");
    expect(headers['content-security-policy']).not.toContain('script-src');
  });

  it('adds headers of the caller', async () => {
    await request(app.getHttpServer()).get('/busy').expect(429).expect('Retry-After', '30');
  });

  it('lets the form_post page lead to its target, and from there to wherever over https', async () => {
    const { headers } = await request(app.getHttpServer()).get('/form-post');
    expect(headers['content-security-policy']).toContain('form-action https://app.example https:;');
    expect(headers['content-security-policy']).toMatch(/script-src 'sha256-[A-Za-z0-9+/]{43}='/);
  });

  it('links to the assets by their content, which browsers keep', async () => {
    const { text } = await request(app.getHttpServer()).get('/login');
    for (const [link] of text.matchAll(/\/assets\/[a-z.]+\?v=[\w-]+/g)) {
      const { headers, status } = await request(app.getHttpServer()).get(link);
      expect(status).toBe(200);
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
      expect(headers).not.toHaveProperty('set-cookie');
    }
  });

  it('serves the sheet with the brand at its end, and the mark', async () => {
    const sheet = await request(app.getHttpServer())
      .get('/assets/gatehouse.css')
      .expect('Content-Type', /^text\/css/);
    expect(sheet.headers['cache-control']).toBe('public, max-age=300');
    expect(sheet.text).toMatch(/--gh-accent: #123456; }\s*$/);
    await request(app.getHttpServer())
      .get('/assets/mark.svg')
      .expect('Content-Type', /^image\/svg\+xml/);
  });

  it('serves no other file', async () => {
    for (const path of [
      '/assets/',
      '/assets/brand.css',
      '/assets/gatehouse.css/x.css',
      '/assets/..%2findex.js',
    ])
      await request(app.getHttpServer()).get(path).expect(404);
  });
});
