import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { INestApplication } from '@nestjs/common';
import type { Express, Request, Response } from 'express';
import { SessionsService } from '../sessions/index.js';
import { UserStore } from '../users/index.js';

/**
 * Signs a user in without a password.
 * @returns the cookies that the browser gets, as headers
 * @throws Error when the user store does not know the subject
 */
export async function signInWithoutPassword(
  app: INestApplication,
  subject: string,
  methods: readonly string[],
): Promise<string[]> {
  const user = await app.get(UserStore, { strict: false }).findBySubject(subject);
  if (!user) throw new Error(`nobody in the user store has the subject ${JSON.stringify(subject)}`);
  const { request, response } = exchangeOf(app.getHttpAdapter().getInstance());
  await app.get(SessionsService, { strict: false }).start(request, response, user, methods);
  return response.getHeader('set-cookie') as string[];
}

/** A request and its answer, as Express makes them, that no connection carries. */
function exchangeOf(express: Express): { request: Request; response: Response } {
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  Object.setPrototypeOf(request, express.request as object);
  Object.setPrototypeOf(response, express.response as object);
  return { request: request as Request, response: response as Response };
}
