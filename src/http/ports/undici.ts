/** The port over undici: one client a connection, one request at a time on each. */
import { Unanswered, userAgent, type Port, type PortAnswer, type PortRequest } from '../port.js';
import { Connections } from './connections.js';
import { Dispatched } from './dispatched.js';
import { HeldBodies } from './held-bodies.js';

const ours = { 'accept-encoding': 'gzip,deflate', 'user-agent': userAgent };

export function openUndici(maxSockets: number): Port {
  const origins = new Map<string, Connections>();
  const held = new HeldBodies();
  return {
    send(url, request) {
      for (const [origin, connections] of origins)
        if (url.startsWith(`${origin}/`)) return send(url.slice(origin.length), request, connections, held);
      const { origin, pathname, search } = new URL(url);
      const connections = origins.get(origin) ?? new Connections(origin, maxSockets);
      origins.set(origin, connections);
      return send(pathname + search, request, connections, held);
    },
    close() {
      for (const connections of origins.values()) connections.close();
    },
  };
}

function send(path: string, request: PortRequest, connections: Connections, held: HeldBodies): Promise<PortAnswer> {
  const { method, body = null, signal } = request;
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    let isWaiting = true;
    const giveUp = () => {
      stopWaiting();
      reject(signal.reason);
    };
    const stopWaiting = connections.take((connection) => {
      isWaiting = false;
      signal.removeEventListener('abort', giveUp);
      if (!connection) return reject(new Unanswered('the source is closed'));
      const handler = new Dispatched(request, { connection, connections, held, resolve, reject });
      const headers = Object.assign({}, request.headers, ours);
      // Unless told otherwise it closes the connection after a DELETE with a body.
      connection.client.dispatch({ path, method, headers, body, reset: false }, handler);
    });
    if (isWaiting) signal.addEventListener('abort', giveUp, { once: true });
  });
}
