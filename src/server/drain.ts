import { setTimeout as pause } from 'node:timers/promises';
import type { Server } from 'node:http';
import type { FrontDoor } from './front-door.js';

/** How often it looks whether something is still under way. */
const lookEveryMs = 20;
/** Who has begun a request has so long to end it. */
const speakingMs = 1_000;

/**
 * Lets everything that has begun be answered before the server stops to listen. New requests get in for `windowMs`, since whoever
 * sends them may not have heard of the end yet; then only those that are on their way. Idle connections keep nobody.
 */
export async function drain(door: FrontDoor, server: Server, windowMs: number): Promise<void> {
  door.beginClosing();
  // It has never listened: there is nobody to answer.
  if (!server.listening) return;
  await pause(windowMs);
  door.shut();
  const shut = performance.now();
  const isLate = () => performance.now() - shut > speakingMs;
  while (door.live.size > 0 || (door.isAwaited && !isLate())) await pause(lookEveryMs);
  door.closeResting(isLate());
  const sweep = setInterval(() => door.closeResting(isLate()), lookEveryMs);
  server.once('close', () => clearInterval(sweep));
}
