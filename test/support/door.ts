/** The door of an app by itself: what gets in is answered by the test. */
import type { RequestListener, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FrontDoor } from '../../src/server/front-door.js';
import { openDoor, type DoorOptions } from '../../src/server/open-door.js';
import { usualPatience } from '../../src/server/slow-clients.js';

export interface Entrance {
  readonly url: string;
  readonly port: number;
  readonly door: FrontDoor;
  readonly server: ReturnType<FrontDoor['open']>;
  /** What has got in and has not been answered, the oldest first. */
  readonly inside: ServerResponse[];
  /** The codes of what was turned away, with the path. */
  readonly turnedAway: readonly string[];
  close(): Promise<void>;
}

/** `answer` is what becomes of requests that get in; they stay inside where it is left out. */
export async function openEntrance(given: Partial<DoorOptions> = {}, answer?: RequestListener): Promise<Entrance> {
  const turnedAway: string[] = [];
  const inside: ServerResponse[] = [];
  const door = openDoor({
    inFlight: 256,
    isOpen: true,
    cors: [],
    safe: { 'x-content-type-options': 'nosniff' },
    patience: usualPatience,
    onEnded: () => {},
    onTurnedAway: (_id, path, code) => void turnedAway.push(`${code} ${path}`),
    ...given,
  });
  const server = door.open((request, response) => {
    if (answer) return answer(request, response);
    inside.push(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 2_048, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    door,
    server,
    inside,
    turnedAway,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
