import type http from 'node:http';
import type { Socket } from 'node:net';

/** Sees what node-fetch hides of one exchange: when bytes can have left, what has come back, and whether it came whole. */
export class Wire {
  #answer: http.IncomingMessage | undefined;
  #socket: Socket | undefined;
  #readBefore = 0;
  #cut = false;
  onCut: () => void = () => {};

  constructor(private readonly onSent: () => void) {}

  /** The agent as it is, save that this exchange's request is looked at on its way in. */
  watch(agent: http.Agent): http.Agent {
    const view = Object.create(agent) as { addRequest: unknown };
    view.addRequest = (request: http.ClientRequest, ...rest: unknown[]) => {
      request.once('socket', (socket) => this.#watchSocket(socket));
      request.once('response', (answer) => this.#watchAnswer(answer));
      (agent as unknown as { addRequest(...args: unknown[]): void }).addRequest(request, ...rest);
    };
    return view as unknown as http.Agent;
  }

  /** Whether a byte of the answer has come. */
  get hasBegun(): boolean {
    return this.#answer !== undefined || (this.#socket?.bytesRead ?? 0) > this.#readBefore;
  }

  get cut(): boolean {
    return this.#cut;
  }

  end(): void {
    this.#answer?.destroy();
  }

  #watchSocket(socket: Socket & { encrypted?: boolean; secureConnecting?: boolean }): void {
    this.#socket = socket;
    this.#readBefore = socket.bytesRead;
    if (socket.connecting || socket.secureConnecting)
      socket.once(socket.encrypted ? 'secureConnect' : 'connect', this.onSent);
    else this.onSent();
  }

  #watchAnswer(answer: http.IncomingMessage): void {
    this.#answer = answer;
    answer.once('close', () => {
      if (answer.complete) return;
      this.#cut = true;
      this.onCut();
    });
  }
}
